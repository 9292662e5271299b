"""A small explorer in a real JupyterLab: it answers to keys at all times.

All tests share one notebook and its kernel; each begins with a view of its own.
"""

import pytest
from browser import PASSED
from lab_server import SIZE, Notebook, write_notebook

pytestmark = pytest.mark.browser

DECLARE = """
import numpy as np
from nb_lib.live import Choice, Explorer, LogSlider, Slider, Toggle

def compute(depth, noise, lr, kind, skip):
    if kind == "boom":
        raise RuntimeError("this went wrong")
    for step in range(20, 201, 20):
        yield np.sin(np.arange(step) * noise) * lr + depth

def picture(figure):
    ax = figure.add_axes((0.1, 0.2, 0.8, 0.7))
    (line,) = ax.plot([], [])
    ax.set(xlim=(0, 200), ylim=(0, 10))
    return lambda wave: line.set_data(np.arange(len(wave)), wave)

small = Explorer(
    id="small", title="Small", size=(5, 2.5), compute=compute, picture=picture,
    describe=lambda wave: f"The wave has {len(wave)} points.",
    controls={
        "depth": Slider("hidden layers", low=1, high=9, start=2),
        "noise": Slider("noise", low=0.0, high=1, start=0.5, step=0.25),
        "lr": LogSlider("learning rate", low=1e-3, high=3, start=0.1),
        "kind": Choice("activation", ["tanh", "relu", "boom"], start="tanh"),
        "skip": Toggle("skip connections"),
    },
)
"""
SHOW = "live = small.show()\nlive"
START = {"depth": 2, "noise": 0.5, "lr": 0.1, "kind": "tanh", "skip": False}
MOVES = [
    ("hidden layers", "ArrowRight", "depth", 3),
    ("noise", "ArrowLeft", "noise", 0.25),
    ("learning rate", "ArrowRight", "lr", 0.15),
    ("activation", "ArrowDown", "kind", "relu"),
    ("skip connections", " ", "skip", True),
]
RAISE, AGAIN = "1 / 0", "live"
WAIT_FOR_DEPTH = """
import time
begin = time.monotonic()
while live.canvas.state["settings"]["depth"] == 2 and time.monotonic() - begin < 60:
    time.sleep(0.01)
"""
CELLS = [DECLARE, SHOW, RAISE, AGAIN, WAIT_FOR_DEPTH]
CLEAR = "notebook:clear-all-cell-outputs"
IS_DONE = """() => {
  const { content, sessionContext } = jupyterapp.shell.currentWidget;
  const count = content.widgets[4].model.executionCount;
  return count !== null && sessionContext.session.kernel.status === "idle";
}"""


@pytest.fixture(scope="module")
def path(lab):
    """Write the notebook of all these tests."""
    write_notebook(lab[1] / "small.ipynb", *CELLS)
    return "small.ipynb"


@pytest.fixture(scope="module")
def shelf():
    """Give a list: the open notebook that a test has left for the next one."""
    kept = []
    yield kept
    for notebook in kept:
        notebook.close()


@pytest.fixture
def notebook(lab, path, browser, shelf, request):
    """Give the notebook with a view of its own; after a failure in a fresh kernel."""
    page = None if shelf else browser.new_page(viewport=SIZE)
    notebook = Notebook(page, lab[0], path) if page else shelf.pop()
    notebook.command(CLEAR)
    notebook.run(0)
    notebook.run(1)
    yield notebook
    shelf.append(notebook) if request.node.stash[PASSED] else notebook.close()


@pytest.fixture
def small(notebook):
    """Give the explorer in its view."""
    return notebook.explorer("small")


def test_every_control_moves_by_keyboard(notebook, small):
    settings = dict(START)
    assert small.settings == settings
    for label, key, name, value in MOVES:
        before = small.frame
        small.press(label, key)
        small.wait_for_setting(name, value)
        settings[name] = value
        assert small.settings == settings
        assert small.frame > before
    assert notebook.complaints == []


def test_a_slider_keeps_the_arrows_that_walk_through_cells(small):
    """JupyterLab takes Up and Down from what is focused, Notebook 7 all four."""
    before = small.settings["depth"]
    small.press("hidden layers", "ArrowUp")
    small.wait_for_setting("depth", before + 1)
    assert small.settings["depth"] == before + 1


def test_run_goes_by_in_steps(small):
    def wait_for(points):
        small.view.get_by_text(f"The wave has {points} points.").wait_for()

    step, play = (small.view.get_by_role("button", name=n) for n in ("Step", "Play"))
    for points in (20, 40):
        step.press("Enter")
        wait_for(points)
    play.press("Enter")
    wait_for(200)
    small.view.get_by_label("steps so far").press("Home")
    wait_for(20)


def test_burst_of_keys_ends_at_the_last(small):
    slider = small.control("hidden layers")
    for _ in range(3):  # from 2 to 9, to 2, and only at the end to 1
        for key in ["ArrowRight"] * 7 + ["ArrowLeft"] * 7:
            slider.press(key)
    slider.press("ArrowLeft")
    small.wait_for_setting("depth", 1)
    assert small.settings == {**START, "depth": 1}


def test_explorer_moves_after_a_cell_that_raised(notebook):
    notebook.run_all()
    assert notebook.errors() == ["ZeroDivisionError: division by zero"]
    small = notebook.explorer("small")
    small.press("hidden layers", "ArrowRight")
    small.wait_for_setting("depth", 3)


def test_explorer_moves_while_a_cell_is_busy(notebook, small):
    """The cell ends when the slider has moved the explorer, and not before."""
    notebook.run(4, wait=False)
    notebook.page.wait_for_function(
        "() => jupyterapp.shell.currentWidget"
        ".sessionContext.session.kernel.status === 'busy'"
    )
    small.press("hidden layers", "ArrowRight")
    small.wait_for_setting("depth", 3)
    notebook.page.wait_for_function(IS_DONE)
    assert notebook.errors() == []


def test_error_is_one_line_and_the_next_setting_works(notebook, small):
    small.press("activation", "End")
    error = small.view.locator(".nb-error")
    error.wait_for()
    assert error.inner_text() == "RuntimeError: this went wrong"
    assert small.settings == START  # what is on the canvas, pale
    small.press("activation", "Home")
    error.wait_for(state="detached")
    assert small.view.locator(".nb-sentence").inner_text() == (
        "The wave has 200 points."
    )
    assert notebook.complaints == []


def test_run_twice_shows_one_explorer_that_moves(notebook):
    for _ in range(2):
        notebook.run(0)
        notebook.run(1)
        small = notebook.explorer("small")
        assert small.settings == START
        small.press("hidden layers", "ArrowRight")
        small.wait_for_setting("depth", 3)
    assert notebook.page.locator(".nb-explorer canvas").count() == 1
    assert notebook.complaints == []


def test_two_views_of_one_explorer_show_the_same(notebook, small):
    notebook.run(3)
    assert notebook.page.locator(".nb-explorer canvas").count() == 2
    small.press("hidden layers", "ArrowRight")
    for canvas in notebook.page.locator(".nb-explorer canvas").all():
        notebook.page.wait_for_function(
            "canvas => JSON.parse(canvas.dataset.settings).depth === 3",
            arg=canvas.element_handle(),
        )
