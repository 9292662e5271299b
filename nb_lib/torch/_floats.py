"""The rule for whole numbers, which ``nb_lib.torch`` states, and one for huge ones."""

import functools

import torch

from nb_lib.numpy import _floats as numpy_floats

FAR = numpy_floats.FAR


def floats(values, dtype=torch.float64):
    """Return integers and bools as floats, and all else as it came."""
    if not isinstance(values, torch.Tensor):
        return numpy_floats.floats(values)  # a NumPy number among the settings
    exact = not (values.is_floating_point() or values.is_complex())
    return values.to(dtype) if exact else values


def in_floats(formula):
    """Let a formula count with floats whatever numbers it is given."""

    @functools.wraps(formula)
    def counted(*values, **settings):
        if settings:
            settings = {
                name: numpy_floats.setting(value) for name, value in settings.items()
            }
        return formula(*map(floats, values), **settings)

    return counted


def cut(z):
    """Bring z back to ±FAR, as z² beyond overflows and infinity times 0 is NaN."""
    return z.clamp(-FAR, FAR)


def relu_far_out(f):
    """Let an activation be z beyond FAR, and below -FAR what it is there, 0."""

    @functools.wraps(f)
    def like_relu(z, **settings):
        return torch.where(z > FAR, z, f(cut(z), **settings))

    return like_relu
