"""Regularisation: both twins draw the same masks and partners."""

import numpy as np
import pytest

from nb_lib.numpy.losses import kl_divergence
from nb_lib.numpy.regularisation import Dropout

N, D, K = 4, 6, 3


def drawn():
    return np.random.default_rng(5)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.9])
def test_dropout_keeps_the_mean(backend, p):
    """The mean of 200,000 numbers lies within five of its standard deviations."""
    layer = backend.module("regularisation").Dropout(p, rng=drawn())
    y = backend.numpy(layer.forward(backend.array(np.ones(200_000))))
    spread = np.sqrt(p / (1 - p) / y.size)
    assert abs(y.mean() - 1) <= 5 * spread
    assert set(np.unique(y)) <= {0.0, 1 / (1 - p)}


def test_dropout_walks_back_through_the_same_mask(rng):
    """Judged by autograd over the twin, whose generator draws the same mask."""
    torch = pytest.importorskip("torch")
    from nb_lib.torch.regularisation import Dropout as Twin

    x, dy = rng.normal(size=(2, N, D))
    layer, twin = Dropout(0.4, rng=drawn()), Twin(0.4, rng=drawn())
    leaf = torch.from_numpy(x).requires_grad_()
    y = twin(leaf)
    y.backward(torch.from_numpy(dy))
    np.testing.assert_array_equal(layer.forward(x), y.detach())
    np.testing.assert_array_equal(layer.backward(dy), leaf.grad)
    assert (layer.backward(dy) == 0).any()


def test_in_evaluation_dropout_is_the_identity(backend, rng):
    layer = backend.module("regularisation").Dropout(0.5, rng=drawn())
    layer.training = False
    x = rng.normal(size=(N, D))
    np.testing.assert_array_equal(backend.numpy(layer.forward(backend.array(x))), x)


def test_dropout_keeps_float32(backend):
    layer = backend.module("regularisation").Dropout(0.5, rng=drawn())
    x = np.ones((N, D), "float32")
    assert backend.numpy(layer.forward(backend.array(x))).dtype == np.float32


def test_each_call_draws_a_new_mask(rng):
    layer = Dropout(0.5, rng=rng)
    pair = [layer.forward(np.ones((N, D))) for _ in range(2)]
    assert not np.array_equal(*pair)


def test_mixup_mixes_examples_and_targets_alike(backend, rng):
    x, targets = rng.normal(size=(N, D)), np.eye(K)[rng.integers(K, size=N)]
    mix = backend.module("regularisation").mixup
    got = mix(backend.array(x), backend.array(targets), alpha=0.4, rng=drawn())
    source = drawn()
    share, partner = source.beta(0.4, 0.4), source.permutation(N)
    for a, mixed in zip((x, targets), got, strict=True):
        want = share * a + (1 - share) * a[partner]
        np.testing.assert_allclose(backend.numpy(mixed), want, rtol=1e-15)


def test_cross_entropy_is_linear_in_the_mixed_targets(rng):
    """CE(q) = KL(q ‖ p) + H(q): the mixed loss is the mix of the losses."""
    logits = rng.normal(size=(N, K))
    one, two = (np.eye(K)[rng.integers(K, size=N)] for _ in range(2))
    mixed = 0.3 * one + 0.7 * two
    entropy = -np.sum(mixed * np.log(np.where(mixed > 0, mixed, 1))) / N
    whole = kl_divergence(logits, mixed) + entropy
    parts = 0.3 * kl_divergence(logits, one) + 0.7 * kl_divergence(logits, two)
    np.testing.assert_allclose(whole, parts, rtol=1e-14)


def test_patience_ends_after_so_many_epochs_without_a_best(backend):
    patience = backend.module("regularisation").Patience(2)
    losses = [3.0, 2.0, np.nan, 1.5, 1.6, 1.5, 0.1]
    over = [patience.is_over(loss) for loss in losses[:6]]
    assert over == [False, False, False, False, False, True]
    assert (patience.best, patience.epoch) == (1.5, 4)


REFUSED = {
    "p": (lambda m: m.Dropout(1.0, rng=drawn()), "p of 0 or more and below 1, got 1"),
    "NaN": (lambda m: m.Dropout(np.nan, rng=drawn()), "got nan"),
    "alpha": (
        lambda m: m.mixup(np.ones((2, 2)), np.ones((2, 2)), alpha=0, rng=drawn()),
        "above 0, got 0",
    ),
    "lengths": (
        lambda m: m.mixup(np.ones((2, 2)), np.ones((3, 2)), alpha=1, rng=drawn()),
        "mixup wants 2 targets, got 3",
    ),
    "patience": (lambda m: m.Patience(0), "at least 1, got 0"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_gets_one_sentence(backend, case):
    call, words = REFUSED[case]
    with pytest.raises(ValueError, match=words):
        call(backend.module("regularisation"))
