"""Exercises of 9.20: right answers in several styles, and what wrong ones are told."""

import math

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_20_summary.exercises import factor, largest, lion, pushed

RIGHT = {"SGD": 100, "momentum": 100, "RMSProp": 1, "Adam": 1, "AdamW": 1}


def by_halving(seconds, speed):
    """Search the size between bounds, without a formula for it."""
    low, high = 1.0, 1e20
    for _ in range(200):
        middle = math.sqrt(low * high)
        if 6 * middle * 20 * middle < seconds * speed:
            low = middle
        else:
            high = middle
    return low


def test_the_largest_network_may_be_found_in_any_way():
    for answer in (
        largest,
        by_halving,
        lambda s, v: (s * v / 120) ** 0.5,
        lambda s, v: np.float32(np.sqrt(s * v / 120)),
    ):
        verdict = check("9.20.1", answer)
        assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda s, v: s * v / 120, "this is the square"),
        (lambda s, v: math.sqrt(s * v / 6), "examples"),
        (lambda s, v: math.sqrt(1e9 / 120), "wanted"),
        (lambda s, v: print(math.sqrt(s * v / 120)), "return"),
        (lambda s, v: round(math.sqrt(s * v / 120)), "wanted"),
        (lambda s, v: -math.sqrt(s * v / 120), "wanted"),
    ],
)
def test_a_wrong_size_is_told_why(answer, words):
    verdict = check("9.20.1", answer)
    assert not verdict.passed
    assert words in str(verdict).lower()


def by_sum(g, mu, t):
    if t == math.inf:
        return g / (1 - mu)
    return sum(g * mu**k for k in range(t))


def test_the_push_may_be_summed_or_closed():
    for answer in (
        pushed,
        by_sum,
        lambda g, m, t: g * -math.expm1(slow(m, t)) / (1 - m),
    ):
        verdict = check("9.20.2", answer)
        assert verdict.passed, verdict


def slow(mu, t):
    return t * math.log(mu) if mu else -math.inf


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda g, mu, t: g / (1 - mu), "velocity in the end"),
        (lambda g, mu, t: g * (1 - mu ** (t + 1)) / (1 - mu), "one step too many"),
        (lambda g, mu, t: g * mu ** (t - 1), "every step adds"),
        (lambda g, mu, t: g * (1 - mu**t), "mean of the gradients"),
        (lambda g, mu, t: g * t, "nothing is forgotten"),
        (lambda g, mu, t: g, "wanted"),
        (lambda g, mu, t: None, "return"),
    ],
)
def test_a_wrong_push_is_told_why(answer, words):
    verdict = check("9.20.2", answer)
    assert not verdict.passed
    assert words in str(verdict).lower()


def test_factors_are_measured():
    assert {name: factor(name) for name in RIGHT} == pytest.approx(RIGHT)
    for answer in (RIGHT, {k: float(v) for k, v in RIGHT.items()},
                   {k: np.int64(v) for k, v in RIGHT.items()},
                   {k: np.array([float(v)]) for k, v in RIGHT.items()}):  # fmt: skip
        assert check("9.20.3", answer).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (RIGHT | {"Adam": 100}, "same gradient"),
        (RIGHT | {"momentum": 1000}, "first step the velocity"),
        (RIGHT | {"SGD": 1}, "One of the five factors is not"),
        (RIGHT | {"SGD": 1, "momentum": 1}, "Of the five factors, 2 are not"),
        (RIGHT | {"SGD": "100"}, "wants a number"),
        (RIGHT | {"SGD": "a hundred"}, "wants a number"),
        ({"SGD": 100}, "with the keys"),
        ([100, 100, 1, 1, 1], "with the keys"),
        (RIGHT | {"SGD": ...}, "wants a number"),
        (RIGHT | {"SGD": 10**400}, "wants a number"),
        (RIGHT | {"SGD": float("nan")}, "One of the five"),
    ],
)
def test_wrong_factors_are_told_why(answer, words):
    verdict = check("9.20.3", answer)
    assert not verdict.passed
    assert words in str(verdict)


def with_where(theta, g, m, betas, weight_decay):
    mix = betas[0] * m + (1 - betas[0]) * g
    signs = np.where(mix > 0, 1.0, -1.0)
    return [signs + weight_decay * theta, m + (1 - betas[1]) * (g - m)]


def in_place(theta, g, m, betas, weight_decay):
    """Right numbers, but the arrays of the caller are changed."""
    step, new = lion(theta, g, m, betas, weight_decay)
    m[:] = new
    return step, m


def mixed_late(theta, g, m, betas, weight_decay):
    """Renew m before it is mixed: in most entries the sign is right all the same."""
    new = lion(theta, g, m, betas, weight_decay)[1]
    return lion(theta, g, new, betas, weight_decay)[0], new


def in_float32(theta, g, m, betas, weight_decay):
    step, new = lion(theta, g, m, betas, weight_decay)
    return step.astype("float32"), new.astype("float32")


def test_lion_may_be_written_in_any_way():
    for answer in (lion, with_where, in_float32):
        verdict = check("9.20.4", answer)
        assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (in_place, "chang"),
        (mixed_late, "renewed first"),
        (lambda th, g, m, b, d: (np.sign(g) + d * th, m), "wanted"),
        (lambda th, g, m, b, d: lion(th, g, m, b, d)[::-1], "wanted"),
        (lambda th, g, m, b, d: lion(th, g, m, b, d)[0], "wanted"),
        (lambda th, g, m, b, d: lion(th, g, m, b, 0), "do not shrink"),
        (lambda th, g, m, b, d: lion(th, g, m, b, -d), "would grow"),
        (lambda th, g, m, b, d: lion(th, -g, -m, b, d), "wanted"),
    ],
)
def test_a_wrong_lion_is_told_so(answer, words):
    verdict = check("9.20.4", answer)
    assert not verdict.passed
    assert words in str(verdict).lower()
