"""The judge of weights that a reader proposes for one threshold unit."""

import numpy as np

from nb_lib.book.exercises.reading import Refused, floats, is_sequence
from nb_lib.numpy.boolean import NAMES, cube, number, products

HINTS = {
    ("NAND", "NOR"): "One input that is 0 should be enough to fire: raise the bias.",
    ("NAND", "AND"): "The signs: turn all of them round, and mind the bias.",
    (
        "NAND",
        "FALSE",
    ): "It never fires, but at (0, 0) it should: there is only the bias.",
    ("NAND", "TRUE"): "Two ones must pull the score below 0: a bias this high, or "
    "weights this small, never let go.",
}


def judge_nand(answer):
    """Want weights of two inputs, and a bias, that compute NAND."""
    return judged(answer, cube(2), cube(4)[NAMES.index("NAND")])


def judge_parity(answer):
    """Want weights of the seven products of three inputs that compute parity."""
    x = cube(3)
    passed, *sentences = judged(answer, products(x), x.sum(axis=1) % 2)
    if passed:
        sentences += [
            "Without the last product nobody could: with multipliers 1 on all eight "
            "corners every shorter product sums to 0."
        ]
    return passed, *sentences


def judged(answer, features, wanted):
    """Run the unit on every corner; say how many are right, and the first that is not.

    Shapes: features (2**n, D), wanted (2**n,).
    """
    w, b = weights_of(answer, features.shape[1])
    scores = scores_of(features, w, b)
    outputs = (scores >= 0).astype(int)
    right, corners = outputs == wanted, len(wanted)
    finding = f"{right.sum()} of {corners} corners are right"
    if right.all():
        return True, f"{finding}; the score nearest to 0 is {nearest(scores):+.3g}."
    row = int(np.argmin(right))
    n = corners.bit_length() - 1
    x = ", ".join(f"{value:.0f}" for value in cube(n)[row])
    where = (
        f"{finding}. At ({x}) the score is {scores[row]:.3g}, so it gives "
        f"{outputs[row]:.0f}: {wanted[row]:.0f} was wanted."
    )
    return False, where, hint(row, scores, outputs, wanted)


def weights_of(answer, n):
    """Turn (w, b), or all numbers in one row, into w (n,) and b."""
    wanted = f"The answer is a tuple (w, b): {n} weights and a number."
    if not is_sequence(answer) or not len(answer):
        raise Refused(wanted)
    parts = answer if len(answer) == 2 else (answer[:-1], answer[-1])
    try:
        w, b = floats(parts[0]), float(floats(parts[1]).reshape(()))
    except (TypeError, ValueError):
        raise Refused(wanted) from None
    if w.shape != (n,):
        raise Refused(f"{wanted} Here w has the shape {w.shape}.")
    if not (np.isfinite(w).all() and np.isfinite(b)):
        raise Refused("Weights and bias are finite numbers.")
    return w, b


def scores_of(features, w, b):
    """Give x @ w + b, (N,), with 0 where only the rounding of decimals is left.

    So 0.3 - 0.1 - 0.2, which is 0 on paper, fires here too.
    """
    scores = features @ w + b
    rounding = features @ (1e-14 * np.abs(w)) + 1e-14 * abs(b)
    return np.where(np.abs(scores) <= rounding, 0.0, scores)


def nearest(scores):
    """Give the score of the least size, with its sign."""
    return float(scores[np.argmin(np.abs(scores))])


def hint(row, scores, outputs, wanted):
    """Name the likely slip, else the weight that mends this corner.

    The product of exactly the inputs that are 1 here is seen by no corner before it.
    """
    on_the_line, wrong = scores == 0, outputs != wanted
    if on_the_line[wrong].all() and not wanted[on_the_line].any():
        return "A score of exactly 0 fires: it is >= 0. Move the bias a little."
    n = len(wanted).bit_length() - 1
    if n == 2:
        goal, got = (NAMES[number(table)] for table in (wanted, outputs))
        return f"This unit computes {got}. {HINTS.get((goal, got), '')}".strip()
    if np.array_equal(outputs, 1 - wanted):
        return "The signs: this is the opposite of parity. Turn all of them round."
    on = [f"x{i + 1}" for i in range(n) if row >> (n - 1 - i) & 1]
    if not on:
        return "At (0, 0, 0) all products are 0: there is only the bias."
    return (
        f"Look at the weight of {' '.join(on)}: this corner sees it, and none of the "
        "corners before it, which are right, does."
    )
