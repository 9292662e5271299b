"""What the texts ask of an explorer is recorded, and the build says what is not."""

import importlib.util
import json
from html import escape
from pathlib import Path

import pytest
from chapter import NOTEBOOKS
from nbformat import v4

from nb_lib.explore import EXPLORERS

SCRIPT = Path(__file__).parents[2] / "scripts/wanted.py"
FOLD = EXPLORERS["fold"]


@pytest.fixture(scope="module")
def wanted():
    spec = importlib.util.spec_from_file_location("wanted", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(only=(), presets=None, **changes):
    """Write a notebook that shows one view of an explorer."""
    attributes = {
        "data-explorer": FOLD.id,
        "data-settings": json.dumps(FOLD.settings(**changes)),
        "data-only": " ".join(only),
        "data-presets": json.dumps(presets or {}),
    }
    words = " ".join(f'{name}="{escape(text)}"' for name, text in attributes.items())
    page = {"text/html": f'<figure class="nb-explorer" {words}></figure>'}
    output = v4.new_output("display_data", data=page)
    return v4.new_notebook(cells=[v4.new_code_cell(outputs=[output])])


def linking(target):
    return v4.new_notebook(cells=[v4.new_markdown_cell(f"See [here]({target}).")])


def unrecorded():
    """Give a setting of fold that is allowed and in no recorded state."""
    for name, control in FOLD.controls.items():
        for stop in getattr(control, "stops", ()):
            if FOLD.settings(**{name: stop}) not in FOLD.grid():
                return name, stop
    raise AssertionError("every stop of fold is recorded")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_setting_that_a_text_asks_for_is_recorded(wanted, path):
    assert wanted.check(path.stem) == []


def test_recorded_view_is_no_offence(wanted):
    assert wanted.missing("page", shown(tuple(FOLD.controls)[:1])) == []


def test_view_with_an_unrecorded_start_is_named(wanted):
    name, stop = unrecorded()
    (sentence,) = wanted.missing("page", shown(**{name: stop}))
    assert sentence == (
        f"page, explorer fold: a view starts at {name}={stop!r}: not recorded."
    )


def test_every_move_of_a_small_view_is_asked_for(wanted):
    """From a start that is not recorded, each stop of the control is an offence."""
    name, stop = unrecorded()
    other = next(each for each in FOLD.controls if each != name)
    found = wanted.missing("page", shown((other,), **{name: stop}))
    moves = [words for words in found if "can be moved to" in words]
    assert len(moves) == len(FOLD.controls[other].recorded)


def test_button_with_unrecorded_settings_is_named(wanted):
    name, stop = unrecorded()
    presets = {"far out": FOLD.settings(**{name: stop})}
    (sentence,) = wanted.missing("page", shown(presets=presets))
    assert "the button 'far out' sets" in sentence


def test_link_with_an_unrecorded_setting_is_named(wanted):
    name, stop = unrecorded()
    assert wanted.missing("page", linking(f"#fold?{name}={stop}"))
    assert wanted.missing("page", linking("09_03_mlp.ipynb#fold?nothing=1"))
    (sentence,) = wanted.missing("page", linking("#fould?nothing=1"))
    assert "no explorer is called 'fould'" in sentence


def test_notebooks_that_are_not_there_are_named(wanted):
    with pytest.raises(ValueError, match="09_99"):
        wanted.check("09_03", "09_99")


def test_link_with_recorded_settings_is_no_offence(wanted):
    name, control = next(iter(FOLD.controls.items()))
    assert wanted.missing("page", linking(f"#fold?{name}={control.start}")) == []
