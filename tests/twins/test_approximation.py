"""Nets built by hand: the twin, outside interpolation, and the bounds of the theory."""

import numpy as np
import pytest
from scipy.interpolate import interp1d

PI = np.pi
PLACES = np.concatenate([np.linspace(-PI, PI, 3001), [-2 * PI, -4.0, 4.0, 2 * PI]])
INSIDE = PLACES[:-4]


def wiggle(x):
    """Any f will do; this one is smooth and not symmetric."""
    return x**2 / 4 - 3 * x / (1 + x**2)


def values(backend, net, x):
    """Let a built net map the numbers x (N,) to numbers (N,)."""
    return backend.numpy(net.forward(backend.array(np.asarray(x)[:, None])))[:, 0]


def built(backend, name, *case, **how):
    return getattr(backend.module("approximation"), name)(*case, **how)


def sine(backend):
    if backend.name == "numpy":
        return np.sin
    import torch

    return torch.sin


# ------------------------------------------------------------------ the interpolant
@pytest.mark.parametrize("pieces", [1, 2, 7, 64, 256])
def test_interpolant_is_linear_interpolation(backend, pieces):
    net = built(backend, "interpolant", wiggle, pieces, low=-PI, high=PI)
    knots = np.linspace(-PI, PI, pieces + 1)
    got = values(backend, net, INSIDE)
    for oracle in (
        np.interp(INSIDE, knots, wiggle(knots)),
        interp1d(knots, wiggle(knots))(INSIDE),
    ):
        np.testing.assert_allclose(got, oracle, rtol=0, atol=1e-12)


def test_interpolant_goes_through_its_knots_on_any_interval(backend):
    net = built(backend, "interpolant", wiggle, 13, low=0.25, high=7.5)
    knots = np.linspace(0.25, 7.5, 14)
    got = values(backend, net, knots)
    np.testing.assert_allclose(got, wiggle(knots), rtol=0, atol=1e-12)


def test_interpolant_is_level_on_the_left_and_straight_on_the_right(backend):
    net = built(backend, "interpolant", wiggle, 7, low=-PI, high=PI)
    got = values(backend, net, [-9.0, -PI, PI, PI + 1, PI + 2])
    last = (wiggle(PI) - wiggle(PI - 2 * PI / 7)) / (2 * PI / 7)
    assert got[0] == pytest.approx(got[1], abs=1e-12)
    assert np.diff(got[2:]) == pytest.approx([last, last], abs=1e-12)


def test_interpolant_is_an_mlp_with_one_unit_a_piece(backend):
    net = built(backend, "interpolant", wiggle, 7, low=-PI, high=PI)
    assert isinstance(net, backend.module("models").MLP)
    assert backend.module("models").count_parameters(net) == 3 * 7 + 1


def test_output_weights_are_slope_changes_by_hand(backend):
    """f = x² at 0, 1, 2, 3 has the slopes 1, 3, 5."""
    net = built(backend, "interpolant", lambda x: x**2, 3, low=0, high=3)
    p = {name: backend.numpy(value) for name, value in net.params.items()}
    np.testing.assert_allclose(p["0.w"], [[1, 1, 1]])
    np.testing.assert_allclose(p["0.b"], [0, -1, -2])
    np.testing.assert_allclose(p["1.w"], [[1], [2], [2]])
    np.testing.assert_allclose(p["1.b"], [0])


@pytest.mark.parametrize("pieces", [8, 16, 32, 64, 128, 256])
def test_error_on_sine_stays_below_the_bound_and_near_it(backend, pieces):
    net = built(backend, "interpolant", sine(backend), pieces, low=-PI, high=PI)
    x = backend.array(np.linspace(-PI, PI, 64 * 256 + 1)[:, None])
    error = built(backend, "sup_error", sine(backend), net, x)
    bound = built(backend, "interpolation_bound", 1, pieces, low=-PI, high=PI)
    assert 0.91 * bound < error < bound


def test_parabola_meets_the_bound(backend):
    """f'' is constant, and the worst place is the middle of each piece."""
    net = built(backend, "interpolant", lambda x: 3 * x**2, 5, low=-1, high=4)
    middles = backend.array(np.arange(-0.5, 4)[:, None])
    error = built(backend, "sup_error", lambda x: 3 * x**2, net, middles)
    bound = built(backend, "interpolation_bound", 6, 5, low=-1, high=4)
    assert error == pytest.approx(bound, rel=1e-12)
    assert bound == pytest.approx(0.75)


