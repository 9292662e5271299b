"""Exercises of 9.6: what is right however it is written, and what each slip is told."""

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_06_backpropagation import exercises as s9_06
from nb_lib.sections.s09_06_backpropagation.checkpoints import LAYERS, best, peak


# ----------------------------------------------------------------- a row for each unit
def by_sums(x, w, dy):
    return (
        np.einsum("nh,nd->hd", dy, x),
        np.ones(len(dy)) @ dy,
        np.einsum("nh,hd->nd", dy, w),
    )


def by_examples(x, w, dy):
    """Add outer products, an example at a time; return lists."""
    dw = sum(np.outer(d, row) for d, row in zip(dy, x, strict=True))
    return dw.tolist(), [sum(column) for column in dy.T], [(d @ w).tolist() for d in dy]


def by_autograd(x, w, dy):
    torch = pytest.importorskip("torch")
    tx, tw = (torch.tensor(a, requires_grad=True) for a in (x, w))
    b = torch.zeros(len(w), dtype=tw.dtype, requires_grad=True)
    torch.nn.functional.linear(tx, tw, b).backward(torch.tensor(dy))
    return tw.grad, b.grad, tx.grad


@pytest.mark.parametrize("answer", [by_sums, by_examples, by_autograd])
def test_a_row_for_each_unit_may_be_written_in_any_way(answer):
    verdict = check("9.6.1", answer)
    assert verdict.passed, verdict


def changed(reference, index, change):
    """Spoil one part of a right answer."""

    def wrong(*case):
        parts = list(reference(*case))
        parts[index] = change(parts[index])
        return tuple(parts)

    return wrong


