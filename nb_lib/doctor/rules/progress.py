"""Faults that show in the loss as it goes on: it climbs, stays, or falls too far."""

import math
from statistics import fmean

from nb_lib.doctor.findings import Finding
from nb_lib.doctor.rules.loss import chance, curve, is_judged, is_mostly_frozen

ENOUGH = 60  # losses before a run can be said to learn nothing


def overfit(watch):
    """A test loss that has risen while the training loss fell."""
    tests, told = watch.evidence.tests, curve(watch)
    if len(tests) < 4 or told is None:
        return
    values = list(tests.values())
    part = max(2, len(values) // 3)
    best, last = min(values), fmean(values[-part:])
    if best < min(values[:-part]):  # it fell until lately
        return
    scale = max(abs(best), values[0] - best)  # some losses may be negative
    if last - best > 0.1 * scale and last - told.late > 0.5 * abs(last):
        step = next(s for s, v in tests.items() if v == best)
        figures = {"best test loss": best, "last": last, "training loss": told.late}
        repair = "Stop early, augment, or regularise."
        yield Finding("overfit", ("model",), step, figures, repair)


def wrong_way(watch):
    """Steps that climb the loss, or descend on one below zero where none can be."""
    slopes = [v for v in watch.evidence.slopes.values() if math.isfinite(v) and v]
    told, guess = curve(watch), chance(watch)
    if told is None or not is_judged(watch):
        return
    uphill = sum(v > 0 for v in slopes) / max(1, len(slopes))
    figures = {"first loss": told.start, "last loss": told.late}
    if len(slopes) > 5 and uphill > 0.9 and told.start > 0:
        figures["share of steps that go uphill"] = uphill
        repair = "Look for a wrong sign: in the loss, its gradient, or maximize=True."
        yield Finding("no_learning", ("loss",), 0, figures, repair)
    elif told.late < -0.5 * (guess or 0.2 * abs(told.start)) and uphill < 0.5:
        repair = "Such a loss is never negative: look for a wrong sign, or for a "
        repair += "probability where its logarithm belongs."
        yield Finding("no_learning", ("loss",), 0, figures, repair)


def no_learning(watch):
    """A loss that is no lower at the end than at the start.

    Nothing is said where the losses differ so much among themselves that a fall by a
    third would not show, where few examples were shown, or where a test loss tells of
    something learnt.
    """
    told, tests = curve(watch), watch.evidence.tests.values()
    if told is None or len(watch.evidence.losses) < ENOUGH or not is_judged(watch):
        return
    guess = chance(watch, errors=2)
    level = guess or told.first
    if min(tests, default=math.inf) < 0.99 * level:
        return
    if watch.rows.is_short or 3 * told.noise > 0.3 * level:
        return
    falls = told.fall > 4 * told.noise
    if guess and not is_mostly_frozen(watch):
        # To fall as far as a constant guess is not to learn.
        falls = told.end < guess - 3 * told.noise
    still = told.late > 0.97 * level
    figures = {"first loss": told.first, "last loss": told.late}
    if still and not falls:
        repair = "Ask for doctor.single_batch: can the model learn one batch by heart?"
        yield Finding("no_learning", ("loss",), 0, figures, repair)
