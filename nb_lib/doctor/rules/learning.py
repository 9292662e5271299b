"""Faults that show in the first loss and in the size of the updates."""

import math
from statistics import median

from nb_lib.doctor.findings import Finding
from nb_lib.doctor.rules.loss import (
    chance,
    curve,
    is_judged,
    is_mostly_frozen,
    is_no_better_than_chance,
    known_readings,
)
from nb_lib.doctor.rules.signal import is_blocked

LEAP, CREEP = 0.5, 3e-5  # relative updates beyond which a step is a leap, or nothing
FIRST = 20  # looks that show how far a step leaps, before the weights have grown
ODD = 0.3  # relative update of a tensor that runs away from the others
MOVES = 3  # first updates that show a tensor running away, before the others suffer
SMALLER = "Divide the learning rate by ten, or warm up."
MANY = 10  # looks that show a tensor standing still


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
    if is_mostly_frozen(watch):  # the start is another task's end
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
    if creep < CREEP and still and not is_blocked(watch):
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
