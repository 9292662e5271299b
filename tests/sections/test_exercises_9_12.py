"""Exercises of 9.12: what is right however it is written, and what a slip is told."""

import math

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_12_regularisation import strength_judge


def refused(id, answer, words):
    verdict = check(id, answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict


# ------------------------------------------------------------------------- dropout
def by_where(x, keep, p, dy):
    return tuple(np.where(keep, v / (1 - p), 0) for v in (x, dy))


def by_loop(x, keep, p, dy):
    scale = [float(k) / (1 - p) for k in np.ravel(keep)]
    pairs = [[v * s for v, s in zip(np.ravel(a), scale, strict=True)] for a in (x, dy)]
    return tuple(np.reshape(pair, np.shape(x)) for pair in pairs)


def by_torch(x, keep, p, dy):
    torch = pytest.importorskip("torch")
    t = torch.tensor(x, requires_grad=True)
    y = t * torch.tensor(keep) / (1 - p)
    y.backward(torch.tensor(dy))
    return y.detach().numpy(), t.grad.numpy()


@pytest.mark.parametrize("answer", [by_where, by_loop, by_torch])
def test_each_dropout_with_its_way_back_is_right(answer):
    verdict = check("9.12.1", answer)
    assert verdict.passed, verdict


def _in_place(x, keep, p, dy):
    x *= keep / (1 - p)
    return x, dy * keep / (1 - p)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda x, k, p, dy: (x * k, dy * k), "has to grow"),
        (lambda x, k, p, dy: (2 * x * k, 2 * dy * k), "doubled"),
        (lambda x, k, p, dy: (x * k / p, dy * k / p), "the share that is dropped"),
        (lambda x, k, p, dy: (x * k / (1 - p), dy), "not yet"),
        (lambda x, k, p, dy: x * k / (1 - p), "y, dx"),
        (_in_place, "changes its argument x"),
        (lambda x, k, p, dy: print(x), "nothing"),
    ],
)
def test_other_dropouts_are_told_what_is_wrong(answer, words):
    refused("9.12.1", answer, words)


# ------------------------------------------------------------------------- the gap
@pytest.mark.parametrize(
    "answer",
    [
        lambda s, k: math.log(1 + k * (1 - s) / s),
        lambda s, k: math.log(1 - s + s / k) - math.log(s / k),
        lambda s, k: np.float32(np.log(k / s - k + 1)),
    ],
)
def test_each_form_of_the_gap_is_right(answer):
    verdict = check("9.12.2", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda s, k: math.log((1 - s) / (s / k)), "its part of what is spread"),
        (lambda s, k: math.log((1 - s) / (s / (k - 1))), "spread over all classes"),
        (lambda s, k: math.log10(1 + k * (1 - s) / s), "base 10"),
        (lambda s, k: 1 + k * (1 - s) / s, "quotient"),
        (lambda s, k: {0.05: 5.25, 0.1: 4.51, 0.2: 3.71}.get(s, 0), "wanted"),
        (lambda s, k: -math.log(1 + k * (1 - s) / s), "sign"),
    ],
)
def test_other_gaps_are_told_what_is_wrong(answer, words):
    refused("9.12.2", answer, words)


# ------------------------------------------------------------------------- the corner
@pytest.mark.parametrize(
    "answer", [(0.905, 0.224), [0.9, 0.25], np.array([0.93, 0.2], "float32")]
)
def test_near_rests_are_right(answer):
    verdict = check("9.12.3", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((0.224, 0.905), "swapped"),
        ((1, 1), "one and the same number"),
        ((0.905, 0.905), "running size"),
        ((0.905, 0), "running size"),
        ((0.905, np.nan), "a pair of numbers"),
        (0.905, "a pair of numbers"),
        (("0.9", "0.2"), "a pair of numbers"),
    ],
)
def test_other_rests_are_told_where_to_look(answer, words):
    refused("9.12.3", answer, words)
    assert "0.224" not in repr(check("9.12.3", (0.905, 0.5)))


def test_torch_leaves_what_the_judge_says():
    torch = pytest.importorskip("torch")
    from nb_lib.sections.s09_12_regularisation.unused_judge import remains

    for kind, wanted in zip(
        (torch.optim.AdamW, torch.optim.Adam), remains(), strict=True
    ):
        w = torch.ones(1, dtype=torch.float64, requires_grad=True)
        optimiser = kind([w], lr=0.01, weight_decay=0.1)
        for _ in range(100):
            w.grad = torch.zeros_like(w)
            optimiser.step()
        assert w.item() == pytest.approx(wanted, rel=1e-9)


# ------------------------------------------------------------------------- the peak
@pytest.mark.parametrize("answer", [12, 17.5, 20.0, np.float32(15)])
def test_strengths_near_the_best_are_right(answer):
    verdict = check("9.12.4", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (0, "try a larger"),
        (3, "try a larger"),
        (100, "try a smaller"),
        (1e9, "try a smaller"),
        (-1, "0 or more"),
        (np.nan, "0 or more"),
        ("17", "0 or more"),
        (True, "0 or more"),
    ],
)
def test_other_strengths_are_told_which_way_to_go(answer, words):
    refused("9.12.4", answer, words)


def test_the_judge_draws_what_the_reader_never_sees():
    assert min(strength_judge.DRAWS) > 1000
