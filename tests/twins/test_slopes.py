"""Minima and greatest slopes against SciPy's search and against closed forms."""

import numpy as np
import pytest
import scipy.optimize
import scipy.special
from loops import over

from nb_lib.numpy import activations

SMOOTH = ("sigmoid", "tanh", "softplus", "gelu", "silu")
Z = np.array([-3.0, -1.2, -0.1, 0.0, 0.7, 1.9, 4.0])
each_smooth = over("activation", SMOOTH)
each_dipping = over("activation", ["gelu", "silu"])


def measured(backend, name, z, activation):
    got = getattr(backend.module("slopes"), name)(
        backend.array(z), activation=activation
    )
    return backend.numpy(got)


@each_smooth
@over("shape", [(7,), (7, 1)])
def test_slope_is_the_derivative_of_the_library(backend, activation, shape):
    got = measured(backend, "slope", Z.reshape(shape), activation)
    want = activations.DERIVATIVES[activation](Z.reshape(shape))
    np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-15)


@each_smooth
def test_curvature_is_the_change_of_the_slope(backend, activation):
    got, h = measured(backend, "curvature", Z, activation), 1e-5
    slope = activations.DERIVATIVES[activation]
    np.testing.assert_allclose(got, (slope(Z + h) - slope(Z - h)) / (2 * h), atol=1e-9)


@each_smooth
def test_curvatures_of_the_twins_agree(activation):
    numpy, torch = (
        pytest.importorskip(f"nb_lib.{name}.slopes") for name in ("numpy", "torch")
    )
    tensor = pytest.importorskip("torch").from_numpy(Z)
    want = torch.curvature(tensor, activation=activation).numpy()
    got = numpy.curvature(Z, activation=activation)
    np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-15)


def test_a_kink_has_no_curvature(backend):
    with pytest.raises(ValueError, match="wants one of sigmoid, .* got 'relu'"):
        measured(backend, "curvature", Z, "relu")


@each_dipping
def test_lowest_agrees_with_a_search(backend, activation):
    found = scipy.optimize.minimize_scalar(
        activations.ACTIVATIONS[activation], bracket=(-2, -1, 0)
    )
    z, low = backend.module("slopes").lowest(activation=activation)
    assert z == pytest.approx(found.x, abs=1e-7)
    assert low == pytest.approx(found.fun, rel=1e-14)


@each_dipping
def test_steepest_agrees_with_a_search(backend, activation):
    slope = activations.DERIVATIVES[activation]
    found = scipy.optimize.minimize_scalar(lambda z: -slope(z), bracket=(1, 2, 3))
    z, greatest = backend.module("slopes").steepest(activation=activation)
    assert z == pytest.approx(found.x, abs=1e-7)
    assert greatest == pytest.approx(-found.fun, rel=1e-14)


@over(("activation", "greatest"), [("sigmoid", 0.25), ("tanh", 1)])
def test_saturating_slopes_are_greatest_at_zero(backend, activation, greatest):
    z, top = backend.module("slopes").steepest(activation=activation, low=-3, high=5)
    assert abs(z) < 1e-15
    assert top == greatest


def test_gelu_is_steepest_at_the_root_of_two(backend):
    z, greatest = backend.module("slopes").steepest(activation="gelu")
    assert z == pytest.approx(2**0.5, rel=1e-15)
    closed = (1 + scipy.special.erf(1)) / 2 + np.exp(-1) / np.sqrt(np.pi)
    assert greatest == pytest.approx(closed, rel=1e-15)


def test_gelu_is_lowest_where_two_terms_cancel(backend):
    z, low = backend.module("slopes").lowest(activation="gelu")
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    assert scipy.special.ndtr(z) == pytest.approx(-z * density, rel=1e-14)
    assert low == pytest.approx(-z * z * density, rel=1e-14)


def test_silu_is_lowest_at_minus_lambert(backend):
    w = scipy.special.lambertw(1 / np.e).real  # w e^w = 1/e
    z, low = backend.module("slopes").lowest(activation="silu")
    assert z == pytest.approx(-1 - w, rel=1e-14)
    assert low == pytest.approx(-w, rel=1e-14)


def test_silu_is_steepest_where_z_tanh_is_two(backend):
    z, greatest = backend.module("slopes").steepest(activation="silu")
    assert z * np.tanh(z / 2) == pytest.approx(2, rel=1e-14)
    assert greatest == pytest.approx(0.5 + z / 4, rel=1e-14)


def test_crossing_finds_a_root_to_the_last_digit(backend):
    crossing = backend.module("slopes").crossing
    assert crossing(lambda z: z * z - 2, 0.0, 3.0) == pytest.approx(2**0.5, rel=3e-16)
    assert crossing(lambda z: 2 - z * z, 0.0, 3.0) == pytest.approx(2**0.5, rel=3e-16)


def test_crossing_wants_two_signs(backend):
    with pytest.raises(ValueError, match=r"change of sign in \[1.0, 3.0\]"):
        backend.module("slopes").crossing(lambda z: z * z + 1, 1.0, 3.0)


@each_smooth
@over("dtype", ["float32", "float64"])
def test_far_out_there_is_no_curvature(backend, activation, dtype):
    far = [1e20, np.finfo(dtype).max, np.inf]
    z = np.array([*far, *(-size for size in far)], dtype)
    got = measured(backend, "curvature", z, activation)
    assert got.dtype == dtype
    np.testing.assert_allclose(got, 0, atol=1e-35)


def test_crossing_refuses_nan_after_a_negative_value(backend):
    ends = {-1.0: -1.0, 2.0: float("nan")}
    with pytest.raises(ValueError, match="change of sign"):
        backend.module("slopes").crossing(ends.get, -1.0, 2.0)
