"""The judge of 9.1.3: it lets the rule run on the reader's set and counts."""

from itertools import islice

import numpy as np

from nb_lib.book.exercises.reading import Refused, floats
from nb_lib.book.exercises.showing import shown
from nb_lib.numpy.perceptron import learn

WANTED, MOST = 25, 10_000
WORK = 200_000_000  # numbers looked at, all mistakes together: a second or so
LARGEST = 1_000_000  # numbers in x


def judge_mistakes(answer):
    """Want (x, targets) on which the rule makes exactly 25 mistakes, then stops."""
    x, targets = arrays(answer)
    most = min(MOST, max(WORK // x.size, 2 * WANTED))
    n_made = sum(1 for _ in islice(learn(x, targets), most))
    size = f"{len(x):,} rows of {x.shape[1]:,} features"
    if n_made == most < MOST:
        return False, (
            f"After {most:,} mistakes on {size} the rule has not stopped yet, and the "
            f"set is too large to go on counting: {WANTED} mistakes were wanted."
        )
    if n_made == most:
        return False, (
            f"After {most:,} mistakes on {size} there is no end in sight: is there a "
            "line through 0 that separates the two classes?"
        )
    finding = f"The rule makes {n_made} mistake{'s'[n_made == 1 :]} on {size}"
    finding += " and then stops"
    if n_made != WANTED:
        return False, f"{finding}: {WANTED} were wanted. {advice(x, n_made)}"
    return True, f"{finding}, as was wanted.", lesson(x)


def arrays(answer):
    """Turn the answer into x and targets, or say what was wanted."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        raise Refused("The answer is a tuple (x, targets).")
    try:
        x, targets = (floats(value) for value in answer)
    except (TypeError, ValueError):
        raise Refused("x and targets are arrays of numbers.") from None
    if x.ndim != 2 or not x.size or not np.isfinite(x).all():
        raise Refused(f"x wants finite numbers of shape (N, D), got {x.shape}.")
    if x.size > LARGEST:
        raise Refused(
            f"x has {x.size:,} numbers, and this check looks at sets of up to "
            f"{LARGEST:,}: a much smaller one will do."
        )
    if targets.shape != x.shape[:1]:
        finding = f"got {targets.shape}"
        raise Refused(f"The rule wants targets of shape ({len(x)},), {finding}.")
    if not np.isin(targets, (-1, 1)).all():
        others = shown(np.unique(targets[:100]).tolist())
        raise Refused(f"The rule wants targets -1 or 1, got {others}.")
    return x, targets


def advice(x, count):
    """Say in which direction to go."""
    if count < len(x) == WANTED and at_right_angles(x):
        return (
            "The rows are at right angles but for rounding: a score of 1e-17 where 0 "
            "belongs can count as right. Rows along the axes have scores of exactly 0."
        )
    if count < WANTED:
        return (
            "Each mistake should teach as little as possible about the other rows: "
            "what about rows at right angles to each other?"
        )
    return "Fewer rows, or a larger margin, would cost less."


def at_right_angles(x):
    """Whether all rows are at right angles to each other, but for rounding."""
    products = x @ x.T
    return np.allclose(products, np.diag(np.diag(products)), atol=1e-12)


def lesson(x):
    """Tell rows at right angles from others."""
    if at_right_angles(x):
        return (
            "Rows at right angles teach nothing about each other, so each costs one "
            "mistake. The margin of N such rows of length 1 is 1/√N: the bound is N."
        )
    return "The shortest way is 25 rows at right angles: one mistake each."
