"""Exercises of 9.3: what is right however it is written, and what each slip is told."""

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_03_mlp import exercises as s9_03
from nb_lib.sections.s09_03_mlp import width_judge

SUM_AND_CARRY = ([[1, 1], [1, 1]], [0, -1], [1, -2], 0)
DIAGONAL = ([[1, -1], [-1, 1]], [0, 0], [1, 1], 0)


# ------------------------------------------------------------------------ XOR by hand
@pytest.mark.parametrize(
    "answer",
    [
        SUM_AND_CARRY,
        DIAGONAL,
        [np.array(part, "float32") for part in SUM_AND_CARRY],
        (np.ones((2, 2)), np.array([0, -1]), np.array([[1], [-2]]), np.array([0])),
        ([[-1, -1], [-1, -1]], [1, 2], [-2, 1], 0),
        ([[0.5, 0.5], [0.5, 0.5]], [0, -0.5], [2, -4], 0.0),
    ],
    ids=["sum", "diagonal", "float32", "columns", "mirrored", "scaled"],
)
def test_any_weights_that_give_xor_are_right(answer):
    verdict = check("9.3.1", answer)
    assert verdict.passed, verdict


def test_the_verdict_says_which_corners_were_laid_on_each_other():
    assert "lays 01 on 10" in repr(check("9.3.1", SUM_AND_CARRY))
    assert "lays 00 on 11" in repr(check("9.3.1", DIAGONAL))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (([[1, 1], [1, 1]], [0, -1], [-1, 2], 1), "This is XNOR"),
        (([[1, 1], [1, 1]], [0, -1], [1, -1], 0), "This is OR"),
        (([[1, 1], [1, 1]], [0, -1], [0, 1], 0), "This is AND"),
        (([[1, 1], [1, 1]], [0, -1], [0, -1], 1), "This is NAND"),
        (([[1, 1], [1, 1]], [0, -2], [1, -2], 0), "This is the sum x1 + x2"),
        (([[1, 1], [1, 1]], [-0.5, -1.5], [1, -1], 0), "weights for threshold units"),
        (([[1, 1], [1, 1]], [0, 1], [1, -2], 0), "the sign of a bias"),
        (([[1, -1], [-1, 1]], [0, 0], [1, 1], 0.5), "b2 shifts every corner alike"),
        (([[1, 1], [1, 1]], [0, -1], [0.9, -1.8], 0), "exactly 0 and 1 were wanted"),
        (([[1, 2], [3, 4]], [0, 0], [1, 1], 0), "one that wakes where it passes 1"),
        (([[1, 1], [0, 0]], [0, 0], [1, 1], 0), "x = (0, 1): wanted 1, got 0"),
        (([[1, -2], [1, 1]], [0, 0], [1, 1], 0), "(hidden units: "),
    ],
)
def test_other_weights_are_told_what_they_compute(answer, words):
    verdict = check("9.3.1", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


@pytest.mark.parametrize(
    ("right", "words"),
    [
        # columns are the units x1 - x2 and 2 (x2 - x1); rows would mix them
        (([[1, -2], [-1, 2]], [0, 0], [1, 0.5], 0), "w1 is transposed"),
    ],
)
def test_transposed_weights_are_named(right, words):
    w1, *rest = right
    assert check("9.3.1", right).passed
    assert words in repr(check("9.3.1", (np.transpose(w1), *rest)))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((1, 2, 3), "a tuple (w1, b1, w2, b2)"),
        (([[1, 1]], [0, 0], [1, 1], 0), "w1 wants the shape (2, 2), got (1, 2)"),
        (([[1, 1], [1, 1]], [0, 0, 0], [1, 1], 0), "b1 wants the shape (2,), got (3,)"),
        (([[1, 1], [1, 1]], "ab", [1, 1], 0), "b1 wants numbers"),
        (([[1, 1], [1, 1]], ["0", "-1"], [1, -2], 0), "b1 wants numbers"),
        (([[1, 1], [1, np.nan]], [0, 0], [1, 1], 0), "w1 wants finite numbers"),
    ],
)
def test_what_are_no_weights_is_refused(answer, words):
    verdict = check("9.3.1", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict)


# ----------------------------------------------------------------------- the collapse
def test_collapse_is_that_of_the_library(rng):
    from nb_lib.numpy.affine import collapse

    w1, b1, w2, b2 = (rng.normal(size=s) for s in ((3, 5), 5, (5, 2), 2))
    pairs = zip(
        s9_03.collapse(w1, b1, w2, b2), collapse([(w1, b1), (w2, b2)]), strict=True
    )
    for mine, theirs in pairs:
        np.testing.assert_allclose(mine, theirs, rtol=1e-12)


