"""Each exercise: a right answer passes, each slip is named, nothing is nothing yet."""

from importlib.util import find_spec

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.book.exercises.exercise import find
from nb_lib.sections import SECTIONS
from nb_lib.sections.s09_04_activations import exercises as s9_04
from nb_lib.sections.s09_16_mnist import exercises as s9_16
from nb_lib.sections.s09_16_mnist import gradients

EXERCISES = [e for section in SECTIONS.values() for e in section.exercises]
JUDGED = [e.id for e in EXERCISES if e.judge]  # by a judge of their own
CASES_ONLY = [e.id for e in EXERCISES if not e.judge]
HAS_TORCH = find_spec("torch") is not None  # section 9.17 is about PyTorch
HERE = [id for id in CASES_ONLY if HAS_TORCH or not id.startswith("9.17")]
FUNCTIONS = [id for id in HERE if find(id).cases]


@pytest.fixture(autouse=True)
def _torch_where_needed(request):
    if "9.17" in request.node.name:
        pytest.importorskip("torch", reason="section 9.17 is about PyTorch")


@pytest.mark.parametrize("id", CASES_ONLY)
def test_reference_passes_and_teaches(id):
    exercise = find(id)
    answer = exercise.reference if exercise.cases else exercise.reference()
    verdict = check(id, answer)
    assert verdict.passed, verdict
    assert exercise.lesson in repr(verdict)


@pytest.mark.parametrize("id", CASES_ONLY)
def test_declared_slips_are_named_in_their_own_words(id):
    slips = find(id).slips
    assert len(slips) >= 2
    for words, wrong in slips.items():
        verdict = check(id, wrong)
        assert not verdict.passed, words
        assert ("likely", words) in verdict.rows, verdict


def test_nothing_is_nothing_yet():
    states = {id: check(id, None).state for id in [*CASES_ONLY, *JUDGED]}
    assert {id: state for id, state in states.items() if state != "empty"} == {}


def test_function_that_returns_nothing_is_empty():
    states = {id: check(id, lambda *case: None).state for id in FUNCTIONS}
    assert {id: state for id, state in states.items() if state != "empty"} == {}


def test_function_that_raises_is_shown_in_one_line():
    def broken(*case):
        return {}["weights"]

    told = {id: dict(check(id, broken).rows).get("raised") for id in FUNCTIONS}
    wanted = "KeyError: 'weights' (line 2 of broken)"
    assert {id: words for id, words in told.items() if words != wanted} == {}


@pytest.mark.parametrize("id", [*CASES_ONLY, *JUDGED])
def test_verdicts_are_the_same_each_time(id):
    is_value = id in CASES_ONLY and id not in FUNCTIONS
    wrong = (1.0, 2.0) if is_value else (lambda *case: 7.0)
    first, second = check(id, wrong), check(id, wrong)
    assert first.state == "wrong"
    assert (repr(first), first._repr_html_()) == (repr(second), second._repr_html_())
    assert "0x" not in repr(first)


# ------------------------------------------------- general slips, on real exercises
def scaled(id, factor):
    def wrong(*case):
        result = find(id).reference(*case)
        return (
            tuple(factor * p for p in result) if find(id).outputs else factor * result
        )

    return wrong


@pytest.mark.parametrize(
    ("id", "factor", "words"),
    [
        ("9.4.2", 2, "a factor 2 too many"),
        ("9.10.1", 2, "a factor 2 too many"),
        ("9.10.2", 3, "a constant factor: each value came 3 times as large"),
        ("9.10.4", -1, "the sign"),
        ("9.16.2", 2, "a factor 2 too many"),
        ("9.16.2", -1, "the sign"),
    ],
)
def test_factor_is_named(id, factor, words):
    assert words in repr(check(id, scaled(id, factor)))


@pytest.mark.parametrize("id", ["9.10.3"])
def test_a_factor_in_every_part_is_not_blamed_on_the_first(id):
    exercise = find(id)
    answer = scaled(id, 2)
    if not exercise.cases:
        answer = tuple(2 * value for value in exercise.reference())
    assert "a factor 2 too many" in repr(check(id, answer))


def naive_sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


def naive_tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


@pytest.mark.parametrize(
    ("s", "t", "words"),
    [
        (naive_sigmoid, naive_tanh, "e^z / (1 + e^z) is"),
        (naive_sigmoid, np.tanh, "e^z / (1 + e^z) is"),
        (s9_04.sigmoid, naive_tanh, "(e^z - e^-z) / (e^z + e^-z) is"),
        (lambda z: 1 / (1 + np.exp(-z)), naive_tanh, "(e^z - e^-z) / (e^z + e^-z) is"),
        (s9_04.sigmoid, lambda z: 1 - 2 / (1 + np.exp(2 * z)), "or e^-2z in tanh"),
    ],
)
def test_quotients_of_exponentials_overflow(s, t, words):
    text = repr(check("9.4.1", lambda z: (s(z), t(z))))
    assert words in text
    assert ("∞ / ∞ = NaN" in text) == ("nan" in text)


