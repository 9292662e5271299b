"""Whole runs for the text and the exercises: one plan, many seeds."""

import numpy as np

from nb_lib.live.declare.calculation import calculation
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
CHANGES = {"A": {"warm_up": 20}, "B": {"schedule": "cosine"}, "C": {"clip": 1.0}}
BEFORE = {"lr": 0.1}  # the run that the changes shall improve


def final_loss(seed, settings, steps=STEPS):
    """Return the mean loss of the last updates of one run, endless where it diverged.

    ``settings`` are those of the run planner; what is left out is at its start.
    """
    run = Run(tuple((START | settings).values()), seed, steps)
    with calculation():
        for count in range(1, steps + 1):
            run.step(count)
            if run.diverged_at is not None:
                return np.inf
    return float(np.mean(run.losses[-LAST:]))


def trial(change, seed):
    """Return the final loss of the run of 9.14.4 with change A, B, C, or None."""
    if change is not None and change not in CHANGES:
        raise ValueError(f'trial wants "A", "B", "C" or None, got {change!r}')
    return final_loss(seed, BEFORE | CHANGES.get(change, {}))


def interval(values):
    """Return the ends of a 95 % interval of the mean, by Student's t."""
    from scipy.special import stdtrit

    values = np.asarray(values, float)
    n = len(values)
    half = stdtrit(n - 1, 0.975) * np.std(values, ddof=1) / np.sqrt(n)
    return float(values.mean() - half), float(values.mean() + half)
