"""A view's life in real front ends: its buttons, its kernel's end, its stored file."""

import subprocess
import sys
from pathlib import Path

import pytest
from ipykernel.ipkernel import IPythonKernel
from lab_server import LAB, NOTEBOOK_7, RESTART, SHUTDOWN

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]

DECLARE = """
import nb_lib
from nb_lib.live import Choice, Explorer, LogSlider, Slider

def picture(figure):
    (line,) = figure.add_axes((0.1, 0.2, 0.8, 0.7)).plot([0, 1], [0, 1])
    return lambda slope: line.set_ydata([0, slope])

small = Explorer(
    id="small", title="Small", size=(5, 2.5), picture=picture,
    compute=lambda slope, lr, kind: slope,
    describe=lambda slope: f"The slope is {slope}.",
    controls={
        "slope": Slider("injected difference", low=1, high=9, start=5,
                        recorded=(1, 5, 8)),
        "lr": LogSlider("learning rate", low=0.01, high=10, start=0.1),
        "kind": Choice("kind", ["plain", "steep"], start="plain"),
    },
    presets={"eight": {"slope": 8}, "steep": {"kind": "steep", "slope": 1}},
)
"""
SHOW = 'small.show(only="lr", presets="steep", slope=4)'
COUNT = """from ipywidgets.widgets.widget import _instances
print(len(_instances), "widgets")"""
RENEW = """
import sys
from pathlib import Path
sys.path.insert(0, "scripts")
import notebooks
folder = notebooks.FOLDER = Path(sys.argv.pop(1))
text = folder / "md/09_98_untouched.md"
text.parent.mkdir(exist_ok=True)
text.write_text("# Untouched\\n\\n```{code-cell} ipython3\\n1 + 1\\n```\\n")
notebooks.renew(folder / "09_98_untouched.ipynb", "md", run=False)
"""
LANGUAGE = "() => jupyterapp.shell.currentWidget.model.getMetadata('language_info')"
UNDEFINED = "NameError: name 'fold' is not defined"
SAVE = "() => jupyterapp.shell.currentWidget.context.save()"
DIRTY = "() => jupyterapp.shell.currentWidget.context.model.dirty"
fronts = pytest.mark.parametrize("front", [LAB, NOTEBOOK_7], ids=["lab", "notebook-7"])


def shown(notebook):
    """Run all cells and return the explorer."""
    notebook.run_all()
    return notebook.explorer("small")


def press(here, button):
    here.view.get_by_role("button", name=button).press("Enter")


def pressed(here):
    return here.view.locator(".nb-preset[aria-pressed=true]").all_inner_texts()


@fronts
def test_buttons_of_a_small_view_by_keyboard(new_notebook, front):
    here = shown(new_notebook(DECLARE, SHOW, front=front))
    assert here.box.locator(".widget-label:visible").all_inner_texts() == [
        "learning rate"
    ]
    start = {"slope": 4, "lr": 0.1, "kind": "plain"}
    assert here.settings == start
    press(here, "steep")
    here.wait_for_setting("kind", "steep")
    assert here.settings == {"slope": 1, "lr": 0.1, "kind": "steep"}
    assert pressed(here) == ["steep"]
    here.press("learning rate", "End")
    here.wait_for_setting("lr", 10.0)
    assert here.settings == {"slope": 1, "lr": 10.0, "kind": "steep"}
    assert pressed(here) == []
    here.press("learning rate", "Home")
    here.wait_for_setting("lr", 0.01)
    press(here, "Reset")
    here.wait_for_setting("slope", 4)
    assert here.settings == start


def test_a_whole_view_moves_and_has_room(new_notebook):
    notebook = new_notebook(DECLARE, "small.show()")
    for check in (presets_move_sliders, labels_are_whole, numbers_are_only_read):
        check(shown(notebook))


def presets_move_sliders(here):
    """Assert that a preset moves the sliders that are shown."""
    press(here, "eight")
    here.wait_for_setting("slope", 8)
    slider = here.control("injected difference")
    assert slider.get_attribute("aria-valuenow") == "8.0"
    here.press("injected difference", "ArrowRight")
    here.wait_for_setting("slope", 9)
    assert pressed(here) == []


def labels_are_whole(here):
    """Assert that no label is cut and no track is short."""
    for label in here.box.locator(".widget-label:visible").all():
        assert label.evaluate("label => label.scrollWidth <= label.clientWidth")
    for track in here.box.locator(".noUi-target").all():
        assert track.bounding_box()["width"] > 150


