"""Whole runs for the text and the exercises: one plan, many seeds."""

import numpy as np

from nb_lib.sections.s09_14_practice.run import STEPS, Run

START = {
    "lr": 0.03,
    "schedule": "constant",
    "warm_up": 0,
    "micro": 1,
    "dtype": "float32",
    "scale": 1.0,
    "clip": 0.0,
    "segments": 1,
}
LAST = 20
CHANGES = {
    "A": {"warm_up": 20},
    "B": {"lr": 0.07},
    "C": {"lr": 0.1, "schedule": "cosine", "clip": 1.0},
}


def losses_of(seed, settings, steps=STEPS):
    """Return the losses (steps,) of one run, endless from where it diverged.

    ``settings`` are those of the run planner; what is left out is at its start, and
    one that it does not have is a ValueError.
    """
    if unknown := sorted(settings.keys() - START):
        raise ValueError(f"there is no setting {unknown[0]!r} among {', '.join(START)}")
    run = Run(tuple((START | settings).values()), seed, steps)
    losses = np.full(steps, np.inf)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        for count in range(1, steps + 1):
            run.step(count)
            if run.diverged_at is not None:
                return losses
            losses[count - 1] = run.losses[-1]
    return losses


def final_loss(seed, settings, steps=STEPS):
    """Return the mean loss of the last updates of one run, endless if it diverged."""
    return float(np.mean(losses_of(seed, settings, steps)[-LAST:]))


def trial(change, seed):
    """Return the final loss of the run of 9.14.4 with change A, B, C, or None."""
    if change is not None and change not in CHANGES:
        raise ValueError(f'trial wants "A", "B", "C" or None, got {change!r}')
    return final_loss(seed, CHANGES.get(change, {}))


def interval(values):
    """Return the ends of a 95% interval of the mean of two or more values.

    By Student's t: mean ± t · s / √n. Errors: ValueError for fewer than two values.
    """
    from scipy.special import stdtrit  # loads slowly: processes of runs do without

    values = np.asarray(values, float)
    n = len(values)
    if n < 2:
        raise ValueError(f"interval wants at least two values, got {n}")
    half = stdtrit(n - 1, 0.975) * np.std(values, ddof=1) / np.sqrt(n)
    return float(values.mean() - half), float(values.mean() + half)
