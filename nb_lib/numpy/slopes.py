"""Where an activation is lowest and where it is steepest, from f' and f''.

A smooth f is lowest where f' changes its sign, and steepest where f'' does. Bisection
finds the place to the last digit, with nothing but signs.
"""

import numpy as np

from nb_lib.numpy._floats import cut, floats, in_floats
from nb_lib.numpy.activations import ACTIVATIONS, DERIVATIVES, sigmoid

_SQRT_2PI = float(np.sqrt(2 * np.pi))


def slope(z, *, activation):
    """f'(z), by the formula that stands beside f in ``activations``."""
    z = floats(z)
    return DERIVATIVES[activation](z)


def curvature(z, *, activation):
    """f''(z), for the smooth activations: sigmoid, tanh, softplus, gelu and silu.

    An activation without a formula here is a ValueError.
    """
    z = floats(z)
    if activation not in _CURVATURES:
        wanted = ", ".join(_CURVATURES)
        raise ValueError(f"curvature wants one of {wanted}, got {activation!r}")
    return _CURVATURES[activation](cut(z))


def crossing(f, low, high):
    """Find z in [low, high] where f changes its sign, by halving the interval.

    Each halving gives one binary digit; about fifty give all that a float64 has. Equal
    signs at both ends are a ValueError.
    """
    low, high = in_floats(low, high)
    first, last = f(low), f(high)
    if not (first < 0 <= last or last < 0 <= first):  # NaN has no sign
        raise ValueError(f"crossing wants a change of sign in [{low}, {high}]")
    negative = first < 0
    while low < (middle := (low + high) / 2) < high:
        if (f(middle) < 0) == negative:
            low = middle
        else:
            high = middle
    return middle


def lowest(*, activation, low=-2.0, high=0.0):
    """Return (z, f(z)) where f is lowest: f' rises through 0 in [low, high]."""
    z = crossing(lambda z: slope(z, activation=activation), low, high)
    return z, float(ACTIVATIONS[activation](z))


def steepest(*, activation, low=0.0, high=5.0):
    """Return (z, f'(z)) where the slope is greatest: f'' falls through 0."""
    z = crossing(lambda z: curvature(z, activation=activation), low, high)
    return z, float(slope(z, activation=activation))


def _d2_sigmoid(z):
    s = sigmoid(z)
    return s * (1 - s) * (1 - 2 * s)


def _d2_tanh(z):
    h = np.tanh(z)
    return -2 * h * (1 - h * h)


def _d2_softplus(z):
    return DERIVATIVES["sigmoid"](z)


def _d2_gelu(z):
    """GELU''(z) = φ(z) (2 - z²), as φ' = -z φ."""
    return np.exp(-z * z / 2) / _SQRT_2PI * (2 - z * z)


def _d2_silu(z):
    """SiLU''(z) = σ'(z) (2 + z (1 - 2 σ(z)))."""
    s = sigmoid(z)
    return s * (1 - s) * (2 + z * (1 - 2 * s))


_CURVATURES = {
    "sigmoid": _d2_sigmoid,
    "tanh": _d2_tanh,
    "softplus": _d2_softplus,
    "gelu": _d2_gelu,
    "silu": _d2_silu,
}