def test_jump_costs_half_at_least(backend):
    """No continuous g is nearer than 1/2 to both sides of a jump of 1."""

    def step(x):
        return (x > 0) + 0.5 * (x == 0)

    x = backend.array(np.array([[-1e-9], [1e-9]]))
    for pieces in (4, 7, 256):
        net = built(backend, "interpolant", step, pieces, low=-1, high=1)
        error = built(backend, "sup_error", step, net, x)
        assert error == pytest.approx(0.5, abs=1e-6)


# -------------------------------------------------------------- the staircase
@pytest.mark.parametrize("pieces", [2, 9, 64])
def test_staircase_stays_within_half_a_piece_of_slope(backend, pieces):
    how = {"low": -PI, "high": PI, "sharpness": 50}
    net = built(backend, "staircase", sine(backend), pieces, **how)
    x = backend.array(INSIDE[:, None])
    error = built(backend, "sup_error", sine(backend), net, x)
    assert error < (PI / pieces) * (1 + 1e-9)


def test_staircase_takes_the_values_in_the_middles(backend):
    net = built(backend, "staircase", wiggle, 5, low=-1, high=4, sharpness=100)
    middles = np.arange(-0.5, 4)
    got = values(backend, net, middles)
    np.testing.assert_allclose(got, wiggle(middles), rtol=0, atol=1e-12)
    between = values(backend, net, [1.0])
    assert between == pytest.approx(np.mean(wiggle(middles[1:3])), abs=1e-12)


# ----------------------------------------------------------------------- the twins
@pytest.mark.parametrize("name", ["interpolant", "staircase"])
def test_twins_write_down_the_same_weights(name):
    torch = pytest.importorskip("torch")
    from nb_lib.numpy import approximation as ours
    from nb_lib.torch import approximation as theirs

    how = {"low": -PI, "high": PI} | ({"sharpness": 20} if name == "staircase" else {})
    net, twin = (
        getattr(module, name)(f, 11, **how)
        for module, f in ((ours, np.sin), (theirs, torch.sin))
    )
    for key, array in net.params.items():
        other = twin.params[key].detach().numpy()
        np.testing.assert_allclose(other, array, rtol=0, atol=1e-12)


def test_built_net_can_be_trained_on(backend):
    """Its parameters are parameters: a step along the gradient moves them."""
    train, losses = (backend.module(name) for name in ("train", "losses"))
    net = built(backend, "interpolant", sine(backend), 5, low=-PI, high=PI)
    params = net.params if backend.name == "numpy" else net.parameters()
    optimiser = backend.module("optimisers").SGD(params, lr=0.01)
    x = backend.array(INSIDE[::50, None])
    data = iter([(x, sine(backend)(x))] * 9)
    steps = list(train.descend(net, losses.mse, data, optimiser))
    assert 0 < steps[-1].loss < steps[0].loss


# -------------------------------------------------------------------- what is refused
@pytest.mark.parametrize("pieces", [0, -3, 2.5])
def test_no_pieces_are_refused(backend, pieces):
    words = f"pieces as a whole number of 1 or more, got {pieces}"
    for name, first in (("interpolant", np.sin), ("interpolation_bound", 1)):
        with pytest.raises(ValueError, match=f"{name} wants {words}"):
            built(backend, name, first, pieces, low=0, high=1)


def test_empty_interval_and_one_step_are_refused(backend):
    with pytest.raises(ValueError, match="low < high, both finite, got low=2"):
        built(backend, "interpolant", wiggle, 3, low=2, high=2)
    with pytest.raises(ValueError, match="interpolation_bound wants low < high"):
        built(backend, "interpolation_bound", 1, 3, low=1, high=0)
    with pytest.raises(ValueError, match="staircase wants pieces .* of 2 or more"):
        built(backend, "staircase", wiggle, 1, low=0, high=1, sharpness=9)


@pytest.mark.parametrize("ends", [(0, np.inf), (-np.inf, 0), (np.nan, 1)])
def test_an_endless_interval_is_refused(backend, ends):
    low, high = ends
    with pytest.raises(ValueError, match="interpolant wants low < high, both finite"):
        built(backend, "interpolant", wiggle, 3, low=low, high=high)


def test_an_error_over_no_inputs_is_refused(backend):
    net = built(backend, "interpolant", wiggle, 3, low=-1, high=2)
    none = backend.array(np.zeros((0, 1)))
    with pytest.raises(ValueError, match="sup_error wants one row or more"):
        backend.module("approximation").sup_error(wiggle, net, none)
