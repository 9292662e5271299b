"""An explorer in a real Notebook 7: the same output, alive, and it keeps its keys."""

import shutil

import pytest
from chapter import HOMES, ROOT
from lab_server import NOTEBOOK_7

from nb_lib.explore import EXPLORERS

pytestmark = pytest.mark.browser

DECLARE = """
import numpy as np
from nb_lib.live import Choice, Explorer, Slider

def picture(figure):
    (line,) = figure.add_axes((0.1, 0.2, 0.8, 0.7)).plot([0, 1], [0, 1])
    return lambda slope: line.set_ydata([0, slope])

small = Explorer(
    id="small", title="Small", size=(5, 2.5), compute=lambda slope, kind: slope,
    picture=picture, describe=lambda slope: f"The slope is {slope}.",
    controls={
        "slope": Slider("slope", low=1, high=9, start=5),
        "kind": Choice("kind", ["plain", "steep", "even"], start="steep"),
    },
)
"""
# What Notebook 7 says of its own shortcuts, JupyterLab's file browser and its fonts.
OWN = (
    "(reading 'schema')",
    "'filebrowser:open-path' not registered",
    "/static/notebook/",
)
ARROWS = {"ArrowLeft": 4, "ArrowRight": 5, "ArrowUp": 6, "ArrowDown": 5}


def complaints(notebook):
    """Write what the page complained of, the front end's own two left out."""
    said = notebook.complaints
    return "\n".join(words for words in said if not any(own in words for own in OWN))


def test_slider_keeps_all_four_arrows(new_notebook):
    """Else Notebook 7 takes them for itself, to walk from cell to cell."""
    notebook = new_notebook(DECLARE, "small.show()", "1 + 1", front=NOTEBOOK_7)
    notebook.run_all()
    small = notebook.explorer("small")
    small.control("slope").click()
    cell = notebook.active_cell()
    for key, value in ARROWS.items():
        before = small.frame
        small.press("slope", key)
        small.wait_for_setting("slope", value)
        assert small.settings == {"slope": value, "kind": "steep"}
        assert small.frame > before
        assert notebook.active_cell() == cell
    assert complaints(notebook) == ""


@pytest.mark.notebooks
def test_explorer_of_the_chapter_is_alive(lab, open_notebook):
    path = ROOT / f"notebooks/{HOMES['sixty_lines']}.ipynb"
    controls = EXPLORERS["sixty_lines"].controls
    shutil.copy(path, lab[1])
    notebook = open_notebook(path.name, NOTEBOOK_7)
    notebook.run_explorer(path, "sixty_lines")
    assert notebook.errors() == []
    shown = notebook.explorer("sixty_lines")
    explorer = EXPLORERS["sixty_lines"]
    assert explorer.settings(**shown.settings) == explorer.settings()
    sliders = [s for s in ("lr", "depth") if shown.control(controls[s].label).count()]
    assert sliders, "the first view of the notebook shows neither slider"
    for slider in sliders:
        before, settings, stops = shown.frame, shown.settings, controls[slider].stops
        value = stops[stops.index(settings[slider]) + 1]
        shown.press(controls[slider].label, "ArrowRight")
        shown.wait_for_setting(slider, value)
        assert shown.settings == {**settings, slider: value}
        assert shown.frame > before
    assert complaints(notebook) == ""
