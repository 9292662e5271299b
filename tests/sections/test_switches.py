"""Four switches: theory against measurement, and what the text says of each."""

import re
from functools import cache
from itertools import islice

import numpy as np
import pytest
import torch

from nb_lib.data import epochs
from nb_lib.numpy.losses import cross_entropy, d_cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD, Clipped
from nb_lib.numpy.train import descend
from nb_lib.runs.small_digits import digits
from nb_lib.sections.s09_11_gradients import theory
from nb_lib.sections.s09_11_gradients.claims import SIGMOID, ratio, stepped
from nb_lib.sections.s09_11_gradients.explorer import BLOCKS, HE, describe, switches
from nb_lib.sections.s09_11_gradients.products import WIDTH, sigmoid_ratio, spectra


@cache
def run(**settings):
    """Return the last frame; several tests ask for the same ones."""
    return switches.run(**settings)


def loss_of(**settings):
    """Return the mean of the last ten losses, endless where training diverged."""
    frame = run(**settings)
    return frame.losses[-10:].mean() if frame.diverged_at is None else np.inf


def first_frame(**settings):
    return next(iter(islice(switches.frames(**settings), 1)))


CASES = {
    "sigmoid": ({}, 3),
    "sigmoid, residual": ({"residual": True}, 1.5),
    "sigmoid, layer norm": ({"norm": "layer"}, 10),
    "both": ({**BLOCKS, "norm": "layer"}, 1.5),
    "both, a hundred": ({**BLOCKS, "norm": "layer", "depth": 100}, 1.5),
    "blocks": ({**BLOCKS, "depth": 20}, 3),
}


def test_theory_is_near_what_is_measured():
    """At width 32 one net strays from the mean of many, the more the deeper it is."""
    for name, (settings, within) in CASES.items():
        frame = first_frame(**settings)
        gap = np.abs(np.log(frame.theory / frame.first_deltas)).max()
        assert gap < np.log(within), name


def test_theory_of_norms_holds_in_wide_nets():
    """Layer norm and batch norm, in sigmoid and ReLU nets of 256 units, 20 layers."""
    for activation, variance in (("sigmoid", 1.0), ("relu", 2.0)):
        for norm in ("layer", "batch"):
            how = {"activation": activation, "residual": False, "norm": norm}
            how["weight_variance"] = variance
            q = theory.signals(1.0, depth=20, **how)
            expected = theory.error_signals(q, **how)
            init = "he_normal" if activation == "relu" else "lecun_normal"
            net = MLP((256,) * 22, rng=np.random.default_rng(5), norm=norm,
                      activation=activation, init=init)  # fmt: skip
            x, dy = np.random.default_rng(6).normal(size=(2, 256, 256))
            net.forward(x)
            net.backward(dy)
            norms = np.array([np.linalg.norm(d) for d in net.deltas[1:-1]])
            factor = (norms[0] / norms[-1]) ** (1 / (len(norms) - 1))
            want = (expected[1] / expected[-1]) ** (1 / 18)
            assert factor == pytest.approx(want, rel=0.03), (activation, norm)


def test_theory_without_a_norm_is_that_of_the_library():
    from nb_lib.numpy.propagation import backward_variances, forward_variances

    how = {"activation": "tanh", "weight_variance": 1.3}
    q = forward_variances(0.7, depth=9, skip=True, **how)
    want = np.sqrt(backward_variances(q, skip=True, **how))
    own = theory.signals(0.7, depth=9, residual=True, norm="none", **how)
    np.testing.assert_allclose(own, q, rtol=1e-12)
    got = theory.error_signals(own, residual=True, norm="none", **how)
    np.testing.assert_allclose(got, want, rtol=1e-12)


@pytest.mark.slow
def test_of_three_switches_only_one_wakes_the_sigmoids():
    assert loss_of(residual=True) < 1.8
    assert loss_of(norm="batch") < 2.1
    for asleep in ({}, {"norm": "layer"}, {"clip": True}):
        assert loss_of(**asleep) == pytest.approx(np.log(10), abs=0.05)


def test_the_same_with_other_seeds_and_another_width():
    for seed in (1, 2):
        how = {**SIGMOID, "width": 48}
        assert ratio(stepped(seed, **how)) < 1e-28
        assert 1e-22 < ratio(stepped(seed, norm="layer", **how)) < 1e-18
        assert 0.5 < ratio(stepped(seed, norm="batch", **how)) < 5
        assert 0.5 < ratio(stepped(seed, skip=True, **how)) < 5


def test_the_half_is_what_defeats_the_layer_norm():
    for seed in (1, 2):
        assert sigmoid_ratio("layer", shift=0, seed=seed) < 1e-18
        assert 0.2 < sigmoid_ratio("layer", shift=0.5, seed=seed) < 2
        kept = [sigmoid_ratio("batch", shift=s, seed=seed) for s in (0, 0.5)]
        assert kept[0] == pytest.approx(kept[1], rel=1e-6)


def test_spectra_are_those_of_autograd():
    """The product over all hidden layers, as one Jacobian of PyTorch's."""
    how = {"skip": True, "norm": "layer", "activation": "tanh"}
    (values,) = spectra((4,), seed=3, **how)
    models = pytest.importorskip("nb_lib.torch.models")
    rng = np.random.default_rng(3)
    net = models.MLP((WIDTH,) * 7, rng=rng, **how)
    z1 = net.linears[0](torch.from_numpy(rng.normal(size=(1, WIDTH))))

    def rest(z):
        for norm, linear in zip(net.norms[:4], net.linears[1:5], strict=True):
            z = z + linear(net.activation(norm(z)))
        return z

    jacobian = torch.autograd.functional.jacobian(rest, z1)[0, :, 0]
    np.testing.assert_allclose(values, torch.linalg.svdvals(jacobian), rtol=1e-8)


