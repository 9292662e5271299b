"""The judge of 9.2.2: it multiplies the four inequalities of XOR and adds them."""

import re
from fractions import Fraction

import numpy as np

from nb_lib.book.exercises.reading import Refused, is_sequence, real

LINES = np.array([(0, 0, -1), (0, 1, 1), (1, 0, 1), (-1, -1, -1)])  # of w1, w2, b
MOST = 10**9


def judge_multipliers(answer):
    """Want four multipliers >= 0, not all 0, whose sum of the lines reads 0 > 0."""
    m = four_of(answer)
    negative = [(k, value) for k, value in enumerate(m, 1) if value < 0]
    if negative:
        finding = "Line {} is multiplied by {}.".format(*negative[0])
        return False, finding, turned(m)
    if not any(m):
        text = "Four times 0 gives 0 >= 0, and that is true: it contradicts nothing."
        return False, text
    left = m @ LINES
    if any(left):
        unknowns = ("w1 = {}", "w2 = {}", "b = {}")
        met = ", ".join(u.format(c) for u, c in zip(unknowns, left, strict=True))
        return (
            False,
            f"The sum reads {written(left)} > 0, not 0 > 0.",
            (f"That can be met, for instance by {met}: make the unknowns cancel."),
        )
    return (
        True,
        "The sum reads 0 > 0: no w1, w2, b meet all four lines.",
        (
            "It is the only way, up to a factor: w1 stands in the last two lines only, "
            "w2 in the second and the last, and b in all four."
        ),
    )


def four_of(answer):
    """Turn the answer into four exact numbers, (4,), or say what was wanted."""
    wanted = "The answer is a tuple of four numbers, one for each line."
    if not is_sequence(answer, 4):
        raise Refused(wanted)
    try:
        numbers = [Fraction(real(v)) for v in answer]
    except (TypeError, ValueError, OverflowError):
        raise Refused(wanted) from None
    if any(abs(v) > MOST for v in numbers):
        raise Refused("Such large numbers are not needed: smaller multipliers will do.")
    return np.array(numbers)


def turned(m):
    """Say what a negative multiplier does, and guess where it came from."""
    words = "A negative multiplier turns > into <: only 0 and more keep the direction."
    a, b, c, d = m
    if a == d == -b == -c:
        words += " The signs of XOR are in the lines already."
    return words


def written(left):
    """Write the sum, such as -w1 + 2 b."""
    text = " + ".join(
        f"{c} {name}" for c, name in zip(left, ("w1", "w2", "b"), strict=True) if c
    )
    text = text.replace("+ -", "- ")
    return re.sub(r"(?<![\d/])1 (?=[wb])", "", text)
