"""Exercises of 9.11: right answers in any style pass, each slip is told by its name."""

import math

import numpy as np
import pytest
import torch

from nb_lib.book import check
from nb_lib.numpy.losses import d_cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.sections.s09_11_gradients import exercises as s9_11
from nb_lib.sections.s09_11_gradients import theory


def clip_by_torch(dw, db, bound):
    params = [torch.tensor(g, requires_grad=True) for g in (dw, db)]
    for p in params:
        p.grad = p.detach().clone()
    torch.nn.utils.clip_grad_norm_(params, bound)
    return tuple(p.grad.numpy() for p in params)


def clip_one_vector(dw, db, bound):
    whole = np.concatenate([dw.ravel(), db.ravel()])
    long = np.linalg.norm(whole)
    if long > bound:
        whole = whole * bound / long
    return [whole[: dw.size].reshape(dw.shape), whole[dw.size :]]


def clip_in_float32(dw, db, bound):
    norm = math.hypot(np.linalg.norm(dw), np.linalg.norm(db))
    scale = np.float32(min(1, bound / norm))
    return scale * dw.astype("float32"), scale * db.astype("float32")


def clip_in_place(dw, db, bound):
    norm = np.sqrt((dw**2).sum() + (db**2).sum())
    dw *= min(1, bound / norm)
    db *= min(1, bound / norm)
    return dw, db


def each_alone(dw, db, bound):
    return tuple(g * min(1, bound / (np.linalg.norm(g) + 1e-9)) for g in (dw, db))


def always(dw, db, bound):
    norm = np.sqrt((dw**2).sum() + (db**2).sum())
    return dw * bound / norm, db * bound / norm


def example_by_heart(dw, db, bound):
    return np.array([[2.7, 0.0]]), np.array([0.0, 3.6])


def print_only(dw, db, bound):
    print(dw, db)


def test_clipping_may_be_written_in_other_ways():
    for answer in (clip_by_torch, clip_one_vector, clip_in_float32):
        verdict = check("9.11.1", answer)
        assert verdict.passed, verdict


def test_slips_of_clipping_are_named():
    for answer, words in (
        (each_alone, "each alone"),
        (always, "short gradients became longer"),
        (lambda dw, db, c: (np.clip(dw, -c, c), np.clip(db, -c, c)), "by value"),
        (lambda dw, db, c: (dw, db), "nothing was clipped"),
        (lambda dw, db, c: (clip_one_vector(dw, db, c)[0], db), "only dw"),
        (clip_in_place, "chang"),
        (example_by_heart, "shape"),
        (print_only, "None"),
    ):
        verdict = check("9.11.1", answer)
        assert not verdict.passed, words
        assert words in repr(verdict), verdict


def growth_by_a_loop(blocks, gain):
    q = squares = 1.0
    for _ in range(blocks):
        squares *= 1 + gain**2 / q
        q += gain**2
    return squares**0.5


def growth_by_theory(blocks, gain):
    how = {"activation": "relu", "residual": True, "norm": "layer"}
    how["weight_variance"] = 2 * gain**2
    q = theory.signals(1.0, depth=blocks + 1, **how)
    return theory.error_signals(q, **how)[0]


def test_growth_may_be_written_in_other_ways():
    for answer in (
        growth_by_a_loop,
        growth_by_theory,
        lambda blocks, gain: np.sqrt(1 + blocks * gain**2),
    ):
        verdict = check("9.11.2", answer)
        assert verdict.passed, verdict


def test_slips_of_growth_are_named():
    for answer, words in (
        (lambda b, g: 1 + g**2 * b, "the root is missing"),
        (lambda b, g: (1 + g * b) ** 0.5, "the square is missing"),
        (lambda b, g: (1 + g**2) ** (b / 2), "without the norm"),
        (lambda b, g: (1 + g**2 * (b - 1)) ** 0.5, "off by one"),
        (lambda b, g: g * b**0.5, "the 1 that enters"),
        (lambda b, g: (1 + 2 * g**2 * b) ** 0.5, "He's 2 without the half"),
        (lambda b, g: (1 + g**2 * b) ** -0.5, "the wrong way round"),
        (lambda b, g: 2**0.5, "9.11.2"),
    ):
        verdict = check("9.11.2", answer)
        assert not verdict.passed, words
        assert words in repr(verdict), verdict


