"""Build it or train it: what is built keeps its bound, what is trained lags behind."""

from itertools import repeat

import numpy as np
import pytest
from shown import shown

from nb_lib.numpy.approximation import interpolant
from nb_lib.numpy.losses import mse
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import Adam
from nb_lib.numpy.train import descend
from nb_lib.sections.s09_05_approximation import targets
from nb_lib.sections.s09_05_approximation.explorer import (
    READINGS,
    approximation,
    describe,
    microseconds,
)

WIDTHS = targets.WIDTH.stops


@pytest.mark.parametrize("function", ["sin", "wiggle"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pieces_keep_the_bound(function, width):
    frame = approximation.run(net="pieces", function=function, width=width)
    assert 0 < frame.errors[-1] <= targets.bound(function, width)
    assert len(frame.centres) == width


@pytest.mark.parametrize("function", ["sin", "wiggle"])
def test_curvature_is_the_largest_second_derivative(function):
    target, x, h = targets.TARGETS[function], np.linspace(-np.pi, np.pi, 2001), 1e-4
    second = (target.f(x + h) - 2 * target.f(x) + target.f(x - h)) / h**2
    assert np.abs(second).max() == pytest.approx(target.curvature, rel=1e-5)


def test_kink_is_exact_with_a_knot_on_it_and_half_a_piece_off_without():
    errors = {w: targets.built_error("|x|", "pieces", w) for w in (2, 5, 10, 15, 256)}
    assert max(errors[w] for w in (2, 10, 256)) < 1e-12
    for width in (5, 15):
        assert errors[width] == pytest.approx(np.pi / width, rel=1e-9)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("net", ["pieces", "steps"])
def test_jump_costs_one_half_at_every_width(net, width):
    assert targets.built_error("jump", net, width) == pytest.approx(0.5, abs=1e-3)


def test_steps_gain_a_factor_of_ten_where_pieces_gain_a_hundred():
    pieces, steps = (
        [targets.built_error("sin", net, width) for width in (20, 200)]
        for net in ("pieces", "steps")
    )
    assert pieces[0] / pieces[1] == pytest.approx(100, rel=0.02)
    assert steps[0] / steps[1] == pytest.approx(10, rel=0.06)


@pytest.mark.slow
def test_trained_net_is_worse_than_the_built_one_of_its_width():
    frames = [approximation.run(width=width, steps=2000) for width in (20, 64, 200)]
    gaps = [
        f.errors[-1] / targets.built_error("sin", "pieces", f.width) for f in frames
    ]
    assert gaps[0] > 2
    assert gaps == sorted(gaps)


@pytest.mark.parametrize("net", ["trained", "pieces", "steps"])
def test_every_net_fails_outside(net):
    frame = approximation.run(net=net, steps=2000)
    assert frame.outside > 1
    assert frame.outside > 5 * frame.errors[-1]


def test_outside_leaves_the_interval_out():
    """A built step is level on both sides, and right there."""
    frame = approximation.run(net="pieces", function="jump", width=10)
    assert frame.outside < 1e-12 < frame.errors[-1]


def test_rounding_is_told_as_nothing():
    frame = approximation.run(net="pieces", function="|x|", width=20)
    assert 0 < frame.errors[-1] < 1e-12
    assert "errs on |x| by at most 0 inside" in describe(frame)


def test_fit_is_drawn_over_twice_the_interval():
    frame = approximation.run(net="pieces", width=10)
    x, (fit, *_) = targets.PLACES[:, 0], shown(approximation, frame).axes
    drawn = interpolant(np.sin, 10, low=-np.pi, high=np.pi).forward(x[:, None])
    np.testing.assert_allclose(fit.lines[0].get_ydata(), drawn[:, 0], atol=1e-12)
    np.testing.assert_allclose(fit.lines[1].get_ydata(), np.sin(x))
    assert x[-1] == pytest.approx(2 * np.pi)


def test_units_of_the_pieces_switch_at_the_knots():
    centres = approximation.run(net="pieces", width=5).centres
    np.testing.assert_allclose(centres, np.linspace(-np.pi, np.pi, 6)[:-1], atol=1e-12)


def test_frames_stream_and_errors_are_remembered():
    frames = list(approximation.frames(steps=500))
    assert [len(f.losses) for f in frames] == list(range(1, 501))
    read = [len(f.errors) for f in frames]
    assert (read[0], read[-1]) == (1, 1 + -(-500 // -(-500 // READINGS)))
    assert sorted(set(read)) == list(range(1, read[-1] + 1))
    assert frames[-1].losses[-1] < frames[0].losses[-1] / 10


def test_rate_too_large_is_shown_as_diverged():
    frame = approximation.run(lr=3)
    assert frame.diverged_at == len(frame.losses)
    assert f"Diverged at step {frame.diverged_at}" in describe(frame)
    texts = [text.get_text() for text in shown(approximation, frame).axes[0].texts]
    assert f"diverged at step {frame.diverged_at}" in texts


@pytest.mark.slow
def test_heavy_nets_end_after_a_fixed_amount_of_work():
    settings = {"width": 256, "depth": 3, "activation": "gelu", "steps": 10_000}
    frame = approximation.run(**settings)
    assert 50 < len(frame.losses) == frame.steps < 1000
    assert frame.steps * microseconds(256, 3, "gelu") <= 1e6
    assert f"After {frame.steps} steps" in describe(frame)


def test_norms_have_one_entry_a_layer():
    frame = approximation.run(depth=3, steps=100)
    assert len(frame.grad_norms) == len(frame.delta_norms) == 4
    built = approximation.run(net="pieces", width=10)
    assert len(built.grad_norms) == 2
    assert built.losses[0] == pytest.approx(targets.built_loss("sin", 10))


def test_zeros_leave_one_value_and_no_place_to_switch():
    frame = approximation.run(init="zeros")
    assert np.ptp(frame.curve) < 1e-6
    assert np.isnan(frame.centres).all()


@pytest.mark.slow
def test_with_the_right_knots_ramps_are_hard_to_train_and_tents_are_not():
    """Train only the output weights, by the recipe of the text."""
    x, y = targets.examples("sin")
    knots = np.linspace(-np.pi, np.pi, 33)
    ways = (
        lambda x: np.maximum(x - knots[:-1], 0),
        lambda x: np.maximum(1 - np.abs(x - knots) / (knots[1] - knots[0]), 0),
    )
    errors = []
    for see in ways:
        net = MLP((see(x).shape[1], 1), rng=np.random.default_rng(0))
        adam = Adam(net.params, lr=0.03)
        for step in descend(net, mse, repeat((see(x), y), 2000), adam, watch=2000):
            adam.lr = 0.03 * (1 - step.count / 2000)
        errors.append(np.abs(net.forward(see(targets.FINE)) - np.sin(targets.FINE)))
    ramps, tents = (
        error.max() / targets.built_error("sin", "pieces", 32) for error in errors
    )
    assert tents < 1
    assert ramps > 10
