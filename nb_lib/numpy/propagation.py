"""What initial weights do to variance, layer by layer, in the limit of great width.

A pre-activation is a sum of many small independent terms, hence nearly normal:
z ~ N(0, q). Its variance q then follows a map of one number. ``weight_variance`` is
fan_in · Var(w) going forward and fan_out · Var(w) going backward; it is 2 for He.

Source: Ben Poole et al. (2016), equations 3 and 4; Samuel Schoenholz et al. (2017).
"""

import numpy as np

from nb_lib.numpy._floats import floats, setting
from nb_lib.numpy.activations import ACTIVATIONS, DERIVATIVES

# Even, so that no node sits on the kink of ReLU at 0.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(120)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


def signal_moment(q, *, activation):
    """E[f(z)²] for z ~ N(0, q): what a layer hands on, by Gauss–Hermite quadrature."""
    q = floats(q)
    return float(_WEIGHTS @ ACTIVATIONS[activation](np.sqrt(q) * _NODES) ** 2)


def slope_moment(q, *, activation):
    """E[f'(z)²] for z ~ N(0, q): what a layer lets through going back."""
    q = floats(q)
    return float(_WEIGHTS @ DERIVATIVES[activation](np.sqrt(q) * _NODES) ** 2)


def forward_variances(q, *, depth, activation, weight_variance, skip=False):
    """Follow q(l+1) = weight_variance · E[f(z)²] (+ q(l) with a skip) from q at l = 1.

    Returns a list of ``depth`` variances, one per layer, that of the first included.
    """
    q, weight_variance = floats(q), setting(weight_variance)
    variances = [q]
    while len(variances) < depth:
        q = (q if skip else 0) + weight_variance * signal_moment(
            q, activation=activation
        )
        variances.append(q)
    return variances


def backward_variances(variances, *, activation, weight_variance, skip=False):
    """Follow Var δ(l) = Var δ(l+1) · weight_variance · E[f'(z)²] back from Var δ = 1.

    ``variances`` are those of ``forward_variances``. Returns one Var δ per layer,
    first layer first; with a skip the factor grows by 1.
    """
    weight_variance = setting(weight_variance)
    deltas = [1.0]
    for q in variances[-2::-1]:
        factor = weight_variance * slope_moment(q, activation=activation)
        deltas.append(deltas[-1] * (factor + (1 if skip else 0)))
    return deltas[::-1]
