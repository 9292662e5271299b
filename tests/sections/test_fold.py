"""Fold the plane: the seeds are those of the MLP, the views lie about no point."""

from itertools import islice

import numpy as np
import pytest
from shown import shown

from nb_lib.sections.s09_03_mlp import planes as folds
from nb_lib.sections.s09_03_mlp.explorer import SEEDS, STEPS, describe, fold
from nb_lib.sections.s09_03_mlp.folding import (
    CORNERS,
    LABELS,
    lattice,
    view,
    widest,
)


@pytest.fixture(scope="module")
def start():
    return list(fold.frames())


def words(frame):
    """Collect all texts on the axes of the picture of a frame."""
    return [t.get_text() for ax in shown(fold, frame).axes for t in ax.texts]


@pytest.mark.slow
# ------------------------------------------------------------------------ what trains
@pytest.mark.parametrize("seed", [1, 3])
def test_the_seed_is_the_mlp_that_a_reader_would_train(seed):
    from nb_lib.numpy.losses import binary_cross_entropy
    from nb_lib.numpy.models import MLP
    from nb_lib.numpy.optimisers import SGD
    from nb_lib.numpy.train import descend

    net = MLP((2, 2, 1), rng=np.random.default_rng(seed))
    data = ((CORNERS, LABELS) for _ in range(STEPS))
    steps = list(descend(net, binary_cross_entropy, data, SGD(net.params, lr=0.5)))
    frame = fold.run(seed=seed)
    np.testing.assert_allclose(frame.losses, [s.loss for s in steps], rtol=1e-9)
    np.testing.assert_allclose(frame.w, net.params["0.w"], atol=1e-9)


def test_every_step_offers_a_frame(start):
    assert [len(frame.losses) for frame in start] == [*range(1, STEPS + 1)]


def test_all_seeds_are_told_whichever_is_looked_at(start):
    other = fold.run(seed=100)
    np.testing.assert_array_equal(other.solved, start[-1].solved)
    assert len(other.solved) == SEEDS
    assert start[-1].solved[start[-1].seed]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "low", "high"),
    [
        ({}, 0.12, 0.25),
        ({"activation": "tanh", "init": "xavier_normal"}, 0.5, 0.65),
        ({"width": 8}, 0.92, 0.99),
        ({"width": 8, "activation": "tanh"}, 0.99, 1.0),
        ({"width": 1}, 0, 0),
        ({"width": 8, "activation": "identity"}, 0, 0),
        ({"init": "zeros"}, 0, 0),
    ],
    ids=str,
)
def test_shares_are_those_of_the_section(settings, low, high):
    assert low <= fold.run(**settings).solved.mean() <= high


# ------------------------------------------------------------------------ what is seen
@pytest.mark.slow
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize(("width", "depth"), [(1, 3), (2, 1), (5, 3), (8, 1)])
def test_the_line_tells_what_the_net_tells(width, depth, activation):
    frame = fold.run(width=width, depth=depth, activation=activation, seed=7)
    logits = frame.points @ frame.normal + frame.offset
    right = 1 / (1 + np.exp(-logits * (2 * LABELS[:, 0] - 1)))
    np.testing.assert_allclose(right, frame.right, rtol=1e-9)


def test_view_keeps_lengths_across_more_than_two_units(rng):
    corners, v = rng.normal(size=(4, 6)), rng.normal(size=6)
    basis, _ = view(corners, v)
    np.testing.assert_allclose(basis.T @ basis, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(v @ basis, [np.linalg.norm(v), 0], atol=1e-12)


@pytest.mark.parametrize("width", [3, 8])
def test_widest_direction_is_the_first_singular_vector(width, rng):
    rows = rng.normal(size=(50, 4, width)) * 10.0 ** rng.uniform(-9, 9, (50, 1, 1))
    for each in rows:
        first = np.linalg.svd(each)[2][0]
        assert abs(widest(each) @ first) == pytest.approx(1)
    assert np.array_equal(widest(0 * rows[0]), np.eye(width)[0])


def test_lattice_is_that_of_the_plane_under_the_identity():
    places = lattice(n=3, points=5)
    assert places.shape == (2 * 3 * 6, 2)
    assert np.isnan(places).all(axis=1).sum() == 6
    assert (np.nanmin(places), np.nanmax(places)) == (folds.LOW, folds.HIGH)


def test_creases_are_where_the_units_are_zero(rng):
    w, b = rng.normal(size=(2, 3)), rng.normal(size=3)
    ends = folds.lines(w, b).reshape(3, 3, 2)
    for unit in range(3):
        np.testing.assert_allclose(ends[unit, :2] @ w[:, unit] + b[unit], 0, atol=1e-12)
        assert np.isnan(ends[unit, 2]).all()
    assert np.isnan(folds.lines(0 * w, b)).all()


def test_corners_that_meet_share_a_name():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [1.01, 0.0], [0.0, 1.0]])
    assert folds.together(points, 0.1) == ["00", "01, 10", "", "11"]
    points[3] = np.nan
    assert folds.together(points, 0.1)[3] == ""
    chain = np.array([[0.0, 0.0], [0.15, 0.0], [0.08, 0.0], [1.0, 1.0]])
    assert folds.together(chain, 0.1) == ["00, 10", "01", "", "11"]


