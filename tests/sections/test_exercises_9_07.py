"""Exercises of 9.7: what is right however it is written, and what each slip is told."""

from fractions import Fraction

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_07_by_hand import ledger

BLANKS = (5, 0, 10, 2, 2, -4)
DETOUR = (2, 0.5, -1.5, 0.5, -2, -0.5, 1.5, 1, 0.5)


def test_blanks_are_those_of_the_ledger():
    p = ledger.start("mixed", Fraction)
    x, t = (Fraction(1), Fraction(-2)), Fraction(3)
    cells = ledger.forward(p, x, "relu")
    said = ledger.backward(p, x, t, cells, "relu")
    wanted = [cells["y"], *(said[k] for k in ("dv1", "dv2", "dz2", "dw12", "dw22"))]
    assert tuple(wanted) == BLANKS


@pytest.mark.parametrize(
    "answer",
    [BLANKS, list(map(float, BLANKS)), tuple(np.array(BLANKS, float))],
)  # fmt: skip
def test_blanks_may_be_written_in_any_way(answer):
    verdict = check("9.7.1", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    "answer",
    [
        (5, 0, -10, -2, -2, 4), (5, 0, 20, 4, 4, -8), (5, 0, 10, 2, 2, 2),
        (5, 0, 10, 2, -4, 2), (5.75, -4.125, 13.75, 2.75, 2.75, -5.5), (5, 0, 10),
    ],
)  # fmt: skip
def test_other_blanks_are_wrong(answer):
    assert not check("9.7.1", answer).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((5, -3, 10, 2, 2, -4), "carried h₁ = 0, not z₁"),
        ((5, 0, 10, 2, 3, -4), "not the weight on it"),
    ],
)
def test_what_an_edge_carried_is_told_from_what_it_did_not(answer, words):
    assert words in repr(check("9.7.1", answer))


def plain_signs(x, v, error):
    sign = lambda value: int(value > 0) - int(value < 0)  # noqa: E731
    db = [sign(w * error) for w in v]
    dw = [[sign(entry) * unit for unit in db] for entry in x]
    return dw, db, [sign(error)] * 2, sign(error)


def broadcast_signs(x, v, error):
    delta = error * v
    return (
        np.sign(x[:, None] * delta[None]), np.sign(delta), np.sign(error + 0 * v),
        np.sign(error),
    )  # fmt: skip


def measured_signs(x, v, error):
    """Take the signs of derivatives, with any hidden values at all."""
    h = np.array([0.3, 0.9])
    dz = error * v * h * (1 - h)
    return np.sign(np.outer(x, dz)), np.sign(dz), np.sign(h * error), np.sign(error)


@pytest.mark.parametrize("answer", [plain_signs, broadcast_signs, measured_signs])
def test_signs_may_be_found_in_any_way(answer):
    verdict = check("9.7.2", answer)
    assert verdict.passed, verdict


def one_example(x, v, error):
    return [[1, -1], [-1, 1]], [1, -1], [-1, -1], -1


def changes_its_arguments(x, v, error):
    v *= -1
    return plain_signs(x, -v, error)


def prints(x, v, error):
    print(plain_signs(x, v, error))


WRONG = {
    "hard-coded": one_example,
    "changes": changes_its_arguments,
    "prints": prints,
    "no v": lambda x, v, error: plain_signs(x, np.ones(2), error),
    "step": lambda x, v, error: plain_signs(x, v, -error),
    "flat": lambda x, v, error: np.ravel(plain_signs(x, v, error)[0]),
}


@pytest.mark.parametrize("name", WRONG)
def test_other_signs_are_wrong(name):
    assert not check("9.7.2", WRONG[name]).passed


def test_half_turned_signs_are_not_called_all_turned():
    def turned(x, v, error):
        dw, *others = plain_signs(x, v, error)
        return -np.array(dw), *others

    told = repr(check("9.7.2", turned))
    assert "signs of the step" in told
    assert "all signs" not in told


def test_no_minus_zero_is_shown():
    verdict = check("9.7.2", lambda x, v, error: plain_signs(x + 1e-9, v, error))
    assert not verdict.passed
    assert "-0." not in repr(verdict).split("wanted")[1].split("got")[0]


@pytest.mark.parametrize(
    "answer", [0.5226, 0.52, np.float64(0.525), Fraction(523, 1000)]
)
def test_rate_is_right_within_half_a_hundredth(answer):
    assert check("9.7.3", answer).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (0.5617, "smaller rate"), (0.25, "larger rate"), (3, "smaller rate"),
        (-1, "a rate above 0"), ("much", "a rate above 0"),
        ((0.5, 0.5), "a rate above 0"),
    ],
)  # fmt: skip
def test_other_rates_are_told_where_to_look(answer, words):
    verdict = check("9.7.3", answer)
    assert verdict.state != "right"
    assert words in repr(verdict)


@pytest.mark.parametrize(
    "answer",
    [DETOUR, np.array(DETOUR), dict(zip(ledger.PARAMETERS, DETOUR, strict=True))],
)
def test_any_detour_that_pays_is_right(answer):
    verdict = check("9.7.4", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (list(ledger.start("mixed").values()), "lowers the loss"),
        ((2, 2, 2, 2, 2, 2, 2, 2, 2), "losses are"),
        ((9,) * 9, "largest is 9"),
        ((1, 2), "shape (2,)"),
        ((np.nan,) * 9, "NaN or infinity"),
        ("nine", "nine numbers"),
    ],
)
def test_other_starts_are_told_their_losses(answer, words):
    verdict = check("9.7.4", answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict
