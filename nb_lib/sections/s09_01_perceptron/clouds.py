"""The sets of points on which 9.1 lets the rule run."""

import numpy as np

from nb_lib.data import separable


def cloud(points, gap):
    """Draw two half discs of radius 1 - margin with a gap of twice the margin."""
    return separable(points, margin=gap, rng=np.random.default_rng(9))


def basis_vectors(n):
    """Give e_1 ... e_n, all labelled +1, and the w* of the largest margin, 1/√n."""
    return np.eye(n), np.ones(n), np.full(n, n**-0.5)
