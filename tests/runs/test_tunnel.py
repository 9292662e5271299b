"""The tunnel: layers follow their scheme, signals and deltas follow the theory."""

import numpy as np
import pytest

from nb_lib.numpy.init import INITS, weight_variance
from nb_lib.numpy.propagation import backward_variances, forward_variances
from nb_lib.runs import tunnel

HE = {"activation": "relu", "skip": False}


def travelled(rng, *, width=256, depth=12, init="he_normal", gain=1.0, **how):
    """Send a batch up and random deltas down; return both lists of mean squares."""
    layers = tunnel.Layers(width, depth=depth, init=init, gain=gain, rng=rng)
    x, dz = rng.normal(size=(2, 128, width))
    up = list(tunnel.signals(x, layers, **how))
    down = list(tunnel.deltas(dz, layers, up, **how))[::-1]
    return [[tunnel.mean_square(z) for z in zs] for zs in (up, down)]


@pytest.mark.parametrize("init", INITS)
def test_weight_variance_is_what_the_scheme_draws(rng, init):
    w = 1.7 * INITS[init](400, 400, rng=rng)
    wanted = 1.7**2 * weight_variance(init, 400, 400)
    assert 400 * w.var() == pytest.approx(wanted, rel=0.02)


@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize(
    ("activation", "init", "gain"),
    [
        ("relu", "he_normal", 1),
        ("tanh", "orthogonal", 5 / 3),
        ("gelu", "he_uniform", 1),
    ],
)
def test_a_wide_net_follows_the_theory(rng, activation, init, gain, skip):
    how = {"activation": activation, "skip": skip}
    forward, backward = travelled(rng, init=init, gain=gain, **how)
    how["weight_variance"] = gain**2 * weight_variance(init, 256, 256)
    theory = forward_variances(how["weight_variance"], depth=12, **how)
    np.testing.assert_allclose(forward, theory, rtol=0.35)
    np.testing.assert_allclose(backward, backward_variances(theory, **how), rtol=0.35)


def test_layers_that_take_turns_still_follow_the_theory(rng, monkeypatch):
    monkeypatch.setattr(tunnel, "NUMBERS", 0)
    forward, backward = travelled(rng, depth=30, init="torch_default", **HE)
    np.testing.assert_allclose(forward, 6.0 ** -np.arange(30) / 3, rtol=0.6)
    np.testing.assert_allclose(backward, 6.0 ** -np.arange(30.0)[::-1], rtol=0.6)


def test_no_more_matrices_are_kept_than_promised(rng, monkeypatch):
    monkeypatch.setattr(tunnel, "NUMBERS", 3 * 8**2)
    layers = tunnel.Layers(8, depth=20, init="he_normal", rng=rng)
    list(tunnel.signals(rng.normal(size=(5, 8)), layers, **HE))
    assert len(layers.kept) == 3


@pytest.mark.parametrize("skip", [False, True])
def test_deltas_are_the_gradient_of_the_signals(rng, skip):
    """One random direction v checks all layers at once: <dz, J v> = <dx, v>."""
    layers = tunnel.Layers(7, depth=4, init="he_normal", rng=rng)
    how, h = {"activation": "tanh", "skip": skip}, 1e-6
    z, v, dz = rng.normal(size=(3, 5, 7))

    def top(first):
        """Carry the first pre-activation to the last layer."""
        for layer in range(1, 4):
            above = layers.forward(np.tanh(first), layer, shuffled=skip)
            first = above + (first if skip else 0)
        return first

    below = list(tunnel.signals(z, layers, **how))
    slope = (top(below[0] + h * v) - top(below[0] - h * v)) / (2 * h)
    *_, first = tunnel.deltas(dz, layers, below, **how)
    assert np.sum(first * v) == pytest.approx(np.sum(dz * slope), rel=1e-6)


def test_layers_that_take_turns_do_not_add_up_through_skip_connections(rng):
    """Eight weights serve twenty layers here: no unit may meet its own sum again."""
    how = {"init": "torch_default", "activation": "relu", "skip": True}
    nets = [travelled(rng, width=512, depth=20, **how) for _ in range(4)]
    up, down = np.mean(nets, axis=0)
    assert up[-1] == pytest.approx((7 / 6) ** 19 / 3, rel=0.25)
    assert down[0] == pytest.approx((7 / 6) ** 19, rel=0.25)
