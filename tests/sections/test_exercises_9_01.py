"""Exercises of 9.1: a veto, a bound with room, learning rates, a set in the plane."""

import math

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.data import separable
from nb_lib.numpy.perceptron import adversary, learn, mistake_bound
from nb_lib.sections.s09_01_perceptron.clouds import cloud
from nb_lib.sections.s09_01_perceptron.exercises import bound


# --------------------------------------------------------------------------- a veto
@pytest.mark.parametrize(
    "answer",
    [
        ((1, 1, -2), -0.5),
        (np.array([10.0, 3.0, -30.0]), -2),
        [1, 1, -3, -1],
        (np.array([0.5, 0.5, -1.0]), np.array([-0.5])),
    ],
    ids=["whole", "arrays", "in a row", "on the line"],
)
def test_any_unit_with_a_veto_will_do(answer):
    verdict = check("9.1.1", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (((1, 1, -1), -0.5), "At (1, 1, 1) the score is 0.5.*x3 is 1 and should"),
        (((1, 1, -2), 0.5), "At (0, 0, 0) the score is 0.5.*has to be below 0"),
        (((1, 1, -2), 0), "6 of 8 corners are right. At (0, 0, 0)"),
        (((1, 1, -2), -1.5), "At (0, 1, 0) the score is -0.5.*enough to lift"),
        (((1, 1, 2), -0.5), "At (0, 0, 1) the score is 1.5"),
        (((-1, -1, 2), 0.5), "At (0, 0, 0) the score is 0.5"),
        (((1, 1), -0.5), "three weights and a bias"),
        (((1, 1, np.inf), -0.5), "three weights and a bias"),
        ("veto", "three weights and a bias"),
    ],
)
def test_other_units_are_told_where_they_fail(answer, words):
    text = repr(check("9.1.1", answer)).replace("\n", " ")
    for part in words.split(".*"):
        assert part in text


# ----------------------------------------------------------------- a bound with room
def additions(x, targets, c, most):
    """Add t x wherever t x·w <= c, in turn, from w = 0; count the additions."""
    w, made, is_changed = np.zeros(x.shape[1]), 0, True
    while is_changed and made <= most:
        is_changed = False
        for row, t in zip(x, targets, strict=True):
            if t * (row @ w) <= c:
                w, made, is_changed = w + t * row, made + 1, True
    return made


@pytest.mark.parametrize("c", [0.0, 0.3, 2.0])
def test_the_bound_with_room_holds(c):
    """On clouds it is kept; without room it is met by the basis vectors."""
    for seed in range(20):
        x, targets, _ = separable(30, margin=0.1, rng=np.random.default_rng(seed))
        most = bound(1.0, 0.1, c)
        assert additions(x, targets, c, most) <= most
    n = 7
    met = additions(np.eye(n), np.ones(n), 0.0, n)
    assert met == pytest.approx(bound(1.0, n**-0.5, 0.0))


def test_without_the_room_the_bound_would_be_broken():
    """What the slip that leaves the middle term out says is too little."""
    x, targets = np.eye(7), np.ones(7)
    assert additions(x, targets, 2.0, 100) > bound(1.0, 7**-0.5, 0.0)


@pytest.mark.parametrize(
    "answer",
    [
        lambda r, gamma, c: (r**2 + 2 * c) / gamma**2,
        lambda r, gamma, c: (r / gamma) ** 2 + 2 * c / (gamma * gamma),
        lambda r, gamma, c: np.square(np.sqrt(r * r + c + c) / gamma),
    ],
)
def test_the_bound_may_be_written_in_any_way(answer):
    assert check("9.1.2", answer).passed


@pytest.mark.parametrize(
    ("rounding", "words"),
    [(math.floor, "rounded: the formula"), (int, "rounded: "), (math.ceil, "up: the")],
)
def test_a_rounded_bound_is_told_so(rounding, words):
    verdict = check("9.1.2", lambda r, gamma, c: rounding((r**2 + 2 * c) / gamma**2))
    assert verdict.state == "wrong"
    assert words in repr(verdict)


# --------------------------------------------------------------------- learning rates
def count(eta, start):
    """Take the examples in turn, as the loop of the text does."""
    x, targets, _ = cloud(100, 0.1)
    w, made = np.array(start, float), 0
    while np.any(targets * (x @ w) <= 0):
        for row, t in zip(x, targets, strict=True):
            if t * (row @ w) <= 0:
                w, made = w + eta * t * row, made + 1
    return made


@pytest.mark.parametrize("kind", [tuple, list, np.array])
def test_counts_of_a_loop_are_right(kind):
    counts = [count(0.01, (0, 0)), count(100, (0, 0)), count(0.01, (1, 1))]
    assert counts[0] == counts[1] == 9
    assert check("9.1.3", kind(counts)).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((900, 9, 308), "with the rate 0.01 from w = 0, 900, is too large"),
        ((9, 1, 308), "with the rate 100 from w = 0, 1, is too small"),
        ((9, 9, 9), "with the rate 0.01 from w = (1, 1), 9, is too small"),
        ((9, 9, 900), "with the rate 0.01 from w = (1, 1), 900, is too large"),
        ((9, 9), "three numbers of mistakes"),
        ((9, 9, 0.5), "whole numbers"),
        (9, "three numbers of mistakes"),
    ],
)
def test_wrong_counts_are_told_the_direction(answer, words):
    verdict = check("9.1.3", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict)


