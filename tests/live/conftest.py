"""A browser for the tests that look at pixels."""

import base64
import io
from pathlib import Path

import comm
import numpy as np
import pytest
from browser import chromium
from PIL import Image

import nb_lib.live
from nb_lib.live.page import markup
from nb_lib.live.paint.canvas import canvas_setup

PAINT = (Path(nb_lib.live.__file__).parent / "paint/paint.js").read_text()
PAGE = """<!doctype html><html style="background: {paper}">
<body style="margin: 0"><div id="room" style="width: {room}px"><canvas></canvas>"""
SHOW = """async ([screen, still, moving, settings]) => {
  const words = (text) => nbWords(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
  window.screen_ = new NbScreen(document.querySelector("canvas"), screen);
  window.words_ = words;
  screen_.set(words(still), words(moving), settings);
}"""
QUIET = """async () => {
  for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame);
}"""
PAINTED = "n => Number(document.querySelector('canvas').dataset.frame) >= n"


@pytest.fixture(autouse=True)
def _comms_without_a_kernel(monkeypatch):
    """Send as if a front end listened: to import ipykernel changes that for all."""
    monkeypatch.setattr(comm, "create_comm", comm.DummyComm)


@pytest.fixture
def blank_stills(monkeypatch):
    """Draw no picture into the HTML of a view, for tests that look elsewhere."""
    monkeypatch.setattr(markup, "png", lambda figure, dpi: b"blank")


class Stage:
    """A page with one canvas in a room of given width, drawn on by paint.js."""

    def __init__(self, page, *, room, paper="white"):
        self.page, self.errors = page, []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)
        page.set_content(PAGE.format(room=room, paper=paper))
        page.add_script_tag(content=PAINT)

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def show(self, painter, moving, *, settings=None, has_dark=True):
        """Draw the still part and what moves; return when it is on the canvas."""
        screen = canvas_setup(painter)
        if not has_dark:
            screen["dark"] = {}
        lists = (base64.b64encode(data).decode() for data in (painter.still, moving))
        self.page.evaluate(SHOW, [screen, *lists, settings or {}])
        self.painted(1)
        self.page.evaluate(QUIET)  # its own new size makes it paint once more

    def painted(self, n):
        """Wait until n frames have been painted."""
        self.page.wait_for_function(PAINTED, arg=n)

    def frame(self):
        """Return how many frames the canvas says it has painted."""
        return int(self.page.evaluate("document.querySelector('canvas').dataset.frame"))

    def pixels(self):
        """Return what the canvas shows, (height, width, 3)."""
        url = self.page.evaluate("document.querySelector('canvas').toDataURL()")
        png = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))
        return np.asarray(png.convert("RGB")).astype(int)


@pytest.fixture(scope="module")
def browser():
    with chromium() as handle:
        yield handle


@pytest.fixture
def stage(browser):
    """Return a function that opens a page; each is closed after the test."""
    contexts = []

    def open_stage(*, room=600, paper="white", scale=1):
        contexts.append(browser.new_context(device_scale_factor=scale))
        return Stage(contexts[-1].new_page(), room=room, paper=paper)

    yield open_stage
    for context in contexts:
        context.close()
