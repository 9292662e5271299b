"""The judge of 9.1.3: it lets the rule run with each learning rate and counts."""

import numpy as np

from nb_lib.book.exercises.reading import Refused, is_sequence, whole
from nb_lib.numpy.perceptron import learn
from nb_lib.sections.s09_01_perceptron.clouds import cloud

RUNS = (  # what the reader is asked, the learning rate, the first weights
    ("with the rate 0.01 from w = 0", 0.01, (0.0, 0.0)),
    ("with the rate 100 from w = 0", 100.0, (0.0, 0.0)),
    ("with the rate 0.01 from w = (1, 1)", 0.01, (1.0, 1.0)),
)

LESSON = (
    "From w = 0 the rate only sets the unit in which w is measured, and the sign of a "
    "score has no unit. A start of its own size is forgotten slowly by small steps."
)


def mistakes_with(rate, start):
    """Count the mistakes of w + rate t x on the cloud: as if x were rate x."""
    x, targets, _ = cloud(100, 0.1)
    return sum(1 for _ in learn(rate * x, targets, start=np.array(start)))


def judge_rates(answer):
    """Want three counts; say of each that is wrong in which direction."""
    if not is_sequence(answer) or len(answer) != len(RUNS):
        raise Refused("The answer is three numbers of mistakes, such as (3, 2, 1).")
    counts = [whole(value) for value in answer]
    if None in counts:
        raise Refused("Numbers of mistakes are whole numbers.")
    faults = []
    for got, (words, rate, start) in zip(counts, RUNS, strict=True):
        wanted = mistakes_with(rate, start)
        if got != wanted:
            way = "too large" if got > wanted else "too small"
            faults.append(f"Your count {words}, {got:,}, is {way}.")
    if not faults:
        return True, "All three counts are right.", LESSON
    return False, *faults, "Let a loop run the rule with each rate and start."
