"""Where an activation is lowest and where it is steepest, from f' and f''.

A smooth f is lowest where f' changes its sign, and steepest where f'' does. Autograd
gives both from f alone. Bisection finds the place to the last digit.
"""

import math

import torch
from torch.func import grad

from nb_lib.torch._floats import floats, in_floats
from nb_lib.torch.activations import ACTIVATIONS

_SMOOTH = ("sigmoid", "tanh", "softplus", "gelu", "silu")


def slope(z, *, activation):
    """f'(z), by autograd: each z moves its own f alone, so a sum serves all."""
    z = floats(z)
    return grad(lambda z: ACTIVATIONS[activation](z).sum())(z)


def curvature(z, *, activation):
    """f''(z), for the smooth activations: sigmoid, tanh, softplus, gelu and silu.

    An activation with a kink is a ValueError.
    """
    z = floats(z)
    if activation not in _SMOOTH:
        wanted = ", ".join(_SMOOTH)
        raise ValueError(f"curvature wants one of {wanted}, got {activation!r}")
    far = math.log(torch.finfo(z.dtype).max) - 1  # autograd meets e^|z|, f'' is near 0
    near = z.clamp(-far, far)
    return grad(lambda z: slope(z, activation=activation).sum())(near)


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
    z = crossing(lambda z: slope(_double(z), activation=activation), low, high)
    return z, float(ACTIVATIONS[activation](_double(z)))


def steepest(*, activation, low=0.0, high=5.0):
    """Return (z, f'(z)) where the slope is greatest: f'' falls through 0."""
    z = crossing(lambda z: curvature(_double(z), activation=activation), low, high)
    return z, float(slope(_double(z), activation=activation))


def _double(z):
    return torch.tensor(z, dtype=torch.float64)