def test_collapse_may_be_written_otherwise():
    def by_basis(w1, b1, w2, b2):
        b = (np.zeros(len(w1)) @ w1 + b1) @ w2 + b2
        return [(np.eye(len(w1)) @ w1 + b1) @ w2 + b2 - b, b]

    assert check("9.3.2", by_basis).passed


def test_transposed_product_is_named():
    def transposed(w1, b1, w2, b2):
        return (w1 @ w2).T, b1 @ w2 + b2

    assert "a transpose" in repr(check("9.3.2", transposed))


def test_loops_over_one_size_alone_are_refused():
    def square(w1, b1, w2, b2):
        each = range(len(w1))
        w = [[sum(w1[i, k] * w2[k, j] for k in each) for j in each] for i in each]
        return w, [sum(b1[k] * w2[k, j] for k in each) + b2[j] for j in each]

    assert "raised   IndexError" in repr(check("9.3.2", square))


def test_sums_of_both_layers_are_named():
    text = repr(check("9.3.2", lambda w1, b1, w2, b2: (w1 + w2, b1 + b2)))
    assert "the sum stands where the product belongs" in text


# -------------------------------------------------------------------- regions counted
def count_pairs(w, is_parallel):
    """Count regions by another idea of what is parallel."""
    pairs = [(i, j) for i in range(w.shape[1]) for j in range(i)]
    return 1 + w.shape[1] + sum(not is_parallel(w[:, i], w[:, j]) for i, j in pairs)


def test_slopes_that_tell_minus_infinity_apart_are_refused():
    def by_slope(w, b):
        return count_pairs(w, lambda u, v: np.isclose(u[0] / u[1], v[0] / v[1]))

    assert not check("9.3.3", by_slope).passed


def test_equal_normals_are_not_all_parallel_lines():
    text = repr(check("9.3.3", lambda w, b: count_pairs(w, np.array_equal)))
    assert "a multiple of the other, such as -1 times it" in text


def test_one_wrong_count_is_not_called_off_by_one():
    def up_to_sign(w, b):
        return count_pairs(w, lambda u, v: (abs(u - v) < 1e-9).all() or not any(u + v))

    assert "off by one" not in repr(check("9.3.3", up_to_sign))


def test_regions_are_the_patterns_that_occur():
    from nb_lib.numpy.affine import patterns

    side = np.linspace(-12.0, 12.0, 601)
    x = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    for w, b in s9_03.line_cases():
        assert s9_03.regions(w, b) == patterns(x, w, b)


def test_counting_patterns_is_as_good_as_the_formula():
    def by_patterns(w, b):
        side = np.linspace(-12.0, 12.0, 601)
        x = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
        return len({tuple(row) for row in x @ w + b > 0})

    assert check("9.3.3", by_patterns).passed


def test_regions_as_a_float_will_do():
    assert check("9.3.3", lambda w, b: float(s9_03.regions(w, b))).passed


# ------------------------------------------------------------------------ wide enough
@pytest.mark.parametrize("width", [8, 9, 8.0, np.int64(8), np.array(8)])
def test_width_that_may_be_the_smallest_is_right(width):
    verdict = check("9.3.4", width)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (2, "With 2 units 191 of 1,000 seeds succeed"),
        (7, "below 95 %: try a wider layer"),
        (10, "enough already: try a narrower layer"),
        (32, "enough already: try a narrower layer"),
        (1, "With 1 unit 0 of 1,000 seeds succeed, 0.0 % (0.0 to 0.4 %)"),
        (0, "a whole number from 1 to 32, got 0"),
        (8.5, "a whole number from 1 to 32, got 8.5"),
        (True, "a whole number from 1 to 32, got True"),
        (np.nan, "a whole number from 1 to 32, got nan"),
        (np.inf, "a whole number from 1 to 32, got inf"),
        ("eight", "a whole number from 1 to 32, got 'eight'"),
    ],
)
def test_other_widths_are_told_which_way_to_go(answer, words):
    verdict = check("9.3.4", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


def test_seeds_of_the_judge_are_those_of_the_mlp():
    """Net 0 of the judge's nets is the MLP that a reader trains with seed 0."""
    from nb_lib.numpy.many_nets import ManyNets
    from nb_lib.numpy.models import MLP

    rngs = [np.random.default_rng(seed) for seed in range(3)]
    nets = ManyNets((2, 4, 1), rngs=rngs)
    net = MLP((2, 4, 1), rng=np.random.default_rng(2))
    np.testing.assert_array_equal(nets.params["0.w"][2], net.params["0.w"])
    assert width_judge.SEEDS == 1000
