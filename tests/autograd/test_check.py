"""The checks of derivatives: they let right ones pass and catch each wrong one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nb_lib.autograd.check import (
    central_difference,
    dot_product_test,
    numerical_gradient,
)

RIGHT = 1e-8  # gaps of right derivatives are below, those of slips far above


def product(x, w):
    return np.tanh(x @ w)


def product_back(x, w):
    """Return the function that goes back through ``product``."""

    def backward(dy):
        dz = dy * (1 - product(x, w) ** 2)
        return dz @ w.T, x.T @ dz

    return backward


@given(st.tuples(*[st.integers(1, 7)] * 3), st.integers(0, 2**32 - 1))
def test_a_right_derivative_passes_at_any_shape(shape, seed):
    rng = np.random.default_rng(seed)
    n, fan_in, fan_out = shape
    x, w = rng.normal(size=(n, fan_in)), rng.normal(size=(fan_in, fan_out))
    found = dot_product_test(product, product_back(x, w), (x, w), rng=rng)
    assert found.gap < RIGHT
    assert found.bend < 1e-3


SLIPS = {
    "transpose": lambda dx, dw: (dx, dw.T),
    "sign": lambda dx, dw: (dx, -dw),
    "a thousandth": lambda dx, dw: (dx, np.where(np.eye(4), dw, 1.001 * dw)),
    "not summed": lambda dx, dw: (dx[:1] + 0 * dx, dw),
    "zero": lambda dx, dw: (dx, 0 * dw),
    "nan": lambda dx, dw: (dx, dw * np.nan),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_every_slip_shows_in_every_direction(slip):
    for seed in range(50):
        rng = np.random.default_rng(seed)
        x, w = rng.normal(size=(3, 4)), rng.normal(size=(4, 4))  # square: hides .T
        right = product_back(x, w)
        wrong = lambda dy, right=right: SLIPS[slip](*right(dy))  # noqa: E731
        assert not dot_product_test(product, wrong, (x, w), rng=rng).gap < RIGHT


def test_a_direction_is_the_sum_of_its_entries(rng):
    x = rng.normal(size=(2, 3))
    v = rng.normal(size=x.shape)

    def f(x):
        return np.sum(x**3) * x[0, 1]

    gradient = numerical_gradient(f, x)
    slope = central_difference(f, (x,), (v,))
    assert slope == pytest.approx(np.sum(gradient * v), rel=1e-8)
    exact = 3 * x**2 * x[0, 1] + np.array([[0, 1, 0], [0, 0, 0]]) * np.sum(x**3)
    np.testing.assert_allclose(gradient, exact, rtol=1e-8)


def test_only_the_entries_asked_for_are_computed():
    calls = []

    def f(x):
        calls.append(x)
        return x.sum()

    gradient = numerical_gradient(f, np.ones((2, 3)), entries=[(0, 2), (1, 0)])
    assert len(calls) == 4
    np.testing.assert_allclose(gradient[[0, 1], [2, 0]], 1, rtol=1e-9)
    assert np.isnan(gradient).sum() == 4


def test_a_kink_within_reach_shows_as_a_bend():
    def relu(x):
        return np.maximum(x, 0)

    for place, is_smooth in ((1e-7, False), (-1e-7, False), (0.1, True), (0.0, False)):
        x = np.array([place])
        found = dot_product_test(
            relu, lambda dy, x=x: dy * (x > 0), (x,), rng=np.random.default_rng(2)
        )
        assert (found.gap < RIGHT) == (found.bend < RIGHT) == is_smooth


def test_a_layer_is_asked_back_at_its_own_inputs(rng):
    """It keeps the last x, which must be the one that is checked."""

    class Square:
        def forward(self, x):
            self.x = x
            return x * x

        def backward(self, dy):
            return 2 * dy * self.x

    layer = Square()
    x = rng.normal(size=(3, 5))
    found = dot_product_test(layer.forward, layer.backward, (x,), rng=rng, eps=1e-3)
    assert found.gap < 1e-12  # the central difference of a square is exact


def test_it_takes_three_calls_and_a_function_may_reuse_its_output(rng):
    out, calls = np.empty((3, 5)), []

    def f(x):
        calls.append(x)
        return np.tanh(x, out=out)

    x = rng.normal(size=(3, 5))
    found = dot_product_test(f, lambda dy: dy * (1 - out**2), (x,), rng=rng)
    assert found.gap < RIGHT
    assert len(calls) == 3


def test_nothing_of_nothing_is_no_gap(rng):
    found = dot_product_test(np.sign, lambda dy: 0 * dy, (np.ones(3),), rng=rng)
    assert (found.gap, found.bend) == (0, 0)


@pytest.mark.parametrize(
    ("inputs", "dx", "words"),
    [
        ((np.ones((2, 3)),), np.ones((3, 2)), "wants arrays of the shapes"),
        ((np.ones((2, 3)),), (np.ones((2, 3)), 1.0), "wants arrays of the shapes"),
        ((np.ones((0, 3)),), np.ones((0, 3)), "wants one entry or more"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_sentence(rng, inputs, dx, words):
    with pytest.raises(ValueError, match=words) as e:
        dot_product_test(np.tanh, lambda dy: dx, inputs, rng=rng)
    assert "\n" not in str(e.value)


def test_an_array_without_its_tuple_is_refused(rng):
    with pytest.raises(TypeError, match=r"tuple of arrays, got ndarray: write \(x,\)"):
        dot_product_test(np.tanh, lambda dy: dy, np.ones(3), rng=rng)
