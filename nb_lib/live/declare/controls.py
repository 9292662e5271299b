"""The controls of an explorer, declared: what may be set, and within what range."""

import math
from dataclasses import dataclass, field
from numbers import Real

import numpy as np

from nb_lib import words

_SERIES = (1, 1.5, 2, 3, 5, 7)  # the stops of one decade
_RECORDED = 5  # stops of a slider that a page plays, unless the declaration says more


def _plain(value):
    """Return a NumPy scalar as Python's own, anything else as it is.

    A short float counts as the decimals that it shows: np.float32(0.1) is 0.1.
    """
    if isinstance(value, np.floating):
        return float(str(value))
    return value.item() if isinstance(value, np.generic) else value


def number_of(value):
    """Return a real number as Python's own; what is none, or a bool, becomes NaN."""
    value = _plain(value)
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return value if is_number else math.nan


def _same(option, value):
    """Whether both are one option: 1 is neither True nor "1"."""
    return type(option) is type(value) and option == value


def number_text(number):
    """Write a number in six digits, or in as many more as it has."""
    short = f"{number:g}"
    return short if float(short) == number else str(number)


def _recorded(control):
    """Return the stops that are recorded: those declared, or a spread with the start.

    Raises ValueError for a declared stop that the control cannot rest on, and when
    the start is not among them.
    """
    stops = control.stops
    if control.recorded is None:
        last = len(stops) - 1
        n = min(_RECORDED, len(stops))
        spread = {stops[round(i * last / max(n - 1, 1))] for i in range(n)}
        return tuple(s for s in stops if s in spread or s == control.start)
    chosen = tuple(control.check(s, "recorded") for s in control.recorded)
    strange = [s for s in chosen if s not in stops]
    if strange or control.start not in chosen:
        raise ValueError(
            f"{control.label!r}: the recorded stops want the start {control.start!r} "
            f"and stops of the control only, got {chosen}"
        )
    return tuple(s for s in stops if s in chosen)


@dataclass(frozen=True)
class Choice:
    """One of several options; each is a value or a pair (label, value)."""

    label: str
    options: tuple
    start: object
    recorded: tuple | None = None

    def __post_init__(self):
        pairs = [o if isinstance(o, tuple) else (str(o), o) for o in self.options]
        pairs = tuple((label, _plain(value)) for label, value in pairs)
        object.__setattr__(self, "options", pairs)
        keys = {(type(value), value) for value in self.stops}
        if not len({label for label, _ in pairs}) == len(keys) == len(pairs):
            raise ValueError(
                f"{self.label!r} wants options that differ in label and value, "
                f"got {list(pairs)}"
            )
        object.__setattr__(self, "start", self.check(self.start, "start"))
        if self.recorded is None:
            object.__setattr__(self, "recorded", self.stops)
        object.__setattr__(self, "recorded", _recorded(self))

    @property
    def stops(self):
        """All values, in the order shown."""
        return tuple(value for _, value in self.options)

    def check(self, value, name):
        """Return the option that the value means.

        Raises ValueError that lists the options.
        """
        for option in self.stops:
            if _same(option, _plain(value)):
                return option
        raise ValueError(f"{name} wants one of {self._listed()}, got {value!r}")

    def _listed(self):
        """List the values, each with what a reader sees where that is another word."""
        words = (f" ({label})" if label != str(v) else "" for label, v in self.options)
        return ", ".join(f"{v!r}{w}" for v, w in zip(self.stops, words, strict=True))

    def text(self, value):
        """Write a value as the reader sees it."""
        return next(label for label, option in self.options if _same(option, value))


@dataclass(frozen=True)
class Toggle:
    """On or off."""

    label: str
    start: bool = False

    stops = recorded = (False, True)

    def __post_init__(self):
        object.__setattr__(self, "start", self.check(self.start, "start"))

    def check(self, value, name):
        """Return the value as a bool, or raise a ValueError.

        1 and 0 will do, but no other kind of number.
        """
        plain = _plain(value)
        if not isinstance(plain, int) or plain not in (0, 1):
            raise ValueError(f"{name} wants True or False, or 1 or 0, got {value!r}")
        return bool(plain)

    def text(self, value):
        """Write a value as the reader sees it."""
        return "on" if value else "off"


