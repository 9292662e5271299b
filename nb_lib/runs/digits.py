"""Training runs that several claims share: digits in float32, one call a run."""

from functools import cache
from itertools import islice

import numpy as np

from nb_lib.data import load_mnist, minibatches
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import accuracy, descend


@cache
def full_mnist():
    """Return the full MNIST as ``load_mnist`` does, the images in float32."""
    return tuple((x.astype("float32"), labels) for x, labels in load_mnist())


def share_right(
    parts,
    sizes,
    *,
    steps,
    seed,
    data=None,
    falls=False,
    init="he_normal",
    activation="relu",
    gain=1.0,
    lr=0.1,
    optimiser=SGD,
    **options,
):
    """Train on the first part in batches of 64, return the accuracy on the second.

    ``data`` replaces the shuffled batches; with ``falls`` the rate goes to zero in a
    straight line; ``options`` are those of the optimiser.
    """
    (x, labels), test = parts
    weights, order = np.random.default_rng(seed).spawn(2)
    kind = {"init": init, "activation": activation, "gain": gain}
    net = MLP(sizes, rng=weights, dtype=str(x.dtype), **kind)
    data = data or minibatches(x, labels, 64, rng=order)
    method = optimiser(net.params, lr=lr, **options)
    descent = descend(net, cross_entropy, data, method, watch=steps)
    for step in islice(descent, steps):
        method.lr = lr * (1 - falls * step.count / steps)
    return accuracy(net, *test)
