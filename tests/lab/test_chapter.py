"""The chapter's notebooks in a real JupyterLab: what the first view shows moves."""

import html
import json
import re

import nbformat
import pytest
from chapter import HOMES, ROOT
from lab_server import SIZE, Notebook, cells_of, excerpts

from nb_lib.explore import EXPLORERS
from nb_lib.live import Choice, Toggle
from nb_lib.live.declare.grips import Grips

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]

STORED = 'data-explorer="{}" data-settings="([^"]*)" data-only="([^"]*)"'


def first_view(path, name):
    """Read off the stored notebook where its first view starts, and what it shows."""
    cells = nbformat.read(path, as_version=4).cells
    outputs = (output for cell in cells for output in cell.get("outputs", ()))
    pages = ("".join(o.get("data", {}).get("text/html", "")) for o in outputs)
    found = (re.search(STORED.format(name), page) for page in pages)
    settings, only = next(match for match in found if match).groups()
    return json.loads(html.unescape(settings)), only.split()


def next_stop(control, value):
    """Return a key and the value that it moves the control to."""
    if isinstance(control, Toggle):
        return "Space", not value
    stops = control.stops
    at = stops.index(value)
    forth, back = (
        ("ArrowDown", "ArrowUp")
        if isinstance(control, Choice)
        else ("ArrowRight", "ArrowLeft")
    )
    is_last = at == len(stops) - 1
    return (back, stops[at - 1]) if is_last else (forth, stops[at + 1])


def grab(shown, name):
    """Move a point by a key, or put the pen down, until the picture shows it."""
    before = shown.settings[name]
    ring = shown.view.locator(".nb-grip")
    ring.press("ArrowRight")
    ring.press("Space")
    ring.page.wait_for_function(
        "([canvas, name, before]) => JSON.stringify(before) !== "
        "JSON.stringify(JSON.parse(canvas.dataset.settings)[name])",
        arg=[shown.canvas.element_handle(), name, before],
    )
    assert shown.settings[name] != before


@pytest.fixture(scope="module")
def shelf():
    """Give a list: the open notebook that a test has left for the next one."""
    kept = []
    yield kept
    for notebook in kept:
        notebook.close()


@pytest.fixture(scope="module")
def places(lab):
    """Write one notebook with the first view of every explorer; map it to its cells."""
    wanted = [
        (ROOT / f"notebooks/{HOMES[name]}.ipynb", *cells_of(name)) for name in HOMES
    ]
    return dict(zip(HOMES, excerpts(lab[1] / "views.ipynb", *wanted), strict=True))


@pytest.fixture
def chapter(lab, places, browser, shelf):
    """Give that notebook, open; after a failure in a fresh page and kernel."""
    page = None if shelf else browser.new_page(viewport=SIZE)
    notebook = Notebook(page, lab[0], "views.ipynb") if page else shelf.pop()
    yield notebook
    if notebook not in shelf:
        notebook.close()


@pytest.mark.parametrize("name", HOMES)
def test_sliders_move_by_keyboard(chapter, places, shelf, name):
    path, explorer = ROOT / f"notebooks/{HOMES[name]}.ipynb", EXPLORERS[name]
    for cell in places[name]:
        chapter.run(cell)
    assert chapter.errors() == []
    shown, controls = chapter.explorer(name), explorer.controls
    settings, sliders = first_view(path, name)
    assert shown.settings == settings
    assert sliders
    for slider in sliders:
        before, settings = shown.frame, shown.settings
        if isinstance(controls[slider], Grips):
            grab(shown, slider)
            continue
        key, value = next_stop(controls[slider], settings[slider])
        shown.press(controls[slider].label, key)
        shown.wait_for_setting(slider, value)
        assert shown.settings == {**settings, slider: value}
        assert shown.frame > before
    assert chapter.complaints == []
    shelf.append(chapter)
