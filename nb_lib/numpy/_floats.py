"""The rule for whole numbers, which ``nb_lib.numpy`` states, and one for huge ones."""

import functools

import numpy as np

FAR = 1e3  # σ and Φ of ±FAR are 0 and 1 to the last digit of a float64


def floats(values, dtype=np.float64):
    """Return integers and bools as floats, and all else as it came."""
    kind = getattr(getattr(values, "dtype", None), "kind", "f")
    return values.astype(dtype) if kind in "biu" else values


def setting(value):
    """Return a number of NumPy as Python's own: it then has no dtype to pass on."""
    return value.item() if isinstance(value, np.generic) else value


def in_floats(formula):
    """Let a formula count with floats whatever numbers it is given."""

    @functools.wraps(formula)
    def counted(*values, **settings):
        if settings:
            settings = {name: setting(value) for name, value in settings.items()}
        return formula(*map(floats, values), **settings)

    return counted


def cut(z):
    """Bring z back to ±FAR, as z² beyond overflows and infinity times 0 is NaN."""
    if np.vdot(z, z) <= FAR**2:  # the usual case, at half the price: none is that far
        return z
    return np.minimum(np.maximum(z, -FAR), FAR)


def flat_far_out(slope):
    """Let a slope keep beyond ±FAR the value that it has there."""

    @functools.wraps(slope)
    def flat(z, **settings):
        return slope(cut(z), **settings)

    return flat


def relu_far_out(f):
    """Let an activation be z beyond FAR, and below -FAR what it is there, 0."""

    @functools.wraps(f)
    def like_relu(z, **settings):
        near = cut(z)
        y = f(near, **settings)
        return y if near is z else np.where(z > FAR, z, y)

    return like_relu
