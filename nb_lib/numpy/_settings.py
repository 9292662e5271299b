"""Questions about settings, asked once at the public door; both twins ask them here."""

import math
import numbers


def pick(table, wanted, kind):
    """Look up a name in a table, or say which names there are."""
    if wanted not in table:
        known = ", ".join(table)
        raise ValueError(f"unknown {kind} {wanted!r}: choose one of {known}")
    return table[wanted]


def check_sizes(sizes):
    """Want (features, hidden..., classes): two or more positive whole numbers."""
    whole = all(isinstance(size, numbers.Integral) and size > 0 for size in sizes)
    if len(sizes) < 2 or not whole:
        raise ValueError(
            f"MLP wants two or more sizes, all positive integers, got {tuple(sizes)}"
        )


def check_skip(sizes):
    """Want hidden layers of one width: a skip adds what has the same shape."""
    hidden = tuple(sizes[1:-1])
    if len(set(hidden)) > 1:
        raise ValueError(
            f"MLP with skip=True wants hidden layers of one width, got {hidden}"
        )


def check_dtype(dtype):
    """Want a dtype by name, one that can hold weights."""
    if dtype not in ("float32", "float64"):
        raise ValueError(f'MLP wants dtype "float32" or "float64", got {dtype!r}')


def check_number(name, what, value, low, high=math.inf, *, below=None):
    """Want one number in [low, high], or in [low, below); NaN is in no range."""
    if low <= value <= high and (below is None or value < below):
        return
    limits = f"of {low} or more" if high == math.inf else f"from {low} to {high}"
    under = "" if below is None else f" and below {below}"
    raise ValueError(f"{name} wants {what} {limits}{under}, got {value}")


def check_pieces(name, pieces, low, high, *, least=1):
    """Want an interval of some length, and a whole number of pieces to cut it into."""
    if not isinstance(pieces, numbers.Integral) or pieces < least:
        raise ValueError(
            f"{name} wants pieces as a whole number of {least} or more, got {pieces}"
        )
    if not low < high:
        raise ValueError(f"{name} wants low < high, got low={low} and high={high}")