@dataclass(frozen=True, kw_only=True)
class _Range:
    low: float
    high: float
    start: float
    recorded: tuple | None = None

    def __post_init__(self):
        for end in ("low", "high"):
            number = number_of(getattr(self, end))
            if not math.isfinite(number):
                raise ValueError(
                    f"{self.label!r} wants a finite number for its {end} end, "
                    f"got {getattr(self, end)!r}"
                )
            object.__setattr__(self, end, number)
        if self.low > self.high:
            raise ValueError(
                f"{self.label!r} wants its low end below its high end, "
                f"got {self.low!r} and {self.high!r}"
            )
        object.__setattr__(self, "start", self.check(self.start, "start"))
        object.__setattr__(self, "recorded", _recorded(self))

    def check(self, value, name):
        """Return the value as an int or a float, whichever the stops are.

        Raises ValueError that names the range.
        """
        number = number_of(value)
        is_inside = self.low <= number <= self.high
        if not is_inside or (self.is_whole and number % 1):
            kind = "whole number" if self.is_whole else "number"
            raise ValueError(
                f"{name} wants a {kind} from {number_text(self.low)} to "
                f"{number_text(self.high)}, got {value!r}"
            )
        return int(number) if self.is_whole else float(number)

    def text(self, value):
        """Write a value as the reader sees it."""
        return words.minus(number_text(value))


@dataclass(frozen=True)
class Slider(_Range):
    """A number in [low, high] in equal steps; whole when low and step are whole."""

    label: str
    step: float = 1

    def __post_init__(self):
        step = number_of(self.step)
        if not 0 < step < math.inf:
            raise ValueError(f"{self.label!r} wants a step above 0, got {self.step!r}")
        object.__setattr__(self, "step", step)
        super().__post_init__()
        if self.start not in self.stops:
            raise ValueError(
                f"{self.label!r} wants its start on a stop, {self.low:g} and steps of "
                f"{self.step:g} from there, got {self.start!r}"
            )

    @property
    def is_whole(self):
        """Whether the values are integers."""
        return all(float(x).is_integer() for x in (self.low, self.step))

    @property
    def stops(self):
        """All values that the slider can rest on."""
        n = math.floor((self.high - self.low) / self.step + 1e-9)
        values = [self.low + i * self.step for i in range(n + 1)]
        if self.is_whole:
            return tuple(int(v) for v in values)
        clean = (round(v, 10) for v in values[1:])  # 0.1 + 0.2 is 0.3 here
        return (float(self.low), *(min(v, float(self.high)) for v in clean))


@dataclass(frozen=True)
class LogSlider(_Range):
    """A positive number in [low, high], in steps that multiply: 1, 1.5, 2, 3, 5, 7.

    ``whole`` rounds the stops to integers, each once, and makes every value an int.
    """

    label: str
    whole: bool = field(default=False, kw_only=True)

    def __post_init__(self):
        if not number_of(self.low) > 0:
            raise ValueError(
                f"{self.label!r} has a logarithmic scale: it wants a low end above 0, "
                f"got {self.low!r}"
            )
        if self.whole and (number_of(self.low) % 1 or number_of(self.high) % 1):
            raise ValueError(
                f"{self.label!r} wants whole numbers for its ends, "
                f"got {self.low!r} and {self.high!r}"
            )
        super().__post_init__()

    @property
    def is_whole(self):
        """Whether the values are integers."""
        return self.whole

    @property
    def stops(self):
        """All values that the slider can rest on: the series, both ends, the start."""
        first, last = (math.floor(math.log10(x)) for x in (self.low, self.high))
        series = (float(f"{s}e{k}") for k in range(first, last + 1) for s in _SERIES)
        inside = {x for x in series if self.low <= x <= self.high}
        stops = inside | {float(self.low), float(self.high), self.start}
        return tuple(sorted({round(x) for x in stops} if self.whole else stops))
