"""Controls without a row of their own: points that a reader grabs on the picture.

Such a control lies over axes that the picture has marked with ``grab_on``. Its value
is a tuple of rows of numbers; what a reader has not touched is not in it, so the start
is the empty tuple and a recording holds that alone.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from nb_lib.live.declare.controls import number_of, number_text

FEW = 4  # rows that are drawn at random: no picture has fewer points


@dataclass(frozen=True, kw_only=True)
class Grips:
    """What both kinds share: rows of numbers, checked."""

    label: str
    x: tuple[float, float]  # what the axes span
    y: tuple[float, float]
    step: float = 0.05  # of an arrow key, and of the pointer
    most: int = 300  # rows
    start: tuple = ()
    recorded: tuple | None = None

    def __post_init__(self):
        for name in ("x", "y"):
            low, high = map(number_of, getattr(self, name))
            if not -math.inf < low < high < math.inf:
                raise ValueError(
                    f"{self.label!r} wants a low and a high end for {name}, "
                    f"got {getattr(self, name)!r}"
                )
        if not 0 < number_of(self.step) < math.inf:
            raise ValueError(f"{self.label!r} wants a step above 0, got {self.step!r}")
        object.__setattr__(self, "start", self.check(self.start, "start"))
        stops = (self.start,) if self.recorded is None else self.recorded
        stops = tuple(self.check(stop, "recorded") for stop in stops)
        if self.start not in stops:
            raise ValueError(f"{self.label!r} wants its start among the recorded stops")
        object.__setattr__(self, "recorded", stops)

    @property
    def stops(self):
        """The values that have a name: those that are recorded."""
        return self.recorded

    def check(self, value, name):
        """Return the rows as a tuple of tuples of numbers.

        Raises ValueError for what is no list of rows, for too many of them, for a place
        outside the axes or that is no finite number.
        """
        rows = _rows(value)
        if rows is None:
            raise ValueError(f"{name} wants rows {self.form}, got {value!r:.60}")
        if len(rows) > self.most:
            raise ValueError(
                f"{name} wants at most {self.most} points, got {len(rows):,}"
            )
        return self._ordered(tuple(self._row(row, name) for row in rows), name)

    def _ordered(self, rows, name):
        return rows

    def _place(self, row, x, y, name):
        """Return x and y as floats inside the axes, or raise a ValueError."""
        place = []
        for letter, value in (("x", x), ("y", y)):
            low, high = getattr(self, letter)
            number = number_of(value)
            if not low <= number <= high:  # NaN is nowhere
                raise ValueError(
                    f"{name} wants {letter} from {number_text(low)} to "
                    f"{number_text(high)}, got {value!r} in {row!r}"
                )
            place.append(float(number))
        return tuple(place)

    def text(self, value):
        """Write a value as the reader sees it: how many points."""
        return str(len(value))

    def drawn(self, rng):
        """Return a value drawn at random, as a reader might leave it."""
        ends = zip(self.x, self.y, strict=True)
        low, high = (np.ceil(np.array(end) / self.step) for end in ends)
        n = rng.integers(1, FEW + 1)
        places = np.round(self.step * rng.integers(low, high, size=(n, 2)), 9)
        return self.check(self._rows_at(places.tolist(), rng), "drawn")


@dataclass(frozen=True, kw_only=True)
class Moves(Grips):
    """Points of the picture's own that a reader may drag: rows (row, x, y).

    ``places(frame)`` returns where all points stand, (N, 2); no rows mean that there
    is nothing to grab. ``names`` are those of the points, if they have any.
    """

    places: Callable
    names: tuple[str, ...] = ()
    form = "(row, x, y), one for each point that was moved"

    def _row(self, row, name):
        at, *place = row
        number = number_of(at)
        if not (0 <= number < math.inf) or number % 1:
            raise ValueError(f"{name} wants whole numbers for rows, got {at!r}")
        return int(number), *self._place(row, *place, name)

    def _rows_at(self, places, rng):
        rows = rng.permutation(FEW)[: len(places)]
        return [(row, *place) for row, place in zip(rows, places, strict=True)]

    def _ordered(self, rows, name):
        """Sort by row, so that equal pictures have equal settings."""
        if len({row for row, _, _ in rows}) < len(rows):
            raise ValueError(f"{name} wants each point once, got one of them twice")
        return tuple(sorted(rows))


@dataclass(frozen=True, kw_only=True)
class Drops(Grips):
    """Points that a reader drops on the plane, drags and deletes: rows (x, y, class).

    ``classes`` are the words for the classes 0, 1, ...
    """

    classes: tuple[str, ...]
    form = "(x, y, class), one for each point"

    def _rows_at(self, places, rng):
        labels = rng.integers(len(self.classes), size=len(places))
        return [(*place, label) for place, label in zip(places, labels, strict=True)]

    def _row(self, row, name):
        x, y, label = row
        number = number_of(label)
        if number not in range(len(self.classes)):
            raise ValueError(
                f"{name} wants a class from 0 to {len(self.classes) - 1}, got {label!r}"
            )
        return *self._place(row, x, y, name), int(number)


def moved_to(x, moved):
    """Return a copy of x (N, 2) with some rows elsewhere; rows beyond N are nowhere.

    ``moved`` is a value of ``Moves``: rows (row, x, y).
    """
    x = x.copy()
    for row, x1, x2 in moved:
        if row < len(x):
            x[row] = (x1, x2)
    return x


def in_words(control):
    """Return what grab.js must know of a control, beside its label."""
    own = {"classes": control.classes} if isinstance(control, Drops) else {}
    names = getattr(control, "names", ())
    return {
        "grips": {
            "kind": type(control).__name__,
            "step": control.step,
            "most": control.most,
            "x": control.x,
            "y": control.y,
            "names": names,
            **own,
        }
    }


def _rows(value):
    """Return the rows as a list of tuples of three, or None where there are none."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        return None
    rows = list(value)
    if any(isinstance(row, str) or not isinstance(row, Iterable) for row in rows):
        return None
    rows = [tuple(row) for row in rows]
    return rows if all(len(row) == 3 for row in rows) else None
