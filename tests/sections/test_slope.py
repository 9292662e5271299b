"""The slope budget: slopes multiplied up are what is left of a gradient."""

import numpy as np
import pytest
from shown import shown

from nb_lib.numpy.activations import ACTIVATIONS, gelu
from nb_lib.numpy.slopes import crossing
from nb_lib.runs import tunnel
from nb_lib.sections.s09_04_activations.explorer import (
    FLAT,
    SHOWN,
    budget,
    describe,
    slope,
)
from nb_lib.sections.s09_04_activations.picture import BINS, GRID, shares


def test_the_first_frame_holds_the_budget_alone():
    first, last = slope.frames(depth=50)
    assert np.isnan(first.sizes).all()
    np.testing.assert_array_equal(first.budget, last.budget)
    assert "should be multiplied by" in describe(first)
    assert "is multiplied by" in describe(last)


@pytest.mark.parametrize("activation", SHOWN)
def test_measured_sizes_follow_the_budget(activation):
    frame = slope.run(activation=activation, depth=10, gain=1.4)
    np.testing.assert_allclose(frame.sizes, frame.budget, rtol=1.0)
    assert frame.sizes[-1] == frame.budget[-1] == 1


def test_ten_sigmoid_layers_keep_less_than_a_quarter_each():
    frame = slope.run()
    assert 0.2**10 < frame.sizes[0] < 0.25**10
    assert frame.rms_slope < 0.25


def test_he_keeps_the_gradient_of_fifty_relu_layers():
    frame = slope.run(activation="relu", depth=50, gain=1.4)
    assert 0.02 < frame.sizes[0] < 5


def test_leaky_relu_runs_from_relu_to_identity():
    for leak, other in ((0.0, "relu"), (1.0, "identity")):
        leaky = slope.run(activation="leaky_relu", slope=leak)
        np.testing.assert_array_equal(leaky.sizes, slope.run(activation=other).sizes)


def test_the_slope_belongs_to_leaky_relu_alone():
    tanh, again = (slope.run(activation="tanh", slope=s) for s in (0.0, 1.0))
    np.testing.assert_array_equal(tanh.sizes, again.sizes)


def test_without_input_relu_is_at_its_kink_and_sigmoid_at_its_best():
    relu, sigmoid = (slope.run(activation=a, spread=0.0) for a in ("relu", "sigmoid"))
    assert relu.flat == 1
    np.testing.assert_array_equal(relu.sizes[:-1], 0)
    assert np.count_nonzero(sigmoid.first) == 1
    texts = [t.get_text() for t in shown(slope, relu).axes[2].texts]
    assert "on this edge: 0" in texts


def test_budget_multiplies_along_each_example():
    """Of two examples one meets slope 1 in both layers, the other 0."""
    slopes = np.zeros((2, 128, 5))
    slopes[:, :64] = 1
    np.testing.assert_allclose(budget(slopes, 3.0), [9 / 2**0.5, 3 / 2**0.5, 1])


def test_curves_are_those_of_the_library():
    frame = slope.run(activation="silu")
    np.testing.assert_array_equal(frame.values, ACTIVATIONS["silu"](GRID))
    assert 0.0 in GRID


def test_units_beyond_the_axis_are_counted_at_its_ends():
    frame = slope.run(activation="relu", gain=3.0, depth=50)
    assert frame.last[0] + frame.last[-1] > 0.99
    texts = [t.get_text() for t in shown(slope, frame).axes[1].texts]
    assert [text[0] for text in texts] == ["←", "→"]


def test_shares_count_every_value_once():
    z = np.array([-1e300, -5.0, 0.1, 5.0, np.inf])
    found = shares(z)
    assert found.sum() == pytest.approx(1)
    assert (found[0], found[-1], len(found)) == (0.4, 0.4, len(BINS) - 1)


def test_a_pair_travels_as_its_name_does(rng):
    layers = tunnel.Layers(7, depth=4, init="he_normal", rng=rng)
    x, dz = rng.normal(size=(2, 5, 7))
    both = []
    for activation in ("tanh", tunnel.pair("tanh")):
        up = list(tunnel.signals(x, layers, activation=activation))
        both.append(list(tunnel.deltas(dz, layers, up, activation=activation))[-1])
    np.testing.assert_array_equal(*both)


