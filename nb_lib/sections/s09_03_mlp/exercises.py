"""Exercises of 9.3, Multilayer perceptrons.

9.3.1  a tuple ``(w1, b1, w2, b2)`` of shapes (2, 2), (2,), (2,) and () with which
       ReLU(x @ w1 + b1) @ w2 + b2 is exactly x1 x2 for inputs of -1 and 1.
9.3.2  ``regions(w, b)`` -> into how many regions the h lines w[:, j]·x + b[j] = 0 cut
       the plane; shapes w (2, h), b (h,). No three lines meet in one point and no two
       coincide, but some may be parallel.
9.3.3  a pair of shares for two ReLU units on XOR with inputs of -1 and 1: of the units
       that are dead at birth, and of the seeds that succeed.
9.3.4  the smallest number of hidden ReLU units with which the parity of three inputs is
       learnt from 95% of seeds; He initialisation, learning rate 0.5, 500 steps.
"""

from itertools import combinations

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_03_mlp.signs_judge import judge_signs
from nb_lib.sections.s09_03_mlp.width_judge import judge_signs_recipe, judge_width


def regions(w, b):
    """Count 1 + h + the pairs of lines that cross: each crossing adds one region."""
    return 1 + w.shape[1] + crossings(w)


def crossings(w):
    """Count the pairs of lines that are not parallel."""
    pairs = combinations(w.T, 2)
    return sum(abs(u[0] * v[1] - u[1] * v[0]) > 1e-9 for u, v in pairs)


def line_cases():
    """One line, then more, with and without parallels; no count fixes the answer."""
    yield np.array([[1.0], [2.0]]), np.array([-1.0])
    yield np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5])
    yield np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), np.array([0.0, 0.0, -1.0])
    yield np.array([[1.0, 2.0, 1.0], [1.0, 2.0, 0.0]]), np.array([0.0, -1.0, 0.3])
    yield (
        np.array([[1.0, -2.0, 0.0, 0.0, 1.0], [0.0, 0.0, 1.0, -1.0, 1.0]]),
        np.array([0.5, 1.0, 0.5, 0.7, -0.6]),
    )
    angles = np.pi * (np.arange(6) + 0.3) / 6  # tangents of the unit circle
    yield np.stack([np.cos(angles), np.sin(angles)]), -np.ones(6)


def _unequal(w):
    return sum(not np.allclose(u, v) for u, v in combinations(w.T, 2))


EXERCISES = (
    Exercise(
        "9.3.1",
        "Multiply two signs",
        judge=judge_signs,
        secrets=(
            r"\|\s*s\s*\|",
            r"\|x_1 \+ x_2\|",
            r"max\(0,\\?,? ?-",
            r"\[\[1, ?-1\], ?\[1, ?-1\]\]",
        ),
    ),
    Exercise(
        "9.3.2",
        "Regions counted",
        regions,
        line_cases,
        slips={
            "parallel lines never cross: H (H - 1) / 2 counts every pair": (
                lambda w, b: 1 + w.shape[1] + w.shape[1] * (w.shape[1] - 1) // 2
            ),
            "not every pattern of sleeping units occurs: 2**H counts too many": (
                lambda w, b: 2 ** w.shape[1]
            ),
            "the crossings are missing: 1 + H holds if all lines are parallel": (
                lambda w, b: 1 + w.shape[1]
            ),
            "the plane itself is missing: without any line there is 1 region": (
                lambda w, b: w.shape[1] + crossings(w)
            ),
            "each crossing is counted twice: a pair has no order": (
                lambda w, b: 1 + w.shape[1] + 2 * crossings(w)
            ),
            "lines are parallel too where one normal is a multiple of the other, such "
            "as -1 times it": lambda w, b: 1 + w.shape[1] + _unequal(w),
            "the lines are missing: 1 + the crossings": lambda w, b: 1 + crossings(w),
        },
        lesson="On each region the layer is an affine map, so an output above the "
        "plane consists of this many flat pieces.",
        secrets=(r"h ?\(h ?- ?1\)", r"H\\?,? ?\(H ?- ?1\)", "crossing", "combinations"),
    ),
    Exercise(
        "9.3.3",
        "Minus one for false",
        judge=judge_signs_recipe,
        secrets=(r"26 ?\.?\d* ?\\?%", r"2 ?\* ?CORNERS ?- ?1", "signs=True"),
    ),
    Exercise(
        "9.3.4",
        "Three inputs",
        judge=judge_width,
        secrets=("parity", r"\b1[12] (hidden )?units", "three inputs"),
    ),
)
