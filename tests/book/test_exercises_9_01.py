"""Exercises of 9.1: sets of 25 mistakes, and what each slip is told."""

import numpy as np
import pytest

from nb_lib.book import check

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
