"""The threshold unit, Rosenblatt's rule, and Novikoff's bound on its mistakes.

Targets t are -1 or +1, shape (N,), in the dtype of x (N, D). A row is a mistake when
t x·w <= 0. There is no bias: a column of ones in x carries it, see ``with_ones``.
"""

import torch

from nb_lib.numpy._checks import check_rows, check_signs
from nb_lib.numpy.perceptron import Mistake
from nb_lib.torch._floats import floats, in_floats

__all__ = [
    "Mistake",
    "adversary",
    "in_turn",
    "learn",
    "margin",
    "mistake_bound",
    "radius",
    "threshold",
    "with_ones",
]


def threshold(x, w, b):
    """Fire, 1, where x @ w + b >= 0, else 0; McCulloch & Pitts (1943).

    Shapes: x (N, D), w (D,), b a number, result (N,).
    """
    x, w, b = in_floats(x, w, b)
    return (x @ w + b >= 0).to(x.dtype)


def learn(x, targets, *, choose=None, start=None):
    """From w = 0 add t x to w at every mistake; yield a ``Mistake`` each time.

    It ends when no row is a mistake; on data that no line through 0 separates, never.
    ``choose(wrong, last, w)`` picks the next of the rows that are wrong, ``in_turn``
    unless told; ``start`` (D,) is the first w where it is not 0.
    Source: the error-correcting rule of Frank Rosenblatt (1962).
    """
    x, targets = in_floats(x, targets)
    check_signs("learn", x, targets)
    signed = targets[:, None] * x  # (N, D)
    w, last, count = torch.zeros_like(x[0]) if start is None else start, -1, 0
    choose = choose or in_turn
    while len(wrong := torch.nonzero(signed @ w <= 0).flatten()):
        last, count = choose(wrong, last, w), count + 1
        w = w + signed[last]
        yield Mistake(count, last, w)


def in_turn(wrong, last, w):
    """Go on to the first wrong row after the last one, round and round."""
    return int(wrong[torch.searchsorted(wrong, last + 1) % len(wrong)])


def adversary(x, targets, w_star):
    """Return a ``choose`` that takes the mistake whose update spoils w the most.

    It knows w*: after its choice the cosine between w and w* is the least possible. Of
    those that are equal to nine digits it takes the first, whatever computes them.
    """
    x, targets, w_star = in_floats(x, targets, w_star)
    signed = targets[:, None] * x

    def choose(wrong, last, w):
        after = w + signed[wrong]
        cosines = after @ w_star / torch.linalg.norm(after, dim=1)
        return int(wrong[torch.argmin(cosines.round(decimals=9))])

    return choose


def radius(x):
    """R = max |x_n|, the length of the longest row; no row is a ValueError."""
    x = floats(x)
    check_rows("radius", x)
    return float(torch.linalg.norm(x, dim=1).max())


def margin(x, targets, w_star):
    """γ = min t_n x_n·w* / |w*|, the least distance of a row from the line.

    Positive if and only if w* (D,) gets every row right.
    """
    x, targets, w_star = in_floats(x, targets, w_star)
    check_signs("margin", x, targets)
    return float(torch.min(targets * (x @ w_star)) / torch.linalg.norm(w_star))


def mistake_bound(x, targets, w_star):
    """(R / γ)², which the mistakes never exceed; Albert Novikoff (1962).

    A w* that gets a row wrong bounds nothing: ValueError.
    """
    x, targets, w_star = in_floats(x, targets, w_star)
    gamma = margin(x, targets, w_star)
    if not gamma > 0:  # NaN, of a w_star of length 0, bounds nothing
        raise ValueError(
            "mistake_bound wants a w_star that gets every row right, "
            f"got one with margin {gamma:.3g}"
        )
    return (radius(x) / gamma) ** 2


def with_ones(x):
    """Append a column of ones: its weight is the bias. (N, D) -> (N, D + 1)."""
    x = floats(x)
    return torch.cat([x, torch.ones_like(x[:, :1])], dim=1)
