"""The cards of the front page: one for each section, a link where there is a page."""

import base64
import io
import re
from dataclasses import replace

import pytest
from matplotlib.figure import Figure
from PIL import Image

from nb_lib.book import Chapter
from nb_lib.book.chapter import RATIO, card, cut, hide_cut_words
from nb_lib.sections import SECTIONS

WRITTEN = SECTIONS["9.2"]


def test_words_of_the_chapter_are_its_titles():
    lines = repr(Chapter()).splitlines()
    assert [line.split()[0] for line in lines] == list(SECTIONS)
    assert lines[1] == f"9.2 {WRITTEN.title}"


def test_section_to_come_has_a_card_without_a_link():
    page = card(replace(WRITTEN, status="coming", title="A < B"))
    assert "9.2 A &lt; B" in page
    assert "coming" in page
    assert not re.search("href|<img", page)


def test_card_says_what_a_reader_can_do_afterwards():
    page = card(replace(WRITTEN, explorers=(), afterwards="add & subtract"))
    assert '<a href="09_02_xor.ipynb">' in page
    assert "<p>Add &amp; subtract.</p>" in page


def shape(page):
    """Give width over height of the picture of a card."""
    data = re.search(r'src="data:image/png;base64,([^"]+)"', page)[1]
    with Image.open(io.BytesIO(base64.b64decode(data))) as image:
        return image.width / image.height


def test_drawing_without_axes_is_shown_whole():
    """Its words stand at the edges: a cut would go through them."""
    section = SECTIONS["9.7"]
    panel = section.explorer("ledger").still().axes[0].get_window_extent()
    page = card(section)
    assert 'class="nb-whole"' in page
    assert shape(page) == pytest.approx(panel.width / panel.height, rel=0.02)


def test_no_word_is_cut_by_the_edge_of_a_card():
    """Of four labels two lie in the middle, and two in what is cut off or across it."""
    ax = Figure(figsize=(4, 4)).subplots()
    labels = [ax.text(0.5, y, "10") for y in (0.05, 0.4, 0.6, 0.8)]
    box = cut(ax.get_window_extent())
    labels[-1].set_y(ax.transAxes.inverted().transform((0, box.y1 - 3))[1])
    hide_cut_words(ax, box)
    assert [label.get_visible() for label in labels] == [False, True, True, False]


def test_picture_has_the_shape_of_a_card_and_words():
    page = card(WRITTEN)
    assert shape(page) == pytest.approx(RATIO, rel=0.02)
    assert re.search(r'alt="A look at the explorer of section 9.2, [^"]+"', page)
