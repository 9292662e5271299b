"""Exercises of 9.9: what is right however it is written, and what each slip is told."""

import math

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.numpy import losses as library
from nb_lib.numpy.activations import sigmoid, softmax
from nb_lib.sections.s09_09_losses import bakery, robust_judge


def refused(id, answer, words):
    verdict = check(id, answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict


# ------------------------------------------------------------------- a coin
def by_log1p(z, t):
    a = np.where(t == 1, -z, z)
    return np.maximum(a, 0) + np.log1p(np.exp(-np.abs(a)))


def by_logaddexp(z, t):
    return np.logaddexp(0, (1 - 2 * t) * z)


def by_loop(z, t):
    def one(a):
        return max(a, 0) + math.log1p(math.exp(-abs(a)))

    return [one(-a if b else a) for a, b in zip(z, t, strict=True)]


@pytest.mark.parametrize("answer", [by_log1p, by_logaddexp, by_loop])
def test_each_way_without_overflow_is_right(answer):
    verdict = check("9.9.1", answer)
    assert verdict.passed, verdict


def _in_place(z, t):
    z[t == 1] *= -1
    return np.logaddexp(0, z)


def _by_where(z, t):
    a = (1 - 2 * t) * z
    return np.where(a > 0, a + np.log1p(np.exp(-a)), np.log1p(np.exp(a)))


def _two_sigmoids(z, t):
    return -t * np.log(sigmoid(z)) - (1 - t) * np.log(sigmoid(-z))


def _endless(z, t):
    while True:
        z = z + 0


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda z, t: np.log(1 + np.exp(np.where(t == 1, -z, z))), "overflow"),
        (lambda z, t: -np.log(1 / (1 + np.exp((1 - 2 * t) * z))), "not yet"),
        (_by_where, "computes both of its branches"),
        (_two_sigmoids, "logarithm is 0 or infinite"),
        (lambda z, t: np.logaddexp(0, -z) + (1 - t) * z, "where t is 0, two numbers"),
        (lambda z, t: np.logaddexp(0, z) - t * z, "where t is 1, two numbers"),
        (lambda z, t: np.maximum(z, 0) - t * z + np.log(1 + np.exp(-abs(z))), "1 + x"),
        (lambda z, t: by_log1p(z, t).mean(), "the mean"),
        (lambda z, t: by_log1p(-z, t), "swapped"),
        (_in_place, "changes its argument z"),
        (lambda z, t: print(by_log1p(z, t)), "returned"),
        (lambda z, t: np.array([0.55, 0.26, 2.13, 4.02]), "not yet"),
    ],
)
def test_other_coins_are_told_what_is_wrong(answer, words):
    refused("9.9.1", answer, words)


# ------------------------------------------------------------------- a teacher
def by_autograd(z, v, temperature):
    torch = pytest.importorskip("torch")
    x = torch.tensor(z, requires_grad=True)
    y = torch.softmax(torch.tensor(v) / temperature, 0)
    (-(y * torch.log_softmax(x / temperature, 0)).sum() * temperature**2).backward()
    return x.grad.numpy()


def by_exponentials(z, v, T):
    p, y = np.exp(z / T), np.exp(v / T)
    return T * (p / p.sum() - y / y.sum())


def by_library(z, v, T):
    row = library.d_kl_divergence(z[None] / T, softmax(v / T)[None])[0]
    return list(T * row)


@pytest.mark.parametrize("answer", [by_autograd, by_exponentials, by_library])
def test_each_way_to_learn_from_a_teacher_is_right(answer):
    verdict = check("9.9.2", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda z, v, T: (softmax(z / T) - softmax(v / T)) / T, "the slope itself"),
        (lambda z, v, T: softmax(z / T) - softmax(v / T), "still falls like 1 / T"),
        (lambda z, v, T: T * T * (softmax(z / T) - softmax(v / T)), "inner derivative"),
        (lambda z, v, T: T * (softmax(v / T) - softmax(z / T)), "the sign"),
        (lambda z, v, T: T * (softmax(z) - softmax(v)), "not yet"),
        (lambda z, v, T: (z - z.mean() - v + v.mean()) / len(z), "not yet"),
    ],
)
def test_other_students_are_told_what_is_wrong(answer, words):
    refused("9.9.2", answer, words)


def test_at_a_high_temperature_the_student_copies_logits(rng):
    z, v = rng.normal(size=(2, 5))
    want = (z - z.mean() - v + v.mean()) / 5
    np.testing.assert_allclose(by_exponentials(z, v, 1e5), want, atol=1e-4)


