"""The cards of the index are complete; no link between notebooks leads nowhere."""

import re
from pathlib import Path

import nbformat
import pytest
from chapter import NOTEBOOKS, WRITTEN, contents

from nb_lib.sections import SECTIONS

FOLDER = Path(__file__).parents[2] / "notebooks"
LINK = re.compile(r"\]\(([\w./-]+\.ipynb)(?:#[\w.-]*)?\)")
CARD = re.compile(r'role="listitem">(.*?)</div>', re.DOTALL)


def prose(cells):
    """Give the text of all Markdown cells."""
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.fixture
def cards():
    """Give the cards in the stored output of the front page."""
    cells = nbformat.read(FOLDER / "index.ipynb", as_version=4).cells
    outputs = (o for cell in cells for o in cell.get("outputs", ()))
    page = "".join(o.get("data", {}).get("text/html", "") for o in outputs)
    return CARD.findall(page)


def test_links_lead_to_notebooks(notebook, cells):
    targets = LINK.findall(prose(cells))
    assert [t for t in targets if not (notebook.parent / t).is_file()] == []


def test_index_has_a_card_for_every_section(cards):
    assert [re.search(r"(9\.\d+) ", card)[1] for card in cards] == list(SECTIONS)


def test_cards_link_and_show_every_section_that_is_written(cards):
    links = [link for card in cards for link in re.findall(r'href="([^"]+)"', card)]
    assert links == [f"{section.notebook}.ipynb" for section in WRITTEN]
    assert ["href" in card for card in cards] == ["<img" in card for card in cards]


def test_every_section_that_is_written_has_its_notebook():
    found = [path.stem for path in NOTEBOOKS if path.stem.startswith("09_")]
    assert found == [section.notebook for section in WRITTEN]


def test_contents_hold_every_notebook_once_and_the_sections_in_order():
    pages = contents()
    assert sorted(pages) == [path.stem for path in NOTEBOOKS]
    sections = [page for page in pages if page.startswith("09_")]
    assert sections == [section.notebook for section in WRITTEN]


def test_cards_announce_every_section_that_is_not(cards):
    assert all(("href" in card) != ("coming" in card) for card in cards)
