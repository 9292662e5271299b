"""Exercises of 9.7, Backpropagation by hand.

9.7.1  a tuple (y, dv1, dv2, dz2, dw12, dw22) for the example x = (1, -2), t = 3 with
       ReLU and the start of the text.
9.7.2  ``signs(x, v, error)`` -> the signs (dw, db, dv, dc) of all derivatives of a
       2-2-1 network with sigmoid units; x (2,), v (2,), error a number; dw (2, 2) with
       one unit in each column, db (2,), dv (2,), dc a number.
9.7.3  the largest learning rate with which the loss falls in both epochs with tanh.
9.7.4  nine numbers from -2 to 2 from which, with tanh at the rate 1/4, the loss rises
       in the first epoch and is below its start after the second.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_07_by_hand.judges import judge_detour, judge_rate


def blanks(*, factor=1, is_awake=False, carries_z=False, carries=None, swaps=False):
    """Fill the six blanks; the keywords make the slips."""
    x, t, v1, z1 = (1, -2), 3, -1 / 2, -1.5
    h1, h2 = (z1 if is_awake else 0), 5
    y = h1 * v1 + h2
    h1 = z1 if carries_z else h1
    dy = factor * (y - t)
    dz2 = dy
    dw = tuple(value * dz2 for value in carries or x)
    dw = dw[::-1] if swaps else dw
    return (y, h1 * dy, h2 * dy, dz2, *dw)


def signs(x, v, error):
    """Return the signs of all derivatives: h and the slope h (1 - h) are positive."""
    db = np.sign(v) * np.sign(error) + 0.0  # no -0
    return (
        np.outer(np.sign(x), db) + 0.0,
        db,
        np.full(2, np.sign(error)),
        np.sign(error),
    )


def changed(function):
    """Make a slip: the signs, passed through a function of (dw, db, dv, dc)."""
    return lambda x, v, error: function(*signs(x, v, error))


def sign_cases():
    """Yield all kinds of signs, zeros among them; no two entries are alike."""
    yield np.array([2.0, -1.0]), np.array([-0.5, 1.0]), -0.3
    yield np.array([-1.5, -0.2]), np.array([0.7, -2.0]), 1.2
    yield np.array([0.0, 3.0]), np.array([1.0, 0.4]), -2.0
    yield np.array([1.0, -4.0]), np.array([0.0, -0.1]), 0.5
    yield np.array([0.3, 0.1]), np.array([-1.0, 2.0]), 0.0


EXERCISES = (
    Exercise(
        "9.7.1",
        "Fill the blanks",
        blanks,
        outputs=("y", "dv1", "dv2", "dz2", "dw12", "dw22"),
        slips={
            "the sign: the error is y - t, not t - y": blanks(factor=-1),
            "the factor 2 of the square is cancelled by the ½ of the mean": blanks(
                factor=2
            ),
            "unit 1 is asleep: max(0, z₁) is 0": blanks(is_awake=True),
            "the factor x is forgotten in dw12 and dw22": blanks(carries=(1, 1)),
            "the factor is x, what the edge carried, not the weight on it": blanks(
                carries=(1.5, -2)
            ),
            "unit 1 is asleep: its edge carried h₁ = 0, not z₁": blanks(carries_z=True),
            "dw12 and dw22 are swapped: w₁₂ begins at x₁": blanks(swaps=True),
        },
        lesson="Example C wants unit 2 to see less of x₁ and more of x₂, and has "
        "nothing to say to unit 1.",
        secrets=(r"\bexample C\b", r"x = \(1, ?[-−]2\)"),
    ),
    Exercise(
        "9.7.2",
        "The sign of each derivative",
        signs,
        sign_cases,
        outputs=("dw", "db", "dv", "dc"),
        slips={
            "the signs of the output weights are forgotten on the way back": (
                lambda x, v, error: (
                    np.outer(np.sign(x), np.full(2, np.sign(error))),
                    np.full(2, np.sign(error)),
                    *signs(x, v, error)[2:],
                )
            ),
            "the signs of the inputs are forgotten in dw": changed(
                lambda dw, db, dv, dc: (np.stack([db, db]), db, dv, dc)
            ),
            "these are the signs of the step, which goes the other way": changed(
                lambda dw, db, dv, dc: (-dw, -db, -dv, -dc)
            ),
            "dv carries h, which is positive, and not v": changed(
                lambda dw, db, dv, dc: (dw, db, db, dc)
            ),
            "dw is transposed: its rows are the inputs, its columns the units": changed(
                lambda dw, db, dv, dc: (dw.T, db, dv, dc)
            ),
        },
        lesson="With the sigmoid you know the direction of every step from the signs "
        "of x, v and the error alone: no activation has to be computed.",
        secrets=(r"np\.sign", r"\bsign\(", r"same sign as", r"h and .*slope.*positive"),
    ),
    Exercise(
        "9.7.3",
        "Tanh instead of the sigmoid",
        judge=judge_rate,
        secrets=(r"0\.52\d", r"tanh.*largest_rate", r"largest_rate\(.*tanh"),
    ),
    Exercise(
        "9.7.4",
        "A detour that pays",
        judge=judge_detour,
        secrets=("detour", r"rises in the first epoch and"),
    ),
)
