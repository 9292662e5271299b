"""What every public door of the data package asks of its arguments."""

from numbers import Integral, Real

import numpy as np


def whole_number(value, name, *, least=1):
    """Return the value if it is a whole number of at least ``least``."""
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(f"{name} wants a whole number, got {value!r}")
    if value < least:
        raise ValueError(
            f"{name} wants a whole number of at least {least}, got {value}"
        )
    return value


def number(value, name):
    """Return the value if it is one real number."""
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name} wants a number, got {value!r}")
    return value


def generator(rng):
    """Return the rng if it is a NumPy Generator."""
    if not isinstance(rng, np.random.Generator):
        kind = type(rng)
        home = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
        raise TypeError(
            "rng wants a NumPy Generator such as numpy.random.default_rng(9), "
            f"got {home}{kind.__name__}"
        )
    return rng


def deviation(noise):
    """Return the noise if it is a finite standard deviation."""
    if not 0 <= number(noise, "noise") < np.inf:  # NaN fails too
        raise ValueError(f"noise wants a standard deviation of at least 0, got {noise}")
    return noise
