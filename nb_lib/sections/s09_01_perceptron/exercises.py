"""Exercises of 9.1, The perceptron. Targets are -1 or +1, and w starts at zero.

9.1.1  ``perceptron_step(w, x, target)`` -> the weights after Rosenblatt's rule has seen
       one example: shapes w (D,), x (D,), ``target`` a number.
9.1.2  ``radius_and_margin(x, targets, w_star)`` -> the tuple (R, gamma) of a data set;
       ``w_star`` separates it and may have any length.
9.1.3  a tuple ``(x, targets)``, shapes (N, D) and (N,), on which the rule, taking the
       rows in turn, makes exactly 25 mistakes.
9.1.4  ``inequalities(x, targets, w_star, rows)`` -> the tuple (floors, overlaps,
       squares, ceilings), each of shape (K,): k gamma, w·w* with w* brought to length
       1, |w|², and k R² after each of the K mistakes, which were made on these rows.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.numpy import perceptron
from nb_lib.sections.s09_01_perceptron.measures import SLIPS as MEASURE_SLIPS
from nb_lib.sections.s09_01_perceptron.measures import (
    of_one_class,
    radius_and_margin,
    set_cases,
)
from nb_lib.sections.s09_01_perceptron.mistakes_judge import judge_mistakes
from nb_lib.sections.s09_01_perceptron.steps import SLIPS, perceptron_step, step_cases


def inequalities(x, targets, w_star, rows):
    """Replay the mistakes, and lay the two bounds beside the two quantities."""
    r, gamma = radius_and_margin(x, targets, w_star)
    w = np.cumsum(targets[rows, None] * x[rows], axis=0)  # (K, D)
    k = np.arange(1, len(rows) + 1)
    overlaps = w @ w_star / np.linalg.norm(w_star)
    return k * gamma, overlaps, np.sum(w**2, axis=1), k * r**2


def proof_cases():
    """The same sets, with the rows on which the rule errs."""
    for x, targets, w_star in set_cases():
        choose = perceptron.adversary(x, targets, w_star)
        mistakes = perceptron.learn(x, targets, choose=choose)
        yield x, targets, w_star, np.array([mistake.row for mistake in mistakes])


def _changed(index, change):
    """Make a wrong answer to 9.1.4: one of its four results changed."""

    def wrong(x, targets, w_star, rows):
        results = list(inequalities(x, targets, w_star, rows))
        results[index] = change(results[index], x, w_star)
        return tuple(results)

    return wrong


def _from_zero(values, x, w_star):
    return values - values[0]


def _before(x, targets, w_star, rows):
    late = inequalities(x, targets, w_star, rows)
    return tuple(np.append(0.0, values[:-1]) for values in late)


def _proof_of(sign, index):
    """Make a wrong answer to 9.1.4: R or gamma from one class alone."""

    def wrong(x, targets, w_star, rows):
        results = list(inequalities(x, targets, w_star, rows))
        r, gamma = of_one_class(sign, (0, 1))(x, targets, w_star)
        k = np.arange(1, len(rows) + 1)
        results[index] = k * (r**2 if index else gamma)
        return tuple(results)

    return wrong


EXERCISES = (
    Exercise(
        "9.1.1",
        "One step of the rule",
        perceptron_step,
        step_cases,
        slips=SLIPS,
        lesson="At a mistake w·w* grows by t x·w*, and that is at least gamma.",
    ),
    Exercise(
        "9.1.2",
        "Radius and margin",
        radius_and_margin,
        set_cases,
        outputs=("R", "gamma"),
        slips=MEASURE_SLIPS,
        lesson="The mistakes are at most (R / gamma)**2.",
    ),
    Exercise("9.1.3", "Exactly 25 mistakes", judge=judge_mistakes),
    Exercise(
        "9.1.4",
        "The proof as code",
        inequalities,
        proof_cases,
        outputs=("floors", "overlaps", "squares", "ceilings"),
        slips={
            "one mistake too early: after the first, k is 1 and w has moved": _before,
            "k starts at 0 in the floors": _changed(0, _from_zero),
            "k starts at 0 in the ceilings": _changed(3, _from_zero),
            "the length of w* is missing in gamma: bring it to length 1": (
                _changed(0, lambda v, x, w: v * np.linalg.norm(w))
            ),
            "the length of w* is missing in the overlaps: bring it to length 1": (
                _changed(1, lambda v, x, w: v * np.linalg.norm(w))
            ),
            "the square is missing: |w| stands where |w|**2 belongs": (
                _changed(2, lambda v, x, w: np.sqrt(v))
            ),
            "the square is missing: the ceiling is k R**2": (
                _changed(3, lambda v, x, w: v / perceptron.radius(x))
            ),
            **{
                f"only the rows of target {sign:+d} are looked at in {name}": (
                    _proof_of(sign, index)
                )
                for sign in (1, -1)
                for name, index in (("gamma", 0), ("R", 3))
            },
        },
        lesson="floors <= overlaps and squares <= ceilings in every row, and "
        "overlaps**2 <= squares closes the proof.",
    ),
)
