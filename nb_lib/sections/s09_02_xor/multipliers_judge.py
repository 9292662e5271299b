"""The judge of 9.2.2: it multiplies eight inequalities and adds them."""

import re
from fractions import Fraction

import numpy as np

from nb_lib.book.exercises.reading import Refused, is_sequence, real
from nb_lib.numpy.boolean import cube
from nb_lib.numpy.perceptron import with_ones

UNKNOWNS = ("w1", "w2", "w3", "b")
ONE_OF_THREE = (cube(3).sum(axis=1) == 1).astype(int)  # (8,)
LINES = ((2 * ONE_OF_THREE - 1)[:, None] * with_ones(cube(3))).astype(int)  # (8, 4)
MOST = 10**9


def judge_multipliers(answer):
    """Want eight multipliers >= 0, not all 0, whose sum of the lines reads 0 > 0."""
    m = numbers_of(answer)
    negative = [(k, value) for k, value in enumerate(m, 1) if value < 0]
    if negative:
        finding = "Line {} is multiplied by {}.".format(*negative[0])
        return False, finding, turned(m)
    if not any(m):
        text = "Eight times 0 gives 0 >= 0, and that is true: it contradicts nothing."
        return False, text
    left = m @ LINES
    if any(left):
        pairs = zip(UNKNOWNS, left, strict=True)
        met = ", ".join(f"{name} = {value}" for name, value in pairs)
        return (
            False,
            f"The sum reads {written(left)} > 0, not 0 > 0.",
            f"That can be met, for instance by {met}: make the unknowns cancel.",
        )
    used = sum(value > 0 for value in m)
    return (
        True,
        "The sum reads 0 > 0, so no w1, w2, w3, b meet all eight lines.",
        f"You used {used} of the lines. " + smallest(used),
    )


def smallest(used):
    """Compare the certificate with the least that there is: four lines, a rectangle."""
    if used > 4:
        return "Four are enough: can you find such a certificate as well?"
    return "Fewer than four never do, and your four corners hide an XOR."


def numbers_of(answer):
    """Turn the answer into eight exact numbers, (8,), or say what was wanted."""
    wanted = "The answer is a tuple of eight numbers, one for each line."
    if not is_sequence(answer, len(LINES)):
        raise Refused(wanted)
    try:
        numbers = [exact(real(v + 0)) for v in answer]  # True is 1
    except (TypeError, ValueError, OverflowError):
        raise Refused(wanted) from None
    if any(abs(v) > MOST for v in numbers):
        raise Refused("Such large numbers are not needed: smaller multipliers will do.")
    return np.array(numbers)


def exact(value):
    """Give a fraction: the short one that a float such as 0.3 - 0.2 was meant to be."""
    number = Fraction(value)
    short = number.limit_denominator(10**6)
    return short if abs(short - number) <= abs(number) / 10**12 else number


def turned(m):
    """Say what a negative multiplier does, and guess where it came from."""
    words = "A negative multiplier turns > into <: only 0 and more keep the direction."
    signs = 2 * ONE_OF_THREE - 1
    if not any((signs * m) @ LINES) and all(signs * m >= 0):
        words += " The signs of the targets are in the lines already."
    return words


def written(left):
    """Write the sum, such as -w1 + 2 b."""
    pairs = zip(left, UNKNOWNS, strict=True)
    text = " + ".join(f"{c} {name}" for c, name in pairs if c).replace("+ -", "- ")
    return re.sub(r"(?<![\d/])1 (?=[wb])", "", text)
