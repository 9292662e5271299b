"""What is certainly wrong with the form of a result: no guess is needed for it."""

import numpy as np

from nb_lib.book.exercises.agreement import is_numeric, near, resolution, wrong_dtype
from nb_lib.book.exercises.reading import is_sequence
from nb_lib.book.exercises.showing import as_array, dtype_name, is_without_data, kind_of

COARSE = 1e-2  # what half of the usual digits may be off by


def wrong_number(names, got, wanted):
    """Say how many results were wanted, or None if as many came.

    ``names`` are those of the parts; without any, one result is wanted.
    """
    if names:
        if is_sequence(got, len(names)):
            return None
        head = f"the number of results: wanted {len(names)} ({', '.join(names)}), got "
        if is_numeric(got) and hasattr(got, "shape") and np.ndim(as_array(got)):
            return f"{head}one array of shape {tuple(got.shape)}"
        return f"{head}{len(got) if is_sequence(got) else 1}"
    several = isinstance(got, tuple) and len(got) > 1 and not isinstance(wanted, tuple)
    if several and (np.ndim(wanted) == 0 or any(map(is_sequence, got))):
        return f"the number of results: wanted 1, got {len(got)}"
    return None


def wrong_form(trials):
    """Say what is wrong with type, shape, dtype or kind of number in all trials."""
    if not all(is_numeric(t.wanted) for t in trials):
        return None
    for question in (wrong_type, not_finite, wrong_shape, wrong_precision):
        words = [question(trial.got, trial.wanted, trial.rtol) for trial in trials]
        if question is not_finite and any(words):
            return next(filter(None, words))
        if all(words):
            return words[0]
    return None


def wrong_type(got, wanted, rtol):
    """Say that text, a function, a generator or the like came for a number."""
    if is_numeric(got):
        return None
    if is_without_data(got):
        return "the device: a tensor on the meta device holds no numbers"
    if isinstance(got, int):
        return "the size: this whole number is larger than any float"
    kind = "a string" if isinstance(got, str) else kind_of(got)
    kind = "None" if got is None else kind
    if kind == "a generator":
        kind = "a generator (from yield, or from round brackets around a loop)"
    thing = "an array" if np.ndim(as_array(wanted)) else "a number"
    return f"the type: {kind} came where {thing} was wanted"


def not_finite(got, wanted, rtol):
    """Say that NaN or infinity came for finite numbers."""
    if not is_numeric(got) or np.isfinite(as_array(got)).all():
        return None
    if not np.isfinite(as_array(wanted)).all():
        return None
    return "not finite: NaN or infinity came where a finite number was wanted"


def wrong_shape(got, wanted, rtol):
    """Name both shapes, unless they look like those of a transpose."""
    got, wanted = as_array(got), as_array(wanted)
    turned = got.ndim >= 2 and got.shape == wanted.shape[::-1]
    if got.shape == wanted.shape or turned:
        return None
    shape = wanted.shape if wanted.ndim else "a single number"
    came = f"shape {got.shape}" if not wanted.ndim else got.shape or "a single number"
    text = f"the shape: wanted {shape}, got {came}"
    if got.size == wanted.size and near(got.ravel(), wanted.ravel(), 1e-6):
        return f"{text}; the numbers themselves are right"
    return text


def wrong_precision(got, wanted, rtol):
    """Name both dtypes where the numbers agree and the dtype alone is wrong."""
    wanted, numbers = as_array(wanted), as_array(got)
    got = got if hasattr(got, "dtype") else numbers
    is_coarse = dtype_name(got) in ("bfloat16", "float16")
    least = COARSE if is_coarse else max(rtol, resolution(numbers))
    if not (wrong_dtype(got, wanted) and near(numbers, wanted, least)):
        return None
    return f"the dtype: wanted {dtype_name(wanted)}, got {dtype_name(got)}"
