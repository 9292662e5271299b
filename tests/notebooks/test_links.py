"""The map in the index is complete, and no link between notebooks leads nowhere."""

import re
from pathlib import Path

import nbformat
import pytest
from chapter import NOTEBOOKS, WRITTEN, contents

from nb_lib.sections import SECTIONS

FOLDER = Path(__file__).parents[2] / "notebooks"
LINK = re.compile(r"\]\(([\w./-]+\.ipynb)(?:#[\w.-]*)?\)")
ROW = re.compile(r"^\| (9\.\d+) \| (.*?) \|", re.MULTILINE)


def prose(cells):
    """Give the text of all Markdown cells."""
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.fixture
def index():
    return prose(nbformat.read(FOLDER / "index.ipynb", as_version=4).cells)


def test_links_lead_to_notebooks(notebook, cells):
    targets = LINK.findall(prose(cells))
    assert [t for t in targets if not (notebook.parent / t).is_file()] == []


def test_index_lists_every_section_once(index):
    assert [name for name, _ in ROW.findall(index)] == list(SECTIONS)


def test_index_links_every_section_that_is_written(index):
    written = {f"{section.notebook}.ipynb" for section in WRITTEN}
    assert {link for link in LINK.findall(index) if link.startswith("09_")} == written


def test_every_section_that_is_written_has_its_notebook():
    found = [path.stem for path in NOTEBOOKS if path.stem.startswith("09_")]
    assert found == [section.notebook for section in WRITTEN]


def test_contents_hold_every_notebook_once_and_the_sections_in_order():
    pages = contents()
    assert sorted(pages) == [path.stem for path in NOTEBOOKS]
    sections = [page for page in pages if page.startswith("09_")]
    assert sections == [section.notebook for section in WRITTEN]


def test_index_announces_every_section_that_is_not(index):
    entries = [entry for _, entry in ROW.findall(index)]
    assert all(bool(LINK.search(e)) != e.endswith("*coming*") for e in entries)
