"""Panels of a training run: no false plateau, no stretched plane."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from nb_lib.draw import style, training
from nb_lib.live.paint.painter import Painter

LOW, HIGH = 1e-3, 10.0
STEPS = np.arange(1, 101)
SINKING = np.geomspace(1, 1e-8, 100)  # leaves the axes at step 37 or so


@pytest.fixture
def axes():
    with style.context():
        return Figure(figsize=(6, 3)).subplots()


@pytest.mark.parametrize(
    "values", [SINKING, 1 / SINKING, np.zeros(100), 1e300 / SINKING]
)
def test_no_loss_rests_on_an_edge_of_the_axes(axes, values):
    training.losses(axes, steps=100, low=LOW, high=HIGH)((STEPS, values))
    shown = axes.lines[0].get_ydata()
    is_inside = (values > LOW) & (values < HIGH)
    np.testing.assert_array_equal(shown[is_inside], values[is_inside])
    np.testing.assert_array_equal((shown >= LOW) & (shown <= HIGH), is_inside)


def test_no_norm_rests_on_an_edge_of_the_axes(axes):
    update = training.norms_over_time(axes, steps=100, low=LOW, high=HIGH)
    update(STEPS, np.stack([SINKING, np.zeros(100)], axis=1))
    for line, values in zip(axes.lines, (SINKING, np.zeros(100)), strict=False):
        assert (line.get_ydata()[values < LOW / 2] < LOW / 2).all()


def test_curve_beyond_the_axes_is_cut_there_by_the_painter():
    def picture(figure):
        update = training.losses(figure.subplots(), steps=100, low=LOW, high=HIGH)
        return lambda values: update((STEPS, values))

    painter = Painter(picture, (6, 3))
    assert painter.paint(SINKING)
    for values in (np.zeros(100), np.full(100, np.inf)):
        assert painter.paint(values) == b""


def test_plane_of_the_regions_is_not_stretched():
    def picture(figure):
        left, _ = figure.subplots(1, 2)
        update = training.regions(left)
        share = np.zeros((48, 48))
        return lambda frame: update(share, np.zeros((2, 2)), np.arange(2))

    for size in ((6, 3), (9, 3), (4, 5)):
        painter = Painter(picture, size)
        painter.paint(0)
        places = painter.figure.axes[0].transData.transform([(0, 0), (1, 1)])
        across, up = places[1] - places[0]
        assert across == pytest.approx(up, rel=0.01)


def test_points_are_moved_only_where_they_are_others(axes):
    update, share = training.regions(axes), np.zeros((48, 48))
    blue, orange = axes.lines
    x, labels = np.arange(10.0).reshape(5, 2), np.array([0, 1, 1, 0, 1])
    update(share, x, labels)
    for line in axes.lines:
        line.stale = False  # as when it has been drawn
    update(share, x, labels)
    assert [line.stale for line in axes.lines] == [False, False]
    others = 1 - labels
    update(share, x, others)
    np.testing.assert_array_equal(blue.get_xdata(), [2, 4, 8])
    update(share, -x, others)
    np.testing.assert_array_equal(orange.get_xdata(), [0, -6])
