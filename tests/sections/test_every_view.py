"""What holds for every small view in the chapter's text, at each corner of it."""

import importlib.util
import itertools
from functools import cache

import nbformat
import pytest
from chapter import NOTEBOOKS, ROOT
from corners import ends_of

from nb_lib.explore import EXPLORERS
from nb_lib.live.paint.painter import Painter


@cache
def small_views():
    """Return (explorer, where it starts, controls) of each small view, once."""
    spec = importlib.util.spec_from_file_location("wanted", ROOT / "scripts/wanted.py")
    wanted = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(wanted)
    books = (nbformat.read(path, as_version=4) for path in NOTEBOOKS)
    views = [view for book in books for view in wanted.views(book)]
    found = {
        (v.explorer, str(v.settings), v.only): v
        for v in views
        if 0 < len(v.only) < len(v.settings)
    }
    return list(found.values())


def corners(view):
    """Yield all settings in which every control of the view is at one of its ends."""
    ends = ends_of(EXPLORERS[view.explorer])
    for stops in itertools.product(*(ends[name] for name in view.only)):
        yield view.settings | dict(zip(view.only, stops, strict=True))


@cache
def painter(name):
    return Painter(EXPLORERS[name].picture, EXPLORERS[name].size)


def test_chapter_has_small_views():
    assert len({view.explorer for view in small_views()}) > 1


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPLORERS)
def test_view_draws_and_speaks_at_every_corner(name, subtests):
    explorer = EXPLORERS[name]
    shown = [view for view in small_views() if view.explorer == name]
    for settings in (settings for view in shown for settings in corners(view)):
        with subtests.test(settings=settings):
            frame = explorer.run(**settings)
            assert painter(name).paint(frame)
            sentence = explorer.describe(frame)
            assert sentence.endswith(".")
            assert "nan" not in sentence.lower().split()
