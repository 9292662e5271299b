"""What theory says of one net: its signals and error signals, layer by layer.

It is the theory of 9.10, with a norm as one more switch. A norm hands N(0, 1) to the
activation, whatever the variance of z, and on the way back it divides by what it has
divided by before. A layer norm divides by the size of z. A batch norm divides by the
``spread`` of z over the batch only: what all examples share is subtracted first.
"""

import numpy as np

from nb_lib.numpy.activations import ACTIVATIONS
from nb_lib.numpy.propagation import signal_moment, slope_moment

EPS = 1e-5  # that of the norms: what they add to a variance
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(120)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


def mean_moment(q, *, activation):
    """E[f(z)] for z ~ N(0, q): what all examples of a batch share behind f."""
    return float(_WEIGHTS @ ACTIVATIONS[activation](np.sqrt(q) * _NODES))


def size_after(activation, norm):
    """Give what a normed layer hands on: E[f²], or Var f where the mean goes off."""
    size = signal_moment(1.0, activation=activation)
    if norm == "batch":
        size -= mean_moment(1.0, activation=activation) ** 2
    return size


def signals(q, *, depth, activation, weight_variance, residual, norm):
    """Follow the variance of z that the norm sees; a list, first layer first.

    z_(l+1) = f(norm(z_l)) w, plus z_l with a residual connection. With a batch norm
    it is the variance over the batch.
    """
    found = [q]
    while len(found) < depth:
        old = found[-1]
        if norm == "none":
            size = signal_moment(old, activation=activation)
        else:
            size = size_after(activation, norm)
        found.append((old if residual else 0.0) + weight_variance * size)
    return found


def error_signals(variances, *, activation, weight_variance, residual, norm):
    """Follow ‖dL/dz‖ back from 1 at the last layer; an array, first layer first."""
    squares = [1.0]
    for q in variances[-2::-1]:
        factor = weight_variance * slope_moment(
            q if norm == "none" else 1.0, activation=activation
        )
        if norm != "none":
            factor /= q + EPS
        squares.append(squares[-1] * (factor + (1.0 if residual else 0.0)))
    return np.sqrt(squares[::-1])
