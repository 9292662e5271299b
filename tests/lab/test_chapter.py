"""The chapter's notebooks in a real JupyterLab: the sliders move, the four of the book
wherever something trains.

A notebook that is missing fails: a section without its explorer is not finished.
"""

import shutil
from pathlib import Path

import pytest

from nb_lib.live import Choice, Toggle

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SECTIONS = {
    "perceptron": "09_01",
    "xor": "09_02",
    "fold": "09_03",
    "slope": "09_04",
    "approximation": "09_05",
    "sixty_lines": "09_08",
    "variance": "09_10",
    "mnist": "09_16",
    "twins": "09_17",
}
BOOK_SLIDERS = ("init", "activation", "lr", "depth")


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


@pytest.mark.parametrize("name", SECTIONS)
def test_sliders_move_by_keyboard(lab, open_notebook, name):
    from nb_lib.explore import EXPLORERS

    found = list(NOTEBOOKS.glob(f"{SECTIONS[name]}_*.ipynb"))
    assert len(found) == 1, f"want one notebook {SECTIONS[name]}_*, found {found}"
    shutil.copy(found[0], lab[1])
    notebook = open_notebook(found[0].name)
    notebook.run_all()
    assert notebook.errors() == []
    shown, controls = notebook.explorer(name), EXPLORERS[name].controls
    assert shown.settings == EXPLORERS[name].settings()
    for slider in BOOK_SLIDERS if "lr" in controls else controls:
        before, settings = shown.frame, shown.settings
        key, value = next_stop(controls[slider], settings[slider])
        shown.press(controls[slider].label, key)
        shown.wait_for_setting(slider, value)
        assert shown.settings == {**settings, slider: value}
        assert shown.frame > before
    assert notebook.complaints == []
