"""The slope budget: slopes multiplied up are what is left of a gradient."""

import numpy as np
import pytest

from nb_lib.numpy.activations import ACTIVATIONS
from nb_lib.runs import tunnel
from nb_lib.sections.s09_04_activations.explorer import (
    GRID,
    SHOWN,
    budget,
    describe,
    slope,
)
from nb_lib.sections.s09_04_activations.picture import BINS, shares


def test_the_first_frame_holds_the_budget_alone():
    first, last = slope.frames(depth=50)
    assert np.isnan(first.norms).all()
    np.testing.assert_array_equal(first.budget, last.budget)
    assert "should be multiplied by" in describe(first)
    assert "is multiplied by" in describe(last)


@pytest.mark.parametrize("activation", SHOWN)
def test_measured_norms_follow_the_budget(activation):
    frame = slope.run(activation=activation, depth=10, gain=1.4)
    np.testing.assert_allclose(frame.norms, frame.budget, rtol=1.0)
    assert frame.norms[-1] == frame.budget[-1] == 1


def test_ten_sigmoid_layers_keep_less_than_a_quarter_each():
    frame = slope.run()
    assert 0.2**10 < frame.norms[0] < 0.25**10
    assert frame.rms_slope < 0.25


def test_he_keeps_the_gradient_of_fifty_relu_layers():
    frame = slope.run(activation="relu", depth=50, gain=1.4)
    assert 0.02 < frame.norms[0] < 5


def test_leaky_relu_runs_from_relu_to_identity():
    for leak, other in ((0.0, "relu"), (1.0, "identity")):
        leaky = slope.run(activation="leaky_relu", slope=leak)
        np.testing.assert_array_equal(leaky.norms, slope.run(activation=other).norms)


def test_the_slope_belongs_to_leaky_relu_alone():
    tanh, again = (slope.run(activation="tanh", slope=s) for s in (0.0, 1.0))
    np.testing.assert_array_equal(tanh.norms, again.norms)


def test_without_input_relu_is_at_its_kink_and_sigmoid_at_its_best():
    relu, sigmoid = (slope.run(activation=a, spread=0.0) for a in ("relu", "sigmoid"))
    assert relu.flat == 1
    np.testing.assert_array_equal(relu.norms[:-1], 0)
    assert np.count_nonzero(sigmoid.first) == 1
    texts = [t.get_text() for t in slope.figure_of(relu).axes[2].texts]
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
    texts = [t.get_text() for t in slope.figure_of(frame).axes[1].texts]
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
