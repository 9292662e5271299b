"""The judges of 9.5.3 and 9.5.4: a staircase as good as ramps, and better knots."""

from functools import cache

import numpy as np

from nb_lib.book.exercises.reading import Refused, floats, is_sequence, real
from nb_lib.numpy.approximation import interpolant, staircase, sup_error

PIECES = 64  # of the ReLU net that the staircase has to match
NEAR = 0.05  # a prediction may miss by this share
MOST = 10_000  # steps that we build
FEW = 8  # pieces of the open problem
NEAR_ENDS = 1e-5  # float32 and 3.14159 are near enough
INTERVAL = {"low": -np.pi, "high": np.pi}
FINE = np.linspace(-np.pi, np.pi, 2**14 + 1)[:, None]
STEEP = FINE[np.abs(np.cos(FINE)) > 0.999][:, None]  # where the sine climbs fastest


@cache
def ramps_error(pieces):
    """Measure the error of equal ReLU pieces on the sine."""
    return sup_error(np.sin, interpolant(np.sin, pieces, **INTERVAL), FINE)


def steps_error(steps):
    """Measure the error of a staircase with this many steps where it is greatest."""
    net = staircase(np.sin, steps + 1, **INTERVAL, sharpness=20)
    return sup_error(np.sin, net, STEEP)


def judge_steps(answer):
    """Want the width at which steps are as good as 64 ramps, to five per cent."""
    count = real(answer)
    if count is None:
        raise Refused("The answer is one number: how many steps?")
    if not 1 <= count <= MOST:
        return False, f"Try a number between 1 and {MOST:,}."
    error, wanted = steps_error(round(count)), ramps_error(PIECES)
    finding = (
        f"With {count:,.0f} steps the staircase errs by {error:.3g}, the {PIECES} "
        f"ramps by {wanted:.3g}."
    )
    if abs(error / wanted - 1) <= NEAR:
        return True, finding, "One bend is worth about forty steps here."
    if count == PIECES**2:
        return False, finding, "Squaring is the right idea; mind both constants."
    hint = "Too few: halving the error takes twice as many steps."
    if error < wanted:
        hint = "More than needed: doubling the steps halves the error."
    return False, finding, hint


def judge_knots(answer):
    """Want 8 straight pieces whose error on the sine is below half of equal ones."""
    knots, values = curve_of(answer)
    gap = np.abs(np.interp(FINE[:, 0], knots, values) - np.sin(FINE[:, 0]))
    share = gap.max() / ramps_error(FEW)
    finding = (
        f"Your pieces err by {gap.max():.4f}, most at x = {FINE[gap.argmax(), 0]:.2f}; "
        f"that is {share:.0%} of the error of equal pieces."
    )
    if share >= 0.5:
        return False, finding, "Below 50% is wanted: who says that g must meet f?"
    return True, finding, "We know of 37%. Can you do better?"


def curve_of(answer):
    """Turn the answer into knots (9,) and values (9,), or say what was wanted."""
    wanted = f"The answer is a tuple (knots, values), each of {FEW + 1} numbers."
    if not is_sequence(answer, 2):
        raise Refused(wanted)
    try:
        knots, values = (floats(part).reshape(FEW + 1) for part in answer)
    except (TypeError, ValueError):
        raise Refused(wanted) from None
    if not (np.isfinite(knots).all() and np.isfinite(values).all()):
        raise Refused("Knots and values are finite numbers.")
    if np.any(np.diff(knots) <= 0):
        raise Refused("The knots rise from the left to the right.")
    if np.abs(knots[[0, -1]] - [-np.pi, np.pi]).max() > NEAR_ENDS:
        raise Refused("The first knot must be -np.pi and the last one np.pi.")
    return knots, values
