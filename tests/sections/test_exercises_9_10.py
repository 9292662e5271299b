"""Exercises of 9.10: right answers in any style pass, each slip is told by its name."""

import math
from itertools import pairwise

import numpy as np
import pytest
import torch

from nb_lib.book import check
from nb_lib.numpy.propagation import forward_variances
from nb_lib.runs import tunnel
from nb_lib.sections.s09_10_initialisation import exercises as s9_10
from nb_lib.sections.s09_10_initialisation.explorer import variance


# ------------------------------------------------------------ the factor 2, the bound
def std_of_he(fan_in, slope):
    return math.sqrt(2 / fan_in) / math.sqrt(1 + slope * slope)


def std_from_what_is_kept(fan_in, slope):
    kept = (1 + slope**2) / 2
    return (fan_in * kept) ** -0.5


def bound_from_the_std(fan_in, fan_out):
    return 3**0.5 * (2 / (fan_in + fan_out)) ** 0.5


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("9.10.1", std_of_he),
        ("9.10.1", std_from_what_is_kept),
        ("9.10.1", lambda m, s: np.float64(2 / m / (1 + s**2)) ** 0.5),
        ("9.10.2", bound_from_the_std),
        ("9.10.2", lambda m, n: math.sqrt(6) / math.sqrt(m + n)),
        ("9.10.2", lambda m, n: np.sqrt(6 / np.add(m, n))),
    ],
)
def test_formulas_may_be_written_in_other_ways(id, answer):
    verdict = check(id, answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("id", "answer", "words"),
    [
        ("9.10.1", lambda m, s: (1 / m / (1 + s**2)) ** 0.5, "the factor 2 is missing"),
        ("9.10.1", lambda m, s: (2 / m) ** 0.5, "the slope is missing"),
        ("9.10.1", lambda m, s: (2 / m) ** 0.5 / (1 + s), "the square"),
        ("9.10.1", lambda m, s: (2 / m / (1 + s)) ** 0.5, "the square is missing"),
        ("9.10.1", lambda m, s: 2 / m / (1 + s**2), "the root is missing"),
        ("9.10.1", lambda m, s: 2 / (m * (1 + s**2)) ** 0.5, "lower part"),
        ("9.10.2", lambda m, n: (2 / (m + n)) ** 0.5, "the standard deviation, not"),
        ("9.10.2", lambda m, n: (24 / (m + n)) ** 0.5, "half of the interval's width"),
        ("9.10.2", lambda m, n: (3 / m) ** 0.5, "fan_out is missing"),
        ("9.10.2", lambda m, n: (3 / n) ** 0.5, "fan_in is missing"),
        ("9.10.2", lambda m, n: (3 / (m + n)) ** 0.5, "missing its 1/2"),
        ("9.10.2", lambda m, n: 6 / (m + n), "the root is missing"),
    ],
)
def test_slips_in_the_formulas_are_named(id, answer, words):
    assert words in repr(check(id, answer))


def test_relu_std_keeps_the_second_moment(rng):
    for slope in (0.0, 0.2, 1.0):
        z = rng.normal(size=2_000_000)
        kept = np.mean(np.where(z > 0, z, slope * z) ** 2)
        assert 50 * s9_10.relu_std(50, slope) ** 2 * kept == pytest.approx(1, rel=5e-3)


def test_xavier_bound_is_that_of_the_library(rng):
    from nb_lib.numpy.init import xavier_uniform

    greatest = np.abs(xavier_uniform(300, 500, rng=rng)).max()
    assert greatest == pytest.approx(s9_10.xavier_bound(300, 500), rel=1e-4)


# ------------------------------------------------------------- the variance at layer 20
RIGHT = (1.5**19, (7 / 6) ** 19 / 3, 2.0**20)


@pytest.mark.parametrize(
    "answer",
    [
        RIGHT,
        [2217, 6.24, 1_048_576],
        np.array(RIGHT),
        (1.5**19, 2 * 7**19 / 6**20, 1e6),
    ],
)
def test_variances_may_be_computed_or_rounded(answer):
    passed = check("9.10.3", answer).passed
    assert passed == (answer[2] != 1e6)  # 5% off: a power of ten is no answer


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((1.5**20, (7 / 6) ** 20 / 3, 2.0**21), "off by one"),
        ((1.5**20, (7 / 6) ** 20, 2.0**20), "the first layer differs"),
        ((1.5**19, (7 / 6) ** 19, 2.0**19), "the first layer is missing"),
        ((2**19, (4 / 3) ** 19 / 3, 2 * 3.0**19), "the half that ReLU sets to 0"),
        ((2.0**-19, 6.0**-19 / 3, 2.0), "the skip connections are missing"),
        ((10.5, 25 / 18, 40.0), "adds anew in every layer"),
        (tuple(np.sqrt(RIGHT)), "standard deviations where variances belong"),
    ],
)
def test_slips_at_layer_20_are_named(answer, words):
    assert words in repr(check("9.10.3", answer))


