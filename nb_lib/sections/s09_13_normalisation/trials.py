"""Short trainings for the text and the claims: one net for a seed, judged both ways."""

from functools import cache
from itertools import islice

import numpy as np

from nb_lib.data import epochs
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.normed import NormedMLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import descend
from nb_lib.sections.s09_13_normalisation.places import (
    CLASSES,
    KEPT,
    WIDTH,
    judged,
    shaded_digits,
)


@cache
def trained(
    norm,
    place,
    depth,
    *,
    seed,
    lr=0.1,
    batch=32,
    steps=100,
    branches=1.0,
    ends=1.0,
    judged_in=None,
):
    """Train one net on small digits; give both shares of new ones right.

    ``branches`` multiplies the initial weights of all layers but the first and the
    last, and ``ends`` those of these two. ``judged_in`` is the size of the batches of
    new digits, that of training where it is None.
    """
    weights, order = np.random.default_rng(seed).spawn(2)
    sizes = (196, *[WIDTH] * depth, CLASSES)
    how = {"norm": norm, "place": place, "dtype": "float32"}
    net = NormedMLP(sizes, rng=weights, **how)
    for number, linear in enumerate(net.linears):
        linear.params["w"] *= ends if number in (0, depth) else branches
    x, labels = shaded_digits()
    data = ((x[i], labels[i]) for i in epochs(KEPT, batch, rng=order))
    with np.errstate(all="ignore"):  # what diverges is judged as it is
        run = descend(net, cross_entropy, data, SGD(net.params, lr=lr), watch=steps)
        for _ in islice(run, steps):
            pass
        return judged(net, judged_in or batch)
