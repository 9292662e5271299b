"""A random net of equal width, measured layer by layer before any training."""

import numpy as np

from nb_lib.numpy.activations import ACTIVATIONS, DERIVATIVES
from nb_lib.numpy.init import INITS

NUMBERS = 2**21  # weights held at most; a hundred layers of width 1024 take 800 MB


class Layers:
    """``depth`` random maps z = h @ w of shape (width, width), drawn when needed.

    Each layer has its own w = gain · init(width, width) as long as ``NUMBERS`` allow.
    Beyond that the layers take turns with those drawn, each with its inputs shuffled
    anew: every layer is distributed as the scheme says, few of them are drawn. With
    skip connections the outputs are ``shuffled`` as well, because a layer whose turn
    comes again would else add to each unit of z what it has added before.
    """

    def __init__(self, width, *, depth, init, gain=1.0, rng):
        self.width, self.depth, self.rng = width, depth, rng
        self.draw, self.gain = INITS[init], gain
        self.kept = []
        self.distinct = max(2, NUMBERS // width**2)
        self.orders = [rng.permutation(width) for _ in range(depth)]
        (shuffling,) = rng.spawn(1)
        self.ends = [shuffling.permutation(width) for _ in range(depth)]

    def weights(self, layer):
        """Return the shared w behind one layer, drawn at the first call for it."""
        while len(self.kept) <= layer % self.distinct:
            w = self.draw(self.width, self.width, rng=self.rng)
            self.kept.append(self.gain * w)
        return self.kept[layer % self.distinct]

    def forward(self, h, layer, *, shuffled=False):
        """Map h (N, width) to h @ w."""
        z = h[:, self.orders[layer]] @ self.weights(layer)
        return z[:, self.ends[layer]] if shuffled else z

    def backward(self, dz, layer, *, shuffled=False):
        """Map dz = dL/dz (N, width) of a layer to dL/dh = dz @ wᵀ of its input."""
        if shuffled:
            dz = dz[:, np.argsort(self.ends[layer])]
        dh = np.empty_like(dz)
        dh[:, self.orders[layer]] = dz @ self.weights(layer).T
        return dh


def signals(x, layers, *, activation, skip=False):
    """Yield the pre-activations z (N, width) of each layer, the first one first.

    z(1) = x w(1), then z(l) = f(z(l-1)) w(l), plus z(l-1) with a skip. ``activation``
    is a name or a pair (f, f').
    """
    f, _ = pair(activation)
    z = layers.forward(x, 0)
    yield z
    for layer in range(1, layers.depth):
        z = layers.forward(f(z), layer, shuffled=skip) + (z if skip else 0)
        yield z


def deltas(dz, layers, below, *, activation, skip=False):
    """Yield dL/dz (N, width) of each layer, the last one first, from dz at the top.

    dL/dz(l) = dL/dz(l+1) w(l+1)ᵀ ⊙ f'(z(l)), plus dL/dz(l+1) with a skip; ``below``
    holds the signals z of all layers.
    """
    _, slope = pair(activation)
    yield dz
    for layer in range(layers.depth - 1, 0, -1):
        back = layers.backward(dz, layer, shuffled=skip) * slope(below[layer - 1])
        dz = back + (dz if skip else 0)
        yield dz


def pair(activation):
    """Give (f, f') of a name; a pair stays as it is."""
    if isinstance(activation, tuple):
        return activation
    return ACTIVATIONS[activation], DERIVATIVES[activation]


def mean_square(z):
    """Average z² over batch and units: the variance, as the mean over draws is 0."""
    return float(np.mean(np.square(z, dtype=float)))
