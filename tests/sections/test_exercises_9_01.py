"""Exercises of 9.1: sets of 25 mistakes, and what each slip is told."""

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_01_perceptron import exercises as s9_01

EYE, ONES = np.eye(25), np.ones(25)


# ---------------------------------------------------------------------- 25 mistakes
@pytest.mark.parametrize(
    "answer",
    [(EYE.astype(str), ONES.astype(str)), (1j * EYE, ONES), (EYE, ...), ("x", "t")],
    ids=["text", "complex", "half", "words"],
)
def test_what_are_no_numbers_is_refused(answer):
    assert "x and targets are arrays of numbers" in repr(check("9.1.3", answer))


def test_tensors_with_a_gradient_are_as_good():
    torch = pytest.importorskip("torch")
    x = torch.eye(25, requires_grad=True)
    assert check("9.1.3", (x, torch.ones(25))).passed


def test_rows_at_right_angles_but_for_rounding_are_told_so(rng):
    rotated = np.linalg.qr(rng.normal(size=(30, 30)))[0][:25]
    text = repr(check("9.1.3", (rotated, np.sign(rng.normal(size=25)))))
    assert "at right angles but for rounding" in text
    assert "what about rows at right angles" not in text


def test_a_single_mistake_is_no_plural():
    assert "makes 1 mistake on 25" in repr(check("9.1.3", (np.ones((25, 25)), ONES)))


# -------------------------------------------------------------------- one step
def test_negative_scores_are_among_the_cases():
    def by_size(w, x, target):
        return w + target * x if target * np.abs(x @ w) <= 0 else w

    assert not check("9.1.1", by_size).passed


@pytest.mark.parametrize("at_zero", [1, -1])
def test_output_on_the_line_is_named(at_zero):
    def by_output(w, x, target):
        score = x @ w
        fires = score >= 0 if at_zero == 1 else score > 0
        return w if target == (1 if fires else -1) else w + target * x

    words = f"on the line the output counts as {at_zero:+d}"
    assert words in repr(check("9.1.1", by_output))


def test_difference_of_target_and_output_is_named():
    def by_difference(w, x, target):
        return w + (target - (1 if x @ w >= 0 else -1)) * x

    text = repr(check("9.1.1", by_difference))
    assert "target - output is 2 or -2 at a mistake" in text


# ------------------------------------------------- radius, margin and the proof
def test_swapped_measures_are_no_constant_factor():
    def swapped(x, targets, w_star):
        return s9_01.radius_and_margin(x, targets, w_star)[::-1]

    assert "order of the results: wanted R, gamma" in repr(check("9.1.2", swapped))


def test_margin_of_rows_of_length_1_is_no_constant_factor():
    def of_cosines(x, targets, w_star):
        r, gamma = s9_01.radius_and_margin(x, targets, w_star)
        return r, gamma / r

    assert "constant factor" not in repr(check("9.1.2", of_cosines))


def test_length_forgotten_throughout_the_proof_is_named():
    def forgetful(x, targets, w_star, rows):
        floors, overlaps, *rest = s9_01.inequalities(x, targets, w_star, rows)
        length = np.linalg.norm(w_star)
        return length * floors, length * overlaps, *rest

    words = "the length of w* is missing in gamma"
    assert words in repr(check("9.1.4", forgetful))


# ---------------------------------------------------------------- the work is limited
def test_a_set_that_is_too_large_is_refused_in_one_sentence():
    x = np.broadcast_to(np.ones(2), (10**6, 2))
    rows = check("9.1.3", (x, np.ones(10**6))).rows
    assert rows == (
        (
            "",
            "x has 2,000,000 numbers, and this check looks at sets of up to "
            "1,000,000: a much smaller one will do.",
        ),
    )


def test_on_a_large_set_fewer_mistakes_are_counted(rng):
    x = rng.normal(size=(10_000, 50))
    text = repr(check("9.1.3", (x, rng.choice([-1.0, 1.0], size=10_000))))
    assert "After 400 mistakes on 10,000 rows of 50 features the rule has not" in text
    assert "too large to go on counting: 25 mistakes were wanted." in text


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        (np.ones(24), "The rule wants targets of shape (25,), got (24,)"),
        (np.full(25, np.nan), "The rule wants targets -1 or 1, got [nan"),
        (10**400, "x and targets are arrays of numbers"),
        (np.zeros(25), "The rule wants targets -1 or 1, got [0]"),
    ],
)
def test_targets_that_the_rule_does_not_know_are_refused(targets, words):
    verdict = check("9.1.3", (EYE, targets))
    assert (verdict.state, words in repr(verdict)) == ("wrong", True), verdict


# -------------------------------------------------- one step, and no more than one
def repeated(w, x, target):
    while target * (x @ w) <= 0:
        w = w + target * x
    return w


def tried_ten_times(w, x, target):
    for _ in range(10):
        if target * (x @ w) <= 0:
            w = w + target * x
    return w


@pytest.mark.parametrize("answer", [repeated, tried_ten_times])
def test_a_loop_is_not_one_step(answer):
    text = repr(check("9.1.1", answer))
    assert "the step is repeated until the example is right: one call, one step" in text


# --------------------------------------------------------- each class has its margin
def of_one_class(sign):
    def measured(x, targets, w_star):
        scores = (x @ w_star)[targets == sign]
        return s9_01.perceptron.radius(x), sign * (sign * scores).min() * sign / (
            np.linalg.norm(w_star)
        )

    return measured


@pytest.mark.parametrize("sign", [1, -1])
def test_a_margin_of_one_class_alone_is_named(sign):
    text = repr(check("9.1.2", of_one_class(sign)))
    assert f"only the rows of target {sign:+d} are looked at" in text


@pytest.mark.parametrize("sign", [1, -1])
def test_a_radius_of_one_class_alone_is_named(sign):
    def measured(x, targets, w_star):
        r = np.linalg.norm(x[targets == sign], axis=1).max()
        return r, s9_01.perceptron.margin(x, targets, w_star)

    text = repr(check("9.1.2", measured))
    assert f"only the rows of target {sign:+d} are looked at" in text


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("index", [0, 3])
def test_the_proof_with_one_class_alone_is_named(sign, index):
    def looking_away(x, targets, w_star, rows):
        results = list(s9_01.inequalities(x, targets, w_star, rows))
        seen = targets == sign
        k = np.arange(1, len(rows) + 1)
        r = np.linalg.norm(x[seen], axis=1).max()
        gamma = s9_01.perceptron.margin(x[seen], targets[seen], w_star)
        results[index] = k * (gamma if index == 0 else r**2)
        return tuple(results)

    text = repr(check("9.1.4", looking_away))
    assert f"only the rows of target {sign:+d} are looked at" in text


def test_a_mean_of_both_classes_is_no_margin():
    def halfway(x, targets, w_star):
        scores = x @ w_star / np.linalg.norm(w_star)
        gap = scores[targets > 0].min() - scores[targets < 0].max()
        return s9_01.perceptron.radius(x), gap / 2

    text = repr(check("9.1.2", halfway))
    assert "half of the gap between the classes" in text


@pytest.mark.parametrize("kind", [list, tuple, np.float32])
def test_both_measures_may_come_in_any_kind(kind):
    def of_kind(*case):
        measures = s9_01.radius_and_margin(*case)
        if kind is np.float32:
            return tuple(map(kind, measures))
        return kind(measures)

    assert check("9.1.2", of_kind).passed
