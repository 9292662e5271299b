"""Margin and mistakes: the bound holds at every stop and is met by basis vectors."""

import numpy as np
import pytest
from shown import shown

from nb_lib.numpy.activations import sigmoid
from nb_lib.numpy.perceptron import margin
from nb_lib.sections.s09_01_perceptron.clouds import cloud
from nb_lib.sections.s09_01_perceptron.explorer import describe, perceptron
from nb_lib.sections.s09_01_perceptron.turning import dots, mistakes
from nb_lib.sections.s09_01_perceptron.widest import widest


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
    allowed = 100 / len(kind.overlaps)
    assert f"= 100 allows {allowed:.3g} times as many" in describe(kind)


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
    lines = shown(perceptron, next(perceptron.frames())).axes[0].lines
    assert sum(len(line.get_xdata()) for line in lines[:2]) == 100
    first = np.copy(lines[4].get_xydata())
    shown(perceptron, perceptron.run())
    assert not np.allclose(lines[4].get_xydata(), first)


def test_every_line_of_the_plane_has_a_name():
    legend = shown(perceptron, perceptron.run()).axes[0].get_legend()
    assert {"gap", "w"} <= {text.get_text() for text in legend.get_texts()}


def descended(x, targets, steps):
    """Let the sigmoid neuron of the text learn; give w and its last step, (2,)."""
    w = np.zeros(2)
    for _ in range(steps):
        step = 5 * (sigmoid(-targets * (x @ w)) * targets) @ x / len(x)
        w += step
    return w, step


def test_a_narrow_gap_takes_the_sigmoid_more_than_ten_steps():
    x, targets, _ = cloud(100, 0.02)
    assert margin(x, targets, descended(x, targets, 10)[0]) < 0
    assert margin(x, targets, descended(x, targets, 1000)[0]) > 0


@pytest.mark.slow
def test_the_sigmoid_comes_to_rest_where_no_line_separates():
    sets = (dots(name) for name in ("hundred", "stray"))
    apart, stray = (descended(*each, 20_000)[1] for each in sets)
    assert np.abs(stray).max() < 1e-8 < np.abs(apart).max()


def test_scores_stand_for_what_is_no_plane():
    ax = shown(perceptron, perceptron.run(basis=True)).axes[0]
    assert ax.get_ylabel() == "score x·w"
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), np.ones(100))
    assert not any(line.get_visible() for line in ax.lines[2:6])


def best_margin(x, targets):
    """Try every direction: the largest margin, on a fine grid of angles."""
    angles = np.linspace(0, 2 * np.pi, 20_001)
    w = np.stack([np.cos(angles), np.sin(angles)])
    return (targets[:, None] * x @ w).min(axis=0).max()


def test_the_widest_gap_is_found_or_there_is_none():
    rng, found = np.random.default_rng(9), 0
    for _ in range(100):
        x = rng.normal(size=(rng.integers(1, 9), 2))
        targets = np.where(x @ [1, 0.3] > 0, 1.0, -1.0) * rng.choice([1, 1, -1], len(x))
        w = widest(x, targets)
        found += bool(w.any())
        best = best_margin(x, targets)
        got = margin(x, targets, w) if w.any() else 0.0
        assert got == pytest.approx(max(best, 0.0), abs=1e-3)
    assert 20 < found < 80


def test_points_on_a_line_at_the_origin_or_on_each_other_leave_no_gap():
    one, both = np.ones(2), np.array([1.0, -1.0])
    line = np.array([[1.0, 0.0], [2.0, 0.0]])
    np.testing.assert_allclose(widest(line, one), [1, 0])
    assert not widest(line, both).any()
    assert not widest(np.array([[0.5, 0.5], [0.5, 0.5]]), both).any()
    assert not widest(np.array([[1.0, 0.0], [0.0, 0.0]]), one).any()


def test_the_bound_is_that_of_the_moved_points():
    _, targets, w_star = cloud(100, 0.1)
    frame = perceptron.run(moved=[(3, *(0.05 * targets[3] * w_star))])
    assert 0 < frame.gamma <= 0.05 * (1 + 1e-9)
    assert frame.gamma == pytest.approx(best_margin(frame.x, frame.targets), abs=1e-4)
    assert len(frame.overlaps) <= frame.bound
    assert "points are right after" in describe(frame)
    assert f"the bound (R/γ)² = (1/{frame.gamma:.2g})²" in describe(frame)


def test_a_point_across_the_gap_ends_the_bound():
    x, targets, w_star = cloud(100, 0.1)
    far = (3, *(-targets[3] * 0.5 * w_star).round(2))
    for order in ("random", "worst", "sorted"):
        frame = perceptron.run(moved=[far], order=order)
        assert (len(frame.overlaps), frame.gamma) == (2000, 0)
        assert "no line through the origin separates the classes" in describe(frame)
        np.testing.assert_allclose(frame.places[3], far[1:])
        texts = [t.get_text() for t in shown(perceptron, frame).axes[1].texts]
        assert texts == ["2,000", "none: there is no gap"]


def test_basis_vectors_are_not_to_be_dragged():
    still = perceptron.run(basis=True, moved=[(3, 0.5, 0.5)])
    assert still.places.shape == (0, 100)
    np.testing.assert_array_equal(still.x, np.eye(100))


def test_the_first_picture_takes_moved_points_too():
    turn = mistakes.run(mistakes=1, moved=[(0, 1.0, -1.5)])
    np.testing.assert_array_equal(turn.x[0], [1.0, -1.5])
    assert "w = (0.00, 0.00)" in mistakes.describe(turn)
    assert "(1.00, −1.50)" in mistakes.describe(turn)
