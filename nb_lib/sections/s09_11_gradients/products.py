"""Products of Jacobians: what many layers do, one after the other, to a direction."""

import numpy as np

from nb_lib.numpy.activations import sigmoid
from nb_lib.numpy.models import MLP
from nb_lib.numpy.norms import BatchNorm, LayerNorm

WIDTH = 64


def spectra(depths, *, seed=9, **settings):
    """Return the singular values of the product of the last d Jacobians, for each d.

    One random input goes up a net of ``WIDTH`` units a layer; then the unit vectors
    come back together, as the rows of a matrix. Not for a batch norm, where the rows
    would mix. Returns a list of arrays (WIDTH,), greatest value first.
    """
    rng = np.random.default_rng(seed)
    net = MLP((WIDTH,) * (max(depths) + 3), rng=rng, **settings)
    net.forward(np.repeat(rng.normal(size=(1, WIDTH)), WIDTH, axis=0))
    product, found = np.eye(WIDTH), {}
    pairs = list(zip(net.linears[1:-1], net.activations[:-1], strict=True))
    for depth, (linear, activation) in enumerate(reversed(pairs), start=1):
        back = activation.backward(linear.backward(product))
        product = product + back if net.skip else back
        found[depth] = np.linalg.svd(product, compute_uv=False)
    return [found[depth] for depth in depths]


def sigmoid_ratio(norm, *, shift, depth=50, width=WIDTH, batch=64, seed=9):
    """Return how much of a random error signal comes back through sigmoid layers.

    z ← (σ(norm(z)) - shift) w with weights of variance 1 / fan_in; ``norm`` is
    "layer" or "batch". The ratio is that of ‖dL/dz‖ in the first and the last layer.
    """
    rng, kind = np.random.default_rng(seed), {"layer": LayerNorm, "batch": BatchNorm}
    z, below = rng.normal(size=(batch, width)), []
    for _ in range(depth - 1):
        layer, w = kind[norm](width), rng.normal(0, width**-0.5, size=(width, width))
        h = sigmoid(layer.forward(z))
        below.append((layer, h, w))
        z = (h - shift) @ w
    dz = top = rng.normal(size=z.shape)
    for layer, h, w in reversed(below):
        dz = layer.backward(dz @ w.T * h * (1 - h))
    return np.linalg.norm(dz) / np.linalg.norm(top)
