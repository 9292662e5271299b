"""Exercises of 9.2: any right weights pass, and each wrong answer is told why."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.numpy.boolean import cube, decide, products
from nb_lib.numpy.perceptron import threshold
from nb_lib.sections.s09_02_xor.bias_judge import tables_without_bias
from nb_lib.sections.s09_02_xor.multipliers_judge import LINES, ONE_OF_THREE

PARITY = (1, 1, 1, -2, -2, -2, 4)


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("9.2.1", ((-1, -1), 1.5)),
        ("9.2.1", (-2, -3, 4)),
        ("9.2.1", [np.array([-1, -1], np.float32), 1.25]),
        ("9.2.1", (np.array([[-1.0], [-1.0]]).ravel(), np.array(1.5))),
        ("9.2.1", np.array([-1, -1, 1.5])),
        ("9.2.1", ([-1, -1], [1.5])),
        ("9.2.1", ((Fraction(-1), Fraction(-1)), Fraction(3, 2))),
        ("9.2.2", (1, 1, 1, 1, 0, 0, 0, 0)),
        ("9.2.2", [0.25, 0.25, 0, 0, 0.25, 0.25, 0, 0]),
        ("9.2.2", np.array([3, 0, 3, 0, 3, 0, 3, 0], np.float32)),
        ("9.2.2", (*[Decimal("0.1")] * 4, *[Decimal(0)] * 4)),
        ("9.2.2", [True] * 4 + [False] * 4),
        ("9.2.3", Decimal(6)),
        ("9.2.2", (Fraction(1, 3),) * 4 + (0,) * 4),
        ("9.2.2", (2, 2, 1, 1, 1, 1, 0, 0)),  # two faces at once
        ("9.2.2", (0.1, 0.1, 0.3 - 0.2, 0.1, 0, 0, 0, 0)),  # a float near 0.1
        ("9.2.3", 6),
        ("9.2.3", 6.0),
        ("9.2.3", np.int64(6)),
        ("9.2.4", (PARITY, -0.5)),
        ("9.2.4", (*(10 * w for w in PARITY), -3)),
    ],
    ids=str,
)
def test_any_right_answer_passes(id, answer):
    verdict = check(id, answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("id", "answer", "words"),
    [
        ("9.2.1", ((1, 1), -1.5), "This unit computes AND. The signs"),
        ("9.2.1", ((-1, -1), 0.5), "computes NOR. One input that is 0 should be"),
        ("9.2.1", ((-1, -1), 3), "computes TRUE. Two ones must pull the score below"),
        ("9.2.1", ((-1, -1), 2), "A score of exactly 0 fires"),
        ("9.2.1", ((-1, -1), 2), "At (1, 1) the score is 0, so it gives 1: 0 was"),
        ("9.2.1", ((-1, 0), 0.5), "3 of 4 corners are right. At (1, 0)"),
        ("9.2.1", ((1,), 2), "2 weights and a number. Here w has the shape (1,)"),
        ("9.2.1", ((1, 2), np.nan), "Weights and bias are finite numbers"),
        ("9.2.1", ("ab", 2), "The answer is a tuple (w, b): 2 weights"),
        ("9.2.1", (("-1", "-1"), "1.5"), "The answer is a tuple (w, b): 2 weights"),
        ("9.2.1", ((-1, -1), None), "The answer is a tuple (w, b): 2 weights"),
        ("9.2.1", ((-0.1, -0.2), 0.3), "A score of exactly 0 fires"),  # on paper
        ("9.2.1", ((1, -2), 1), "This unit computes x2 implies x1"),
        ("9.2.1", ((-1, -1), -1.5), "there is only the bias"),
        ("9.2.1", ((0, 0), 0), "a bias this high, or weights this small, never let go"),
        ("9.2.1", [], "The answer is a tuple (w, b): 2 weights"),
        ("9.2.4", (), "The answer is a tuple (w, b): 7 weights"),
        ("9.2.1", 7, "The answer is a tuple (w, b): 2 weights"),
        ("9.2.1", ((1, 2), (3, 4)), "The answer is a tuple (w, b): 2 weights"),
        ("9.2.2", (0,) * 8, "0 >= 0, and that is true"),
        ("9.2.2", (-1, 1, 1, -1, 0, 0, 0, 0), "Line 1 is multiplied by -1."),
        ("9.2.2", (-1, 1, 1, -1, 0, 0, 0, 0), "signs of the targets are in the lines"),
        ("9.2.2", (-2, 0, 0, 0, 0, 0, 0, 1), "A negative multiplier turns > into <"),
        ("9.2.2", (1, 1, 0, 0, 0, 0, 0, 0), "The sum reads w3 > 0, not 0 > 0"),
        ("9.2.2", (1, 1, 0, 0, 0, 0, 0, 0), "w2 = 0, w3 = 1, b = 0: make the unknowns"),
        ("9.2.2", (1, 1, 1, 1), "a tuple of eight numbers, one for each line"),
        ("9.2.2", (10**400,) * 8, "smaller multipliers will do"),
        ("9.2.2", np.ones((8, 2)), "a tuple of eight numbers"),
        ("9.2.2", (*(1,) * 7, np.inf), "a tuple of eight numbers"),
        ("9.2.2", (*(1,) * 7, "x"), "a tuple of eight numbers"),
        ("9.2.2", (1, 1, 1, 1, 0, 0, 0, 1e-9), "b > 0, not 0 > 0"),
        ("9.2.2", ("1",) * 8, "a tuple of eight numbers"),
        ("9.2.3", 16, "look at the score of (0, 0)"),
        ("9.2.3", 14, "which tables begin with a 1?"),
        ("9.2.3", 8, "the last is w1 + w2"),
        ("9.2.3", 5, "can both weights be negative?"),
        ("9.2.3", 3.5, "count the tiles that get the bold frame"),
        ("9.2.3", "six", "The answer is one number"),
        ("9.2.3", (6,), "The answer is one number"),
        ("9.2.4", ((1, 1, 1, -2, -2, -2, 0), -0.5), "the weight of x1 x2 x3"),
        ("9.2.4", ((1, 1, 1, -1, -1, -1, 1), -0.5), "the weight of x2 x3"),
        ("9.2.4", ((1, -1, 1, -2, -2, -2, 4), -0.5), "the weight of x2:"),
        ("9.2.4", ((0,) * 7, 0), "there is only the bias"),
        ("9.2.4", ((1, -1, 1, -1, 0, 0, 0), -0.5), "the weight of x2:"),
        ("9.2.4", ((1, 1, 1, -2, -1.5, 0, 0), -0.5), "the weight of x2 x3:"),
        ("9.2.4", (PARITY, 0.5), "there is only the bias"),
        ("9.2.4", ([-w for w in PARITY], 0.5), "this is the opposite of parity"),
    ],
    ids=str,
)
def test_wrong_answers_are_told_why(id, answer, words):
    verdict = check(id, answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict)


def test_tensors_are_as_good_as_tuples():
    torch = pytest.importorskip("torch")
    assert check("9.2.1", torch.tensor([-1, -1, 1.5], requires_grad=True)).passed
    face = torch.tensor([1.0, 1, 1, 1, 0, 0, 0, 0])
    assert check("9.2.2", face).passed
    assert check("9.2.2", tuple(face)).passed
    assert check("9.2.3", torch.tensor(6)).passed


def test_empty_frames_of_the_notebook_are_empty():
    for id, answer in (("9.2.1", (..., ...)), ("9.2.2", (...,) * 8), ("9.2.3", ...)):
        assert check(id, answer).state == "empty"


def test_lines_of_the_exercise_are_those_of_the_certificate():
    """t (x, 1); the multipliers that the rule finds pass as an answer."""
    corners = np.concatenate([cube(3), np.ones((8, 1))], axis=1)
    signs = 2 * (cube(3).sum(axis=1) == 1) - 1
    np.testing.assert_array_equal(LINES, signs[:, None] * corners)
    assert check("9.2.2", decide(ONE_OF_THREE.astype(float)).multipliers).passed


def test_no_other_weights_reach_more_tables_without_a_bias():
    w = np.random.default_rng(923).normal(size=(10_000, 2))
    tables = np.unique(w @ cube(2).T >= 0, axis=0)
    assert {tuple(map(float, table)) for table in tables} == tables_without_bias()


def test_a_wrong_count_does_not_give_the_number_away():
    for count in range(17):
        verdict = check("9.2.3", count)
        assert verdict.passed or " 6" not in repr(verdict).partition("\n")[2]


def test_a_blamed_weight_is_one_that_can_mend():
    """Whatever the corner, the first that is wrong has all corners below it right."""
    rng = np.random.default_rng(924)
    x = products(cube(3))
    wanted = cube(3).sum(axis=1) % 2
    for _ in range(200):
        w, b = rng.normal(0, 2, 7), -0.5
        wrong = np.flatnonzero(threshold(x, w, b) != wanted)
        row = int(wrong[0]) if len(wrong) else 0
        if row:
            parts = [f"x{i + 1}" for i in range(3) if cube(3)[row, i]]
            text = repr(check("9.2.4", (w, b)))
            if "opposite" not in text:
                assert f"the weight of {' '.join(parts)}:" in text
                column = [k for k in range(7) if x[row, k]][-1]
                w[column] += (2 * wanted[row] - 1) * 100
                assert threshold(x, w, b)[row] == wanted[row]
                np.testing.assert_array_equal(threshold(x, w, b)[:row], wanted[:row])
