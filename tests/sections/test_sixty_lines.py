"""The flagship: it learns the spirals, and what breaks is shown broken."""

import subprocess
import sys
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from shown import shown

from nb_lib.data import spirals
from nb_lib.numpy.sixty_lines import MLP, fit
from nb_lib.sections.s09_08_sixty_lines import nudges
from nb_lib.sections.s09_08_sixty_lines.explorer import sixty_lines
from nb_lib.sections.s09_08_sixty_lines.picture import NORM, STEPS

SIXTEEN = pytest.param(16, 0, 0.65, marks=pytest.mark.slow)


@pytest.fixture(scope="module")
def start():
    return list(sixty_lines.frames())


@pytest.fixture(scope="module")
def sigmoids():
    return sixty_lines.run(**sixty_lines.presets["sixteen sigmoid layers"])


def words(frame):
    """Collect all texts on the axes of the picture of a frame."""
    return [t.get_text() for ax in shown(sixty_lines, frame).axes for t in ax.texts]


def test_start_learns_the_spirals(start):
    assert start[-1].accuracy > 0.97
    assert start[-1].parameters == 3_330
    assert len(start[-1].losses) == STEPS


def test_every_step_offers_a_frame(start):
    assert [len(frame.losses) for frame in start] == [*range(1, STEPS + 1)]


def test_equal_settings_give_equal_frames(start):
    np.testing.assert_array_equal(sixty_lines.run().share, start[-1].share)


def test_norms_are_in_the_order_of_the_layers(sigmoids):
    frame = sigmoids
    assert frame.grad_norms.shape[1] == len(frame.delta_norms) == 17
    assert (np.diff(np.log10(frame.delta_norms)) > 0).all()
    assert frame.grad_norms[-1, 0] < 1e-6 * frame.grad_norms[-1, -1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings",
    [
        {"lr": 3.0},
        {"init": "standard_normal"},
        {"init": "standard_normal", "depth": 16},
    ],
    ids=str,
)
def test_divergence_is_said_with_its_step(settings):
    frame = sixty_lines.run(**settings)
    assert frame.diverged_at == len(frame.losses) < STEPS
    assert f"diverged at step {frame.diverged_at}" in words(frame)
    assert sixty_lines.describe(frame).startswith(
        f"Diverged at step {frame.diverged_at}:"
    )


def test_zeros_leave_every_hidden_gradient_exactly_zero():
    frame = sixty_lines.run(init="zeros")
    assert (frame.grad_norms[:, :-1] == 0).all()
    assert 0.68 < frame.losses[-1] < 0.71


