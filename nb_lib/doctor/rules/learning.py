"""Faults that show in the loss and in the size of the updates."""

import math
from statistics import median

from nb_lib.doctor.findings import Finding

LARGE, SMALL = 0.3, 3e-5  # relative updates beyond which a step is a leap, or nothing


def curve(watch):
    """Return the losses as (first, late, worst) medians, or None if too few."""
    losses = [v for v in watch.evidence.losses.values() if math.isfinite(v)]
    if len(losses) < 5:
        return None
    part = max(1, len(losses) // 5)
    blocks = [median(losses[i : i + part]) for i in range(0, len(losses), part)]
    return losses[0], blocks[-1], max(blocks)


def ratios(watch):
    """Return name -> relative updates of the weights that did not start at zero."""
    weights = watch.evidence.weights.values()
    return {w.name: list(w.ratio.values()) for w in weights if len(w.ratio) > 2}


def top_third(values):
    """Return the median of the largest third."""
    return median(sorted(values)[-max(1, len(values) // 3) :])


def bad_start(watch):
    """A first loss far above what guessing costs."""
    evidence = watch.evidence
    if 0 not in evidence.losses or 0 not in evidence.readings:
        return
    kind, classes, terms, _ = evidence.readings[0]
    first, chance = evidence.losses[0], None
    if kind == "cross_entropy" and classes > 1 and terms == 1:
        chance = math.log(classes)
        wrong = first > 2.5 * chance + 1
    elif kind == "squared_error" and terms == 1 and evidence.targets:
        chance = float(evidence.targets[0].double().var(correction=0))
        wrong = chance > 0 and first > 8 * chance
    else:
        return
    if wrong and math.isfinite(first):
        yield Finding(
            "bad_start",
            ("loss",),
            0,
            {"first loss": first, "guessing costs": chance},
            "Start with smaller last weights; centre and scale the targets.",
        )


def learning_rate(watch):
    """Steps that leap, with a loss that suffers; or steps that hardly move."""
    moved = {name: values for name, values in ratios(watch).items() if max(values) > 0}
    told = curve(watch)
    if not moved or told is None:
        return
    first, late, worst = told
    leap = median(top_third(values) for values in moved.values())
    fails = worst > 3 * abs(first) + 1e-9 or late > 0.97 * first or watch.evidence.broken
    if leap > LARGE / 3 and fails and watch.is_judged:
        yield Finding(
            "lr_too_large",
            tuple(moved),
            0,
            {"relative update": leap, "first loss": first, "last loss": late},
            "Divide the learning rate by ten, or warm up.",
        )
    elif leap < SMALL and late > 0.9 * first and watch.is_judged:
        yield Finding(
            "lr_too_small",
            tuple(moved),
            0,
            {"relative update": leap, "first loss": first, "last loss": late},
            "Multiply the learning rate by ten.",
        )


def update_ratio(watch):
    """One tensor that moves much more or much less than the others."""
    tops = {name: top_third(values) for name, values in ratios(watch).items()}
    if len(tops) < 3:
        return
    middle = median(tops.values())
    odd = {
        name: top
        for name, top in tops.items()
        if (top > LARGE and top > 30 * middle) or 0 < top < min(1e-6, middle / 300)
    }
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
    tests = watch.evidence.tests
    told = curve(watch)
    if len(tests) < 4 or told is None:
        return
    values = list(tests.values())
    best, last = min(values), median(values[-2:])
    if last > 1.15 * best and told[1] < 0.5 * last:
        step = next(s for s, v in tests.items() if v == best)
        figures = {"best test loss": best, "last": last, "training loss": told[1]}
        yield Finding(
            "overfit",
            ("model",),
            step,
            figures,
            "Stop early, augment, or regularise.",
        )


def no_learning(watch):
    """A loss that is no lower at the end than at the start."""
    told = curve(watch)
    if told is None or len(watch.evidence.losses) < 60 or not watch.is_judged:
        return
    first, late, _ = told
    if late > 0.98 * first:
        yield Finding(
            "no_learning",
            ("loss",),
            0,
            {"first loss": first, "last loss": late},
            "Ask for doctor.single_batch: can the model learn one batch by heart?",
        )
