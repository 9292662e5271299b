"""Separable sets: the form, the exact margin, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import nnls

from nb_lib.data import separable

sizes, dimensions = st.integers(2, 40), st.integers(2, 6)
margins = st.floats(0.001, 0.9)


def widest_gap(x, targets):
    """The distance from 0 to the convex hull of the rows t x: the largest margin.

    Found as the least |A p| over p >= 0 with sum 1, by non-negative least squares.
    """
    signed = targets[:, None] * x
    weight = 1e4  # holds the sum at 1
    a = np.vstack([signed.T, np.full(len(x), weight)])
    p, _ = nnls(a, np.append(np.zeros(x.shape[1]), weight))
    return np.linalg.norm(p @ signed)


@given(n=sizes, features=dimensions, margin=margins, seed=st.integers(0, 2**32))
def test_points_have_the_promised_form(n, features, margin, seed):
    rng = np.random.default_rng(seed)
    x, targets, w_star = separable(n, margin=margin, rng=rng, features=features)
    assert (x.shape, x.dtype) == ((n, features), np.float64)
    assert (targets.shape, targets.dtype) == ((n,), np.float64)
    assert set(targets) == {-1, 1}
    assert abs(targets.sum()) <= 1
    assert np.linalg.norm(w_star) == pytest.approx(1)


@given(n=sizes, features=dimensions, margin=margins, seed=st.integers(0, 2**32))
def test_margin_and_radius_are_exact(n, features, margin, seed):
    rng = np.random.default_rng(seed)
    x, targets, w_star = separable(n, margin=margin, rng=rng, features=features)
    assert np.min(targets * (x @ w_star)) == pytest.approx(margin, rel=1e-9)
    assert np.linalg.norm(x, axis=1).max() == pytest.approx(1, rel=1e-9)


@pytest.mark.parametrize("margin", [0.02, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("features", [2, 3, 5])
def test_no_direction_has_a_larger_margin(rng, margin, features):
    x, targets, _ = separable(30, margin=margin, rng=rng, features=features)
    assert widest_gap(x, targets) == pytest.approx(margin, rel=1e-3)


def test_targets_are_shuffled(rng):
    _, targets, _ = separable(300, margin=0.1, rng=rng)
    assert np.mean(targets[1:] != targets[:-1]) == pytest.approx(0.5, abs=0.1)


def test_equal_seeds_give_equal_sets():
    one, two = (
        separable(17, margin=0.1, rng=np.random.default_rng(5)) for _ in range(2)
    )
    for first, second in zip(one, two, strict=True):
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("margin", [0, 1, -0.1, 1.5, float("nan")])
def test_impossible_margins_are_refused(rng, margin):
    with pytest.raises(ValueError, match="margin wants a number between 0 and 1, got"):
        separable(7, margin=margin, rng=rng)


@pytest.mark.parametrize("margin", ["0.1", None, True])
def test_margin_that_is_no_number_is_refused(rng, margin):
    with pytest.raises(TypeError, match="margin wants a number, got"):
        separable(7, margin=margin, rng=rng)


@pytest.mark.parametrize("wrong", [{"n": 1}, {"features": 1}])
def test_too_few_are_refused(rng, wrong):
    with pytest.raises(ValueError, match="at least 2, got 1"):
        separable(**{"n": 7, "margin": 0.1, **wrong}, rng=rng)


def test_a_seed_is_no_generator():
    with pytest.raises(TypeError, match="rng wants a NumPy Generator"):
        separable(7, margin=0.1, rng=9)