@pytest.mark.slow
def test_showing_it_needs_no_torch_and_little_memory():
    code = """
import resource, sys
import IPython, ipykernel.kernelapp
bare = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from nb_lib.explore import sixty_lines
sixty_lines.show()._repr_mimebundle_()
print("torch" in sys.modules, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - bare)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    has_torch, kilobytes = done.stdout.split()
    assert has_torch == "False"
    assert int(kilobytes) < 200_000


# ------------------------------------------------------------- what the text says of it
@pytest.mark.parametrize(
    ("depth", "low", "high"),
    [(1, 0.8, 0.95), (2, 0.97, 1), (4, 0.97, 1), SIXTEEN],
)
def test_one_layer_is_not_enough_and_sixteen_are_too_many(depth, low, high):
    assert low <= sixty_lines.run(depth=depth).accuracy <= high


def preset(words):
    return sixty_lines.run(**sixty_lines.presets[words])


def test_a_learning_rate_of_1_kills_the_net(start):
    frame = preset("learning rate 1")
    assert frame.diverged_at is None
    assert (frame.grad_norms[-1] == 0).all()
    assert frame.delta_norms[-1] > 0
    assert abs(frame.losses[-20:].mean() - np.log(2)) < 0.05
    assert "exactly zero in every layer" in sixty_lines.describe(frame)
    assert "times the last one's" in sixty_lines.describe(start[-1])


@pytest.mark.slow
def test_sixteen_sigmoid_layers_let_nothing_through(sigmoids):
    deltas = sigmoids.delta_norms
    assert deltas[0] < 1e-8 * deltas[-1]
    for start in ({"activation": "tanh", "init": "xavier_normal"}, {}):
        deltas = sixty_lines.run(depth=16, **start).delta_norms
        assert deltas[0] > 1e-2 * deltas[-1]


def test_the_axis_holds_every_delta_of_sixteen_sigmoid_layers(sigmoids):
    """Clipped at its floor, the straight line would seem to bend."""
    assert sigmoids.delta_norms.min() > NORM[0]


@pytest.mark.slow
def test_larger_weights_let_four_sigmoid_layers_begin_to_learn():
    settings = {"activation": "sigmoid", "depth": 4}
    small = sixty_lines.run(init="xavier_normal", **settings)
    large = sixty_lines.run(init="standard_normal", **settings)
    small_ratio, large_ratio = (
        f.delta_norms[0] / f.delta_norms[-1] for f in (small, large)
    )
    assert small_ratio < 0.01 < 0.3 < large_ratio
    assert small.accuracy < 0.55 < 0.7 < large.accuracy


def test_a_single_layer_of_sigmoids_learns_little():
    one = sixty_lines.run(activation="sigmoid", init="xavier_normal", depth=1)
    assert one.accuracy < 0.6
    assert one.delta_norms[0] > 0.1 * one.delta_norms[-1]


def test_sigmoid_layers_flatten_what_tells_points_apart(rng):
    x, _ = spirals(300, rng=rng)
    net = MLP((2, *[32] * 16, 2), rng=rng, activation="sigmoid")
    net.forward(x)
    first, last = (h.std(axis=0).mean() for h in (net.h[1], net.h[-1]))
    assert last < 1e-8 * first


@pytest.mark.parametrize("words", ["learning rate 3", "weights too large"])
def test_faults_on_buttons_diverge(words):
    assert preset(words).diverged_at is not None


@pytest.mark.slow
def test_right_nets_fail_the_check_where_a_relu_sits_on_its_kink():
    def failures(activation, **how):
        nets = (nudges.small_net(seed, activation, **how) for seed in range(100))
        return sum(nudges.worst_gap(*net_and_batch) > 1e-6 for net_and_batch in nets)

    assert failures("tanh") == 0
    assert 2 <= failures("relu") <= 40
    assert failures("relu", spread=0.1) == 0


def test_the_culprits_are_pre_activations_of_exactly_zero():
    net, x, labels = nudges.small_net(12, "relu")
    assert nudges.worst_gap(net, x, labels) > 1e-3
    net.forward(x)
    on_kink = net.h[1] @ net.w[1] + net.b[1] == 0
    assert on_kink.all(axis=1).any()
    assert (net.h[1][on_kink.all(axis=1)] == 0).all()


def test_a_slip_never_passes():
    for seed in range(20):
        net, x, labels = nudges.small_net(seed, "tanh")
        assert nudges.worst_gap(nudges.forgetful(net), x, labels) > 1e-4
        net, x, labels = nudges.small_net(seed, "relu", spread=0.1)
        assert nudges.worst_gap(nudges.forgetful(net), x, labels) > 1e-4


@pytest.mark.parametrize("width", [5, 16, 33])
def test_any_two_alike_units_stay_alike(width, rng):
    x, labels = spirals(200, rng=rng)
    net = MLP((2, width, 2), rng=rng)
    net.w[0][:, 3], net.w[1][3] = net.w[0][:, 1], net.w[1][1]
    list(islice(fit(net, x, labels, rng=rng, momentum=0.9), 300))
    into = net.w[0].T
    np.testing.assert_allclose(into[3], into[1], rtol=0, atol=1e-12)
    assert np.abs(into[2] - into[1]).max() > 1e-2


def test_points_of_the_reader_are_learnt_with_the_set():
    alone = sixty_lines.run(data="moons", depth=1)
    own = [(1.2, 1.2, 1), (1.2, 1.3, 1), (-1.2, -1.2, 0)]
    frame = sixty_lines.run(data="moons", depth=1, own=own)
    assert (len(alone.x), alone.own_right) == (300, ())
    np.testing.assert_array_equal(frame.x[:300], alone.x)
    np.testing.assert_allclose(frame.x[300:], np.array(own)[:, :2], rtol=1e-6)
    np.testing.assert_array_equal(frame.labels[300:], [1, 1, 0])
    said = sixty_lines.describe(frame)
    assert said.endswith(f", and it gets {sum(frame.own_right)} of your 3 right.")
    rings = shown(sixty_lines, frame).axes[0].lines[-1]
    np.testing.assert_allclose(rings.get_xydata(), frame.x[300:])


def test_a_loss_of_nothing_has_no_sign():
    frame = sixty_lines.run(data="none", own=[(1, 0, 0)])
    for loss in (-1e-17, -0.0):
        said = sixty_lines.describe(replace(frame, losses=[loss]))
        assert "a loss of 0.000 nats" in said


def test_own_points_alone_are_a_set_and_none_are_no_error():
    empty = sixty_lines.run(data="none")
    assert "no point to learn from" in sixty_lines.describe(empty)
    assert "no points" in words(empty)
    few = {"data": "none", "depth": 1, "lr": 0.5}
    for own in ([(0, 0, 0)], [(0, 0, 0), (0, 0, 1)], [(x / 5, 0, 1) for x in range(7)]):
        frame = sixty_lines.run(**few, own=own)
        assert len(frame.own_right) == len(frame.x) == len(own)
        assert f"of your {len(own)} right" in sixty_lines.describe(frame)
    apart = sixty_lines.run(**few, own=[(-1, 0, 0), (1, 0, 1)])
    assert apart.own_right == (True, True)
    assert apart.share[24, 5] < 0.5 < apart.share[24, 42]
