"""Toy sets: sizes, balance, shapes of the classes, and what they refuse."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loops import over

from nb_lib.data import blobs, circles, moons, sine, spirals, xor

SETS = {
    "moons": (moons, 2),
    "circles": (circles, 2),
    "spirals": (spirals, 2),
    "spirals of three arms": (partial(spirals, classes=3), 3),
    "xor": (xor, 2),
    "blobs": (blobs, 3),
    "blobs of five classes": (partial(blobs, classes=5), 5),
}
each_set = over(("draw", "classes"), SETS.values(), ids=SETS)
each_drawn = pytest.mark.parametrize(("draw", "classes"), SETS.values(), ids=SETS)
MAKERS = [moons, circles, spirals, xor, blobs, sine]
few, many = st.integers(1, 7), st.integers(8, 60)
each_maker = over("draw", MAKERS)


def nearest_is_alike(x, labels):
    """The share of points whose nearest neighbour has the same label."""
    distances = np.linalg.norm(x[:, None] - x, axis=-1)
    np.fill_diagonal(distances, np.inf)
    return np.mean(labels[distances.argmin(axis=1)] == labels)


@each_drawn
@given(n=few | many, seed=st.integers(0, 2**32))
def test_points_have_the_promised_form(draw, classes, n, seed):
    x, labels = draw(n, rng=np.random.default_rng(seed))
    assert (x.shape, x.dtype) == ((n, 2), np.float64)
    assert (labels.shape, labels.dtype) == ((n,), np.int64)
    assert np.isfinite(x).all()


@each_drawn
@given(n=few | many, seed=st.integers(0, 2**32))
def test_classes_are_balanced(draw, classes, n, seed):
    _, labels = draw(n, rng=np.random.default_rng(seed))
    counts = np.bincount(labels, minlength=classes)
    assert len(counts) == classes
    assert counts.max() - counts.min() <= 1


@each_set
def test_labels_are_shuffled(draw, classes, rng):
    _, labels = draw(300, rng=rng)
    changes = np.mean(labels[1:] != labels[:-1])
    assert changes == pytest.approx(1 - 1 / classes, abs=0.1)


@each_set
def test_points_fill_the_window_and_stay_inside(draw, classes, rng):
    x, _ = draw(2000, rng=rng, noise=0.0)
    assert np.abs(x).max(axis=0).min() > 0.5
    assert np.abs(x).max() <= 1.5


@each_set
def test_classes_are_apart_without_noise(draw, classes, rng):
    assert nearest_is_alike(*draw(600, rng=rng, noise=0.0)) > 0.99


@each_set
def test_default_noise_leaves_the_set_learnable(draw, classes, rng):
    assert nearest_is_alike(*draw(600, rng=rng)) > 0.9


@each_set
def test_noise_is_the_standard_deviation_added(draw, classes):
    clean, _ = draw(5000, rng=np.random.default_rng(3), noise=0.0)
    noisy, _ = draw(5000, rng=np.random.default_rng(3), noise=0.2)
    assert (noisy - clean).std(axis=0) == pytest.approx(0.2, rel=0.05)


@each_maker
def test_equal_seeds_give_equal_sets(draw):
    one, two = (draw(17, rng=np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(one[0], two[0])
    np.testing.assert_array_equal(one[1], two[1])


@each_maker
def test_other_seeds_give_other_sets(draw):
    one, two = (draw(17, rng=np.random.default_rng(seed))[0] for seed in (5, 6))
    assert not np.array_equal(one, two)


def test_moons_are_one_arc_turned_by_half_a_turn(rng):
    x, labels = moons(200, rng=rng, noise=0.0)
    upper = np.where(labels[:, None] == 0, x, -x) / 0.8 + [1 / 2, 1 / 4]
    np.testing.assert_allclose(np.hypot(*upper.T), 1)
    assert (upper[:, 1] >= -1e-12).all()


def test_circles_have_two_radii(rng):
    x, labels = circles(200, rng=rng, noise=0.0)
    np.testing.assert_allclose(np.hypot(*x.T), np.where(labels == 0, 1.2, 0.5))


@over("classes", [2, 3])
@over(("chosen", "turns"), [({}, 1.75), ({"turns": 1.25}, 1.25)])
def test_spirals_wind_as_often_as_asked(rng, classes, chosen, turns):
    x, labels = spirals(5000, rng=rng, noise=0.0, classes=classes, **chosen)
    radius = np.hypot(*x.T)
    angle = 2 * np.pi * (turns * radius / 1.4 + labels / classes)
    np.testing.assert_allclose(x, (radius * [np.cos(angle), np.sin(angle)]).T)
    assert radius.min() < 0.1
    assert radius.max() > 1.39


def test_xor_is_the_exclusive_or_of_the_signs(rng):
    x, labels = xor(200, rng=rng, noise=0.0)
    np.testing.assert_array_equal(labels, (x[:, 0] > 0) ^ (x[:, 1] > 0))
    assert np.abs(x).min() >= 0.15


def test_xor_fills_all_four_squares(rng):
    x, _ = xor(200, rng=rng, noise=0.0)
    assert len({(a > 0, b > 0) for a, b in x}) == 4


def test_blobs_are_discs_around_their_centres(rng):
    x, labels = blobs(200, rng=rng, noise=0.0, classes=5)
    angle = 2 * np.pi * (labels / 5 + 1 / 4)
    centres = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    distance = np.linalg.norm(x - centres, axis=1)
    assert 0.35 < distance.max() <= 0.4


@over("n", range(1, 8))
def test_sine_lies_on_its_curve(rng, n):
    x, y = sine(n, rng=rng)
    assert x.shape == y.shape == (n, 1)
    assert x.dtype == y.dtype == np.float64
    assert np.abs(x).max() <= 1.5
    np.testing.assert_allclose(y, np.sin(np.pi * x))


def test_sine_noise_moves_only_y():
    x, y = sine(5000, rng=np.random.default_rng(3), noise=0.2)
    assert (y - np.sin(np.pi * x)).std() == pytest.approx(0.2, rel=0.05)


@each_maker
@over("n", [0, -3])
def test_too_few_points_are_refused(draw, rng, n):
    with pytest.raises(ValueError, match=f"n wants .* at least 1, got {n}"):
        draw(n, rng=rng)


@each_maker
@over("n", [2.5, "7", True, None])
def test_no_whole_number_is_refused(draw, rng, n):
    with pytest.raises(TypeError, match="n wants a whole number, got"):
        draw(n, rng=rng)


@each_maker
@over("noise", [-0.1, float("nan"), float("inf")])
def test_impossible_noise_is_refused(draw, rng, noise):
    with pytest.raises(ValueError, match="noise wants .* at least 0, got"):
        draw(7, rng=rng, noise=noise)


@each_maker
@over("noise", ["0.1", None, True, 1j])
def test_noise_that_is_no_number_is_refused(draw, rng, noise):
    with pytest.raises(TypeError, match="noise wants a number, got"):
        draw(7, rng=rng, noise=noise)


@over("turns", [float("nan"), float("inf")])
def test_endless_turns_are_refused(rng, turns):
    with pytest.raises(ValueError, match="turns wants a finite number, got"):
        spirals(7, rng=rng, turns=turns)


@over("draw", [spirals, blobs])
def test_one_class_is_refused(draw, rng):
    with pytest.raises(ValueError, match="classes wants .* at least 2, got 1"):
        draw(7, rng=rng, classes=1)


@each_maker
@over("rng", [9, np.random.RandomState(9), np.random])
def test_a_seed_is_no_generator(draw, rng):
    with pytest.raises(TypeError, match="rng wants a NumPy Generator"):
        draw(7, rng=rng)
