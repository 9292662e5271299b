"""Exercises of 9.3, Multilayer perceptrons.

9.3.1  a tuple ``(w1, b1, w2, b2)`` of shapes (2, 2), (2,), (2,) and () with which
       ReLU(x @ w1 + b1) @ w2 + b2 is exactly XOR on the four corners.
9.3.2  ``collapse(w1, b1, w2, b2)`` -> the tuple (w, b) of the one layer that does what
       two layers without an activation do: x @ w + b, rows are examples.
9.3.3  ``regions(w, b)`` -> into how many regions the h lines w[:, j]·x + b[j] = 0 cut
       the plane; shapes w (2, h), b (h,). No three lines meet in one point and no two
       coincide, but some may be parallel.
9.3.4  the smallest number of hidden ReLU units with which XOR is learnt from 95 % of
       seeds; He initialisation, learning rate 0.5, 500 full-batch steps.
"""

from itertools import combinations

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_03_mlp.width_judge import judge_width
from nb_lib.sections.s09_03_mlp.xor_judge import judge_xor


def collapse(w1, b1, w2, b2):
    """Multiply out: (x @ w1 + b1) @ w2 + b2 = x @ (w1 @ w2) + (b1 @ w2 + b2)."""
    return w1 @ w2, b1 @ w2 + b2


def regions(w, b):
    """Count 1 + h + the pairs of lines that cross: each crossing adds one region."""
    return 1 + w.shape[1] + crossings(w)


def crossings(w):
    """Count the pairs of lines that are not parallel."""
    pairs = combinations(w.T, 2)
    return sum(abs(u[0] * v[1] - u[1] * v[0]) > 1e-9 for u, v in pairs)


def layer_cases():
    """Square layers, where no slip can hide behind a shape, then one that is not."""
    rng = np.random.default_rng(932)
    for width in (2, 3, 4):
        w1, w2 = rng.normal(size=(2, width, width))
        b1, b2 = rng.normal(size=(2, width))
        yield w1, b1, w2, b2
    yield tuple(rng.normal(size=shape) for shape in ((3, 5), 5, (5, 2), 2))


def line_cases():
    """One line, two, three in general position, with parallels, then many."""
    yield np.array([[1.0], [2.0]]), np.array([-1.0])
    yield np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5])
    yield np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), np.array([0.0, 0.0, -1.0])
    yield (
        np.array([[1.0, -2.0, 0.0, 0.0, 1.0], [0.0, 0.0, 1.0, -1.0, 1.0]]),
        np.array([0.5, 1.0, 0.5, 0.7, -0.6]),
    )
    angles = np.pi * (np.arange(6) + 0.3) / 6  # tangents of the unit circle
    yield np.stack([np.cos(angles), np.sin(angles)]), -np.ones(6)


def _unequal(w):
    return sum(not np.allclose(u, v) for u, v in combinations(w.T, 2))


EXERCISES = (
    Exercise("9.3.1", "XOR by hand", judge=judge_xor),
    Exercise(
        "9.3.2",
        "The collapse",
        collapse,
        layer_cases,
        outputs=("w", "b"),
        slips={
            "the order of the product: x meets w1 first, so it is w1 @ w2": (
                lambda w1, b1, w2, b2: (w2 @ w1, b1 @ w2 + b2)
            ),
            "the first bias goes through the second layer too: b1 @ w2 + b2": (
                lambda w1, b1, w2, b2: (w1 @ w2, b1 + b2)
            ),
            "the second bias is missing: b1 @ w2 + b2": (
                lambda w1, b1, w2, b2: (w1 @ w2, b1 @ w2)
            ),
            "the first bias is missing: it arrives at the end as b1 @ w2": (
                lambda w1, b1, w2, b2: (w1 @ w2, b2)
            ),
            "the order in the bias: b1 is a row, so it is b1 @ w2": (
                lambda w1, b1, w2, b2: (w1 @ w2, w2 @ b1 + b2)
            ),
            "the transpose: with columns as examples it would be w2 @ w1 and "
            "w2 @ b1 + b2, but here rows are examples": (
                lambda w1, b1, w2, b2: (w2 @ w1, w2 @ b1 + b2)
            ),
            "the product is missing: entries are multiplied one by one": (
                lambda w1, b1, w2, b2: (w1 * w2, b1 @ w2 + b2)
            ),
            "the sum stands where the product belongs": (
                lambda w1, b1, w2, b2: (w1 + w2, b1 + b2)
            ),
        },
        lesson="However many layers: without a bend between them they are one.",
    ),
    Exercise(
        "9.3.3",
        "Regions counted",
        regions,
        line_cases,
        slips={
            "parallel lines never cross: h (h - 1) / 2 counts every pair": (
                lambda w, b: 1 + w.shape[1] + w.shape[1] * (w.shape[1] - 1) // 2
            ),
            "not every pattern of h units occurs: 2**h is too many from 3 lines on": (
                lambda w, b: 2 ** w.shape[1]
            ),
            "the crossings are missing: 1 + h holds if all lines are parallel": (
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
        lesson="On each region the net is an affine map: so many pieces of a plane.",
    ),
    Exercise("9.3.4", "Wide enough for 95 % of seeds", judge=judge_width),
)
