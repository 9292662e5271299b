"""The palette keeps its distance from the paper, in both themes."""

import re
from pathlib import Path

import numpy as np
import pytest
from contrast import LINES, TEXT, contrast

from nb_lib.book import theme
from nb_lib.draw import style

ROOT = Path(__file__).parents[2]
PAPERS = {"light": style.PAPER, "dark": style.DARK[style.PAPER]}
INKS = (style.INK, style.MUTED, *style.SERIES)  # GRID decorates: nothing rests on it
WORDS = (style.INK, style.MUTED, style.RED, style.BLUE, style.ORANGE)
DARK_PAGE = re.compile(r"--pst-color-background: (#\w{6})")
PLAIN_PAGES = ("site/front.html", "site/templates/404.html")
FAILED = re.compile(r"\.nb-error .*border-left: 4px solid (#\w{6})")
RULES = re.compile(r"color: (#\w{6}); background: (#\w+).*?a \{ color: (#\w{6})", re.S)

each_theme = pytest.mark.parametrize("name", PAPERS)


def in_theme(colour, name):
    return style.DARK[colour] if name == "dark" else colour


def text_of(path):
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("colours", "wanted"),
    [(("#000000", "#ffffff"), 21), (("#777777", "#ffffff"), 4.48)],
)
def test_contrast_agrees_with_published_values(colours, wanted):
    assert contrast(*colours) == pytest.approx(wanted, abs=0.005)
    assert contrast(*colours[::-1]) == pytest.approx(wanted, abs=0.005)


def test_contrast_of_nothing_is_one():
    assert contrast("#000000", "#ffffff", alpha=0) == 1


def test_dark_page_has_the_paper_of_the_explorers():
    assert DARK_PAGE.findall(text_of("site/static/player.css")) == [PAPERS["dark"]]


def test_every_colour_has_another_in_the_dark():
    named = {c for c in vars(style).values() if isinstance(c, str) and c[:1] == "#"}
    assert set(style.DARK) == named
    assert len(set(style.DARK.values())) == len(named)


@each_theme
@pytest.mark.parametrize("ink", INKS)
def test_lines_and_marks_stand_out(ink, name):
    assert contrast(in_theme(ink, name), PAPERS[name]) >= LINES


@each_theme
@pytest.mark.parametrize("ink", WORDS)
def test_words_can_be_read(ink, name):
    assert contrast(in_theme(ink, name), PAPERS[name]) >= TEXT


@each_theme
def test_every_layer_of_a_deep_net_stands_out(name):
    layers = style.LAYERS(np.linspace(0, 1, 24))  # the same in both themes
    assert min(contrast(layer, PAPERS[name]) for layer in layers) >= LINES


@pytest.mark.parametrize("card", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_listings_and_verdicts_can_be_read(card):
    words = {key for key in card if key not in ("paper", "rule")}
    faint = {key for key in words if contrast(card[key], card["paper"]) < TEXT}
    assert faint == set()


@each_theme
def test_mark_of_an_error_stands_out(name):
    (mark,) = FAILED.findall(text_of("nb_lib/live/kernel/canvas.css"))
    assert contrast(mark, PAPERS[name]) >= LINES


@pytest.mark.parametrize("page", PLAIN_PAGES)
def test_pages_of_one_sentence_can_be_read(page):
    rules = RULES.findall(text_of(page))
    assert len(rules) == 2  # light, then dark
    for ink, paper, link in rules:
        assert contrast(ink, paper) >= TEXT
        assert contrast(link, paper) >= TEXT


def test_no_two_series_share_a_dash_or_a_marker():
    for other in (style.MARKERS, style.DASHES):
        assert len(set(other)) == len(style.SERIES)
