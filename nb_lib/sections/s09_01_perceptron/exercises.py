"""Exercises of 9.1, The perceptron.

9.1.1  a tuple (w, b): three weights and a bias of a threshold unit that fires when x1
       or x2 is 1, unless x3 is 1.
9.1.2  ``bound(r, gamma, c)`` -> the most updates of the rule that adds t x to w
       wherever t x·w <= c, from w = 0.
9.1.3  a tuple of three counts: the mistakes on the cloud of 100 points with learning
       rate 0.01 and 100 from w = 0, and with 0.01 from w = (1, 1).
9.1.4  a tuple (x, targets, w_star), shapes (N, 2), (N,) and (2,), on which the rule,
       taking the rows in turn, makes 40 mistakes or more and more than 45% of its
       bound.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_01_perceptron.plane_judge import judge_plane
from nb_lib.sections.s09_01_perceptron.rates_judge import judge_rates
from nb_lib.sections.s09_01_perceptron.veto_judge import judge_veto


def bound(r, gamma, c):
    """Let the middle term of the ceiling be as large as 2 c, and end as the proof."""
    return (r**2 + 2 * c) / gamma**2


def bound_cases():
    """No room, little, and more than the lengths; the first bounds are not whole."""
    yield 1.0, 0.15, 0.0
    yield 1.0, 0.15, 0.3
    yield 2.5, 0.3, 1.7
    yield 4.0, 0.5, 30.0


EXERCISES = (
    Exercise(
        "9.1.1",
        "A veto",
        judge=judge_veto,
        secrets=(r"\b1,\s*1,\s*[-−][2-9]", r"\bveto\b"),
    ),
    Exercise(
        "9.1.2",
        "A bound with room",
        bound,
        bound_cases,
        slips={
            "the middle term of the ceiling is left out, but it may now be above 0": (
                lambda r, gamma, c: r**2 / gamma**2
            ),
            "a factor in the middle term: it is twice t x·w": (
                lambda r, gamma, c: (r**2 + c) / gamma**2
            ),
            "the sign of the middle term: room costs more updates, not fewer": (
                lambda r, gamma, c: (r**2 - 2 * c) / gamma**2
            ),
            "c is added to the bound, but it belongs to the ceiling: divide it too": (
                lambda r, gamma, c: r**2 / gamma**2 + 2 * c
            ),
            "c is added to the length of x; the middle term stands beside |x|**2": (
                lambda r, gamma, c: ((r + c) / gamma) ** 2
            ),
            "the square of gamma is missing: the floor is squared before they meet": (
                lambda r, gamma, c: (r**2 + 2 * c) / gamma
            ),
            "rounded: the formula is wanted, and its value need not be whole": (
                lambda r, gamma, c: np.floor((r**2 + 2 * c) / gamma**2)
            ),
            "rounded up: the formula is wanted, and its value need not be whole": (
                lambda r, gamma, c: np.ceil((r**2 + 2 * c) / gamma**2)
            ),
            "c itself is squared, but the middle term is 2 t x·w, at most 2 c": (
                lambda r, gamma, c: (r**2 + c**2) / gamma**2
            ),
            "only a part is divided: gamma**2 divides the whole ceiling": (
                lambda r, gamma, c: r**2 + 2 * c / gamma**2
            ),
            "the ceiling bounds |w|**2: the root of it meets the floor": (
                lambda r, gamma, c: (r**2 + 2 * c) ** 2 / gamma**2
            ),
        },
        lesson="With c = 0 it is Novikoff's bound, and a larger c costs more updates.",
        secrets=(r"2\s*\\?,?\s*c\b", r"2 \* c\b", r"t\\?,?\(x \\cdot w\) \\le c"),
    ),
    Exercise(
        "9.1.3",
        "The learning rate",
        judge=judge_rates,
        secrets=(r"learning rate[^.]*(matter|no effect|difference)", r"\b308\b"),
    ),
    Exercise(
        "9.1.4",
        "How much of the bound fits into a plane?",
        judge=judge_plane,
        secrets=(r"x\[rows\]", r"half of (its|the) bound"),
    ),
)
