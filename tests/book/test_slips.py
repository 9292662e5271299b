"""Each general slip is named, and only where it explains all that failed."""

import numpy as np
import pytest

from nb_lib.book.exercises.agreement import close
from nb_lib.book.exercises.exercise import Trial
from nb_lib.book.exercises.form import wrong_form
from nb_lib.book.exercises.reading import Stranger
from nb_lib.book.exercises.slips import likely_slip

RNG = np.random.default_rng(12)
WANTED = [RNG.normal(size=(5, 3)), RNG.normal(size=(7, 2))]
SQUARES = [a @ a.T for a in WANTED]
SQUARES[0][0, 1] = SQUARES[1][0, 1] = 9  # no longer symmetric


def tried(change, wanted=WANTED):
    """Give the trials where ``change`` of the wanted results came."""
    sizes = [w.shape[0] if w.ndim else 3 for w in wanted]
    return [
        Trial({"x": np.zeros((n, 4))}, change(w), w, 1e-7)
        for n, w in zip(sizes, wanted, strict=True)
    ]


def likely(change, wanted=WANTED):
    """Guess the slip where ``change`` of the wanted results came."""
    return likely_slip(tried(change, wanted))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda w: -w, "the sign"),
        (lambda w: 2 * w, "a factor 2 too many"),
        (lambda w: w / 2, "a missing factor 2"),
        (lambda w: w * len(w), "a missing mean"),
        (lambda w: w / len(w), "the mean taken twice"),
        (lambda w: 1.7 * w, "a constant factor: each value came 1.7 times as large"),
        (lambda w: w.T, "a transpose (the shape: wanted (5, 3), got (3, 5))"),
        (lambda w: w**2, "a square"),
        (lambda w: np.roll(w, 1, axis=0), "off by one: the values are right"),
        (lambda w: (1 + 3e-6) * w, "off by up to 3e-06 of the largest value, where 1e"),
    ],
)
def test_slip_is_named(change, words):
    named = likely(change)
    assert named is not None
    assert words in named


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda w: w[:, :1], "the shape: wanted (5, 3), got (5, 1)"),
        (lambda w: w.ravel(), "got (15,); the numbers themselves are right"),
        (lambda w: w.sum(), "the shape: wanted (5, 3), got a single number"),
        (lambda w: w.astype("f4"), "the dtype: wanted float64, got float32"),
        (lambda w: w + 0j, "the dtype: wanted float64, got complex128"),
        (lambda w: np.where(w > 0, w, np.nan), "not finite"),
        (str, "the type: a string came where an array was wanted"),
        (lambda w: len, "the type: a function came"),
        (lambda w: Stranger("generator"), "the type: a generator (from yield"),
        (lambda w: Stranger("Empty"), "the type: an Empty came"),
        (lambda w: None, "the type: None came"),
    ],
)
def test_wrong_form_is_told_as_a_fact(change, words):
    assert words in wrong_form(tried(change))


def test_an_array_for_a_number_is_told():
    words = wrong_form(tried(lambda w: np.array([w]), [np.array(5.0)]))
    assert words.startswith("the shape: wanted a single number, got shape (1,); the nu")


def test_floats_that_are_off_are_not_only_of_the_wrong_dtype():
    counts = [np.array([4, 1, 3])]
    assert wrong_form(tried(lambda w: 1.001 * w, counts)) is None
    assert "the dtype" in wrong_form(tried(lambda w: 1.0 * w, counts))


def test_square_transpose_is_named():
    assert "a transpose" in likely(lambda w: w.T, SQUARES)


def test_root_is_named():
    assert "a root" in likely(np.sqrt, [np.array([2.0, 3.0]), np.array([5.0, 7.0])])


@pytest.mark.parametrize(("shift", "word"), [(1, "large"), (-1, "small")])
def test_counts_off_by_one_are_named(shift, word):
    wanted = [np.array(5), np.array(11), np.array(2)]
    named = likely(lambda w: w + shift, wanted)
    assert named == f"off by one: each value is one too {word}"


