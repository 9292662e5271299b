"""What paint.js draws in a browser is what Agg draws on paper.

The two differ at the edges of glyphs (other hinting), by half a pixel in round
markers (Agg centres them on whole pixels), and in grids, which a display list
draws under images. They must not differ in anything that a reader could name.
"""

import numpy as np
import pytest
from live.pictures import PICTURES
from matplotlib.backends.backend_agg import FigureCanvasAgg
from scipy import ndimage

from nb_lib.draw import style
from nb_lib.live.paint.painter import Painter, lay_out

pytestmark = pytest.mark.browser

SIZE = (6, 3.6)
LOUD = 48  # of 255: a difference that can be seen
SHARE, MEAN = 0.025, 3.5  # most pixels that may be loud; mean of all differences
REACH = 4  # pixels by which a glyph or a legend may stand elsewhere
STRAY = 3e-4  # most pixels that may have nothing like them within reach


def on_paper(picture):
    """Return Agg's pixels of a picture, (height, width, 3)."""
    with style.context():
        figure, show = lay_out(picture, SIZE)
        canvas = FigureCanvasAgg(figure)
        show(0)
        canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].astype(int)


def stray(pixels, others):
    """Return the share of pixels that have nothing like them in the others nearby.

    Shifts within REACH pass; a line, a label or a marker too many does not.
    """
    around = (2 * REACH + 1, 2 * REACH + 1, 1)
    low = ndimage.minimum_filter(others, around) - LOUD
    high = ndimage.maximum_filter(others, around) + LOUD
    return ((pixels < low) | (pixels > high)).any(axis=2).mean()


@pytest.mark.parametrize("name", PICTURES)
def test_browser_draws_what_agg_draws(stage, name):
    here, painter = stage(), Painter(PICTURES[name], SIZE)
    here.show(painter, painter.paint(0))
    got, want = here.pixels(), on_paper(PICTURES[name])
    assert got.shape == want.shape
    off = np.abs(got - want).max(axis=2)
    assert (off > LOUD).mean() < SHARE
    assert off.mean() < MEAN
    assert stray(got, want) < STRAY  # nothing too much
    assert stray(want, got) < STRAY  # nothing missing
    assert here.errors == []


def test_moving_data_leaves_no_trace(stage):
    """A frame, another, and the first again: the canvas is as it was."""

    def picture(figure):
        (line,) = figure.subplots().plot([0, 1], [0, 1])
        return lambda slope: line.set_ydata([0, slope])

    here, painter = stage(), Painter(picture, SIZE)
    here.show(painter, painter.paint(1))
    first = here.pixels()
    for slope in (0.3, 1):
        move(here, painter.paint(slope))
        if slope == 0.3:
            assert (here.pixels() != first).any()
    assert (here.pixels() == first).all()


def move(here, moving, settings=None):
    """Send the moving part alone, as a live canvas does."""
    before = here.frame()
    here.page.evaluate(
        "([words, settings]) => screen_.set(null, new Int16Array(words), settings)",
        [np.frombuffer(moving, "<i2").tolist(), settings or {}],
    )
    here.painted(before + 1)