@pytest.mark.parametrize(
    ("part", "preset"),
    [
        (0, "1/fan_in with skips"),
        (1, "PyTorch default with skips"),
        (2, "He with skips"),
    ],
)
def test_the_buttons_give_what_the_exercise_asks_for(part, preset):
    first = next(variance.frames(**variance.presets[preset]))
    assert len(first.forward_theory) == 20
    assert first.forward_theory[-1] == pytest.approx(s9_10.layer_20()[part], rel=1e-9)


# ------------------------------------------------------------------- the critical gain
def on_a_grid(q, gain):
    u = np.linspace(-8, 8, 2001)
    density = np.exp(-(u**2) / 2)
    return gain**2 * np.average(np.tanh(np.sqrt(q) * u / 2) ** 2, weights=density)


def by_iteration(gain):
    q = 1.0
    for _ in range(400):
        q = on_a_grid(q, gain)
    return q


def until_it_rests(gain):
    q, before = 1.0, 0.0
    while abs(q - before) > 1e-6:
        q, before = on_a_grid(q, gain), q
    return q


def by_halving(gain):
    low, high = 1e-4, gain**2
    if on_a_grid(low, gain) < low:
        return 0
    while high - low > 1e-6:
        q = (low + high) / 2
        low, high = (q, high) if on_a_grid(q, gain) > q else (low, q)
    return low


@pytest.mark.parametrize("answer", [by_iteration, until_it_rests, by_halving])
def test_any_way_to_the_settled_variance_passes(answer):
    verdict = check("9.10.4", answer)
    assert verdict.passed, verdict


def test_monte_carlo_is_close_enough(rng):
    u = rng.normal(size=40_000)

    def sampled(gain):
        q = 1.0
        for _ in range(100):
            q = gain**2 * np.mean(np.tanh(np.sqrt(q) * u / 2) ** 2)
        return q

    verdict = check("9.10.4", sampled)
    assert verdict.passed, verdict


def by_iteration_in_torch(gain):
    return torch.tensor(by_iteration(gain))


@pytest.mark.parametrize(
    "answer", [by_iteration_in_torch, lambda g: np.array(by_iteration(g))]
)
def test_a_faded_variance_may_be_a_tensor_or_an_array(answer):
    verdict = check("9.10.4", answer)
    assert verdict.passed, verdict


def as_in_the_text(gain):
    """Copy the call of the section's own cell."""
    how = {"activation": "tanh", "weight_variance": gain**2}
    return forward_variances(1.0, depth=1000, **how)[-1]


def layers(step, count=300):
    def wrong(gain):
        q = 1.0
        for _ in range(count):
            q = step(q, gain)
        return q

    return wrong


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (layers(on_a_grid, 5), "too few layers"),
        (layers(on_a_grid, 30), "too few layers"),
        (layers(on_a_grid, 1), "this is one layer only"),
        (
            layers(lambda q, g: g**2 * np.tanh(q**0.5 / 2) ** 2),
            "expectation is missing",
        ),
        (as_in_the_text, "the activation is tanh(z / 2)"),
        (layers(lambda q, g: on_a_grid(q, g) / g), "the gain enters once"),
        (layers(lambda q, g: on_a_grid(q * q, g)), "where the standard deviation"),
        (lambda gain: by_iteration(gain) ** 0.5, "wanted"),
    ],
)
def test_slips_on_the_way_to_the_settled_variance_are_named(answer, words):
    verdict = check("9.10.4", answer)
    assert not verdict.passed
    assert words in repr(verdict)


def test_settled_variance_leaves_zero_at_the_critical_gain():
    ends = [s9_10.settled(gain) for gain in (1.8, 2.0, 2.1, 2.4, 10 / 3)]
    assert ends[:2] == [0, 0]
    assert all(low < high for low, high in pairwise(ends[1:]))
    assert ends[-1] == pytest.approx(4 * 1.178, abs=4e-3)


def test_a_random_net_settles_where_the_exercise_says(rng):
    """Half of z settles in a tanh net of half the gain: a quarter of the variance."""
    net = tunnel.Layers(500, depth=40, init="xavier_normal", gain=1.65, rng=rng)
    (*_, z) = tunnel.signals(rng.normal(size=(32, 500)), net, activation="tanh")
    assert 4 * tunnel.mean_square(z) == pytest.approx(s9_10.settled(3.3), rel=0.1)
