"""Faults that show in the loss and in the size of the updates."""

import math
from statistics import fmean, median

from nb_lib.doctor.findings import Finding
from nb_lib.doctor.rules.loss import (
    chance,
    curve,
    is_judged,
    is_no_better_than_chance,
    known_readings,
)

LEAP, CREEP = 0.5, 3e-5  # relative updates beyond which a step is a leap, or nothing
FIRST = 20  # looks that show how far a step leaps, before the weights have grown
ODD = 0.3  # relative update of a tensor that runs away from the others
MOVES = 3  # first updates that show a tensor running away, before the others suffer
SMALLER = "Divide the learning rate by ten, or warm up."
MANY = 10  # looks that show a tensor standing still
ENOUGH = 60  # losses before a run can be said to learn nothing


def ratios(watch):
    """Return name -> {step: relative update} of the weights that ever move."""
    weights = watch.evidence.weights.values()
    return {
        w.name: w.ratio for w in weights if len(w.ratio) > 2 and any(w.ratio.values())
    }


def top_third(values):
    """Return the median of the largest third."""
    return median(sorted(values)[-max(1, len(values) // 3) :])


def later(values):
    """Return the second half of a list."""
    return values[len(values) // 2 :]


def bad_start(watch):
    """A first loss far above what guessing costs."""
    evidence, known, guess = watch.evidence, known_readings(watch), chance(watch)
    first = evidence.losses.get(0)
    if first is None or not known or not guess or not math.isfinite(first):
        return
    entropies = ("cross_entropy", "binary_cross_entropy")
    limit = 1.5 * guess + 1 if known[0].kind in entropies else 8 * guess
    if first > limit and watch.is_alone:
        yield Finding(
            "bad_start",
            ("loss",),
            0,
            {"first loss": first, "guessing costs": guess},
            "Start with smaller last weights; centre and scale the targets.",
        )


def learning_rate(watch):
    """Steps that leap, with a loss that suffers; or steps that hardly move."""
    moved, told = ratios(watch), curve(watch)
    if watch.evidence.broken:
        yield from broken_by_leaps(watch)
    if not moved or told is None or not is_judged(watch):
        return
    leap = median(max(list(values.values())[:FIRST]) for values in moved.values())
    creep = median(top_third(values.values()) for values in moved.values())
    fails = told.worst > 3 * abs(told.start) + 1e-9 or told.late > 0.97 * told.start
    figures = {
        "relative update": leap,
        "first loss": told.first,
        "last loss": told.late,
    }
    if leap > LEAP and fails and not watch.evidence.broken:
        step = min(s for v in moved.values() for s, r in v.items() if not r < LEAP)
        yield Finding("lr_too_large", tuple(moved), step, figures, SMALLER)
    still = told.late > 0.9 * told.first and is_no_better_than_chance(watch, told.late)
    if creep < CREEP and still:
        figures["relative update"] = creep
        repair = "Multiply the learning rate by ten."
        yield Finding("lr_too_small", tuple(moved), 0, figures, repair)


def broken_by_leaps(watch):
    """Steps that leapt before a number that is not finite came up."""
    end = watch.evidence.broken[0]
    leaps = {
        w.name: [(s, r) for s, r in w.ratio.items() if s < end and r > LEAP]
        for w in watch.evidence.weights.values()
        if any(math.isfinite(r) for s, r in w.ratio.items() if s < end)
    }
    wild = {name: found for name, found in leaps.items() if found}
    if leaps and len(wild) > len(leaps) / 2:
        step = min(found[0][0] for found in wild.values())
        figures = {"relative update": median(r for v in wild.values() for _, r in v)}
        yield Finding("lr_too_large", tuple(wild), step, figures, SMALLER)


def usual_updates(watch):
    """Return name -> updates against the usual size of the weights that ever move.

    Weights that start small or at zero are meant to grow, so an update counts against
    the norm of a usual start where that is larger than the weights.
    """
    found = {
        w.name: [r * min(1, w.size[s] / w.natural) for s, r in w.ratio.items()]
        for w in watch.evidence.weights.values()
    }
    return {name: v for name, v in found.items() if len(v) > 2 and any(v)}


def update_ratio(watch):
    """One tensor that moves much more or much less than the others."""
    moved = usual_updates(watch)
    if len(moved) < 3:
        return
    tops = {name: median(later(values)) for name, values in moved.items()}
    middle = median(tops.values())
    odd = {
        name: top
        for name, top in tops.items()
        if (top > ODD and top > 30 * middle)
        or (len(moved[name]) >= MANY and 0 < top < min(1e-6, middle / 300))
    }
    if not odd:  # one that ran away at once has large weights by now
        leaps = {name: max([r for r in v if r][:MOVES]) for name, v in moved.items()}
        middle = median(leaps.values())
        odd = {n: leap for n, leap in leaps.items() if leap > max(1, 30 * middle)}
    if odd:
        yield Finding(
            "update_ratio",
            tuple(odd),
            0,
            {"relative update": next(iter(odd.values())), "of the others": middle},
            "Look at the learning rates of the parameter groups.",
        )


def overfit(watch):
    """A test loss that has risen while the training loss fell."""
    tests, told = watch.evidence.tests, curve(watch)
    if len(tests) < 4 or told is None:
        return
    values = list(tests.values())
    best, last = min(values), fmean(values[-max(2, len(values) // 3) :])
    if last > 1.1 * best and told.late < 0.5 * last:
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
    third would not show, or where a test loss tells of something learnt.
    """
    told, tests = curve(watch), watch.evidence.tests.values()
    if told is None or len(watch.evidence.losses) < ENOUGH or not is_judged(watch):
        return
    guess = chance(watch, errors=2)
    level = guess or told.first
    if 3 * told.noise > 0.3 * level or min(tests, default=math.inf) < 0.99 * level:
        return
    falls = told.fall > 4 * told.noise
    if guess:  # to fall as far as a constant guess is not to learn
        falls = told.end < guess - 3 * told.noise
    still = told.late > 0.97 * level
    figures = {"first loss": told.first, "last loss": told.late}
    if still and not falls:
        repair = "Ask for doctor.single_batch: can the model learn one batch by heart?"
        yield Finding("no_learning", ("loss",), 0, figures, repair)
