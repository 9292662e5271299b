"""When a result agrees with what was wanted: kind, shape, dtype, then the numbers."""

import numpy as np

from nb_lib.book.exercises.showing import as_array, dtype_name

SINGLE = 8 * float(np.finfo("float32").eps)  # what a few roundings leave in float32
LONG_SINGLE = 32 * SINGLE  # and what a long calculation leaves


def is_numeric(value):
    """Whether the value is a number, an array or a tensor of numbers."""
    if isinstance(value, (str, dict)) or value is None or callable(value):
        return False
    try:
        return as_array(value).dtype.kind in "biufc"
    except (TypeError, ValueError):  # ragged lists, foreign objects
        return False


def close(got, wanted, rtol):
    """Compare numbers within rtol, containers entry by entry, all else by equality."""
    if isinstance(wanted, (tuple, list)):
        sequence = isinstance(got, (tuple, list)) or getattr(got, "ndim", 0) > 0
        same = sequence and len(got) == len(wanted)
        return same and all(map(close, got, wanted, [rtol] * len(wanted)))
    if isinstance(wanted, str):
        return as_text(got) == wanted
    if not is_numeric(wanted):
        return type(got) is type(wanted) and got == wanted
    if not is_numeric(got):
        return False
    wanted = as_array(wanted)
    if wrong_dtype(got, wanted):
        return False
    return near(as_array(got), wanted, max(rtol, resolution(got)))


def widened(got, wanted):
    """Give arrays that are float32 where float64 was wanted as float64.

    The second result is whether there was one: it is near only to what float32 leaves.
    """
    if isinstance(wanted, (tuple, list)):
        if not isinstance(got, (tuple, list)) or len(got) != len(wanted):
            return got, False
        pairs = [widened(*pair) for pair in zip(got, wanted, strict=True)]
        return type(got)(part for part, _ in pairs), any(single for _, single in pairs)
    if not (is_numeric(got) and is_numeric(wanted)):
        return got, False
    array = as_array(got)
    name = dtype_name(got if hasattr(got, "dtype") else array)
    is_single = array.ndim > 0 and name == "float32"
    if is_single and as_array(wanted).dtype == np.float64:
        return array.astype(float), True
    return got, False


def as_text(value):
    """Give the string that a value holds, NumPy's strings included, or None."""
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        value = value.item()
    return str(value) if isinstance(value, str) else None


def resolution(value):
    """Give the error that a few roundings leave in float32, else 0."""
    is_single = hasattr(value, "dtype") and dtype_name(value) == "float32"
    return SINGLE if is_single else 0.0


def near(got, wanted, rtol):
    """Whether two arrays have one shape and agree within rtol of the largest entry.

    NaN agrees with NaN: a wrong answer that gives it can be recognised.
    """
    if got.shape != wanted.shape:
        return False
    if np.array_equal(got, wanted):  # the usual case, and much faster to see
        return True
    atol = rtol * float(largest(wanted)) or 1e-12
    return bool(np.allclose(got, wanted, rtol=0, atol=atol, equal_nan=True))


def largest(array):
    """Give the largest size of a finite entry, or 0 if there is none."""
    return np.abs(array[np.isfinite(array)]).max(initial=0)


def wrong_dtype(got, wanted):
    """Whether reals became complex, integers floats, or float32 float64, or back.

    ``wanted`` is an array; NumPy has no bfloat16, so a tensor of it is always wrong.
    """
    unknown = hasattr(got, "detach") and not hasattr(np, dtype_name(got))
    got = as_array(got)
    if "c" in got.dtype.kind + wanted.dtype.kind:
        return got.dtype.kind != wanted.dtype.kind
    if got.ndim == 0:
        return False
    if unknown:
        return True
    kinds = {got.dtype.kind, wanted.dtype.kind}
    if kinds == {"f"}:
        return got.dtype != wanted.dtype
    return got.dtype.kind == "f" and wanted.dtype.kind in "iu"
