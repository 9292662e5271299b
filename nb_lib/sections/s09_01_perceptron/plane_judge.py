"""The judge of 9.1.4: how much of its bound a set in the plane uses."""

from itertools import islice

import numpy as np

from nb_lib.book.exercises.reading import Refused, floats, is_sequence
from nb_lib.numpy.perceptron import learn, margin, mistake_bound
from nb_lib.words import counted

LEAST, SHARE = 40, 0.45  # mistakes, of the bound
LARGEST, MOST = 20_000, 20_000  # rows, mistakes: a second or two

LESSON = (
    "In the plane no set can use more than half of its bound and one mistake more. "
    "Can you prove it? Follow the part of w that lies along the line of w*."
)


def judge_plane(answer):
    """Want x (N, 2), targets and w_star with many mistakes and a bound that is near."""
    x, targets, w_star = arrays(answer)
    gamma = margin(x, targets, w_star)
    if not gamma > 0:
        return False, (
            f"w_star does not separate the classes: its margin is {gamma:.3g}, and "
            "without a margin above 0 there is no bound."
        )
    bound = mistake_bound(x, targets, w_star)
    made = sum(1 for _ in islice(learn(x, targets), MOST))
    finding = (
        f"The rule makes {counted(made, 'mistake')} on {counted(len(x), 'row')}, "
        f"{made / bound:.1%} of the bound of {bound:,.0f}"
    )
    if made == MOST:
        return False, f"{MOST:,} mistakes are as many as are counted: widen the gap."
    if made < LEAST:
        return False, (
            f"{finding}: {LEAST} mistakes or more were wanted. A narrower gap leaves "
            "room for more."
        )
    if made <= SHARE * bound:
        return False, (
            f"{finding}: more than {SHARE:.0%} was wanted. Which order of the rows "
            "would an enemy of the rule choose? A row may come more than once."
        )
    return True, f"{finding}.", LESSON


def arrays(answer):
    """Turn the answer into x, targets and w_star, or say what was wanted."""
    if not is_sequence(answer) or len(answer) != 3:
        raise Refused("The answer is a tuple (x, targets, w_star).")
    try:
        x, targets, w_star = (floats(value) for value in answer)
    except (TypeError, ValueError):
        raise Refused("x, targets and w_star are arrays of numbers.") from None
    if x.ndim != 2 or x.shape[1:] != (2,) or not 0 < len(x) <= LARGEST:
        size = f"at most {LARGEST:,} rows of two features"
        raise Refused(f"x wants {size}, shape (N, 2), got {x.shape}.")
    if targets.shape != x.shape[:1]:
        raise Refused(f"targets want shape {x.shape[:1]}, got {targets.shape}.")
    if not np.isin(targets, (-1, 1)).all():
        raise Refused(f"targets want -1 or 1 for each of {counted(len(x), 'row')}.")
    if w_star.shape != (2,) or not w_star.any():
        raise Refused("w_star wants two numbers that are not both 0.")
    if not (np.isfinite(x).all() and np.isfinite(w_star).all()):
        raise Refused("x and w_star want finite numbers.")
    return in_a_tame_unit(x), targets, in_a_tame_unit(w_star)


def in_a_tame_unit(values):
    """Divide by a power of 2, so that squares stay numbers; no digit changes."""
    return np.ldexp(values, -np.frexp(np.abs(values).max())[1])