def test_order_is_named():
    wanted = [np.array([4, 1, 3, 9]), np.array([2, 7, 5, 0])]
    assert "another order" in likely(lambda w: w[::-1], wanted)


def test_factor_that_varies_is_no_factor():
    factors = iter([1.5, 1.6])
    assert likely(lambda w: next(factors) * w) is None


def test_zeros_are_no_factor():
    assert likely(lambda w: 0 * w) is None


def test_nearly_right_values_stand_in_no_other_order():
    wanted = [np.array([1.0, 1 + 1e-7, 0.5, 0.0]), np.array([0.2, 0.1, 0.4, 0.3])]
    assert "close, but not" in likely(lambda w: w + 3e-7, wanted)


@pytest.mark.parametrize("change", [lambda w: w + 1, lambda w: -w, lambda w: 3 * w])
def test_cases_that_agree_contradict_each_value(change):
    changes = [change, lambda w: w]
    wanted = [np.array([5, 8]), np.array([7, 9])]
    trials = [Trial({}, f(w), w, 1e-7) for f, w in zip(changes, wanted, strict=True)]
    assert likely_slip(trials) is None


def test_zeros_that_agree_contradict_no_sign():
    w = np.array([1.0, 2.0])
    trials = [Trial({}, -w, w, 1e-7), Trial({}, 0 * w, 0 * w, 1e-7)]
    assert "the sign" in likely_slip(trials)


def test_slip_of_one_case_alone_is_no_slip():
    changes = iter([lambda w: w[::-1], lambda w: w + 1])
    assert likely(lambda w: next(changes)(w), [np.arange(4.0), np.arange(5.0)]) is None


def test_one_number_alone_proves_no_factor():
    assert likely(lambda w: 1.7 * w, [np.array(3.0)]) is None


def test_unexplained_values_stay_unexplained():
    assert likely(lambda w: w + RNG.normal(size=w.shape)) is None


@pytest.mark.parametrize(
    ("got", "wanted", "is_close"),
    [
        (1 + 1e-9, 1.0, True),
        (1 + 1e-5, 1.0, False),
        ((2.0, 1e-9), (2.0, 2e-9), False),
        ([1, 2], (1, 2), True),
        (np.array([1.0, 2.0]), (1, 2), True),
        ((1, 2, 3), (1, 2), False),
        ("bias", "bias", True),
        ("bias", "batches", False),
        ({"x": "cpu"}, {"x": "cpu"}, True),
        ("1", 1, False),
        (None, 1, False),
        (np.array([np.nan, 1.0]), np.array([np.nan, 1.0]), True),
        (np.array([np.nan, 1.0]), np.array([np.nan, 2.0]), False),
        (np.array([np.nan, 1.0]), np.array([0.0, 1.0]), False),
        (np.zeros((3, 1)), np.zeros(3), False),
        (np.zeros(3, "f4"), np.zeros(3), False),
        (np.zeros(3), np.zeros(3, int), False),
        (np.full(3, 1e-3), np.zeros(3), False),
        (1 + 1.5e-7, 1.0, False),
        (np.array([4.0, 2.0 + 3.9e-7]), np.array([4.0, 2.0]), True),
        (np.array([4.0, 2.0 + 4.1e-7]), np.array([4.0, 2.0]), False),
        (np.float32(1 / 3), 1 / 3, True),
        (np.sqrt(np.float32(2 / 3)) / np.float32(7), np.sqrt(2 / 3) / 7, True),
        (np.zeros(3, complex), np.zeros(3), False),
        (np.str_("bias"), "bias", True),
        (np.array("bias"), "bias", True),
        (np.array("batches"), "bias", False),
        (np.array(["bias"]), "bias", False),
    ],
)
def test_close_compares_by_kind(got, wanted, is_close):
    assert close(got, wanted, 1e-7) is is_close