def test_a_warning_is_told_in_its_own_words():
    def loud(z):
        s, _ = s9_04.sigmoid_and_tanh(z)
        return s, np.sign(z) * (1 - 1 / (1 + np.exp(2 * np.abs(z))) * 2)

    text = repr(check("9.4.1", loud))
    assert "right    sigmoid, tanh" in text
    assert "got      warnings = 'overflow encountered in exp'" in text


def test_one_array_for_two_is_told():
    def one(z):
        return np.tanh(z)

    text = repr(check("9.4.1", one))
    assert (
        "wanted   two arrays, (sigmoid, tanh)\n  got      array of shape (5,)" in text
    )
    assert "raised" not in text


def test_nan_without_overflow_is_not_called_overflow():
    rows = dict(check("9.4.1", lambda z: (z * np.nan, np.tanh(z))).rows)
    assert rows["slip"].startswith("not finite: NaN or infinity")
    assert "overflow" not in rows["slip"]


def test_two_empty_results_are_empty():
    verdict = check("9.4.1", lambda z: (None, None))
    assert verdict.state == "empty"
    assert "Your function returned (None, None). Put your results" in repr(verdict)


@pytest.mark.parametrize("kind", [list, tuple, np.array])
def test_other_ways_without_overflow_are_as_good(kind):
    def by_tanh(z):
        """An upper tail is a lower one seen from the other side."""
        e = np.exp(np.minimum(z, 0))
        s = np.where(z >= 0, 1 / (1 + np.exp(-np.maximum(z, 0))), e / (1 + e))
        return kind((s, np.tanh(z)))

    assert check("9.4.1", by_tanh).passed


def test_silu_slope_through_other_formulas_passes():
    def by_silu(z):
        s = s9_04.sigmoid_and_tanh(z)[0]
        return z * s + s * (1 - z * s)

    assert check("9.4.2", by_silu).passed


def test_an_inexact_silu_slope_is_told_how_far_off_it_is():
    def one_sided(z, h=1e-6):
        return (s9_04.activations.silu(z + h) - s9_04.activations.silu(z)) / h

    text = repr(check("9.4.2", one_sided))
    assert "close, but not close enough: off by up to 2e-07" in text


def test_a_naive_silu_slope_overflows():
    def naive(z):
        return (1 + np.exp(-z) + z * np.exp(-z)) / (1 + np.exp(-z)) ** 2

    assert "not finite: NaN or infinity" in repr(check("9.4.2", naive))


def test_counts_off_by_one_are_named():
    assert "off by one" in repr(check("9.16.1", lambda sizes: s9_16.count(sizes) + 1))


def test_float_indices_are_named():
    def floats(probs, labels):
        return s9_16.most_confident_errors(probs, labels) * 1.0

    assert "the dtype: wanted int64, got float64" in repr(check("9.16.3", floats))


def test_a_list_of_indices_is_as_good_as_an_array():
    def as_list(probs, labels):
        return [int(i) for i in s9_16.most_confident_errors(probs, labels)]

    assert check("9.16.3", as_list).passed


# ----------------------------------------------------- references have witnesses
def test_sigmoid_and_tanh_are_those_of_scipy():
    from scipy.special import expit

    for (z,) in s9_04.z_cases():
        s, t = s9_04.sigmoid_and_tanh(z)
        np.testing.assert_allclose(s, expit(z), rtol=1e-14)
        np.testing.assert_allclose(t, np.tanh(z), rtol=1e-14)


def test_silu_slope_is_that_of_finite_differences():
    z, h = np.linspace(-6, 6, 13), 1e-6
    upper, lower = ((z + d) * s9_04.sigmoid_and_tanh(z + d)[0] for d in (h, -h))
    np.testing.assert_allclose(
        s9_04.silu_slope(z), (upper - lower) / (2 * h), atol=1e-9
    )


def test_numerical_gradient_is_that_of_backward():
    for layer in (0, 1):
        loss, w, _, grad = gradients.small_network(layer)
        indices = list(np.ndindex(*w.shape))
        slopes = gradients.numerical_gradient(loss, w, indices, 1e-5)
        np.testing.assert_allclose(slopes, grad.ravel(), rtol=1e-6, atol=1e-9)
