"""When a result agrees with what was wanted: kind, shape, dtype, then the numbers."""

import numpy as np

from nb_lib.book.verdict import as_array


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
    rtol = max(rtol, resolution(got))
    got, wanted = as_array(got), as_array(wanted)
    return not wrong_dtype(got, wanted) and near(got, wanted, rtol)


def as_text(value):
    """Give the string that a value holds, NumPy's strings included, or None."""
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        value = value.item()
    return str(value) if isinstance(value, str) else None


def resolution(value):
    """Give the error that a few roundings leave in the dtype: 1e-6 for float32."""
    dtype = getattr(value, "dtype", None)
    known = isinstance(dtype, np.dtype) and dtype.kind == "f"
    return 8 * float(np.finfo(dtype).eps) if known else 0.0


def near(got, wanted, rtol):
    """Whether two arrays have one shape and agree within rtol of the largest entry.

    NaN agrees with NaN: a wrong answer that gives it can be recognised.
    """
    if got.shape != wanted.shape:
        return False
    atol = rtol * float(largest(wanted)) or 1e-12
    return bool(np.allclose(got, wanted, rtol=0, atol=atol, equal_nan=True))


def largest(array):
    """Give the largest size of a finite entry, or 0 if there is none."""
    return np.abs(array[np.isfinite(array)]).max(initial=0)


def wrong_dtype(got, wanted):
    """Whether reals became complex, integers floats, or float32 float64, or back."""
    if "c" in got.dtype.kind + wanted.dtype.kind:
        return got.dtype.kind != wanted.dtype.kind
    if got.ndim == 0:
        return False
    kinds = {got.dtype.kind, wanted.dtype.kind}
    if kinds == {"f"}:
        return got.dtype != wanted.dtype
    return got.dtype.kind == "f" and wanted.dtype.kind in "iu"
