"""What a bias is worth: small trainings of 9.18 on digits, on the club, on a field."""

from itertools import islice

import numpy as np

from nb_lib.data import epochs, karate_club
from nb_lib.numpy.convolution import ConvNet
from nb_lib.numpy.flows import NeuralODE, solve
from nb_lib.numpy.graphs import GCN, adjacency, normalised_adjacency, smooth
from nb_lib.numpy.losses import cross_entropy, mse
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import Adam
from nb_lib.numpy.train import accuracy, descend
from nb_lib.runs.small_digits import digits
from nb_lib.sections.s09_18_beyond.flow.carrying import pendulum

UNSEEN = 10**9  # no step is watched but the first
SHIFTS = (0, 1, 2, 3)


def small_digits():
    """Return 4,000 digits (N, 14, 14), mean 0 and variance 1 over all, and labels."""
    x, labels = digits()
    return x.reshape(-1, 14, 14), labels


def shifted_digits(kind, examples, *, seed, steps=250):
    """Train on digits where they are; give the shares right at each of SHIFTS."""
    x, labels = small_digits()
    weights, order = np.random.default_rng(seed).spawn(2)
    if kind == "MLP":
        net = MLP((196, 32, 10), rng=weights, dtype="float32")
        shape = (-1, 196)
    else:
        how = {"size": 5, "padding_mode": "circular", "dtype": "float32"}
        net = ConvNet((1, 8, 24), 10, rng=weights, **how)
        shape = (-1, 1, 14, 14)
    rows = islice(epochs(examples, 20, rng=order), steps)
    data = ((x[i].reshape(shape), labels[i]) for i in rows)
    follow(net, cross_entropy, data, lr=6e-3)
    new, right = x[3000:], labels[3000:]
    moved = (np.roll(new, (s, s), (1, 2)).reshape(shape) for s in SHIFTS)
    return [accuracy(net, images, right) for images in moved]


def club(mixes, *, seed, steps=150):
    """Tell two members their side; give the share of the 32 others that is right.

    The net has one hidden layer; before each of its two layers neighbours mix
    ``mixes`` times. With 0 each member is alone.
    """
    edges, sides = karate_club()
    hat = normalised_adjacency(adjacency(edges, vertices=34))
    told, x = [0, 33], np.eye(34)
    rng = np.random.default_rng(seed)
    net = GCN((34, 8, 2), smooth(x, hat, steps=mixes), rng=rng, rows=told)
    follow(net, cross_entropy, ((x, sides[told]) for _ in range(steps)), lr=0.02)
    net.rows = None
    others = np.setdiff1d(np.arange(34), told)
    return float((net.forward(x).argmax(axis=1) == sides)[others].mean())


class Blocks:
    """Residual blocks with weights of their own: x ← x + f_k(x) / blocks."""

    def __init__(self, blocks, *, rng):
        how = {"rng": rng, "steps": 1, "span": 1 / blocks}
        self.blocks = [NeuralODE(2, 16, **how) for _ in range(blocks)]
        self.params = self._collect("params")
        self.deltas = []

    def forward(self, x, *, upto=None):
        """Carry x (N, 2) through all blocks, or through the first ones."""
        for block in self.blocks[:upto]:
            x = block.forward(x)
        return x

    def backward(self, dy):
        """Take dL/dy; keep all gradients in ``grads``."""
        for block in reversed(self.blocks):
            dy = block.backward(dy)
        self.grads = self._collect("grads")

    def _collect(self, kind):
        return {
            f"{number}.{name}": array
            for number, block in enumerate(self.blocks)
            for name, array in getattr(block, kind).items()
        }


def carried(kind, examples, *, seed, steps=300):
    """Learn where a pendulum is after a time of 1; give the errors at 1 and at 1/2.

    "flow" has one field for all of its 8 steps, "blocks" 8 blocks of their own.
    """
    weights, places = np.random.default_rng(seed).spawn(2)
    x = places.uniform(-1.5, 1.5, (examples, 2))
    new = places.uniform(-1.5, 1.5, (500, 2))
    if kind == "flow":
        net = NeuralODE(2, 16, rng=weights, steps=8)
    else:
        net = Blocks(8, rng=weights)
    target = truth(x, 1.0)
    follow(net, mse, ((x, target) for _ in range(steps)), lr=0.02)
    end = net.forward(new)
    half = net.path[4] if kind == "flow" else net.forward(new, upto=4)
    return missed(end, truth(new, 1.0)), missed(half, truth(new, 0.5))


def truth(x, span):
    """Follow the pendulum itself."""
    return solve(pendulum, x, steps=64, method="rk4", span=span)[-1]


def missed(points, others):
    """Give the root mean square distance of points (N, 2) from others."""
    return float(np.sqrt(((points - others) ** 2).sum(axis=1).mean()))


def follow(net, loss, data, *, lr):
    """Train to the end of the data with Adam."""
    for _ in descend(net, loss, data, Adam(net.params, lr=lr), watch=UNSEEN):
        pass
