"""What an explorer is: a declaration. Other modules say how it lives.

``run`` gives the last frame, ``still`` a figure for paper, ``show`` the live widget.
"""

import inspect
import itertools
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from matplotlib.backends.backend_agg import FigureCanvasAgg

from nb_lib.draw import style
from nb_lib.draw.rc import MATPLOTLIB
from nb_lib.live.declare.calculation import (
    calculation,
    frame_of,
    offers_of,
    streams,
)
from nb_lib.live.declare.view import view_of
from nb_lib.live.paint.painter import Painter, lay_out

MOST_STATES = 300  # of one recording: a page has to load it


@dataclass(frozen=True)
class Explorer:
    """One picture with a few controls, declared once for kernel, page and paper.

    ``compute(**settings)`` is pure and returns a frame or yields several, each as it
    is or as an offer, a function that builds it when called (see ``calculation``);
    ``picture(figure)`` lays out the axes and returns ``show(frame)``;
    ``describe(frame)`` says the numbers that matter in one sentence.
    To declare is cheap: the picture is laid out when the explorer is first shown.
    ``size`` is in inches at 100 dots per inch. ``together`` names the controls that a
    recording varies in every combination; each other one is varied alone. ``presets``
    maps the words of a button to the settings that it sets; ``also`` names further
    products to record, each a mapping of controls to stops. What is not named is at its
    start. ``in_page`` is what a page computes instead where ``compute`` needs what no
    page has, or where it hangs on last bits: the same settings, frames of the same
    class, of which a part may be missing.
    """

    id: str
    title: str
    controls: Mapping
    compute: Callable
    picture: Callable
    describe: Callable
    size: tuple[float, float] = (9.2, 3.6)
    together: tuple[str, ...] = ()
    presets: Mapping = field(default_factory=dict)
    also: tuple[Mapping, ...] = ()
    in_page: Callable | None = None

    def __post_init__(self):
        self._check_takes("compute", self.compute)
        self._check_takes("in_page", self.in_page or self.compute)
        if unknown := sorted(set(self.together) - set(self.controls)):
            raise ValueError(
                f"explorer {self.id!r}: together names {unknown[0]!r}, "
                f"but the controls are {sorted(self.controls)}"
            )
        for words, named in self.presets.items():
            self._check_recorded(f"the preset {words!r}", named.items())
        for product in self.also:
            for name, stops in product.items():
                self._check_recorded("also", [(name, stop) for stop in stops])
        if len(self.grid()) > MOST_STATES:
            raise ValueError(
                f"explorer {self.id!r} declares {len(self.grid())} recorded states, "
                f"more than {MOST_STATES}: record fewer stops, or fewer together"
            )

    def __repr__(self):
        return f"<explorer {self.id}: write .show() after its name to see it move>"

    def _check_takes(self, name, function):
        """Raise ValueError for a function that does not take the controls."""
        taken = inspect.signature(function).parameters
        if set(taken) != set(self.controls):
            raise ValueError(
                f"explorer {self.id!r}: {name} takes {sorted(taken)}, "
                f"but the controls are {sorted(self.controls)}"
            )

    def _check_recorded(self, where, pairs):
        """Raise ValueError for a setting that the recording cannot hold."""
        for name, value in pairs:
            self.settings(**{name: value})
            stops = self.controls[name].recorded
            if value not in stops:
                raise ValueError(
                    f"explorer {self.id!r}: {where} sets {name} to {value!r}, but the "
                    f"recorded stops are {list(stops)}"
                )

    def for_page(self):
        """Return this explorer as a page computes it."""
        return replace(self, compute=self.in_page or self.compute, in_page=None)

    def grid(self):
        """Return the settings that a recording holds, the start first.

        All combinations of the recorded stops of the controls in ``together``, every
        recorded stop of each other control with the rest at their starts, the presets,
        and the products in ``also``.
        """
        start = self.settings()
        stops = [self.controls[name].recorded for name in self.together]
        states = [start]
        states += [
            start | dict(zip(self.together, values, strict=True))
            for values in itertools.product(*stops)
        ]
        for name, control in self.controls.items():
            if name not in self.together:
                states += [start | {name: stop} for stop in control.recorded]
        states += [self.settings(**named) for named in self.presets.values()]
        for product in self.also:
            states += [
                start | dict(zip(product, values, strict=True))
                for values in itertools.product(*product.values())
            ]
        unique = {tuple(state.values()): state for state in states}
        return list(unique.values())

    def settings(self, **changes):
        """Return all settings: the starts, changed as asked.

        Raises ValueError for an unknown name and for a value out of range.
        """
        unknown = sorted(set(changes) - set(self.controls))
        if unknown:
            raise ValueError(
                f"explorer {self.id!r} has no setting {unknown[0]!r}; "
                f"it has {list(self.controls)}"
            )
        return {
            name: control.check(changes.get(name, control.start), name)
            for name, control in self.controls.items()
        }

    def frames(self, **changes):
        """Yield every frame that compute offers for these settings."""
        settings = self.settings(**changes)
        frames = map(frame_of, offers_of(self.compute, settings, self.id))
        end = object()
        while True:
            with calculation():  # left at each yield: what the caller does is not ours
                frame = next(frames, end)
            if frame is end:
                return
            yield frame

    def run(self, **changes):
        """Return the last frame for these settings; no other one is built."""
        settings = self.settings(**changes)
        offers = offers_of(self.compute, settings, self.id)
        with calculation():
            (last,) = deque(offers, maxlen=1)
            return frame_of(last)

    def has_steps(self, **changes):
        """Return whether a run goes by in steps: at one offer there is none to play."""
        if not streams(self.compute):
            return False
        offers = offers_of(self.compute, self.settings(**changes), self.id)
        with calculation():
            return len(tuple(itertools.islice(offers, 2))) > 1

    def still(self, **changes):
        """Return a Figure of the last frame for these settings."""
        return self.figure_of(self.run(**changes))

    def figure_of(self, frame):
        """Return a Figure of one frame, laid out exactly as the live picture is."""
        figure, show = lay_out(self.picture, self.size)
        FigureCanvasAgg(figure)
        with MATPLOTLIB, style.context():
            show(frame)
        return figure

    def painter(self):
        """Lay out the picture and return its painter.

        Raises Unsupported, a ValueError, for what a display list cannot hold.
        """
        return Painter(self.picture, self.size)

    def show(self, *, only=None, presets=None, **changes):
        """Return the live widget, started at these settings.

        ``only`` names the controls to show: a small view, in which all others keep what
        is given here or their starts. ``presets`` names the buttons to show: all of
        them, in a small view none. Where no kernel answers, the output shows the still
        picture and the sentence. Raises ValueError for what the explorer does not have.
        """
        from nb_lib.live.kernel.widget import Live

        return Live(self, view_of(self, only, presets, changes), self.painter())
