"""Questions about settings, asked once at the public door; both twins ask them here."""

import math
import numbers
from collections.abc import Iterable

import numpy as np

from nb_lib.data._checks import generator
from nb_lib.numpy._checks import check_array, check_rows
from nb_lib.numpy._floats import floats


def pick(table, wanted, kind):
    """Look up a name in a table, or say which names there are."""
    if wanted not in table:
        known = ", ".join(table)
        raise ValueError(f"unknown {kind} {wanted!r}: choose one of {known}")
    return table[wanted]


def check_sizes(sizes):
    """Want (features, hidden..., classes), two or more sizes; return Python numbers."""
    whole = all(isinstance(size, numbers.Integral) and size > 0 for size in sizes)
    if len(sizes) < 2 or not whole:
        raise ValueError(
            f"MLP wants two or more sizes, all positive integers, got {tuple(sizes)}"
        )
    return tuple(map(int, sizes))


def check_skip(sizes):
    """Want hidden layers of one width: a skip adds what has the same shape."""
    hidden = tuple(sizes[1:-1])
    if len(set(hidden)) > 1:
        raise ValueError(
            f"MLP with skip=True wants hidden layers of one width, got {hidden}"
        )


def check_dtype(dtype, name="MLP"):
    """Want a dtype that can hold weights, of either library; return its name."""
    for kind in ("float32", "float64"):
        is_kind = np.dtype(kind) == dtype or str(dtype) == f"torch.{kind}"
        if dtype is not None and is_kind:  # NumPy takes None for float64
            return kind
    raise ValueError(f'{name} wants dtype "float32" or "float64", got {dtype!r}')


def check_count(name, what, value):
    """Want a whole number of 1 or more."""
    if not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(f"{name} wants {what} as a positive integer, got {value!r}")


def check_groups(features, groups):
    """Want groups that divide the features; return them."""
    check_count("GroupNorm", "groups", groups)
    if features % groups:
        raise ValueError(
            f"GroupNorm wants features that divide into {groups} groups, got {features}"
        )
    return int(groups)


def check_draw(name, fan_in, fan_out, rng, *, is_drawn=True):
    """Want two sizes and a Generator, or None if nothing is drawn; return the sizes."""
    if is_drawn or rng is not None:
        generator(rng)
    return check_fans(name, fan_in, fan_out)


def check_fans(name, fan_in, fan_out):
    """Want the two sizes of a layer as positive integers; return Python numbers."""
    for fan in (fan_in, fan_out):
        if not isinstance(fan, numbers.Integral) or fan < 1:
            raise ValueError(
                f"{name} wants fan_in and fan_out as positive integers, "
                f"got {fan_in} and {fan_out}"
            )
    return int(fan_in), int(fan_out)


def check_rngs(rngs):
    """Want one generator for each net, at least one; return them as a list."""
    found = list(rngs) if isinstance(rngs, Iterable) else [None]
    if not all(isinstance(rng, np.random.Generator) for rng in found):
        raise TypeError(
            f"ManyNets wants rngs as a list of NumPy Generators, got {rngs!r}"
        )
    if not found:
        raise ValueError("ManyNets wants one Generator for each net, got none")
    return found


def check_number(name, what, value, low, high=math.inf, *, below=None):
    """Want one number in [low, high], or in [low, below); NaN is in no range."""
    _check_one_number(name, what, value)
    if low <= value <= high and (below is None or value < below):
        return
    limits = f"of {low} or more" if high == math.inf else f"from {low} to {high}"
    under = "" if below is None else f" and below {below}"
    raise ValueError(f"{name} wants {what} {limits}{under}, got {value}")


def check_positive(name, what, value):
    """Want one number above 0; NaN is not."""
    _check_one_number(name, what, value)
    if not value > 0:
        raise ValueError(f"{name} wants {what} above 0, got {value}")


def _check_one_number(name, what, value):
    """Want a real number, or an array or tensor that holds nothing else."""
    is_single = isinstance(value, numbers.Real) or getattr(value, "shape", None) == ()
    if not is_single or isinstance(value, complex):
        raise TypeError(f"{name} wants {what} as a number, got {value!r}")


def check_pieces(name, pieces, low, high, *, least=1):
    """Want an interval of some length, and a whole number of pieces to cut it into.

    Returns all three as Python numbers, which do not wrap around.
    """
    if not isinstance(pieces, numbers.Integral) or pieces < least:
        raise ValueError(
            f"{name} wants pieces as a whole number of {least} or more, got {pieces}"
        )
    if not -math.inf < low < high < math.inf:
        raise ValueError(
            f"{name} wants low < high, both finite, got low={low} and high={high}"
        )
    return int(pieces), floats(low), floats(high)


def check_mixup(x, targets, alpha):
    """Want one row of targets for each example, and an alpha above 0."""
    check_array("mixup", "targets", targets)
    check_rows("mixup", x, targets)
    check_number("mixup", "an alpha", alpha, 0)
    if alpha == 0:
        raise ValueError("mixup wants an alpha above 0, got 0")
