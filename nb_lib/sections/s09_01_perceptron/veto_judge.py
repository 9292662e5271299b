"""The judge of 9.1.1: a threshold unit with a veto, on all eight corners."""

from itertools import product

import numpy as np

from nb_lib.book.exercises.reading import Refused, floats, is_sequence
from nb_lib.numpy.perceptron import threshold

CORNERS = np.array(list(product((0.0, 1.0), repeat=3)))  # (8, 3)
WANTED = np.maximum(CORNERS[:, 0], CORNERS[:, 1]) * (1 - CORNERS[:, 2])
FORM = "The answer is a tuple (w, b): three weights and a bias."


def judge_veto(answer):
    """Want w (3,) and b that fire for x1 or x2, and never when x3 is 1."""
    w, b = weights_of(answer)
    scores, outputs = CORNERS @ w + b, threshold(CORNERS, w, b)
    right = outputs == WANTED
    finding = f"{right.sum()} of 8 corners are right"
    if right.all():
        return True, f"{finding}; the score nearest to 0 is {np.abs(scores).min():.3g}."
    row = int(np.argmin(right))
    x = ", ".join(f"{value:.0f}" for value in CORNERS[row])
    return (
        False,
        f"{finding}. At ({x}) the score is {scores[row]:.3g}, so the unit gives "
        f"{outputs[row]:.0f}, but {WANTED[row]:.0f} was wanted.",
        hint(CORNERS[row]),
    )


def weights_of(answer):
    """Turn (w, b), or four numbers in a row, into w (3,) and b."""
    if not is_sequence(answer) or len(answer) not in (2, 4):
        raise Refused(FORM)
    first, last = (answer[:-1], answer[-1]) if len(answer) == 4 else answer
    try:
        w, b = floats(first), float(floats(last).reshape(()))
    except (TypeError, ValueError):
        raise Refused(FORM) from None
    if w.shape != (3,) or not np.isfinite([*w, b]).all():
        raise Refused(FORM)
    return w, b


def hint(corner):
    """Say which way to go at the first corner that is wrong."""
    if corner[2]:
        return "Here x3 is 1 and should have the last word, whatever the others bring."
    if not corner.any():
        return "Nothing comes in, so the score is the bias: it has to be below 0."
    return "One of x1 and x2 should be enough to lift the score to 0."