def test_limits_hold_every_point_and_are_finite(rng):
    for scale in (0.01, 1, 30):
        points = scale * rng.normal(size=(4, 2))
        low, high = folds.limits(points)
        assert low < points.min()
        assert points.max() < high
    assert np.isfinite(folds.limits(np.array([[np.nan, np.inf], [-np.inf, 0]]))).all()


def test_picture_shows_corners_share_and_ring(start):
    figure = shown(fold, start[-1])
    board = figure.axes[2]
    right, wrong, ring = board.lines
    assert len(right.get_xdata()) == start[-1].solved.sum()
    assert len(right.get_xdata()) + len(wrong.get_xdata()) == SEEDS
    assert (ring.get_xdata()[0], ring.get_ydata()[0]) == (1, 0)
    assert "18% solve it (13%–24%)" in words(start[-1])
    assert "4 of 4 right" in words(start[-1])


# --------------------------------------------------------------------- where it stops
@pytest.mark.parametrize(
    ("seed", "loss", "delta"),
    [
        (7, np.log(2), 1 / 4),
        (3, (np.log(3) / 3 + 2 / 3 * np.log(1.5)) * 3 / 4, 6**0.5 / 12),
        (0, np.log(2) / 2, 2**0.5 / 8),
    ],
)
def test_stuck_nets_have_large_deltas_and_small_weight_gradients(seed, loss, delta):
    frame = fold.run(seed=seed)
    assert frame.losses[-1] == pytest.approx(loss, abs=0.003)
    assert frame.delta_norms[-1, -1] == pytest.approx(delta, rel=0.01)
    assert (frame.grad_norms[-1] < 0.04 * delta).all()


def test_teeth_are_steps_at_which_a_corner_of_the_group_wakes():
    from nb_lib.numpy.many_nets import ManyNets, descend
    from nb_lib.numpy.optimisers import SGD

    nets = ManyNets((2, 2, 1), rngs=[np.random.default_rng(3)])
    is_tooth, wakes = [], []
    for step in islice(descend(nets, CORNERS, LABELS, SGD(nets.params, lr=0.5)), STEPS):
        is_tooth.append(step.grad_norms[0, 0] > 0.05)
        wakes.append((nets.z[0][0, 1:3] > 0).any())  # at 01 or 10, 00 stays at 0
    assert is_tooth[200:] == wakes[200:]
    assert 5 < sum(is_tooth[200:]) < 20


@pytest.mark.parametrize(("activation", "has_creases"), [("relu", 1), ("identity", 0)])
def test_nets_without_an_activation_have_no_creases(activation, has_creases):
    assert np.isfinite(fold.run(activation=activation).w).all() == has_creases


def test_axes_of_both_planes_are_equal(start):
    figure = shown(fold, start[-1])
    assert [ax.get_aspect() for ax in figure.axes[:2]] == [1, 1]


# ------------------------------------------------------------------------- what breaks
@pytest.mark.slow
def test_shares_and_their_interval_are_written_alike(start):
    sentence = describe(start[-1])
    assert sentence.count("%") == 4
    assert " %" not in sentence


def test_divergence_is_said_with_its_step():
    frame = fold.run(activation="identity", width=8, depth=4, lr=3.0)
    assert frame.diverged_at == len(frame.losses) < 20
    assert f"diverged at step {frame.diverged_at}" in words(frame)
    assert "no numbers left to draw" in words(frame)
    assert describe(frame).startswith(f"Seed 1 diverged at step {frame.diverged_at};")


def test_zeros_have_no_line_and_stay_at_a_coin():
    frame = fold.run(init="zeros", width=3)
    assert (frame.normal == 0).all()
    assert "0 of 4 right" in words(frame)
    assert frame.losses[-1] == pytest.approx(np.log(2))
    assert (frame.delta_norms[:, 0] == 0).all()
