"""Dead ReLUs: units that a large step has switched off on every example."""

import numpy as np

from nb_lib.data import minibatches
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import accuracy, descend
from nb_lib.runs.small_digits import digits

SIZES, STEPS, LARGE, USUAL = (196, 32, 32, 10), 200, 1.0, 0.05


@np.errstate(over="ignore", invalid="ignore")
def after_training(*, lr, seed, activation="relu"):
    """Train on 3,000 small digits; return the dead share and the accuracy on others."""
    weights, order = np.random.default_rng(seed).spawn(2)
    x, labels = digits()
    x = x.astype("float64")
    net = MLP(SIZES, rng=weights, activation=activation)
    data = minibatches(x[:3000], labels[:3000], 64, rng=order)
    optimiser = SGD(net.params, lr=lr)
    for step in descend(net, cross_entropy, data, optimiser, watch=STEPS):
        if step.count == STEPS:
            break
    return dead_share(net, x[:3000]), accuracy(net, x[3000:], labels[3000:])


def hidden(net, x):
    """Return the outputs of each hidden layer, (N, width)."""
    net.forward(x)
    return [layer.f(layer.z) for layer in net.activations]


def dead_share(net, x):
    """Return the share of hidden units that are zero on all rows of x."""
    return float(np.mean([np.all(h == 0, axis=0) for h in hidden(net, x)]))
