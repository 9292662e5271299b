"""The map in the index is complete, and no link between notebooks leads nowhere."""

import re
from pathlib import Path

import nbformat
import pytest

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
    assert [name for name, _ in ROW.findall(index)] == [f"9.{n}" for n in range(1, 21)]


def test_index_links_every_section_that_is_written(index):
    written = {path.name for path in FOLDER.glob("09_*.ipynb")}
    assert {link for link in LINK.findall(index) if link.startswith("09_")} == written


def test_index_announces_every_section_that_is_not(index):
    entries = [entry for _, entry in ROW.findall(index)]
    assert all(bool(LINK.search(e)) != e.endswith("*coming*") for e in entries)
