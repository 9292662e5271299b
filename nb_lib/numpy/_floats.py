"""The rule for whole numbers, which ``nb_lib.numpy`` states, and one for huge ones."""

import numpy as np

FAR = 1e3  # σ and Φ of ±FAR are 0 and 1 to the last digit of a float64


def floats(values, dtype=np.float64):
    """Return integers and bools as floats, and all else as it came."""
    kind = getattr(getattr(values, "dtype", None), "kind", "f")
    return values.astype(dtype) if kind in "biu" else values


def in_floats(*several):
    """Return each of several arrays as ``floats`` does."""
    return [floats(values) for values in several]


def setting(value):
    """Return a number of NumPy as Python's own: it then has no dtype to pass on."""
    return value.item() if isinstance(value, np.generic) else value


def cut(z):
    """Bring z back to ±FAR, as z² beyond overflows and infinity times 0 is NaN."""
    if np.vdot(z, z) <= FAR**2:  # the usual case, at half the price: none is that far
        return z
    return np.minimum(np.maximum(z, -FAR), FAR)


def relu_far_out(z, near, y):
    """Return z beyond FAR, and elsewhere y, which was computed of ``near = cut(z)``."""
    return y if near is z else np.where(z > FAR, z, y)
