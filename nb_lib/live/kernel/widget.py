"""The live view: stock controls above a canvas that draws display lists."""

import math
import threading
import time
from itertools import chain
from pathlib import Path

import anywidget
import ipywidgets
import traitlets

from nb_lib.live.declare.calculation import streams
from nb_lib.live.declare.controls import Choice, LogSlider, Slider, Toggle
from nb_lib.live.declare.grips import Grips, in_words
from nb_lib.live.kernel.cells import remember
from nb_lib.live.kernel.held import Held, is_widget, places, with_rows
from nb_lib.live.kernel.worker import Worker
from nb_lib.live.page.markup import inert_markup
from nb_lib.live.page.script import PAINTERS
from nb_lib.live.paint.canvas import canvas_setup

_HERE = Path(__file__).parent
_PAINT = _HERE.parent / "paint"
_SCRIPTS = (
    *(_PAINT / f"{name}.js" for name in PAINTERS),
    _HERE / "canvas.js",
)
_ROW = {"width": "auto", "min_width": "0"}
_CHARACTER, _TRACK = 0.56, 18  # em: of a label's text, of a slider with its readout
CARRY_S = 0.0005  # seconds in which other threads carry a frame out of the kernel


class Canvas(anywidget.AnyWidget):
    """Shows the newest display list; knows nothing of what it means."""

    _esm = "".join(path.read_text("utf-8") for path in _SCRIPTS)
    _css = _HERE / "canvas.css"
    explorer = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    controls = traitlets.List().tag(sync=True)  # as ``_in_words`` gives them
    view = traitlets.Dict().tag(sync=True)  # only: names, presets: label -> settings
    plays = traitlets.Bool().tag(sync=True)  # whether runs may go by in steps
    has_steps = traitlets.Bool().tag(sync=True)  # whether the first one does
    screen = traitlets.Dict().tag(sync=True)
    still = traitlets.Bytes().tag(sync=True)
    moving = traitlets.Bytes().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    places = traitlets.Dict().tag(sync=True)  # control -> where its points are


def _in_words(name, control):
    """Return a control, the text and the code of every stop: as a recording does."""
    stops = list(control.stops)
    return {
        "name": name,
        "label": control.label,
        "stops": stops,
        "texts": [control.text(stop) for stop in stops],
        "codes": [repr(stop) for stop in stops],
        "start": stops.index(control.start),
        **(in_words(control) if isinstance(control, Grips) else {}),
    }


def label_width(controls):
    """Return the room that the longest label needs, in em."""
    longest = max((len(control.label) for control in controls), default=0)
    return max(6, round(_CHARACTER * longest + 0.5, 1))


def control_widget(control, room):
    """Return the stock widget of a declared control; its label has ``room`` em."""
    if isinstance(control, Grips):
        return Held(value=control.start)
    style = {"description_width": f"{room}em"}
    common = {"description": control.label, "style": style, "layout": _ROW}
    if isinstance(control, Toggle):
        return ipywidgets.Checkbox(control.start, indent=True, **common)
    if isinstance(control, Choice):
        return ipywidgets.Dropdown(
            options=list(control.options), value=control.start, **common
        )
    if isinstance(control, LogSlider):
        options = [(control.text(stop), stop) for stop in control.stops]
        return ipywidgets.SelectionSlider(
            options=options, value=control.start, **common
        )
    kind = ipywidgets.IntSlider if control.is_whole else ipywidgets.FloatSlider
    limits = {"min": control.low, "max": control.high, "step": control.step}
    return kind(value=control.start, **limits, **common)


