"""The controls of an explorer, declared: what may be set, and within what range."""

import math
from dataclasses import dataclass
from numbers import Real

_SERIES = (1, 1.5, 2, 3, 5, 7)  # the stops of one decade
_RECORDED = 5  # stops of a slider that a page plays, unless the declaration says more


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
        object.__setattr__(self, "options", tuple(pairs))
        self.check(self.start, "start")
        if self.recorded is None:
            object.__setattr__(self, "recorded", self.stops)
        object.__setattr__(self, "recorded", _recorded(self))

    @property
    def stops(self):
        """All values, in the order shown."""
        return tuple(value for _, value in self.options)

    def check(self, value, name):
        """Return the value, or raise a ValueError that lists the options."""
        for option in self.stops:
            if type(option) is type(value) and option == value:
                return option
        raise ValueError(f"{name} wants one of {list(self.stops)}, got {value!r}")

    def text(self, value):
        """Write a value as the reader sees it."""
        return next(label for label, option in self.options if option == value)


@dataclass(frozen=True)
class Toggle:
    """On or off."""

    label: str
    start: bool = False

    stops = recorded = (False, True)

    def __post_init__(self):
        object.__setattr__(self, "start", self.check(self.start, "start"))

    def check(self, value, name):
        """Return the value, or raise a ValueError."""
        if value not in (False, True):
            raise ValueError(f"{name} wants True or False, got {value!r}")
        return bool(value)

    def text(self, value):
        """Write a value as the reader sees it."""
        return "on" if value else "off"


@dataclass(frozen=True, kw_only=True)
class _Range:
    low: float
    high: float
    start: float
    recorded: tuple | None = None

    def check(self, value, name):
        """Return the value, or raise a ValueError that names the range."""
        is_number = isinstance(value, Real) and not isinstance(value, bool)
        if not is_number or not self.low <= value <= self.high:
            raise ValueError(
                f"{name} wants a number from {self.low:g} to {self.high:g}, "
                f"got {value!r}"
            )
        return float(value)

    def __post_init__(self):
        object.__setattr__(self, "start", self.check(self.start, "start"))
        object.__setattr__(self, "recorded", _recorded(self))

    def text(self, value):
        """Write a value as the reader sees it."""
        return f"{value:g}"


@dataclass(frozen=True)
class Slider(_Range):
    """A number in [low, high] in equal steps; whole when low and step are whole."""

    label: str
    step: float = 1

    def __post_init__(self):
        if not self.step > 0:
            raise ValueError(f"{self.label!r} wants a step above 0, got {self.step!r}")
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
        return tuple(int(v) if self.is_whole else round(v, 10) for v in values)

    def check(self, value, name):
        """Return the value, or raise a ValueError that names the range."""
        value = super().check(value, name)
        if not self.is_whole:
            return value
        if not value.is_integer():
            raise ValueError(f"{name} wants a whole number, got {value!r}")
        return int(value)


@dataclass(frozen=True)
class LogSlider(_Range):
    """A positive number in [low, high], in steps that multiply: 1, 1.5, 2, 3, 5, 7."""

    label: str

    def __post_init__(self):
        if not self.low > 0:
            raise ValueError(
                f"{self.label!r} has a logarithmic scale: it wants a low end above 0, "
                f"got {self.low!r}"
            )
        super().__post_init__()

    @property
    def stops(self):
        """All values that the slider can rest on: the series, both ends, the start."""
        first, last = (math.floor(math.log10(x)) for x in (self.low, self.high))
        series = (float(f"{s}e{k}") for k in range(first, last + 1) for s in _SERIES)
        inside = {x for x in series if self.low <= x <= self.high}
        return tuple(sorted(inside | {float(self.low), float(self.high), self.start}))
