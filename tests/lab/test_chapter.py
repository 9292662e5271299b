"""The chapter's notebooks in a real JupyterLab: the sliders move, the four of the book
wherever something trains.
"""

import pytest
from chapter import HOMES, ROOT
from lab_server import cells_of, excerpt

from nb_lib.explore import EXPLORERS
from nb_lib.live import Choice, Toggle

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]

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


@pytest.mark.parametrize("name", HOMES)
def test_sliders_move_by_keyboard(lab, open_notebook, name):
    path, explorer = ROOT / f"notebooks/{HOMES[name]}.ipynb", EXPLORERS[name]
    copy = lab[1] / path.name
    excerpt(path, copy, *cells_of(name))
    notebook = open_notebook(path.name)
    notebook.run_explorer(copy, name)
    assert notebook.errors() == []
    shown, controls = notebook.explorer(name), explorer.controls
    assert shown.settings == explorer.settings()
    wanted = BOOK_SLIDERS if "lr" in controls else controls
    sliders = [s for s in wanted if shown.control(controls[s].label).count()]
    assert sliders, "the first view of the notebook shows none of its controls"
    for slider in sliders:
        before, settings = shown.frame, shown.settings
        key, value = next_stop(controls[slider], settings[slider])
        shown.press(controls[slider].label, key)
        shown.wait_for_setting(slider, value)
        assert shown.settings == {**settings, slider: value}
        assert shown.frame > before
    assert notebook.complaints == []