class Live(ipywidgets.VBox):
    """One displayed explorer: callbacks store settings, a worker does the work."""

    def __init__(self, explorer, view, painter):
        self.explorer, self.painter, self.lock = explorer, painter, threading.RLock()
        self.start = _on_stops(explorer, view.settings)
        self.presets = {w: _on_stops(explorer, s) for w, s in view.presets.items()}
        self.view, self.is_choosing = view, False
        self.worker = Worker(self._compute, self._paint, self._fail, name=explorer.id)
        self.inputs = {}
        room = label_width(with_rows(explorer, view))
        for name, control in explorer.controls.items():
            self.inputs[name] = control_widget(control, room)
            self.inputs[name].value = self.start[name]
            self.inputs[name].observe(self._moved, names="value")
        settings = self.asked = self._settings()
        self.canvas = Canvas(
            explorer=explorer.id,
            title=explorer.title,
            controls=[_in_words(*item) for item in explorer.controls.items()],
            view={"only": list(view.only), "presets": self.presets},
            plays=streams(explorer.compute),
            screen=canvas_setup(self.painter),
            still=self.painter.still,
            state=_state(settings, "", False, *self.worker.at),
        )
        self.canvas.on_msg(self._receive)
        try:
            self.canvas.has_steps = explorer.has_steps(**settings)
            self._paint(settings, explorer.run(**settings), True)
        except Exception as error:  # shown in the explorer: the next setting may do
            self._fail(error)
        said = self.canvas.state["error"] or self.canvas.state["sentence"]
        self.html = inert_markup(explorer, view, said, self.painter.figure)
        across = f"min(100%, {room + _TRACK}em)"
        rows = ipywidgets.GridBox(
            [box for box in map(self.inputs.get, view.only) if is_widget(box)],
            layout={
                "grid_template_columns": f"repeat(auto-fit, minmax({across}, 1fr))",
                "align_items": "center",
            },
        )
        super().__init__([rows, self.canvas])
        remember(self)

    def _moved(self, _change):
        """Ask for what all controls say now: messages may come on several threads."""
        with self.lock:  # so that nobody can read first and ask last
            settings = self._settings()
            # A browser echoes what it was shown; a button moves one box after another.
            if settings != self.asked and not self.is_choosing:
                self.asked = settings
                self.worker.ask(settings)

    def _receive(self, _canvas, content, _buffers):
        """Do what a button asks for: set every control, then ask once."""
        content = content if isinstance(content, dict) else {}
        wanted, pace = content.get("want"), _pace(content.get("pace"))
        if wanted == "reset":
            self._choose(self.start)
        elif wanted == "preset":
            self._choose(self.presets.get(str(content.get("label")), self.asked))
        elif wanted == "grab":
            self._grab(str(content.get("name")), content.get("rows"))
        elif wanted == "again":
            self.worker.ask(self.asked, pace)
        elif wanted == "play":
            self.worker.gate.open(pace)
        elif wanted == "step":
            self.worker.gate.step()

    def _grab(self, name, rows):
        """Take what a reader grabbed: a list of rows, checked before it is used."""
        if not isinstance(self.inputs.get(name), Held):
            return
        try:
            self.inputs[name].value = self.explorer.controls[name].check(rows, name)
        except ValueError as error:
            self._fail(error)

    def _choose(self, settings):
        with self.lock:
            self.is_choosing = True
            try:
                for name, box in self.inputs.items():
                    box.value = settings[name]
            finally:
                self.is_choosing = False
            self._moved(None)

    def _settings(self):
        """Return what the controls show now, sliders at their stops."""
        return _on_stops(self.explorer, {n: b.value for n, b in self.inputs.items()})

    def _compute(self, **settings):
        """Check what a front end sent: a refusal is shown like any other error."""
        return self.explorer.compute(**self.explorer.settings(**settings))

    def _paint(self, settings, frame, is_last):
        moving = self.painter.paint(frame)
        sentence = self.explorer.describe(frame)
        self._send(
            _state(settings, sentence, is_last, *self.worker.at),
            still=self.painter.still,
            moving=moving,
            places=places(self.explorer, self.view, frame),
        )
        if not is_last:  # steps would let each of those threads wait for 5 ms
            time.sleep(CARRY_S)

    def _fail(self, error):
        """Keep the last good picture, pale, and say in one line what went wrong."""
        text = " ".join(f"{type(error).__name__}: {error}".split())
        self._send({**self.canvas.state, "error": text, "done": True})

    def _send(self, state, **lists):
        """Send all in one message, so that no view ever sees half of a frame."""
        with self.canvas.hold_sync():
            for name, value in lists.items():
                setattr(self.canvas, name, value)
            self.canvas.state = state

    def close(self):
        """Close the box with all that it holds; nothing runs any more."""
        if self.worker.closed:
            return
        with self.lock:
            self.worker.close()
            for box in self.inputs.values():
                box.unobserve(self._moved, names="value")
        boxes = filter(is_widget, self.inputs.values())
        hidden = chain.from_iterable(map(_within, boxes))
        for widget in {*_within(self), *hidden} - {self}:
            widget.close()
        super().close()

    def __repr__(self):
        return f"<explorer {self.explorer.id}: {self.explorer.title}>"

    def _repr_mimebundle_(self, **kwargs):
        """Both views: the widget for a live front end, the still for all others."""
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        return {**bundle, "text/plain": repr(self), "text/html": self.html}


def _state(settings, sentence, is_last, run, step):
    """Return what a canvas shows, in words: a run and its step beside the frame."""
    return {
        "settings": settings,
        "sentence": sentence,
        "error": "",
        "done": is_last,
        "run": run,
        "step": step,
    }


def _pace(sent):
    """Return steps for each frame of a display, or None: as fast as it goes."""
    is_number = isinstance(sent, int | float) and 0 <= sent < math.inf
    return sent if is_number else None


def _within(widget):
    """Yield the widget and every widget it owns: children, layouts, styles."""
    yield widget
    for name in widget.keys:
        value = getattr(widget, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, ipywidgets.Widget):
                yield from _within(part)


def _on_stops(explorer, settings):
    """Return the settings with each slider at the stop that is nearest."""
    return {n: _nearest(explorer.controls[n], v) for n, v in settings.items()}


def _nearest(control, value):
    """Sliders rest on their stops: a browser may count 0.1 + 0.2 in its own way.

    NaN is near to no stop, and an option is one or none: both stay as they are.
    """
    if isinstance(control, Slider | LogSlider) and value == value:
        return min(control.stops, key=lambda stop: abs(stop - value))
    return value
