"""Exercises of 9.5, Universal approximation.

9.5.1  ``slope_changes(knots, values)`` -> the output weights (N,) of the ReLU net that
       joins the values (N + 1,) at the knots (N + 1,), which rise but need not be
       equally far apart. Unit i is relu(x - knots[i]); the output bias is values[0].
9.5.2  ``pieces_needed(curvature, low, high, error)`` -> the least whole number of equal
       pieces for which the bound M h² / 8 is at most ``error``.
9.5.3  ``bump_weights(low, high, height, sharpness)`` -> (w, b, v), each of two numbers,
       so that v[0] σ(w[0] x + b[0]) + v[1] σ(w[1] x + b[1]) is about ``height`` between
       low and high and about 0 elsewhere; its edges have the sharpness k of σ(k x).
       Compared by what it gives at nine places.
9.5.4  a tuple ``(inside, outside)``: the greatest error of 64 ReLU pieces, built for
       the sine on [-π, π], on this interval and on [-2π, 2π]. Compared at 0.05 %.
"""

import math

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.numpy.approximation import interpolant, interpolation_bound, sup_error
from nb_lib.sections.s09_05_approximation.bumps import (
    SLIPS,
    bump_cases,
    bump_weights,
    give_values,
)


def slope_changes(knots, values):
    """Give s_i - s_(i-1), with s_(-1) = 0, for the slopes s_i of the pieces."""
    return np.diff(np.diff(values) / np.diff(knots), prepend=0)


def knots_cases():
    """Worked by hand, a level start, and pieces of unequal length."""
    yield np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 1.0, 4.0, 9.0])
    yield np.array([-1.0, 0.0, 2.0]), np.array([1.0, 0.0, 2.0])
    rng = np.random.default_rng(951)
    for n in (5, 9):
        yield np.sort(rng.uniform(-3, 3, n)), rng.normal(size=n)


def pieces_needed(curvature, low, high, error):
    """Solve M ((high - low) / N)² / 8 <= error for N and round up."""
    return math.ceil((high - low) * math.sqrt(curvature / (8 * error)))


def pieces_cases():
    """The sine, other intervals, and one case in which the bound is met exactly."""
    yield 1.0, -math.pi, math.pi, 1e-3
    yield 8.5, -math.pi, math.pi, 1e-3
    yield 2.0, 0.0, 1.0, 1e-5
    yield 8.0, -1.0, 2.0, 0.25  # six pieces exactly


def error_at_twice():
    """Measure both errors on fine grids."""
    net = interpolant(np.sin, 64, low=-np.pi, high=np.pi)
    return tuple(sup_error(np.sin, net, grid(edge)) for edge in (np.pi, 2 * np.pi))


def grid(edge):
    """Give 16,385 places in [-edge, edge], as a column."""
    return np.linspace(-edge, edge, 2**14 + 1)[:, None]


def _slopes(knots, values):
    return np.diff(values) / np.diff(knots)


def _equal_pieces(knots, values):
    h = (knots[-1] - knots[0]) / (len(knots) - 1)
    return np.diff(np.diff(values) / h, prepend=0)


def _first_is_zero(knots, values):
    return np.append(0, np.diff(_slopes(knots, values)))


def _pieces_by(change):
    """Make a wrong answer to 9.5.2 that rounds up another number."""
    return lambda m, low, high, error: math.ceil(change(m, high - low, error))


def _on_the_doubled_interval():
    net = interpolant(np.sin, 64, low=-2 * np.pi, high=2 * np.pi)
    error = sup_error(np.sin, net, grid(2 * np.pi))
    return error, error


INSIDE, OUTSIDE = error_at_twice()

EXERCISES = (
    Exercise(
        "9.5.1",
        "Weights are slope changes",
        slope_changes,
        knots_cases,
        slips={
            "the first slope is forgotten: left of knots[0] the net is level, so the "
            "first weight is the whole first slope": _first_is_zero,
            "the first slope is forgotten: there are N units, and the first has the "
            "whole first slope": lambda x, y: np.diff(_slopes(x, y)),
            "slopes stand where changes belong: the units on the left go on rising, so "
            "a unit adds only the change": _slopes,
            "the sign of the changes: the new slope minus the old one": (
                lambda x, y: -slope_changes(x, y)
            ),
            "the sign of the changes, the first aside: the new slope minus the old": (
                lambda x, y: np.append(_slopes(x, y)[0], -np.diff(_slopes(x, y)))
            ),
            "the length of the piece is missing: a slope is rise over run": (
                lambda x, y: np.diff(np.diff(y), prepend=0)
            ),
            "one length for all pieces: these knots are not equally far apart": (
                _equal_pieces
            ),
            "the values themselves stand where slope changes belong": (
                lambda x, y: y[:-1]
            ),
        },
        lesson="Summed from the left, the weights are the slopes again.",
    ),
    Exercise(
        "9.5.2",
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
    ),
    Exercise(
        "9.5.3",
        "A bump from two units",
        bump_weights,
        bump_cases,
        run=give_values,
        slips=SLIPS,
        lesson="N such bumps side by side make any staircase.",
    ),
    Exercise(
        "9.5.4",
        "Twice the interval",
        error_at_twice,
        outputs=("inside", "outside"),
        slips={
            "np.interp stays level on both sides; the net is level on the left only "
            "and keeps its last slope on the right": (INSIDE, 1.0),
            "a slope of exactly -1 would lead to π; the last piece is a chord, and not "
            "quite as steep as the sine at π": (INSIDE, np.pi),
            "the wider interval begins at -2π and ends at 2π: it has the same middle": (
                INSIDE,
                2 * np.pi,
            ),
            "the net was built anew on the wider interval: it keeps its knots": (
                _on_the_doubled_interval()
            ),
            "the net was built anew for the second error: it keeps its knots": (
                INSIDE,
                _on_the_doubled_interval()[1],
            ),
            "the bound h**2 / 8 stands where the measured error belongs": (
                interpolation_bound(1, 64, low=-np.pi, high=np.pi),
                OUTSIDE,
            ),
            "the other way round: inside comes first": (OUTSIDE, INSIDE),
        },
        rtol=5e-4,
        lesson="The theorem promises nothing out there, and nothing is what one gets.",
    ),
)
