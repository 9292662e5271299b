"""Two units by hand: the ruler fits where it should, and the plane is carried right."""

import numpy as np
import pytest
from shown import shown

from nb_lib.explore import two_units
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS
from nb_lib.sections.s09_03_mlp.folding import both_planes, lattice
from nb_lib.sections.s09_03_mlp.two_units import ruler


def rank_of(points):
    """Give the number of directions in which points (K, 2) spread."""
    points = points[np.isfinite(points).all(axis=1)]
    return np.linalg.matrix_rank(points - points.mean(axis=0), tol=1e-9)


@pytest.mark.parametrize("wake", two_units.controls["wake"].stops)
def test_ruler_fits_while_the_second_unit_wakes_between_the_corners(wake):
    frame = two_units.run(wake=wake)
    assert (frame.gap > 0) == (0 < wake < 2)
    assert frame.gap <= two_units.run(wake=1.0).gap


@pytest.mark.parametrize("turn", two_units.controls["turn"].stops)
def test_no_turn_helps_without_an_activation(turn):
    assert two_units.run(wake=1.0, turn=turn, activation="identity").gap == 0


@pytest.mark.parametrize(("activation", "count"), [("relu", 2), ("identity", 0)])
def test_units_without_an_activation_have_no_crease(activation, count):
    figure = shown(two_units, two_units.run(turn=20, activation=activation))
    (creases,) = [line for line in figure.axes[0].lines if line.get_ls() == "--"]
    ends = np.reshape(creases.get_xydata(), (2, 3, 2))[:, :2]
    assert np.isfinite(ends).all(axis=(1, 2)).sum() == count


def test_ruler_fits_while_the_turn_is_below_thirty_degrees():
    fits = [t for t in range(-90, 91, 10) if two_units.run(wake=1.0, turn=t).gap > 0]
    assert fits == [-20, -10, 0, 10, 20]


def test_parallel_units_carry_the_plane_onto_a_bent_curve():
    """Each point of the curve is (s, max(0, s - 1)): a place along it is one number."""
    straight = two_units.run(wake=1.0).lattice
    h1, h2 = straight[np.isfinite(straight).all(axis=1)].T
    np.testing.assert_allclose(h2, np.maximum(h1 - 1, 0), atol=1e-12)
    turned = two_units.run(wake=1.0, turn=20).lattice
    inner = turned[(turned > 0).all(axis=1)]  # where both units are awake
    assert rank_of(inner) == 2
    assert rank_of(straight[(straight > 0).all(axis=1)]) == 1


def test_the_weights_of_the_text_solve_xor_at_both_ranks():
    for w1, b1 in (([[1, 1], [1, 1]], [0, -1]), ([[1, 2], [1, 1]], [0, -2])):
        h = np.maximum(CORNERS @ w1 + b1, 0)
        np.testing.assert_array_equal(h @ [1, -2], LABELS[:, 0])


def test_ruler_is_midway_and_at_right_angles():
    normal, offset, gap = ruler(
        np.array([[0.0, 2], [0, 3]]), np.array([[4.0, 2], [9, 2]])
    )
    assert gap == pytest.approx(4)
    np.testing.assert_allclose(normal, [-4, 0])
    assert normal @ [2, 5] + offset == pytest.approx(0)


def test_ruler_is_that_of_a_solver(rng):
    """It separates if and only if a linear programme finds a line."""
    from scipy.optimize import linprog

    for _ in range(200):
        points = rng.normal(size=(4, 2))
        signs = np.array([-1, 1, 1, -1])
        rows = -signs[:, None] * np.column_stack([points, np.ones(4)])
        found = linprog(np.zeros(3), rows, -np.ones(4), bounds=[(None, None)] * 3)
        normal, offset, gap = ruler(points[1:3], points[[0, 3]])
        assert (gap > 0) == found.success
        if gap:
            np.testing.assert_array_equal(np.sign(points @ normal + offset), signs)


def test_picture_says_whether_a_ruler_fits():
    for wake, words in ((1.0, "gap 0.45"), (2.0, "no ruler fits")):
        figure = shown(two_units, two_units.run(wake=wake))
        assert words in [text.get_text() for text in figure.axes[1].texts]
        assert [ax.get_aspect() for ax in figure.axes] == [1, 1]


def test_planes_set_by_hand_show_the_net():
    hand = np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0]), 0.0
    left, right = both_planes(*hand).axes
    share = left.images[0].get_array()
    assert share[0, 0] < 0.01  # beyond 00
    assert share[0, -1] == share[-1, 0] > 0.9  # beside 10 and 01
    assert "01, 10" in [text.get_text() for text in right.texts]
    assert len(right.lines[0].get_xdata()) == len(lattice())
