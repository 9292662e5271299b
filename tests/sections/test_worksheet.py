"""The printed ledger: two A4 pages, every number on them, nothing cut off."""

import re
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from nb_lib.sections.s09_07_by_hand import ledger, worksheet
from nb_lib.sections.s09_07_by_hand.numerals import numeral

STORED = Path(__file__).parents[2] / "notebooks/worksheets"
SHEETS = [(kind, blank) for kind in worksheet.SLOPES for blank in (False, True)]
SMALLEST = 7  # points


@cache
def pages(kind, blank):
    return worksheet.pages(kind, is_blank=blank)


@pytest.fixture(params=SHEETS, ids=lambda sheet: f"{sheet[0]}-{sheet[1]}")
def sheet(request):
    return request.param


@cache
def texts_of(figure):
    """List the texts of a page with their boxes, in points."""
    renderer, scale = FigureCanvasAgg(figure).get_renderer(), 72 / figure.dpi
    texts = [t for ax in figure.axes for t in ax.texts if t.get_text().strip()]
    boxes = [t.get_window_extent(renderer) for t in texts]
    ends = [[v * scale for v in box.extents] for box in boxes]
    return [(t, *four) for t, four in zip(texts, ends, strict=True)]


def test_stored_file_has_two_a4_pages_and_todays_words(sheet):
    data = (STORED / worksheet.file_name(*sheet)).read_bytes()
    boxes = re.findall(rb"/MediaBox \[([^\]]*)\]", data)
    assert len(boxes) == 2
    for box in boxes:
        corners = [float(number) for number in box.split()]
        assert corners == pytest.approx([0, 0, *worksheet.A4], abs=0.01)
    digest = worksheet.digest(pages(*sheet))
    assert digest.encode() in data, "run scripts/worksheets.py"
    assert len(data) < 100_000


@pytest.mark.slow
def test_equal_pages_give_equal_files(tmp_path):
    worksheet.write(tmp_path / "a.pdf", pages("relu", True))
    worksheet.write(tmp_path / "b.pdf", worksheet.pages("relu", is_blank=True))
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_every_text_can_be_read_and_is_on_the_page(sheet):
    for figure in pages(*sheet):
        for text, left, low, right, top in texts_of(figure):
            assert text.get_size() >= SMALLEST, text
            assert left >= 20, text
            assert right <= worksheet.A4[0] - 20, text
            assert low >= 20, text
            assert top <= worksheet.A4[1] - 20, text


def test_no_text_lies_on_another(sheet):
    for figure in pages(*sheet):
        found = texts_of(figure)
        for (a, *p), (b, *q) in combinations(found, 2):
            apart = p[2] <= q[0] or q[2] <= p[0] or p[3] <= q[1] or q[3] <= p[1]
            assert apart, (a, b)


@pytest.mark.parametrize(("kind", "number"), [("sigmoid", float), ("relu", Fraction)])
def test_filled_pages_hold_every_number_and_blank_ones_none(kind, number):
    epochs = ledger.epochs(activation=kind, kind=number)
    filled, blank = (pages(kind, b) for b in (False, True))
    for epoch, full, empty in zip(epochs, filled, blank, strict=True):
        cells = [c for run in epoch.forward.values() for c in run.values()]
        cells += [c for said in epoch.backward.values() for c in said.values()]
        cells += [*epoch.gradient.values(), *epoch.updated.values(), epoch.loss]
        wanted = {numeral(cell) for cell in cells}
        assert wanted <= set(worksheet.words_of([full]))
        given = set(worksheet.words_of([empty]))
        assert not {words for words in wanted & given if len(words) > 4}
