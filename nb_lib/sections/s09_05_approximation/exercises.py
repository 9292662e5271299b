"""Exercises of 9.5, Universal approximation.

9.5.1  ``pieces_needed(curvature, low, high, error)`` -> the least whole number of equal
       pieces for which the bound M h² / 8 is at most ``error``.
9.5.2  ``bridge(a, b, c, d, height)`` -> (knots, v), each of four numbers, so that
       v[0] relu(x - knots[0]) + ... + v[3] relu(x - knots[3]) is 0 up to a, rises to
       ``height`` at b, keeps it to c and falls to 0 at d, where it stays. Compared by
       what it gives at eleven places.
9.5.3  how many sigmoid steps follow the sine as closely as 64 ReLU pieces do.
9.5.4  a tuple ``(knots, values)``, each (9,): eight straight pieces on [-π, π] whose
       greatest error on the sine is less than half of that of equal pieces.
"""

import math

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_05_approximation.plateau import (
    SLIPS,
    give_values,
    plateau_cases,
    plateau_weights,
)
from nb_lib.sections.s09_05_approximation.width_judge import judge_knots, judge_steps


def pieces_needed(curvature, low, high, error):
    """Solve M ((high - low) / N)² / 8 <= error for N and round up."""
    return math.ceil((high - low) * math.sqrt(curvature / (8 * error)))


def pieces_cases():
    """The sine, other intervals, and one case in which the bound is met exactly."""
    yield 1.0, -math.pi, math.pi, 1e-3
    yield 8.5, -math.pi, math.pi, 1e-3
    yield 2.0, 0.0, 1.0, 1e-5
    yield 8.0, -1.0, 2.0, 0.25  # six pieces exactly


def _pieces_by(change):
    """Make a wrong answer to 9.5.1 that rounds up another number."""
    return lambda m, low, high, error: math.ceil(change(m, high - low, error))


EXERCISES = (
    Exercise(
        "9.5.1",
        "Pieces for an error",
        pieces_needed,
        pieces_cases,
        slips={
            "the 8 is forgotten: the bound is M h**2 / 8": _pieces_by(
                lambda m, b, e: b * math.sqrt(m / e)
            ),
            "rounded down: one piece fewer leaves the bound above the error": (
                lambda m, low, high, e: math.floor(
                    (high - low) * math.sqrt(m / (8 * e))
                )
            ),
            "rounded to the nearest: that can leave the bound above the error": (
                lambda m, low, high, e: round((high - low) * math.sqrt(m / (8 * e)))
            ),
            "one piece too many where the bound is met exactly: round up, add no 1": (
                lambda m, low, high, e: (
                    math.floor((high - low) * math.sqrt(m / (8 * e))) + 1
                )
            ),
            "not rounded: pieces are whole": (
                lambda m, low, high, e: (high - low) * math.sqrt(m / (8 * e))
            ),
            "the root is missing: h enters squared, so N grows like the root": (
                _pieces_by(lambda m, b, e: b**2 * m / (8 * e))
            ),
            "half of the interval: h is (high - low) / N": _pieces_by(
                lambda m, b, e: b / 2 * math.sqrt(m / (8 * e))
            ),
            "the curvature is missing: the bound is M h**2 / 8": _pieces_by(
                lambda m, b, e: b / math.sqrt(8 * e)
            ),
            "the interval is missing: this is 1 / h, the pieces per unit of length": (
                _pieces_by(lambda m, b, e: math.sqrt(m / (8 * e)))
            ),
        },
        lesson="Ten times the pieces divide the error by a hundred.",
        secrets=(r"sqrt\(curv", r"\\sqrt\{\s*M", r"\\lceil"),
    ),
    Exercise(
        "9.5.2",
        "A bridge from four ramps",
        plateau_weights,
        plateau_cases,
        run=give_values,
        slips=SLIPS,
        lesson="Bridges side by side make any staircase, from ramps alone.",
        secrets=(r"plateau", r"height / \("),
    ),
    Exercise(
        "9.5.3",
        "A staircase as good as 64 ramps",
        judge=judge_steps,
        secrets=(r"\b26\d\d\b", r"2,6\d\d", r"\bforty steps"),
    ),
    Exercise(
        "9.5.4",
        "Eight better pieces",
        judge=judge_knots,
        secrets=(r"37 ?%", r"knots where the sine (bends|curves)"),
    ),
)
