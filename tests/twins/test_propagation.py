"""Variance maps: the twin, closed forms, and a wide random network."""

import numpy as np
import pytest

from nb_lib.numpy.activations import ACTIVATIONS

SETTLED = 1.178  # tanh with gain 5/3; 09_10 derives it


def test_relu_halves_the_second_moment(backend):
    moment = backend.module("propagation").signal_moment
    assert moment(3.0, activation="relu") == pytest.approx(1.5, rel=1e-12)


def test_relu_lets_half_of_the_gradient_through(backend):
    moment = backend.module("propagation").slope_moment
    assert moment(3.0, activation="relu") == pytest.approx(0.5, rel=1e-12)


def test_he_keeps_variance_through_a_hundred_layers(backend):
    follow = backend.module("propagation").forward_variances
    got = follow(1.0, depth=100, activation="relu", weight_variance=2)
    np.testing.assert_allclose(got, np.ones(100), rtol=1e-10)


def test_skip_with_he_doubles_each_block(backend):
    follow = backend.module("propagation").forward_variances
    got = follow(1.0, depth=7, activation="relu", weight_variance=2, skip=True)
    np.testing.assert_allclose(got, 2.0 ** np.arange(7), rtol=1e-10)


def test_tanh_with_gain_five_thirds_settles(backend):
    follow = backend.module("propagation").forward_variances
    got = follow(1.0, depth=60, activation="tanh", weight_variance=25 / 9)
    assert got[-1] == pytest.approx(SETTLED, abs=1e-3)
    assert got[-1] == pytest.approx(got[-2], rel=1e-9)


def test_backward_variance_of_one_layer_is_one(backend):
    follow = backend.module("propagation").backward_variances
    assert follow([0.7], activation="tanh", weight_variance=1) == [1.0]


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu"])
def test_twins_follow_the_same_variances(activation):
    from nb_lib.numpy import propagation as ours
    from nb_lib.torch import propagation as theirs

    settings = {"activation": activation, "weight_variance": 1.7, "skip": True}
    forward = ours.forward_variances(0.8, depth=9, **settings)
    twin = theirs.forward_variances(0.8, depth=9, **settings)
    np.testing.assert_allclose(forward, twin, rtol=1e-12)
    np.testing.assert_allclose(
        ours.backward_variances(forward, **settings),
        theirs.backward_variances(twin, **settings),
        rtol=1e-10,
    )


@pytest.mark.parametrize("activation", ["relu", "tanh", "silu"])
def test_a_wide_random_layer_follows_the_map(backend, rng, activation):
    moment = backend.module("propagation").signal_moment
    z = rng.normal(0, np.sqrt(2.3), size=400_000)
    measured = np.mean(ACTIVATIONS[activation](z) ** 2)
    assert moment(2.3, activation=activation) == pytest.approx(measured, rel=0.01)
