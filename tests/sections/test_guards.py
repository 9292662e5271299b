"""The eight guards of 9.19 stop at the fault and pass the repaired variant."""

from contextlib import nullcontext
from functools import partial

import numpy as np
import pytest

from nb_lib.numpy.losses import cross_entropy, d_cross_entropy
from nb_lib.sections.s09_19_pitfalls import guards
from nb_lib.sections.s09_19_pitfalls.faults import (
    dead,
    forcing,
    leakage,
    masking,
    overflow,
    rate,
    silent,
    split,
)


def rng():
    return np.random.default_rng(7)


def gradient(is_faulty):
    """The gradient of the first weights, with the derivative always true or right."""
    x, labels = rng().normal(size=(11, 5)), np.arange(11) % 3
    net = silent.network((5, 7, 3), is_faulty=is_faulty, rng=rng())

    def loss():
        return cross_entropy(net.forward(x), labels)

    net.backward(d_cross_entropy(net.forward(x), labels))
    guards.guard_gradient(loss, net.params["0.w"], net.grads["0.w"], rng=rng())


def leaking(is_faulty):
    score = partial(leakage.cross_validated, is_faulty=is_faulty)
    guards.guard_leakage(score, *leakage.noise(3), rng=rng())


def splitting(is_faulty):
    labels = np.repeat(np.arange(10), 300)
    rows = split.rows_taken(labels, is_faulty=is_faulty, rng=rng())
    guards.guard_split(labels[rows], 10)


def descending(is_faulty):
    x, targets = rate.problem(2)
    lr = (1.05 if is_faulty else 0.95) * 2 / rate.greatest_curvature(x)
    w = np.zeros(x.shape[1])
    guards.guard_rate(rate.gradient(x, targets), w, lr, rng=rng())


def dying(is_faulty):
    """A step of 1 along a bias gradient that is too large switches units off."""
    x = rng().normal(size=(40, 5))
    net = silent.network((5, 7, 3), is_faulty=False, rng=rng())
    net.params["0.b"][:3] -= 50.0 * is_faulty
    guards.guard_alive(dead.hidden(net, x)[0])


def overflowing(is_faulty):
    logits, labels = np.float32([[89, 0, 1]]), np.array([0])
    loss = overflow.cross_entropy(logits, labels, is_faulty=is_faulty)
    guards.guard_finite(3, logits=logits, loss=loss)


def forecasting(is_faulty):
    values = forcing.series(60, rng=rng())
    weights = forcing.fitted(values)
    answers = partial(forcing.forecast, weights, is_faulty=is_faulty)
    guards.guard_forecast(answers, values, start=forcing.PAST)


def masked(is_faulty):
    w = rng().normal(size=(2 * masking.TOKENS, masking.TOKENS))
    guards.guard_mask(
        lambda tokens: masking.inputs(tokens, is_faulty=is_faulty) @ w,
        masking.sentences(1, 5),
        masking.TOKENS,
        at=6,
    )


CASES = (
    (gradient, "slope"),
    (leaking, "on shuffled labels"),
    (splitting, "shares from 0.0%"),
    (descending, "past 2/λ_max"),
    (dying, "43% of 7 units are dead"),
    (overflowing, "step 3: loss is not finite in 1 of its entries"),
    (forecasting, "the answers move"),
    (masked, "the logits for token 6 move"),
)


@pytest.mark.parametrize("is_faulty", [True, False], ids=["faulty", "repaired"])
def test_each_guard_stops_at_its_fault_and_at_nothing_else(is_faulty):
    for case, words in CASES:
        hit = pytest.raises(AssertionError, match=words)
        with hit if is_faulty else nullcontext():
            case(is_faulty)


def test_the_gradient_guard_gives_the_weights_back():
    w = rng().normal(size=(3, 2))
    kept = w.copy()
    guards.guard_gradient(lambda: np.sum(w**2), w, 2 * w, rng=rng())
    np.testing.assert_array_equal(w, kept)


def test_the_rate_guard_finds_the_greatest_curvature():
    x, targets = rate.problem(5)
    limit = 2 / rate.greatest_curvature(x)
    find = partial(guards.guard_rate, rate.gradient(x, targets), np.zeros(6), rng=rng())
    find(0.999 * limit)
    with pytest.raises(AssertionError):
        find(1.001 * limit)


def test_each_fault_may_be_switched_off():
    """The repaired variants give the honest numbers of the section."""
    seen, unseen = (masking.share_right(is_faulty=f, seed=4)[0] for f in (True, False))
    assert seen == 1.0
    assert abs(unseen - 1 / masking.TOKENS) < 0.04
    wrong, right = (silent.AlwaysTrue("relu"), silent.Activation("relu"))
    z = np.array([[-2.0, 3.0]])
    for layer, wanted in ((wrong, [[1, 1]]), (right, [[0, 1]])):
        layer.forward(z)
        np.testing.assert_array_equal(layer.backward(np.ones((1, 2))), wanted)


def test_only_what_was_fitted_to_errors_leaves_the_wave():
    for seed in range(3):
        assert forcing.errors(seed, noise=0.0)[1] < 1e-9
        assert forcing.errors(seed)[1] > 0.4


def test_the_split_guard_passes_classes_that_are_nearly_equal():
    counts = (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)  # of MNIST
    guards.guard_split(np.repeat(np.arange(10), counts), 10)
    with pytest.raises(AssertionError, match="shares from 0.0%"):
        guards.guard_split(np.repeat(np.arange(9), counts[:9]), 10)
