"""An explorer's program writes in the page the words that its painter writes."""

import random

import pytest

pytest.importorskip("playwright", reason="the engine is Playwright's own")

from live.pages import difference, frames_of, whole_lines

from nb_lib.explore import EXPLORERS
from nb_lib.live.page.program import program

PLANTED = {
    "a colour": ('"colour":[31,35,40,255]', '"colour":[31,35,90,255]', "text, colour"),
    "a marker's size": ('"markerSize":11.0', '"markerSize":3.0', "markers, paths"),
    "a tick": ('"ticks":[0.0,1.0]', '"ticks":[0.0,0.9]', "text, width"),
    "a text": ('"nowhere"', '"anywhere"', "text, x"),
}


def chosen(explorer, count):
    """Return the start and some other settings of the grid."""
    start, *others = explorer.grid()
    return [start, *random.Random(7).sample(others, count)]


def painted(explorer, settings):
    """Return still, moving and sentence of the painter for each of these settings."""
    painter, found = explorer.painter(), []
    for each in settings:
        frame = explorer.run(**each)
        moving = painter.paint(frame)
        found.append((painter.still, moving, explorer.describe(frame)))
    return found


def first_difference(frames, wanted):
    """Return where the page's frames differ first from Python's, or nothing."""
    for (still, moving, sentence), other in zip(frames, wanted, strict=True):
        found = difference(still, other[0]) or difference(moving, other[1])
        if found or sentence != other[2]:
            return found or sentence
    return None


@pytest.mark.parametrize("id", ["xor"])
def test_page_writes_what_the_painter_writes(id, monkeypatch, tmp_path):
    whole_lines(monkeypatch)
    explorer = EXPLORERS[id]
    settings = chosen(explorer, 10)
    frames = frames_of(program(explorer), id, settings, tmp_path)
    assert first_difference(frames, painted(explorer, settings)) is None


def test_planted_errors_are_seen(monkeypatch, tmp_path):
    whole_lines(monkeypatch)
    xor = EXPLORERS["xor"]
    text, settings = program(xor), [xor.settings(w1=0, w2=0, b=-1.0)]
    wanted = painted(xor, settings)
    for what, (word, other, place) in PLANTED.items():
        assert word in text, what
        frames = frames_of(text.replace(word, other), "xor", settings, tmp_path)
        found = first_difference(frames, wanted) or ""
        assert place in found, f"{what}: {found}"


@pytest.mark.slow
@pytest.mark.parametrize("id", EXPLORERS)
def test_every_explorer_has_a_program(id):
    assert "nbEngines" in program(EXPLORERS[id])
