"""Pinned curves stay behind the next ones, in each panel whose axes are the same."""

import base64

import numpy as np
import pytest
from live.conftest import QUIET

from nb_lib.draw import style
from nb_lib.live.paint.painter import Painter

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 600, 300
FEW = 50  # pixels at the edges of the next curve that happen to be as pale
SET = """([still, moving]) =>
  screen_.set(words_(still), words_(moving), {})"""


def picture(figure):
    """Two panels with a level line each; a frame is (level, top of the left axes)."""
    left, right = figure.subplots(1, 2)
    lines = [ax.plot([0, 1], [0, 0], color=style.BLUE)[0] for ax in (left, right)]
    right.set(ylim=(0, 1))

    def show(frame):
        level, top = frame
        left.set(ylim=(0, top))
        for line in lines:
            line.set_ydata([level, level])

    return show


@pytest.fixture
def pinned(stage):
    """Return a function that pins one frame, shows another, and gives the pixels."""

    def pinned(first, then, *, paper="white"):
        painter, here = (
            Painter(picture, (WIDTH / 100, HEIGHT / 100)),
            stage(paper=paper),
        )
        here.show(painter, painter.paint(first))
        here.page.evaluate("screen_.pin()")
        here.page.evaluate(QUIET)
        lists = [painter.paint(then), painter.still][::-1]
        words = [base64.b64encode(data).decode() for data in lists]
        here.page.evaluate(SET, words)
        here.page.evaluate(QUIET)
        assert here.errors == []
        return here

    return pinned


def pale(here):
    """Count the pixels of the pinned curve's colour in the left and the right half."""
    blue = np.array([int(style.BLUE[i : i + 2], 16) for i in (1, 3, 5)])
    want = 255 - 0.38 * (255 - blue)
    near = (np.abs(here.pixels() - want) < 12).all(axis=2)
    return near[:, : WIDTH // 2].sum(), near[:, WIDTH // 2 :].sum()


def test_pinned_curves_stay_where_the_axes_are_the_same(pinned):
    left, right = pale(pinned((0.3, 1), (0.7, 1)))
    assert min(left, right) > FEW


def test_other_axes_in_one_panel_hide_the_curve_there_only(pinned):
    here = pinned((0.3, 1), (0.7, 5))
    left, right = pale(here)
    assert left < FEW < right
    here.page.evaluate("screen_.pin()")
    here.page.evaluate(QUIET)
    assert max(pale(here)) < FEW


def test_dark_page_compares_axes_too(pinned):
    here = pinned((0.3, 1), (0.7, 5), paper="#111")
    panels = here.page.evaluate("screen_.comparable()")
    assert len(panels) == 1
    assert panels[0][0] > WIDTH / 3
