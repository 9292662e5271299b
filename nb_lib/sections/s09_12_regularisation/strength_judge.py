"""The judge of 9.12.4: it fits at the peak with the reader's strength, on new draws."""

from functools import cache

import numpy as np

from nb_lib.book.exercises.reading import Refused, real
from nb_lib.book.exercises.showing import shown_briefly
from nb_lib.sections.s09_12_regularisation import descent

DRAWS = range(5000, 5040)  # seeds that the text never uses
GRID = tuple(10 ** (n / 8) for n in range(-8, 25))
NEAR = 1.03  # an error within three per cent of the best will do


def judge_strength(answer):
    """Want a strength with which the error at width 100 is nearly the least."""
    number = real(answer)
    if number is None or not np.isfinite(number) or number < 0:
        raise Refused(
            f"The answer is one number, 0 or more, got {shown_briefly(answer)}."
        )
    mine, best = error(float(number)), min(error(strength) for strength in GRID)
    finding = (
        f"With the strength {number:.4g} the error on new examples is {mine:.3f}, over "
        f"{len(DRAWS)} draws of the task."
    )
    if mine <= NEAR * best:
        without = error(0.0)
        return (
            True,
            finding,
            f"Without the penalty it would be {without:,.0f}: this is a mean, and some "
            "draws are far worse than the median of which the text speaks.",
        )
    way = "larger" if error(float(number) * 1.1 + 1e-9) < mine else "smaller"
    return False, finding, f"It can be lower: try a {way} strength."


@cache
def tasks():
    """Draw the tasks once: features and targets, to fit and to judge by."""
    found = []
    for seed in DRAWS:
        (x, t), (new_x, new_t), rng = descent.draw(seed)
        lift = descent.features(x, 100, rng)
        found.append((lift(x), t, lift(new_x), new_t))
    return found


@cache
def error(strength):
    """Mean square on new examples, over all tasks."""
    squares = []
    for h, t, new_h, new_t in tasks():
        a = descent.least_squares(h, t, strength)
        squares.append(np.mean((new_h @ a - new_t) ** 2))
    return float(np.mean(squares))