@pytest.mark.parametrize("seed", range(5))
def test_a_sigmoid_balances_its_budget_at_a_gain_from_9_to_13(seed):
    """Of whatever net of width 64: below it a signal shrinks, above it grows."""
    weights, signal = np.random.default_rng(seed).spawn(2)
    left = []
    for gain in (9.0, 13.0):
        how = {"init": "lecun_normal", "gain": gain, "rng": weights}
        layers = tunnel.Layers(64, depth=11, **how)
        x, dz = signal.normal(size=(2, 128, 64))
        up = list(tunnel.signals(x, layers, activation="sigmoid"))
        *_, first = tunnel.deltas(dz, layers, up, activation="sigmoid")
        left.append(tunnel.mean_square(first) / tunnel.mean_square(dz))
    assert left[0] < 1 < left[1]


def test_the_explorer_balances_fifty_sigmoid_layers_just_above_ten():
    assert 0.8 < slope.run(depth=50, gain=10.6).sizes[0] < 1.2
    assert slope.run(depth=50, gain=15.0).sizes[0] > 1000


@pytest.mark.parametrize("seed", range(5))
def test_fifty_layers_of_gelu_are_level_at_1_4_by_luck_only(seed):
    """The explorer's net is level; others, whose signals shrink, are not."""
    rng = np.random.default_rng(seed)
    layers = tunnel.Layers(64, depth=51, init="lecun_normal", gain=1.4, rng=rng)
    x, dz = rng.normal(size=(2, 128, 64))
    up = list(tunnel.signals(x, layers, activation="gelu"))
    *_, first = tunnel.deltas(dz, layers, up, activation="gelu")
    assert tunnel.mean_square(first) ** 0.5 < 1e-3 * tunnel.mean_square(dz) ** 0.5
    assert slope.run(activation="gelu", depth=50, gain=1.4).sizes[0] > 0.5


def test_four_times_the_gain_doubles_the_factor_of_a_sigmoid():
    factors = [g * slope.run(gain=g, depth=10).rms_slope for g in (3.0, 12.0)]
    assert 1.5 < factors[1] / factors[0] < 2.5


def test_the_budget_is_of_a_mean_square_and_not_of_a_norm(rng):
    """Over 20,000 draws of w, for one δ and one set of slopes (9.4.7)."""
    gain, width = 1.7, 5
    delta, slopes = rng.normal(size=(2, width))
    w = gain * rng.normal(size=(20_000, width, width)) / np.sqrt(width)
    norms = np.linalg.norm((w @ delta) * slopes, axis=1)
    factor = gain * np.sqrt(np.mean(slopes**2))
    wanted = factor * np.linalg.norm(delta)
    assert np.sqrt(np.mean(norms**2)) == pytest.approx(wanted, rel=0.02)
    assert np.mean(norms) < 0.96 * wanted


@pytest.mark.parametrize("leak", [0.0, 0.01, 0.1])
def test_a_leak_is_never_counted_as_flat_and_none_is(leak):
    """The threshold lies strictly between the stops 0 and 0.01 of the leaky slope."""
    assert 0 < FLAT < 0.01
    flat = slope.run(activation="leaky_relu", slope=leak).flat
    assert (flat > 0.4) if leak == 0 else (flat == 0)


def test_the_tanh_form_of_gelu_is_exact_at_three_places():
    def gap(z):
        return gelu(z) - gelu(z, approximate="tanh")

    assert crossing(gap, 1.0, 3.0) == pytest.approx(1.8845, abs=1e-3)
    assert crossing(gap, -3.0, -1.0) == pytest.approx(-1.8845, abs=1e-3)
    assert gap(0.0) == 0


@pytest.mark.slow
@pytest.mark.parametrize("activation", SHOWN)
def test_no_curve_runs_under_a_legend(activation):
    figure = shown(slope, slope.run(activation=activation, gain=3.0))
    renderer = figure.canvas.get_renderer()
    for ax in figure.axes:
        legend = ax.get_legend().get_window_extent(renderer)
        assert legend.y0 >= ax.get_window_extent(renderer).y1
        assert legend.x1 <= figure.bbox.x1
