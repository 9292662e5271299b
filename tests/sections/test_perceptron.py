"""Margin and mistakes: the bound holds at every stop and is met by basis vectors."""

import numpy as np
import pytest

from nb_lib.sections.s09_01_perceptron.explorer import describe, perceptron


@pytest.mark.parametrize("order", ["random", "worst", "sorted"])
@pytest.mark.parametrize("margin", [0.02, 0.1, 0.5])
def test_mistakes_stay_within_the_bound(margin, order):
    frame = perceptron.run(margin=margin, order=order, points=60)
    assert frame.bound == pytest.approx(margin**-2)
    assert len(frame.overlaps) <= frame.bound * (1 + 1e-9)
    assert not frame.wrong.any()


def test_both_inequalities_hold_after_every_mistake():
    frame = perceptron.run(margin=0.02, order="worst")
    k, slack = np.arange(1, len(frame.overlaps) + 1), 1 + 1e-9
    assert np.all(k * frame.gamma <= frame.overlaps * slack)
    assert np.all(frame.overlaps <= frame.lengths * slack)
    assert np.all(frame.lengths <= frame.r * np.sqrt(k) * slack)


@pytest.mark.parametrize("order", ["random", "worst", "sorted"])
@pytest.mark.parametrize("points", [20, 500])
def test_basis_vectors_meet_the_bound(points, order):
    frame = perceptron.run(basis=True, points=points, order=order)
    assert len(frame.overlaps) == points
    assert frame.bound == pytest.approx(points)
    assert "exactly the bound" in describe(frame)


def test_the_adversary_costs_many_mistakes():
    kind, unkind = (perceptron.run(order=order) for order in ("random", "worst"))
    assert len(unkind.overlaps) > 3 * len(kind.overlaps)


def test_orders_show_the_same_points():
    drawn, by_class = (perceptron.run(order=order) for order in ("random", "sorted"))
    assert np.all(np.diff(by_class.targets) <= 0)
    np.testing.assert_array_equal(*(np.sort(f.x, axis=0) for f in (drawn, by_class)))


def test_frames_stream_from_the_first_mistake():
    frames = list(perceptron.frames(margin=0.02, order="worst", points=500))
    counts = [len(frame.overlaps) for frame in frames]
    assert counts[:4] == [1, 2, 3, 4]
    assert 15 < len(counts) < 40
    assert "still wrong" in describe(frames[0])
    assert counts == sorted(set(counts))


def test_all_points_show_and_the_line_moves():
    figure = perceptron.figure_of(next(perceptron.frames()))
    points, last = figure.axes[0].lines, perceptron.run()
    assert sum(len(line.get_xdata()) for line in points[:2]) == 100
    moved = perceptron.figure_of(last).axes[0].lines
    assert not np.allclose(points[4].get_xydata(), moved[4].get_xydata())


def test_scores_stand_for_what_is_no_plane():
    ax = perceptron.figure_of(perceptron.run(basis=True)).axes[0]
    assert ax.get_ylabel() == "score x·w"
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), np.ones(100))
    assert not any(line.get_visible() for line in ax.lines[2:6])