# ------------------------------------------------------------------- a baker
def test_the_bakers_number_is_the_cheapest():
    for days in (bakery.SOLD, bakery.festival()):
        cost = [
            sum(3 * max(day - n, 0) + max(n - day, 0) for day in days)
            for n in range(401)
        ]
        assert bakery.best(days) == int(np.argmin(cost)) == 61


@pytest.mark.parametrize(
    "answer", [(0.75, 61, 61), [3 / 4, 61, 61.0], np.array([0.75, 61.0, 61.0])]
)
def test_a_right_baker_passes(answer):
    verdict = check("9.9.3", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((0.25, 45, 45), "bake for a good day"),
        ((0.75, 61, 400), "does not move a quantile"),
        ((0.75, 61, 83), "the mean follows"),
        ((0.75, 58, 58), "right    quantile"),
        ((0.75, *[np.quantile(bakery.SOLD, 0.75)] * 2), "goes half-way between"),
        ((3, 61, 61), "not yet"),
        ((0.75, 61), "number of results"),
    ],
)
def test_other_bakers_are_told_what_is_wrong(answer, words):
    refused("9.9.3", answer, words)


# ------------------------------------------------------------------- a third lies
def cauchy(y, t):
    e = y - t
    return np.mean(np.log1p(e**2)), 2 * e / (1 + e**2) / len(e)


def saturating(y, t):
    e = y - t
    return np.mean(e**2 / (9 + e**2)), 18 * e / (9 + e**2) ** 2 / len(e)


def low_quantile(y, t):
    how = {"quantile": 0.32}
    return library.pinball(y, t, **how), library.d_pinball(y, t, **how)


def in_float32(y, t):
    value, gradient = cauchy(y.astype("float32"), t.astype("float32"))
    return np.float32(value), gradient.astype("float32")


def by_torch(y, t):
    torch = pytest.importorskip("torch")
    y = torch.tensor(y, requires_grad=True)
    value = torch.log1p((y - torch.tensor(t)) ** 2).mean()
    value.backward()
    return value, y.grad


@pytest.mark.slow
def test_losses_that_expect_wrong_readings_pass():
    for answer in (saturating, low_quantile):
        verdict = check("9.9.4", answer)
        assert verdict.passed, verdict


@pytest.fixture
def few_sets(monkeypatch):
    """Let the judge of 9.9.4 look at ten sets instead of forty."""
    monkeypatch.setattr(robust_judge, "SETS", 10)


@pytest.mark.parametrize("answer", [cauchy, in_float32, by_torch])
def test_each_way_to_write_a_robust_loss_is_right(answer, few_sets):
    verdict = check("9.9.4", answer)
    assert verdict.passed, verdict


def _narrow(y, t):
    e = (y - t) / 0.3
    return np.mean(e**2 / (1 + e**2)), 2 * e / (1 + e**2) ** 2 / 0.3 / len(e)


def _changing(y, t):
    y -= t
    return np.mean(y**2), 2 * y / len(y)


def _raising(y, t):
    return {}["loss"]


def _leaving(y, t):
    raise SystemExit


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda y, t: (library.mae(y, t), library.d_mae(y, t)), "lie on one side"),
        (lambda y, t: (library.mse(y, t), library.d_mse(y, t)), "wrong readings win"),
        (lambda y, t: (library.mse(y, t), library.d_mae(y, t)), "not the slope"),
        (lambda y, t: cauchy(y, t)[0], "returns (value, gradient)"),
        (lambda y, t: (cauchy(y, t)[0], 0.0), "came with shape ()"),
        (_narrow, "some lines never leave it"),
        (lambda y, t: (np.nan, 0 * y), "Your value is nan"),
        (lambda y, t: (cauchy(y, t)[0], y > t), "holds bool"),
        (lambda y, t: (cauchy(y, t)[0], 2 * cauchy(y, t)[1]), "not the slope"),
        (_changing, "wrong readings win"),
        (_raising, "stopped with KeyError: 'loss'"),
        (_leaving, "stopped with SystemExit"),
        (lambda y, t: (0.0, 0 * y), "wrong readings win"),
        (lambda y, t: None, "returns (value, gradient)"),
        (7.0, "function that returns"),
    ],
)
def test_other_losses_are_told_what_is_wrong(answer, words, few_sets):
    refused("9.9.4", answer, words)


def test_an_endless_loss_is_stopped(monkeypatch):
    from nb_lib.book.exercises import answer

    monkeypatch.setattr(answer, "SECONDS", 0.2)
    refused("9.9.4", _endless, "takes too long")