@pytest.mark.parametrize("answer", [(9, 9), 9, (9, 9, 0.5), "9"])
def test_a_refusal_gives_no_count_away(answer):
    text = repr(check("9.1.3", answer)).replace("9.1.3", "")
    assert "9" not in text
    assert "308" not in text


# ------------------------------------------------------------------ a set in the plane
def replayed(margin, seed):
    """Give a cloud in the order in which the adversary would make the mistakes."""
    x, targets, w_star = separable(200, margin=margin, rng=np.random.default_rng(seed))
    choose = adversary(x, targets, w_star)
    rows = [mistake.row for mistake in learn(x, targets, choose=choose)]
    return x[rows], targets[rows], w_star


@pytest.mark.parametrize("kind", ["arrays", "lists", "w_star of another length"])
def test_a_set_in_the_adversary_s_order_is_accepted(kind):
    x, targets, w_star = replayed(0.05, 0)
    answer = {
        "arrays": (x, targets, w_star),
        "lists": (x.tolist(), targets.tolist(), w_star.tolist()),
        "w_star of another length": (3 * x, targets, 7 * w_star),
    }[kind]
    verdict = check("9.1.4", answer)
    assert verdict.passed, verdict


def test_no_set_in_the_plane_uses_more_than_half_of_its_bound_and_one():
    """What the verdict of 9.1.4 says: k <= (R/γ)²/2 + 1."""
    rng, nearest = np.random.default_rng(914), -np.inf
    for _ in range(300):
        gap = rng.choice([0.05, 0.1, 0.2, 0.4])
        x, targets, w_star = separable(int(rng.integers(2, 60)), margin=gap, rng=rng)
        choose = adversary(x, targets, w_star)
        made = sum(1 for _ in learn(x, targets, choose=choose))
        nearest = max(nearest, made - mistake_bound(x, targets, w_star) / 2)
    assert -1 < nearest <= 1 + 1e-9


SMALL = np.array([[3.0, 1.0], [2.0, 2.0]]), np.array([1.0, -1.0])


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((*SMALL, (3, -5)), "makes 11 mistakes on 2 rows, 51.8% of the bound of 21"),
        ((*SMALL, (-3, 5)), "w_star does not separate the classes"),
        (cloud(100, 0.02), "30 mistakes on 100 rows"),
        ((*cloud(500, 0.005)[:2], cloud(500, 0.005)[2]), "40 mistakes or more|enemy"),
        ((np.eye(50), np.ones(50), np.ones(50)), "rows of two features"),
        ((*SMALL, (0, 0)), "w_star wants two numbers"),
        ((SMALL[0], np.zeros(2), (3, -5)), "targets want -1 or 1"),
        ((np.full((2, 2), np.nan), SMALL[1], (3, -5)), "finite numbers"),
        (SMALL, "The answer is a tuple (x, targets, w_star)"),
        (("x", "t", "w"), "arrays of numbers"),
    ],
)
def test_other_sets_are_told_what_is_missing(answer, words):
    verdict = check("9.1.4", answer)
    assert verdict.state == "wrong"
    assert any(part in repr(verdict) for part in words.split("|")), verdict


@pytest.mark.parametrize("unit", [1e-200, 1e-163, 1e160, 1e300])
def test_the_unit_of_x_changes_nothing(unit):
    """Squares of such numbers leave the range of float64."""
    x, targets, w_star = replayed(0.05, 0)
    plain = repr(check("9.1.4", (x, targets, w_star)))
    assert repr(check("9.1.4", (unit * x, targets, w_star / unit))) == plain


def test_a_point_of_no_weight_is_no_set_with_many_mistakes():
    """With scores that vanish, each look at the one point would be a mistake."""
    text = repr(check("9.1.4", ([[1e-163, 0]], [1], (1, 0))))
    assert "The rule makes 1 mistake on 1 row, 100.0% of the bound of 1:" in text


def test_a_column_of_targets_is_told_its_shape():
    text = repr(check("9.1.4", (SMALL[0], SMALL[1][:, None], (3, -5))))
    assert "targets want shape (2,), got (2, 1)" in text


def test_a_set_without_end_is_no_set_with_a_bound():
    x, targets = np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([1.0, -1.0])
    text = repr(check("9.1.4", (x, targets, (1.0, 0.0))))
    assert "does not separate" in text


def test_no_more_mistakes_are_counted_than_a_reader_waits_for():
    x, targets = np.array([[1.0, 1e-9], [-1.0, 1e-9]]), np.ones(2)
    x[1, 0] = -0.999999
    text = repr(check("9.1.4", (x, targets, (0.0, 1.0))))
    assert "20,000 mistakes are as many as are counted" in text


def test_many_rows_in_a_kind_order_are_asked_for_an_unkind_one():
    x, targets, w_star = separable(200, margin=0.002, rng=np.random.default_rng(1))
    made = sum(1 for _ in learn(x, targets))
    assert made >= 40
    assert "an enemy of the rule" in repr(check("9.1.4", (x, targets, w_star)))
