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
