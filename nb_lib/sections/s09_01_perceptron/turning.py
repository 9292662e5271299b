"""§9.1: one mistake at a time, with the vector that each adds to the weights."""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from nb_lib import words
from nb_lib.live import Choice, Explorer, Moves, Slider, moved_to
from nb_lib.numpy.perceptron import learn
from nb_lib.sections.s09_01_perceptron.clouds import cloud
from nb_lib.sections.s09_01_perceptron.turning_picture import SIDE, picture

MOST = 12  # mistakes that the slider goes through
STRAY = 2  # the row that changes sides
SETS = (
    ("a hundred points", "hundred"),
    ("twenty points", "twenty"),
    ("one point on the wrong side", "stray"),
)


@dataclass(frozen=True)
class Turn:
    """The rule after some mistakes, and what the last of them added."""

    x: np.ndarray  # (N, 2)
    targets: np.ndarray  # (N,), -1 or 1
    path: np.ndarray  # (k + 1, 2), the weights from 0 on
    rows: tuple[int, ...]  # (k,), where the mistakes were made
    n_wrong: tuple[int, ...]  # after 0, 1, ... all mistakes of the run

    @property
    def wrong(self):
        """Which rows are wrong now, (N,)."""
        return self.targets * (self.x @ self.path[-1]) <= 0

    @property
    def step(self):
        """t x of the last mistake, (2,); None before the first."""
        return self.path[-1] - self.path[-2] if self.rows else None


def compute(mistakes, points, moved):
    """Let the rule run, and stop after so many mistakes or where it stops itself."""
    x, targets = dots(points)
    x = moved_to(x, moved)
    run = list(islice(learn(x, targets), MOST))
    path = np.stack([np.zeros(2), *(mistake.w for mistake in run)])  # (K + 1, 2)
    n_wrong = np.sum(targets * (path @ x.T) <= 0, axis=1)
    k = min(mistakes, len(run))
    rows = tuple(mistake.row for mistake in run[:k])
    return Turn(x, targets, path[: k + 1], rows, tuple(map(int, n_wrong)))


def dots(name):
    """Draw the named set: x (N, 2), targets (N,)."""
    x, targets, _ = cloud(20 if name == "twenty" else 100, 0.1)
    if name == "stray":
        targets[STRAY] = -targets[STRAY]
    return x, targets


def places(turn):
    """Return where the points are that may be dragged, (N, 2)."""
    return turn.x


def describe(turn):
    """Say what the last mistake added to the weights, and what is wrong now."""
    n, wrong = len(turn.x), int(turn.wrong.sum())
    if not turn.rows:
        return f"At w = (0, 0) every score is 0, so all {n} points are wrong."
    before, after = map(vector, turn.path[-2:])
    k, last = len(turn.rows), turn.rows[-1]
    sign = "+" if turn.targets[last] > 0 else "−"
    step = f"w = {before} {sign} {vector(turn.x[last])} = {after}"
    if wrong:
        are = "is" if wrong == 1 else "are"
        return f"Mistake {k}: {step}; now {wrong} of {n} points {are} wrong."
    return f"Mistake {k} was the last: {step}, and all {n} points are right."


def vector(values):
    """Write two numbers as a vector, with a true minus sign."""
    x, y = [words.minus(f"{value:.2f}") for value in values]
    return f"({x}, {y})"


mistakes = Explorer(
    id="mistakes",
    title="One mistake at a time",
    controls={
        "mistakes": Slider(
            "mistakes", low=0, high=MOST, start=1, recorded=tuple(range(MOST + 1))
        ),
        "points": Choice("points", SETS, start="hundred"),
        "moved": Moves(
            label="points moved", x=(-SIDE, SIDE), y=(-SIDE, SIDE), places=places
        ),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 4.0),
    together=("mistakes", "points"),
    presets={"one point on the wrong side": {"points": "stray", "mistakes": MOST}},
)
