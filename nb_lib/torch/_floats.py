"""The rule for whole numbers, which ``nb_lib.torch`` states, and one for huge ones."""

import torch

from nb_lib.numpy import _floats as numpy_floats
from nb_lib.numpy._floats import FAR, setting

__all__ = ["FAR", "cut", "floats", "in_floats", "relu_far_out", "setting"]


def floats(values, dtype=torch.float64):
    """Return integers and bools as floats, and all else as it came."""
    if not isinstance(values, torch.Tensor):
        return numpy_floats.floats(values)  # a NumPy number among the settings
    exact = not (values.is_floating_point() or values.is_complex())
    return values.to(dtype) if exact else values


def in_floats(*several):
    """Return each of several tensors as ``floats`` does."""
    return [floats(values) for values in several]


def cut(z):
    """Bring z back to ±FAR, as z² beyond overflows and infinity times 0 is NaN."""
    return z.clamp(-FAR, FAR)


def relu_far_out(z, y):
    """Return z beyond FAR, and elsewhere y, which was computed of ``cut(z)``."""
    return torch.where(z > FAR, z, y)
