"""What a reader gives, brought into kinds that hold no surprises."""

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import count
from numbers import Number, Rational, Real
from types import BuiltinFunctionType, FunctionType, MethodType

import numpy as np

from nb_lib.book.exercises.showing import as_array, is_without_data

FUNCTIONS = (FunctionType, BuiltinFunctionType, MethodType, type)
MOST_ENTRIES, MOST_NUMBERS, DEEPEST = 200_000, 10_000_000, 20


class Refused(ValueError):
    """An answer that cannot be judged, and the sentence that says why."""


class Unwritten(Refused):
    """The body of the reader's function is still to be written."""


class Unreadable(ValueError):
    """A ``run`` cannot compare what came: (the form that was wanted, what came)."""


@dataclass(frozen=True)
class Stranger:
    """An object of a kind that no exercise asks for: only its kind is kept."""

    kind: str


def settled(value):
    """Give numbers, text, arrays, tensors and containers of them as plain ones.

    Any other object becomes a ``Stranger``, so that no method of it is called later.
    Raises Refused where there is no end or far too much.
    """
    return _settled(value, DEEPEST, count(1))


def _settled(value, depth, places):
    """Settle one value, at most so deep; ``places`` counts all of them."""
    if depth < 0:
        raise Refused(
            f"There are containers more than {DEEPEST} deep in the result. Does a "
            "list contain itself?"
        )
    if next(places) > MOST_ENTRIES:
        raise Refused(f"The result has more than {MOST_ENTRIES:,} entries.")
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if value is None or value is ... or isinstance(value, (Number, *FUNCTIONS)):
        return value
    if isinstance(value, np.ndarray):
        return settled_array(value, depth, places)
    if is_torch(value):
        return of_bearable_size(value, getattr(value, "numel", int)())
    if isinstance(value, dict):
        pairs = value.items()
        return {k: _settled(v, depth - 1, places) for k, v in pairs}
    if isinstance(value, (tuple, list, range)):
        kind = tuple if isinstance(value, tuple) else list
        return kind(_settled(entry, depth - 1, places) for entry in value)
    if isinstance(value, (set, frozenset)):
        entries = [_settled(entry, depth - 1, places) for entry in value]
        if all(isinstance(entry, (Number, str)) for entry in entries):
            return set(entries)
    return settled_stranger(value, depth, places)


def settled_array(array, depth, places):
    """Give a plain array, or its entry if it has no axis; objects become lists."""
    array = np.asarray(array)
    if array.ndim == 0:
        return _settled(array[()], depth - 1, places)
    if array.dtype == object:
        return _settled(array.tolist(), depth - 1, places)
    return of_bearable_size(array, array.size)


def of_bearable_size(value, size):
    """Give the array or tensor back unless comparing it would take for ever."""
    if size > MOST_NUMBERS:
        raise Refused(f"The result has {size:,} numbers, far more than were wanted.")
    return value


def settled_stranger(value, depth, places):
    """Take an array from what offers one, such as a data frame; else keep the kind."""
    if hasattr(type(value), "__array__"):
        try:
            array = np.asarray(value)
        except Exception:  # of a foreign object: anything may come
            return Stranger(type(value).__name__)
        return _settled(array, depth - 1, places)
    if isinstance(value, Iterator) and hasattr(value, "close"):
        value.close()
    return Stranger(type(value).__name__)


def is_torch(value):
    """Whether the value is a tensor or a module, without loading PyTorch."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, (torch.Tensor, torch.nn.Module))


def is_empty(answer):
    """Whether nothing was written yet: None, ``...``, several, {} or {"lr": ...}."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, (tuple, list)):
        return len(answer) > 0 and all(is_empty(entry) for entry in answer)
    return isinstance(answer, dict) and all(v is ... for v in answer.values())


def is_sequence(result, length=None):
    """Whether the result is a tuple, list or array (of that length)."""
    sequence = isinstance(result, (tuple, list)) or getattr(result, "ndim", 0) > 0
    return sequence and length in (None, len(result))


def real(value):
    """Give a real number, also from NumPy, PyTorch and Decimal, else None."""
    if getattr(value, "ndim", None) == 0 and not is_without_data(value):
        value = value.item()
    if isinstance(value, Decimal):
        value = Fraction(value) if value.is_finite() else math.nan
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return value if is_number else None


def whole(value):
    """Give a whole number as an int, also where it came as a float, else None."""
    value = real(value)
    if value is None or isinstance(value, int):
        return value
    is_finite = isinstance(value, Rational) or np.isfinite(float(value))
    return int(value) if is_finite and value == int(value) else None


def floats(value):
    """Turn numbers, lists, arrays or tensors into a float array.

    Raises TypeError for text, nothing and other objects, ValueError for ragged lists
    and numbers too large for a float.
    """
    if isinstance(value, (tuple, list)):
        value = [floats(entry) for entry in value]
    array = as_array(value)
    known = array.dtype.kind in "biuf"
    if not (known or all(isinstance(entry, Real) for entry in array.flat)):
        raise TypeError("numbers were wanted")
    try:
        return array.astype(float)
    except OverflowError:
        raise ValueError("a number is too large") from None
