"""A smooth image has its levels between cells, as on paper, not a mix of colours."""

import numpy as np
import pytest
from live.test_pixels import on_paper

from nb_lib.draw import style
from nb_lib.live.paint.painter import Painter

pytestmark = pytest.mark.browser

CELLS = 12
SIZE = (6, 3.6)  # that of ``on_paper``


def picture(figure):
    """A steep step across a coarse grid: the colours in between are all at the edge."""
    ax = figure.add_axes((0.3, 0.1, 0.5, 0.83))
    x, y = np.meshgrid(*2 * [np.linspace(-1, 1, CELLS)])
    share = 1 / (1 + np.exp(-9 * (y - 0.7 * x)))
    ax.imshow(share, cmap=style.BOUNDARY, vmin=0, vmax=1, origin="lower",
              interpolation="bilinear", aspect="auto")  # fmt: skip
    ax.axis("off")
    return lambda frame: None


def test_edge_between_two_regions_is_that_of_paper(stage):
    here, painter = stage(), Painter(picture, SIZE)
    here.show(painter, painter.paint(0))
    off = np.abs(here.pixels() - on_paper(picture)).max(axis=2)
    assert (off > 12).mean() < 0.01
    assert here.errors == []


@pytest.mark.parametrize(
    ("data", "columns", "row"),
    [
        ([0, 100], 2, [0, 0, 12, 38, 62, 88, 100, 100]),
        ([0, 255], 2, [0, 0, 0, 0, 255, 255, 255, 255]),  # 255: no data
        ([7], 1, [7, 7, 7, 7]),
    ],
)
def test_levels_between_cells(stage, data, columns, row):
    got = stage().page.evaluate(
        """([data, columns]) =>
          Array.from(nbBetween(data, columns, data.length / columns, 255)[0])""",
        [data, columns],
    )
    assert got == 4 * row
