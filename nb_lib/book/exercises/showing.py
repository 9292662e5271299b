"""Values in words: briefly, and the same way each time."""

from decimal import Decimal
from numbers import Real

import numpy as np

MOST_ENTRIES = 24  # of an array or a list shown in full
MOST_IN_A_LINE = 6
MOST_LETTERS = 300


def shown(value):
    """Write a value briefly and the same way each time: no addresses, few digits."""
    if isinstance(value, (bool, np.bool_)) or value is None or value is ...:
        return "..." if value is ... else repr(value if value is None else bool(value))
    if isinstance(value, str):
        return cut(repr(str(value)))
    if isinstance(value, (int, np.integer)):
        return shown_whole(int(value))
    if isinstance(value, (float, complex, np.inexact)):
        return f"{value:.6g}"
    if isinstance(value, (tuple, list)):
        return shown_entries(value)
    if isinstance(value, dict):
        return shown_dict(value)
    if hasattr(value, "shape"):
        return shown_array(value)
    kind = getattr(value, "kind", type(value).__name__)  # the kind of a Stranger
    return getattr(value, "__name__", f"<{kind}>")


def cut(text, most=MOST_LETTERS):
    """Leave out the middle of a long text: its end may be what matters."""
    half = most // 2
    return text if len(text) <= most else f"{text[:half]} ... {text[-half:]}"


def shown_whole(number):
    """Write a whole number; of a huge one only how long it is."""
    digits = int(number.bit_length() * 0.30103) + 1
    return str(number) if digits < 50 else f"a whole number of about {digits} digits"


def shown_entries(values):
    """Write a tuple or a list; of a long one the first entries and the length."""
    inside = [shown_briefly(entry) for entry in values[:MOST_ENTRIES]]
    brackets = "[]" if isinstance(values, list) else "()"
    if len(values) > MOST_ENTRIES:
        text = ", ".join([*inside[:3], "...", shown_briefly(values[-1])])
        return cut(f"{brackets[0]}{text}{brackets[1]} of {len(values):,}", 2000)
    comma = "," if len(values) == 1 and brackets == "()" else ""
    return cut(f"{brackets[0]}{', '.join(inside)}{comma}{brackets[1]}", 2000)


def shown_dict(value):
    """Write a dict; of a long one the first entries and the length."""
    pairs = [f"{shown(k)}: {shown_briefly(v)}" for k, v in value.items()]
    if len(pairs) > MOST_ENTRIES:
        return cut(f"{{{', '.join(pairs[:3])}, ...}} of {len(pairs):,}", 2000)
    return cut(f"{{{', '.join(pairs)}}}", 2000)


def shown_array(value):
    """Write kind, shape and dtype of an array or tensor, then its entries."""
    kind = "array" if isinstance(value, np.ndarray) else "tensor"
    head = f"{kind} of shape {tuple(value.shape)}, {dtype_name(value)}"
    if is_without_data(value):
        return f"{head}, on the meta device, which holds no numbers"
    array = as_array(value)
    if array.ndim == 0 and kind == "array":
        return shown(array.item())
    entries = np.array2string(
        array, precision=4, threshold=MOST_ENTRIES, edgeitems=2, max_line_width=76
    )
    return f"{head}\n{entries}"


def shown_briefly(value):
    """Write a value in one line: of a large array only the corner entries."""
    if isinstance(value, list) and len(value) > MOST_IN_A_LINE:
        first = ", ".join(shown_briefly(entry) for entry in value[:3])
        return f"[{first}, ...] of {len(value)}"
    if not hasattr(value, "shape") or value.ndim == 0 or is_without_data(value):
        return " ".join(shown(value).split())
    array = as_array(value)
    entries = np.array2string(array, precision=4, threshold=MOST_IN_A_LINE, edgeitems=1)
    return f"{array.shape} {' '.join(entries.split())}"


def kind_of(value):
    """Name the type of a value with its article."""
    if callable(value):
        return "a function"
    kind = getattr(value, "kind", None)  # of a Stranger
    kind = kind if isinstance(kind, str) else type(value).__name__
    return f"a{'n' * (kind[0].lower() in 'aeiou')} {kind}"


def dtype_name(value):
    """Name the dtype of an array or tensor, such as float32."""
    return str(value.dtype).removeprefix("torch.")


def is_without_data(value):
    """Whether the value is a tensor on the meta device: a shape without numbers."""
    return hasattr(value, "detach") and value.device.type == "meta"


def as_array(value):
    """Turn an array, a tensor or a number into an array without touching it.

    Raises TypeError for a tensor without data, ValueError for ragged lists.
    """
    if is_without_data(value):
        raise TypeError("a tensor on the meta device holds no numbers")
    if hasattr(value, "detach"):
        return tensor_as_array(value)
    if isinstance(value, (tuple, list)):
        value = [as_array(entry) for entry in value]
    array = np.asarray(value)
    if array.dtype == object and all(
        isinstance(v, (Real, Decimal)) for v in array.flat
    ):
        try:
            return array.astype(float)
        except OverflowError:  # a whole number beyond all floats
            return array
    return array


def tensor_as_array(tensor):
    """Show a tensor to NumPy; sparse ones and those in bfloat16 have to be copied."""
    dense = tensor.detach().to_dense()
    try:
        return dense.numpy(force=True)
    except TypeError:
        return dense.float().numpy(force=True)