def test_most_directions_die_in_plain_tanh_and_live_in_blocks():
    for seed in (1, 2):
        plain = {"activation": "tanh", "init": "xavier_normal", "seed": seed}
        (tanh,) = spectra((50,), **plain)
        (orthogonal,) = spectra((50,), **{**plain, "init": "orthogonal"})
        (blocks,) = spectra((50,), skip=True, norm="layer", seed=seed)
        assert tanh[0] > 0.03
        assert np.median(tanh) < 1e-6
        assert np.median(orthogonal) > 0.02
        assert np.median(blocks) == pytest.approx(1, rel=0.5)


@pytest.mark.slow
def test_the_spread_is_what_keeps_tanh_from_learning():
    xavier, orthogonal = (
        loss_of(activation="tanh", init=init)
        for init in ("xavier_normal", "orthogonal")
    )
    assert orthogonal < xavier - 0.3
    relu = loss_of(activation="relu", init="orthogonal", gain=1.4)
    assert relu > 2.2  # half of the directions are lost, whatever the weights


def trained(change=None, *, seed, bound=np.inf, lr=0.1, **how):
    """Train fifty layers, changed before the start, as the view does.

    Returns the first loss and the mean of the last ten.
    """
    x, labels = digits()
    weights, order = np.random.default_rng(seed).spawn(2)
    net = MLP((196, *[32] * 50, 10), rng=weights, **how)
    if change:
        change(net.params)
    data = ((x[i], labels[i]) for i in epochs(len(x), 32, rng=order))
    optimiser = Clipped(SGD(net.params, lr=lr), max_norm=bound)
    steps = islice(descend(net, cross_entropy, data, optimiser, watch=60), 60)
    losses = [step.loss for step in steps]
    return losses[0], np.mean(losses[-10:])


@pytest.mark.slow
def test_orthogonal_tanh_is_ahead_with_other_seeds_too():
    for seed in (1, 2, 3):
        xavier, orthogonal = (
            trained(seed=seed, activation="tanh", init=init)[1]
            for init in ("xavier_normal", "orthogonal")
        )
        assert orthogonal < xavier - 0.5


def mirror(params):
    """Give each unit a partner of the opposite sign, so that one of two is awake."""
    for w in (w for w in params.values() if w.ndim > 1):
        half = w[: len(w) // 2, : w.shape[1] // 2].copy()
        if len(w) == 32 and w.shape[1] == 32:
            half = np.linalg.qr(half)[0]
            w[...] = np.block([[half, -half], [-half, half]])
        elif len(w) == 32:
            w[16:] = -w[:16]
        else:
            w[:, 16:] = -w[:, :16]


@pytest.mark.slow
def test_mirrored_weights_wake_a_deep_relu_net_at_a_smaller_rate():
    for seed in (1, 9):
        assert trained(mirror, seed=seed, init="he_normal", lr=0.02)[1] < 1.8
    assert trained(seed=9, init="he_normal", lr=0.02)[1] > 2.2


@pytest.mark.slow
def test_fifty_clipped_blocks_fail_from_a_small_first_loss_too():
    def shrink(params):
        params["50.w"] *= 1e-8

    first, last = trained(shrink, seed=9, init="he_normal", skip=True, bound=1.0)
    assert first < 3 < 30 < last


def test_the_error_signal_grows_as_theory_says_in_other_nets():
    """What the text says in brackets of the ten blocks, with four other seeds."""
    for seed in (1, 2, 3, 4):
        weights, order = np.random.default_rng(seed).spawn(2)
        net = MLP((196, *[32] * 10, 10), rng=weights, skip=True, init="he_normal")
        x, labels = digits()
        chosen = next(epochs(len(x), 32, rng=order))
        net.backward(d_cross_entropy(net.forward(x[chosen]), labels[chosen]))
        assert 13.5 < ratio(net) < 23.5


@pytest.mark.slow
def test_clipping_rescues_ten_blocks_and_leaves_the_ratio():
    how = {**BLOCKS, "depth": 10}
    assert loss_of(**how) == np.inf
    assert loss_of(clip=True, **how) < 2.2
    assert loss_of(clip=True, lr=0.3, **how) < 1.6
    off, on = run(**how), run(clip=True, **how)
    np.testing.assert_array_equal(off.first_deltas, on.first_deltas)
    assert off.first_deltas[0] / off.first_deltas[-1] == pytest.approx(50, rel=0.1)
    assert off.totals[0] == pytest.approx(500, rel=0.15)
    assert (on.totals > on.bound).mean() > 0.5


@pytest.mark.slow
def test_a_level_error_signal_is_not_enough_for_relu():
    frame = run(**HE)
    assert 0.1 < frame.first_deltas[0] / frame.first_deltas[-1] < 10
    assert frame.losses[-10:].mean() > 2.25
    assert "guessing: 2.30" in describe(frame)


def test_a_run_that_is_lost_says_so():
    frame = run(**BLOCKS)
    assert frame.diverged_at == 1
    assert re.search("diverged at step 1", describe(frame))
