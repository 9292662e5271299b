"""Exercises of 9.4: what is right however it is written, and what each slip is told."""

import math

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_04_activations import balance


# ----------------------------------------------------------- sigmoid and tanh
def by_masks(z):
    z = np.asarray(z, dtype=float)
    s, up = np.empty(z.shape), z >= 0
    s[up] = 1 / (1 + np.exp(-z[up]))
    s[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return s, np.tanh(z)


def by_loops(z):
    def one(v):
        return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))

    z = np.asarray(z)
    s = np.array([one(v) for v in z.flat]).reshape(z.shape)
    return [s, np.array([math.tanh(v) for v in z.flat]).reshape(z.shape)]


def by_logaddexp(z):
    return np.exp(-np.logaddexp(0, -z)), np.tanh(z)


@pytest.mark.parametrize("answer", [by_masks, by_loops, by_logaddexp])
def test_each_way_without_overflow_is_right(answer):
    verdict = check("9.4.1", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda z: (1 / (1 + np.exp(-z)), np.tanh(z)), "overflows at z = -1000"),
        (lambda z: (np.exp(z) / (1 + np.exp(z)), np.tanh(z)), "take e^-|z|"),
        (lambda z: by_masks(z)[::-1], "the order: first sigmoid"),
        (lambda z: ((1 + np.tanh(z / 2)) / 2, np.tanh(z)), "1 + tanh(z/2), cancels"),
        (lambda z: by_masks(z)[0], "two arrays"),
        (lambda z: (by_masks(z)[0], by_masks(z)[0]), "not yet"),
        (lambda z: (by_masks(np.clip(z, -30, 30))[0], np.tanh(z)), "not yet"),
        (lambda z: print(by_masks(z)), "returned"),
    ],
)
def test_other_ways_are_told_what_is_wrong(answer, words):
    verdict = check("9.4.1", answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict


# ------------------------------------------------------------- the slope of SiLU
def factored(z):
    s = by_masks(z)[0]
    return s * (1 + z * (1 - s))


def mirrored(z):
    """The slopes at z and -z add up to 1."""
    upper = factored(np.abs(z))
    return np.where(z >= 0, upper, 1 - upper)


@pytest.mark.parametrize("kind", [np.asarray, list, lambda d: np.array(d, "float64")])
def test_silu_slopes_of_any_kind_are_right(kind):
    assert check("9.4.2", lambda z: kind(factored(z))).passed


def test_the_mirrored_slope_is_right():
    assert check("9.4.2", mirrored).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda z: 2 * factored(z), "a factor 2 too many"),
        (lambda z: -factored(z), "the sign"),
        (lambda z: by_masks(z)[0], "the second, z sigmoid'(z), is missing"),
        (lambda z: z * by_masks(z)[0], "this is SiLU itself"),
        (lambda z: by_masks(z)[0] + z * (1 - by_masks(z)[0]), "a factor is missing"),
        (lambda z: np.array([0.5, 0.9]), "shape"),
    ],
)
def test_other_slopes_are_told_what_is_wrong(answer, words):
    verdict = check("9.4.2", answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict


# ------------------------------------------------------------- a leak and its gain
@pytest.mark.parametrize(
    "answer",
    [
        lambda leak: math.sqrt(2 / (1 + leak**2)),
        lambda leak: 1 / np.sqrt(np.mean([1.0, leak**2])),
        lambda leak: np.float64(1) / np.hypot(1, leak) * 2**0.5,
    ],
)
def test_each_way_to_the_gain_is_right(answer):
    verdict = check("9.4.3", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda leak: 2**0.5, "the leak is missing"),
        (lambda leak: 2 / (1 + leak), "levels the mean slope"),
        (lambda leak: 2**0.5 / (1 + leak), "this squares the sum"),
        (lambda leak: 1.2127, "not yet"),
        (lambda leak: 1.2, "not yet"),
        (lambda leak: math.sqrt((1 + leak**2) / 2), "one over that"),
        (lambda leak: math.sqrt(2 / (1 - leak**2 / 2)), "not yet"),
    ],
)
def test_other_gains_are_told_what_is_wrong(answer, words):
    verdict = check("9.4.3", answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict


def test_the_rule_levels_the_explorer():
    from nb_lib.explore import slope

    left = {
        gain: slope.run(activation="leaky_relu", slope=0.6, depth=50, gain=gain)
        for gain in (1.1, 1.2, 1.3)
    }
    assert 0.3 < left[1.2].sizes[0] < 3
    assert left[1.1].sizes[0] < 0.1
    assert left[1.3].sizes[0] > 10


# ---------------------------------------------------------- the gain of the sigmoid
def test_a_wide_deep_net_is_balanced_at_the_gain_of_the_judge(rng):
    from nb_lib.numpy.activations import d_sigmoid
    from nb_lib.runs import tunnel

    how = {"depth": 12, "init": "lecun_normal", "rng": rng}
    layers = tunnel.Layers(1024, gain=balance.balanced_gain(), **how)
    *_, z = tunnel.signals(rng.normal(size=(64, 1024)), layers, activation="sigmoid")
    rms = tunnel.mean_square(d_sigmoid(z)) ** 0.5
    assert balance.balanced_gain() * rms == pytest.approx(1, rel=0.1)


@pytest.mark.parametrize("kind", [float, np.float32, np.array])
@pytest.mark.parametrize("off", [0.9993, 1.0, 1.0007])
def test_a_tenth_of_a_per_cent_is_near_enough(kind, off):
    assert check("9.4.4", kind(off * balance.balanced_gain())).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (4, "where hardly any unit is"),
        (4.72, "standard normal pre-activations"),
        (10.6, "one net of 64 units"),
        (10.39, "take a finer grid"),
        (10.0, "not to a tenth of a per cent"),
        (10.1, "not to a tenth of a per cent"),
        (10.2, "not to a tenth of a per cent"),
        (12.0, "lets the error signal grow, by a factor of about 1.1"),
        (5.0, "lets the error signal shrink, by a factor of about 0.71"),
        (-3, "above 0"),
        ("ten", "The answer is one number"),
        ((7.5, 1.0), "The answer is one number"),
        (float("nan"), "The answer is one number"),
    ],
)
def test_other_gains_of_the_sigmoid_are_told_what_they_do(answer, words):
    verdict = check("9.4.4", answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict
    assert "10.1" not in repr(verdict)
    assert "0.99" not in repr(verdict)
    assert "1.00" not in repr(verdict)
