"""The sections' records: complete, true, and the source of every list of sections."""

import importlib.util
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nb_lib.explore import EXPLORERS
from nb_lib.sections import SECTIONS, Section

ROOT = Path(__file__).parents[2]
each_section = pytest.mark.parametrize("number", SECTIONS)


def tables():
    """Import the script that writes the tables."""
    spec = importlib.util.spec_from_file_location("tables", ROOT / "scripts/tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_chapter_has_twenty_sections_in_order():
    assert list(SECTIONS) == [f"9.{n}" for n in range(1, 21)]


@each_section
def test_a_written_section_has_all_that_it_promises(number):
    section = SECTIONS[number]
    notebook = ROOT / "notebooks" / f"{section.notebook}.ipynb"
    assert notebook.is_file() == section.is_written
    for package in ("numpy", "torch"):
        for twin in section.twins:
            assert (ROOT / "nb_lib" / package / f"{twin}.py").is_file()
    assert all(section.explorer(id).id == id for id in section.explorers)
    assert section.is_written == bool(section.explorers)
    assert section.is_written == bool(section.exercises)
    assert section.is_written == bool(section.claims)


@each_section
def test_ids_begin_with_the_number_of_the_section(number):
    exercises = [exercise.id for exercise in SECTIONS[number].exercises]
    assert all(id.startswith(f"{number}.") for id in exercises)
    claims = [claim.id for claim in SECTIONS[number].claims]
    assert all(id.startswith(f"C{number.removeprefix('9.')}.") for id in claims)


PAGES = ["README.md", "notation", "claims"]
PAGES += [section.notebook for section in SECTIONS.values() if section.is_written]


@pytest.mark.parametrize("file", PAGES)
def test_tables_are_those_of_the_records(file):
    script = tables()
    name = file if file.endswith(".md") else f"notebooks/md/{file}.md"
    text = (ROOT / name).read_text(encoding="utf-8")
    for block, table in script.TABLES[name].items():
        assert script.renewed(text, block, table()) == text, "run make notebooks"


def test_a_text_without_its_block_is_refused():
    with pytest.raises(ValueError, match="sections: map"):
        tables().renewed("no block here", "map", "a table")


def test_an_unknown_status_is_refused():
    with pytest.raises(ValueError, match="'written' or 'coming', got 'soon'"):
        replace(SECTIONS["9.1"], status="soon")


def test_number_and_notebook_follow_from_the_room():
    section = Section("s09_17_pytorch", "T", "do")
    assert (section.number, section.notebook) == ("9.17", "09_17_pytorch")


STEPS = {  # one after the other, and the rooms that have been loaded by then
    "from nb_lib.explore import EXPLORERS; list(EXPLORERS)": [],
    "from nb_lib.explore import fold": ["s09_03_mlp"],
    "from nb_lib.book import check; check('9.2.1', None)": ["s09_02_xor", "s09_03_mlp"],
}
LOADED = f"""
import sys
for step in {list(STEPS)!r}:
    exec(step)
    print(sorted({{name.split(".")[2] for name in sys.modules
                  if name.startswith("nb_lib.sections.s") and name.count(".") > 2}}))
"""


def test_only_what_is_asked_for_is_loaded():
    words = [sys.executable, "-c", LOADED]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(rooms) for rooms in STEPS.values()]


def test_an_unknown_explorer_is_an_error_that_lists_them():
    with pytest.raises(
        KeyError, match="no explorer 'folds': there are mistakes, perceptron"
    ):
        EXPLORERS["folds"]
    with pytest.raises(ImportError, match="cannot import name 'folds'"):
        from nb_lib.explore import folds  # noqa: F401


def test_importing_the_library_loads_none_of_its_parts():
    code = (
        "import sys, nb_lib; print([m for m in sys.modules if m.startswith('nb_lib.')])"
    )
    code += "; nb_lib.numpy; nb_lib.data.moons; print(nb_lib.__doc__)"
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("[]\n")
    for part in ("data", "numpy", "torch", "explore", "sections"):
        assert f"nb_lib.{part} " in done.stdout
