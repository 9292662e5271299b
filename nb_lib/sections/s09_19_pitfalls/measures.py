"""What the claims of 9.19 measure: the number that shows each of the eight faults."""

import numpy as np

from nb_lib.sections.s09_19_pitfalls.faults import (
    dead,
    forcing,
    leakage,
    masking,
    overflow,
    rate,
    silent,
    split,
)

SEEDS = range(3)


def silent_bug():
    """Train with the derivative that is always true, and with the right one."""
    faulty, right = (
        np.array([silent.share_right(is_faulty=fault, seed=s) for s in range(10)])
        for fault in (True, False)
    )
    return {
        "with the bug": float(faulty.mean()),
        "worst": float(faulty.min()),
        "best": float(faulty.max()),
        "repaired": float(right.mean()),
        "gain": float((right - faulty).mean()),
        "least gain": float((right - faulty).min()),
    }


def leaked_features():
    """Cross-validate noise, the features chosen before or within each fold."""
    draws = [leakage.noise(seed) for seed in range(20)]
    before, within = (
        [leakage.cross_validated(*draw, is_faulty=fault) for draw in draws]
        for fault in (True, False)
    )
    return {"chosen before": float(np.mean(before)), "within": float(np.mean(within))}


def broken_split():
    """Cut a file sorted by class, shuffled before or not."""
    faulty = np.array([split.shares_right(is_faulty=True, seed=s) for s in SEEDS])
    honest = np.array([split.shares_right(is_faulty=False, seed=s) for s in SEEDS])
    return {
        "validation": float(faulty[:, 0].min()),
        "all digits": float(faulty[:, 1].max()),
        "gap after shuffling": float(np.abs(honest[:, 0] - honest[:, 1]).max()),
    }


def exploded():
    """Descend on least squares just below and just past 2/λ_max."""
    found = {"below": [], "past": [], "factor": []}
    for seed in range(10):
        x, targets = rate.problem(seed)
        below, past = (rate.norms(x, targets, times=t) for t in (0.95, 1.05))
        found["below"].append(below[-1] / below[-2])
        found["past"].append(past[-1] / past[0])
        found["factor"].append(abs(past[-1] / past[-2] - 1.1))
    return {
        "factor below": float(max(found["below"])),
        "growth past": float(min(found["past"])),
        "departure": float(max(found["factor"])),
    }


def dead_units():
    """Train at a usual and at a large rate."""
    shares = {
        lr: [dead.after_training(lr=lr, seed=seed)[0] for seed in range(20)]
        for lr in (dead.USUAL, dead.LARGE)
    }
    large = shares[dead.LARGE]
    return {
        "usual": max(shares[dead.USUAL]),
        "large": float(np.mean(large)),
        "least": min(large),
        "most": max(large),
    }


def not_a_number():
    """Evaluate log 0, 0 log 0 and exp near the end of float32."""
    zero, most = np.float32(0), overflow.greatest_exponent()
    logits, labels = np.float32([[89, 0]]), np.array([0])
    with np.errstate(all="ignore"):
        found = {
            "log 0": float(np.log(zero)),
            "is NaN": float(np.isnan(zero * np.log(zero))),
            "last finite": float(most),
            "exp of the next": float(np.exp(np.nextafter(most, np.float32(100)))),
        }
    found["loss is NaN"] = float(
        np.isnan(overflow.cross_entropy(logits, labels, is_faulty=True))
    )
    found["stable"] = float(overflow.cross_entropy(logits, labels, is_faulty=False))
    return found


def fed_the_truth():
    """Forecast a sine one step ahead and running free."""
    one, free, copying = np.transpose([forcing.errors(seed) for seed in range(10)])
    return {
        "one step": float(one.max()),
        "free": float(free.min()),
        "least ratio": float((free / one).min()),
        "better than copying": float((copying / one).min()),
    }


def off_by_one():
    """Guess random tokens, with the token among the inputs and without it."""
    seen, unseen = (
        [masking.share_right(is_faulty=fault, seed=seed)[0] for seed in SEEDS]
        for fault in (True, False)
    )
    return {"unshifted": min(seen), "shifted": max(unseen)}
