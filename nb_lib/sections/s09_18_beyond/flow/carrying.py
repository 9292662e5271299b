"""Points carried by a field for a time of 1, in few steps or in many."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.numpy.flows import solve

STARTS = ((1.4, 0.3), (-0.5, 1.1), (-1.2, -0.9))
COUNTS = (1, 2, 4, 8, 16, 32, 64)  # of steps
FINE = 256  # steps of RK4 that stand for the truth
NAMES = {"euler": "Euler", "rk4": "RK4"}


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    field: str
    method: str
    steps: int
    paths: np.ndarray  # (steps + 1, 3, 2)
    truth: np.ndarray  # (257, 3, 2)
    slopes: np.ndarray  # (81, 2), of the field on the grid
    euler: np.ndarray  # (7,), distance from the truth at the end, for COUNTS
    rk4: np.ndarray  # (7,)
    error: float


def spiral(x):
    """Turn around the origin and come nearer: x' = A x."""
    return x @ np.array([[-0.5, 3.0], [-3.0, -0.5]])


def pendulum(x):
    """Swing with friction: angle' = speed, speed' = -sin(angle) - friction."""
    angle, speed = x[:, :1], x[:, 1:]
    return np.concatenate([3 * speed, -3 * np.sin(angle) - 0.6 * speed], axis=1)


def saddle(x):
    """Come nearer along one axis and go away along the other."""
    return x * np.array([[0.25, -2.5]])


FIELDS = {"spiral": spiral, "pendulum": pendulum, "saddle": saddle}


def compute(field, method, steps):
    """Carry three points, and measure both methods at all numbers of steps."""
    f, starts = FIELDS[field], np.array(STARTS)
    truth = solve(f, starts, steps=FINE, method="rk4", span=1.0)
    paths = solve(f, starts, steps=steps, method=method, span=1.0)
    return Frame(
        field=field,
        method=method,
        steps=steps,
        paths=paths,
        truth=truth,
        slopes=f(grid()),
        euler=np.array([missed(f, n, "euler", truth[-1]) for n in COUNTS]),
        rk4=np.array([missed(f, n, "rk4", truth[-1]) for n in COUNTS]),
        error=distance(paths[-1], truth[-1]),
    )


def missed(f, steps, method, end):
    """Say how far from the true end a method arrives."""
    path = solve(f, np.array(STARTS), steps=steps, method=method, span=1.0)
    return distance(path[-1], end)


def distance(points, others):
    """Give the mean distance of points (3, 2) from others."""
    return float(np.sqrt(((points - others) ** 2).sum(axis=1)).mean())


def grid():
    """Give the 81 places at which the field is drawn."""
    ticks = np.linspace(-1.6, 1.6, 9)
    return np.array([(a, b) for a in ticks for b in ticks])


def describe(frame):
    """Say how far from the truth the points arrive, and what half the step gives."""
    f, end = FIELDS[frame.field], frame.truth[-1]
    half = missed(f, 2 * frame.steps, frame.method, end)
    steps = words.counted(frame.steps, "step")
    start = (
        f"{NAMES[frame.method]} in {steps} arrives {frame.error:.2g} from the true ends"
    )
    if half < 1e-7:
        return f"{start}."
    return f"{start}; with twice the steps {frame.error / half:.1f} times nearer."