def test_growth_is_that_of_a_random_net(rng):
    """Twenty blocks of 256 units, with the loss's gradient drawn at random."""
    net = MLP((256,) * 22, rng=rng, skip=True, norm="layer")
    x, dy = rng.normal(size=(2, 32, 256))
    net.forward(x / 2**0.5)  # He's first layer doubles
    net.backward(dy)
    norms = [np.linalg.norm(d) for d in net.deltas[:-1]]
    want = s9_11.growth(len(norms) - 1, 1.0)
    assert norms[0] / norms[-1] == pytest.approx(want, rel=0.1)


def factors():
    """Measure the four factors of 9.11.3 in a net of five layers."""
    rng = np.random.default_rng(4)
    x, labels = rng.normal(size=(7, 6)), rng.integers(0, 3, size=7)
    net = MLP((6, 9, 8, 7, 5, 3), rng=rng, bias=False)
    found = []
    for _ in range(2):
        net.backward(d_cross_entropy(net.forward(x), labels))
        grads = [np.linalg.norm(net.grads[f"{layer}.w"]) for layer in (1, 2, 3)]
        found.append([*grads, np.linalg.norm(net.deltas[2])])
        net.params["1.w"] *= 10
        net.params["3.w"] /= 10
    return np.array(found[1]) / found[0]


def test_the_factors_are_those_of_a_net():
    for answer in (factors(), (0.1, 1, 10, 0.1), [1e-1, 1.0, 1e1, np.float32(0.1)]):
        verdict = check("9.11.3", answer)
        assert verdict.passed, verdict


def test_wrong_factors_are_named():
    for answer, words in (
        ((10, 1, 0.1, 0.1), "the wrong way round"),
        ((0.1, 1, 10, 1), "the error signal"),
        ((1, 1, 1, 1), "all the same"),
        ((0.1, 0.1, 10, 0.1), "layer 3"),
        ((0.1, 10, 10, 0.1), "layer 3"),
        ((0.1, 1, 10), "9.11.3"),
    ):
        verdict = check("9.11.3", answer)
        assert not verdict.passed, words
        assert words in repr(verdict), verdict


@pytest.mark.slow
def test_a_hundred_blocks_learn_with_the_right_gain():
    """The gain that a sum of a hundred terms asks for passes, and a braver one."""
    for right in ({"gain": 0.1, "lr": 0.015}, {"gain": 0.2, "lr": 0.01}):
        assert check("9.11.4", right).passed, right
    for wrong, words in (
        ({"gain": 0.1, "lr": 0.003}, "a higher rate would do better"),
        ({"gain": 0.1, "lr": 0.1}, "a lower rate would do better"),
        ({"gain": 0.2, "lr": 0.05}, "a lower rate would do better"),  # without a leap
        ({"gain": 0.15, "lr": 0.1}, "a lower rate would do better"),  # diverged
        ({"gain": 0.15, "lr": 0.2}, "a lower rate would do better"),  # stuck
        ({"gain": 0.1, "lr": 1e-4}, "a higher rate would do better"),
        ({"gain": 0.05, "lr": 0.05}, "may each layer add a little more"),
        ({"gain": 1, "lr": 0.1}, "by how much may one layer"),
        ({"gain": 0.3, "lr": 0.1}, "diverged"),
        ({"gain": 5}, "gain"),
        ({"norm": "layer"}, "norm"),
        ([0.2, 0.01], "dict"),
    ):
        verdict = check("9.11.4", wrong)
        assert not verdict.passed, wrong
        assert words in repr(verdict), verdict


def test_settings_not_yet_chosen_are_no_answer():
    assert check("9.11.4", {"gain": ..., "lr": ...}).state == "empty"