ROWS, TWICE = s9_06.rows_are_units, s9_06.used_twice


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda x, w, dy: (x.T @ dy, dy.sum(0), dy @ w), "this one is transposed"),
        (lambda x, w, dy: (dy.T @ x, dy.mean(0), dy @ w), "dy contains its 1/N"),
        (lambda x, w, dy: (dy.T @ x, dy.sum(1), dy @ w), "not over the units"),
        (lambda x, w, dy: (dy.T @ x, dy.sum(0), dy @ w.T), "raised"),
        (changed(ROWS, 0, np.negative), "the sign"),
        (changed(ROWS, 2, lambda part: part[0]), "the shape"),
        (lambda x, w, dy: ROWS(x, w, dy)[::-1], "the order of the results"),
        (lambda x, w, dy: dy.T @ x, "dw"),
    ],
)
def test_other_rows_are_told_the_slip(answer, words):
    verdict = check("9.6.1", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


def test_an_answer_that_prints_or_writes_into_its_arguments_is_told():
    def in_place(x, w, dy):
        parts = ROWS(x, w, dy)
        dy -= dy.mean(axis=0)
        return parts

    assert "changes its argument dy" in repr(check("9.6.1", in_place))
    assert check("9.6.1", lambda *case: print(ROWS(*case))).state == "empty"


# --------------------------------------------------------------- one matrix, two places
def in_two_steps(x, h1, h2, w, dh2):
    dz2 = dh2 - dh2 * h2 * h2
    dw = np.dot(h1.T, dz2)
    dz1 = np.einsum("nj,ij->ni", dz2, w) * (1 - h1) * (1 + h1)
    dw += np.dot(x.T, dz1)
    return dw, np.dot(dz1, w.T)


def twice_by_autograd(x, h1, h2, w, dh2):
    torch = pytest.importorskip("torch")
    tx, tw = (torch.tensor(a, requires_grad=True) for a in (x, w))
    torch.tanh(torch.tanh(tx @ tw) @ tw).backward(torch.tensor(dh2))
    return tw.grad, tx.grad


def twice_by_nudges(x, h1, h2, w, dh2):
    from nb_lib.autograd.check import numerical_gradient

    def loss(x, w):
        return np.sum(dh2 * np.tanh(np.tanh(x @ w) @ w))

    return tuple(
        numerical_gradient(lambda a, f=f: f(a), start, eps=1e-5)
        for f, start in ((lambda w: loss(x, w), w), (lambda x: loss(x, w), x))
    )


@pytest.mark.parametrize("answer", [in_two_steps, twice_by_autograd])
def test_both_uses_may_be_added_in_any_way(answer):
    verdict = check("9.6.2", answer)
    assert verdict.passed, verdict


def tanh_of_h(x, h1, h2, w, dh2):
    dz2 = dh2 * (1 - np.tanh(h2) ** 2)
    dz1 = dz2 @ w.T * (1 - np.tanh(h1) ** 2)
    return x.T @ dz1 + h1.T @ dz2, dz1 @ w.T


def without_transpose(x, h1, h2, w, dh2):
    dz2 = dh2 * (1 - h2**2)
    dz1 = dz2 @ w * (1 - h1**2)
    return x.T @ dz1 + h1.T @ dz2, dz1 @ w


def the_h_above(x, h1, h2, w, dh2):
    dz2 = dh2 * (1 - h2**2)
    dz1 = dz2 @ w.T * (1 - h1**2)
    return h1.T @ dz1 + h2.T @ dz2, dz1 @ w.T


def test_a_right_answer_is_no_slip():
    for case in s9_06.twice_cases():
        for got, want in zip(s9_06._slip()(*case), TWICE(*case), strict=True):
            np.testing.assert_allclose(got, want, rtol=1e-12)


def test_nudges_agree_with_the_reference():
    for case in s9_06.twice_cases():
        for got, want in zip(twice_by_nudges(*case), TWICE(*case), strict=True):
            np.testing.assert_allclose(got, want, atol=1e-8)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (s9_06._slip(uses=(1, 0)), "only the lower use"),
        (s9_06._slip(uses=(0, 1)), "only the upper use"),
        (s9_06._slip(slopes=(False, False)), "both slopes of tanh are missing"),
        (s9_06._slip(slopes=(False, True)), "the slope of the lower tanh"),
        (s9_06._slip(slopes=(True, False)), "the slope of the upper tanh"),
        (tanh_of_h, "h is the tanh already"),
        (without_transpose, "which only a square w allows"),
        (the_h_above, "the h below its layer"),
        (changed(TWICE, 0, np.transpose), "a transpose"),
        (changed(TWICE, 0, lambda part: part / 2), "a missing factor 2"),
        (changed(TWICE, 1, np.negative), "the sign"),
        (lambda *case: TWICE(*next(s9_06.twice_cases())), "the shape"),
    ],
)
def test_other_uses_are_told_the_slip(answer, words):
    verdict = check("9.6.2", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


# ------------------------------------------------------------ front and back exchanged
@pytest.mark.parametrize(
    "answer", [(1.4, 1.99), [1.3997, 1.9923], np.array([1.396, 1.99])]
)
def test_near_ratios_are_right(answer):
    verdict = check("9.6.3", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((1.992, 1.4), "swapped the two nets"),
        ((2, 2), "also send an error to the data"),
        ((2.4, 2.992), "counts the forward pass as well"),
        ((1.4, 1.4), "10-512-512-784 costs more than you predict"),
        ((1.1, 1.99), "784-512-512-10 costs more than you predict"),
        ((0.4, 0.99), "which need δ wᵀ as well"),
        ((1.6, 1.01), "Which product is not needed"),
        ((np.nan, 1.99), "784-512-512-10 costs less"),
        (1.4, "a pair of ratios"),
        (("1.4", "1.99"), "a pair of ratios"),
        ((1.4, 1.9, 2.0), "a pair of ratios"),
    ],
)
def test_other_ratios_are_told_where_to_look(answer, words):
    verdict = check("9.6.3", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict
    assert "1.3997" not in repr(verdict)  # the ratios are the reader's to find


# ------------------------------------------------------------------ a hundred layers
def walked(kept, layers):
    """Play the walk back, array by array; return the most that are held at once."""
    held, most, end = set(kept), len(kept), layers
    for start in sorted({0, *kept}, reverse=True):
        held |= set(range(start + 1, end))
        most = max(most, len(held))
        held -= set(range(start, end))
        end = start
    return most


def test_the_peak_is_that_of_the_walk_played_array_by_array(rng):
    for _ in range(100):
        kept = rng.choice(np.arange(1, 30), size=rng.integers(0, 12), replace=False)
        assert peak(kept.tolist(), 30) == walked(kept.tolist(), 30)


def test_the_best_peak_is_that_of_all_choices():
    for layers in range(2, 12):
        choices = (
            [n for n in range(1, layers) if bits >> n & 1]
            for bits in range(0, 2**layers, 2)
        )
        assert min(walked(kept, layers) for kept in choices) == best(layers)


def shrinking():
    """Let each stretch be one layer shorter than the one before it."""
    m, kept = best(), []
    place, length = 0, m + 1
    while place + length < LAYERS:
        place += length
        kept.append(place)
        length -= 1
    return kept


def test_stretches_that_shrink_are_best():
    kept = shrinking()
    for answer in (kept, tuple(kept[::-1]), np.array(kept), [float(n) for n in kept]):
        verdict = check("9.6.4", answer)
        assert verdict.passed, verdict
        assert "at most 13 are in memory" in repr(verdict)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([50], "at most 50 are in memory at once"),
        ([*range(10, 100, 10)], "at most 18 are in memory at once"),
        ([*range(1, 100)], "at most 99 are in memory at once"),
        ([25, 50, 75], "Which stretch needs most"),
        ([10, 10], "listed twice"),
        ([0, 50], "a whole number from 1 to 99"),
        ([100], "a whole number from 1 to 99"),
        ([2.5], "a whole number from 1 to 99"),
        (["ten"], "a whole number from 1 to 99"),
        (13, "a list of layers"),
        ({50}, "a list of layers"),
    ],
)
def test_other_layers_are_told_their_peak(answer, words):
    verdict = check("9.6.4", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict
    assert "13" not in repr(verdict)  # the record is the reader's to find
