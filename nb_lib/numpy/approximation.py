"""Nets of one hidden layer whose weights are written down, not trained.

``f`` maps an array of inputs to the values wanted, entry by entry. The interval
[``low``, ``high``] is cut into ``pieces`` equal pieces of length h. Every net is a
``models.MLP`` with one input and one output. An interval without length and fewer
than one piece (for a staircase, two) are a ValueError.
"""

import numpy as np

from nb_lib.numpy._checks import check_rows
from nb_lib.numpy._floats import floats
from nb_lib.numpy._settings import check_pieces
from nb_lib.numpy.models import MLP


def interpolant(f, pieces, *, low, high):
    """Build the ReLU net that joins the values of f at the knots x_0 ... x_N.

    g(x) = f(x_0) + Σ (s_i - s_(i-1)) relu(x - x_i), i = 0 ... N - 1, Eq. (9.5.5): one
    unit a piece, s_i = (f(x_(i+1)) - f(x_i)) / h the slope of piece i, s_(-1) = 0.
    Left of ``low`` g stays level, right of ``high`` it keeps its last slope.
    """
    pieces, low, high = check_pieces("interpolant", pieces, low, high)
    knots = np.linspace(low, high, pieces + 1)
    values = floats(f(knots))
    slopes = np.diff(values) * (pieces / (high - low))
    changes = np.diff(slopes, prepend=0)
    return _net(np.ones(pieces), -knots[:-1], changes, values[0], activation="relu")


def staircase(f, pieces, *, low, high, sharpness):
    """Build the sigmoid net that takes the value of f in the middle of each piece.

    g(x) = f(m_0) + Σ (f(m_i) - f(m_(i-1))) σ(k (x - x_i)), i = 1 ... N - 1, Eq.
    (9.5.3): one unit a step, k = ``sharpness`` / h, so that a step is a small part of
    a piece wide where ``sharpness`` is large.
    """
    pieces, low, high = check_pieces("staircase", pieces, low, high, least=2)
    h = (high - low) / pieces
    knots = np.linspace(low, high, pieces + 1)
    levels = floats(f(knots[:-1] + h / 2))
    k = np.full(pieces - 1, sharpness / h)
    return _net(k, -k * knots[1:-1], np.diff(levels), levels[0], activation="sigmoid")


def interpolation_bound(curvature, pieces, *, low, high):
    """M h² / 8, which the interpolant's error nowhere exceeds, Eq. (9.5.8).

    ``curvature`` is M = max |f''| on the interval.
    """
    pieces, low, high = check_pieces("interpolation_bound", pieces, low, high)
    return curvature * ((high - low) / pieces) ** 2 / 8


def sup_error(f, net, x):
    """Give max |f(x) - g(x)| over the inputs x (N, 1), g the net; N > 0."""
    x = floats(x)
    check_rows("sup_error", x)
    return float(np.max(np.abs(f(x) - net.forward(x))))


def _net(slopes, biases, weights, offset, *, activation):
    """Put weights into an MLP; ``activation`` stands between the two layers."""
    net = MLP((1, len(slopes), 1), rng=None, init="zeros", activation=activation)
    net.params["0.w"][0] = slopes
    net.params["0.b"][:] = biases
    net.params["1.w"][:, 0] = weights
    net.params["1.b"][:] = offset
    return net
