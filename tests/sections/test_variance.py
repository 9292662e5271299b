"""The variance tunnel: theory and measurement agree."""

import re
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from nb_lib.data import epochs
from nb_lib.numpy.activations import relu
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.propagation import forward_variances
from nb_lib.numpy.train import descend
from nb_lib.runs.small_digits import shaded_digits
from nb_lib.sections.s09_10_initialisation.explorer import (
    BATCH,
    STEPS,
    describe,
    variance,
)


def test_the_first_frame_holds_the_theory_alone():
    first = next(variance.frames())
    assert np.isnan(first.forward).all()
    np.testing.assert_allclose(first.forward_theory, np.full(10, 2.0), rtol=1e-9)
    assert "theory" in describe(first).lower()


TEXT = Path(__file__).parents[2] / "notebooks/md/09_10_initialisation.md"


def loss_of(**settings):
    """Return the mean of the last ten losses, endless where training diverged."""
    frame = variance.run(**settings)
    return frame.losses[-10:].mean() if frame.diverged_at is None else np.inf


@pytest.mark.slow
def test_only_near_the_root_of_two_do_twenty_relu_layers_learn():
    how = {"init": "xavier_normal", "depth": 20}
    losses = [loss_of(gain=gain, **how) for gain in (0.5, 1.0, 1.4, 1.65)]
    np.testing.assert_allclose(losses[:2], np.log(10), atol=0.01)
    assert losses[2] < 1.9  # guessing: 2.3
    assert losses[3] == np.inf
    level = variance.run(gain=1.4, **how).forward_theory
    assert level[-1] == pytest.approx(level[0], rel=0.4)


@pytest.mark.slow
def test_tanh_pays_for_the_greater_gain_with_depth():
    how = {"activation": "tanh", "init": "xavier_normal"}
    one, more = ([loss_of(gain=g, depth=d, **how) for d in (10, 50)] for g in (1, 1.65))
    assert more[0] < one[0] < 1
    assert one[1] < 1.7
    assert more[1] == pytest.approx(np.log(10), abs=0.05)


def test_tanh_fades_as_a_power_of_the_depth_and_not_exponentially():
    q = forward_variances(1.0, depth=1000, activation="tanh", weight_variance=1)
    assert q[99] / q[9] == pytest.approx(1 / 10, rel=0.15)
    assert q[999] / q[99] == pytest.approx(1 / 10, rel=0.03)
    assert "not like a power" not in TEXT.read_text(encoding="utf-8")


def test_weight_gradients_are_level_where_signals_vanish():
    frame = variance.run(**variance.presets["PyTorch default"])
    assert frame.first_norms.max() < 5 * frame.first_norms.min()
    assert frame.first_norms.max() < 1e-6
    assert frame.forward[0] > 1e12 * frame.forward[-1]


@pytest.mark.slow
def test_a_vanished_signal_ends_in_a_silent_layer():
    """The text says why no weight receives a gradient at the end of that run."""
    assert (variance.run(init="torch_default", depth=20).norms == 0).all()
    _, weights, order = np.random.default_rng(9).spawn(3)
    how = {"init": "torch_default", "dtype": "float32", "activation": "relu"}
    net = MLP((196, *[64] * 20, 10), rng=weights, **how)
    x, labels = shaded_digits()
    drawn = ((x[i], labels[i]) for i in epochs(len(x), BATCH, rng=order))
    list(islice(descend(net, cross_entropy, drawn, SGD(net.params, lr=0.03)), STEPS))
    for layer in range(20):
        x = relu(x @ net.params[f"{layer}.w"] + net.params[f"{layer}.b"])
    assert not x.any()


def test_views_of_the_text_can_move_only_to_what_is_recorded():
    recorded = variance.grid()
    views = re.findall(r"^explorer\.show\((.*)\)$", TEXT.read_text("utf-8"), re.M)
    assert len(views) >= 4
    for view in views:
        given = eval(f"dict({view})")
        only, presets = given.pop("only", ()), given.pop("presets", None)
        moves = [{name: stop} for name in only for stop in stops(name)]
        moves += [variance.presets[words] for words in presets or ()]
        for move in moves:
            assert variance.settings(**{**given, **move}) in recorded


def measured(**settings):
    """Return the frame with which the training begins."""
    return next(f for f in variance.frames(**settings) if len(f.losses))


def stops(name):
    """Return the recorded stops of a control."""
    return variance.controls[name].recorded


def test_he_keeps_both_variances_where_the_default_loses_them():
    he, default = (
        measured(width=512, depth=20, init=init)
        for init in ("he_normal", "torch_default")
    )
    assert he.forward[-1] == pytest.approx(2, rel=0.5)
    assert he.backward[0] == pytest.approx(1, rel=0.5)
    assert default.forward[-1] == pytest.approx(6.0**-19 / 3, rel=0.5)
    assert default.backward[-1] == pytest.approx(1, rel=0.1)
    assert default.backward[0] == pytest.approx(6.0**-19, rel=0.5)


def test_skip_connections_double_the_variance_each_block():
    frame = measured(skip=True, width=512, depth=8)
    np.testing.assert_allclose(frame.forward, 2.0 ** np.arange(1, 9), rtol=0.3)


def test_he_learns_where_the_default_does_not():
    he, default = variance.run(), variance.run(init="torch_default")
    assert he.losses[-10:].mean() < 1
    assert default.losses[-10:].mean() == pytest.approx(np.log(10), abs=0.01)


def test_divergence_is_said_with_its_step():
    frame = variance.run(skip=True, depth=60)
    assert frame.diverged_at == 1
    assert "training diverged at step 1" in describe(frame)
    texts = [t.get_text() for ax in variance.figure_of(frame).axes for t in ax.texts]
    assert "diverged at step 1" in texts


def test_training_goes_on_to_its_last_step():
    assert len(variance.run(depth=2).losses) == STEPS


def test_wide_nets_are_trained_narrower():
    frame = variance.run(width=1024, depth=1)
    assert (frame.width, frame.trained_width) == (1024, 64)


def test_equal_settings_give_equal_frames():
    first, again = variance.run(depth=3), variance.run(depth=3)
    np.testing.assert_array_equal(first.losses, again.losses)
    np.testing.assert_array_equal(first.backward, again.backward)


def test_small_digits_have_unit_variance():
    x, labels = shaded_digits()
    assert x.shape == (4000, 196)
    assert np.mean(x.astype(float) ** 2) == pytest.approx(1, rel=1e-5)
    assert sorted(set(labels)) == list(range(10))
