"""The silent bug: ReLU's derivative written so that it is always true."""

import numpy as np

from nb_lib.data import minibatches
from nb_lib.numpy.layers import Activation
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import accuracy, descend
from nb_lib.runs.small_digits import digits

SIZES, LR, STEPS, BATCH, N_FIT = (196, 16, 10), 0.02, 500, 64, 3000


class AlwaysTrue(Activation):
    """ReLU with a bug: h = max(0, z) is never below 0, so ``h >= 0`` is always true."""

    def backward(self, dy):
        """Return dy as it came, where it should have been stopped at z ≤ 0."""
        return dy * (self.f(self.z) >= 0)  # repaired: (self.f(self.z) > 0)


def share_right(*, is_faulty, seed, sizes=SIZES, lr=LR):
    """Train on 3,000 small digits; return the accuracy on 1,000 others."""
    weights, order = np.random.default_rng(seed).spawn(2)
    x, labels = digits()
    x = x.astype("float64")
    net = network(sizes, is_faulty=is_faulty, rng=weights)
    data = minibatches(x[:N_FIT], labels[:N_FIT], BATCH, rng=order)
    optimiser = SGD(net.params, lr=lr)
    for step in descend(net, cross_entropy, data, optimiser, watch=STEPS):
        if step.count == STEPS:
            break
    return accuracy(net, x[N_FIT:], labels[N_FIT:])


def network(sizes, *, is_faulty, rng):
    """Return a ReLU network, with the bug in each hidden layer or without it."""
    net = MLP(sizes, rng=rng)
    if is_faulty:
        net.activations = [AlwaysTrue("relu") for _ in net.activations]
    return net