def numbers_are_only_read(here):
    """Assert that the number beside a slider cannot be typed over."""
    here.press("learning rate", "ArrowRight")
    here.wait_for_setting("lr", 0.15)
    readouts = here.box.locator(".widget-readout")
    assert readouts.all_inner_texts() == ["5", "0.15"]
    for readout in readouts.all():
        assert not readout.evaluate("readout => readout.isContentEditable")


def test_view_whose_kernel_is_gone_says_what_to_do(new_notebook):
    notebook = new_notebook(DECLARE, "small.show()")
    here = shown(notebook)
    notebook.page.evaluate(RESTART)
    check_stopped(here)
    again = shown(notebook)
    press(again, "eight")
    again.wait_for_setting("slope", 8)
    assert again.view.locator(".nb-explorer-badge").inner_text() == "live in the kernel"


@pytest.mark.parametrize("end", ["shut down", "crash"])
def test_view_whose_kernel_ends_says_so_too(new_notebook, end):
    notebook = new_notebook(DECLARE, "small.show()", "import os\nos._exit(1)")
    notebook.run(0)
    notebook.run(1)
    here = notebook.explorer("small")
    if end == "crash":
        notebook.run(2, wait=False)
    else:
        notebook.page.evaluate(SHUTDOWN)
    check_stopped(here)
    if end == "crash":  # JupyterLab says it as well, and the next test has this page
        notebook.page.locator(".jp-Dialog").get_by_role("button", name="Ok").click()


def check_stopped(here):
    """Wait until a view says that nobody answers."""
    here.view.get_by_text("run this cell again to make it move").wait_for()
    assert here.view.locator(".nb-explorer-badge").inner_text() == "stopped"
    assert here.view.get_by_role("button", name="eight").is_disabled()


def test_cell_run_again_closes_what_it_showed_before(new_notebook):
    notebook = new_notebook(DECLARE, "small.show()\nsmall.show()", COUNT)
    counts = []
    for _ in range(2):
        notebook.run_all()
        counts.append(notebook.page.get_by_text("widgets").last.inner_text())
    assert counts[0] == counts[1] != "0 widgets"


@fronts
def test_stored_view_is_a_still_picture_until_it_is_run(
    lab, new_notebook, open_notebook, request, front
):
    notebook = new_notebook(DECLARE, SHOW, front=front)
    here = shown(notebook)
    press(here, "steep")
    here.wait_for_setting("kind", "steep")
    for _ in range(2):  # what the server stored is no change behind the editor's back
        notebook.page.evaluate(SAVE)
    assert notebook.page.locator(".jp-Dialog").count() == 0
    notebook.page.evaluate(SHUTDOWN)
    name = f"{request.node.name}.ipynb"
    again = open_notebook(name, front)
    figure = again.page.locator("figure.nb-explorer")
    figure.get_by_text("Run this cell to make it move.").wait_for()
    assert figure.locator("img").evaluate("image => image.naturalWidth") > 0
    assert figure.locator("figcaption").inner_text() == "The slope is 4."
    again.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    turned = figure.locator("img").evaluate("image => getComputedStyle(image).filter")
    assert turned == "invert(1) hue-rotate(180deg)"
    assert again.page.get_by_text("model not found").count() == 0
    assert (lab[1] / name).stat().st_size < 30_000
    shown(again).wait_for_setting("slope", 4)


def test_name_of_the_first_cell_leads_there(lab, open_notebook, new_notebook, request):
    notebook = new_notebook("import nb_lib", "fold.show()")
    _, root = lab
    chapter = root / "chapter"
    chapter.mkdir(exist_ok=True)
    (root / f"{request.node.name}.ipynb").rename(chapter / "09_99_toy.ipynb")
    notebook = open_notebook("chapter/09_99_toy.ipynb")
    notebook.run(1)
    (error,) = notebook.errors()
    assert error.startswith(
        "NameError: name 'fold' is not defined. The first code cell"
    )
    notebook.run(0)
    notebook.run(1)
    assert notebook.errors() == [UNDEFINED]


def test_explorer_without_show_says_what_to_type(new_notebook):
    notebook = new_notebook(DECLARE, "small")
    notebook.run_all()
    notebook.page.get_by_text(
        "<explorer small: write .show() after its name to see it move>"
    ).wait_for()


def test_notebook_that_was_only_opened_has_nothing_to_save(lab, open_notebook):
    command = [sys.executable, "-c", RENEW, str(lab[1])]
    subprocess.run(command, cwd=ROOT, check=True)
    notebook = open_notebook("09_98_untouched.ipynb")
    assert notebook.page.evaluate(LANGUAGE) == IPythonKernel.language_info
    assert not notebook.page.evaluate(DIRTY)
