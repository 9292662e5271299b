"""Exercises of 9.3: what is right however it is written, and what each slip is told."""

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_03_mlp import exercises as s9_03
from nb_lib.sections.s09_03_mlp import width_judge

BY_SUM = ([[1, -1], [1, -1]], [0, 0], [1, 1], -1)
BY_DIFFERENCE = ([[1, -1], [-1, 1]], [0, 0], [-1, -1], 1)


# ------------------------------------------------------------------ multiply two signs
@pytest.mark.parametrize(
    "answer",
    [
        BY_SUM,
        BY_DIFFERENCE,
        [np.array(part, "float32") for part in BY_SUM],
        (np.ones((2, 2)), np.array([2, 0]), np.array([[-1], [2]]), np.array([1])),
        ([[-1, -1], [-1, -1]], [2, 0], [-1, 2], 1),
        ([[0.5, -0.5], [0.5, -0.5]], [0, 0], [2, 2], -1.0),
    ],
    ids=["sum", "difference", "float32", "columns", "mirrored", "scaled"],
)
def test_any_weights_that_multiply_are_right(answer):
    verdict = check("9.3.1", answer)
    assert verdict.passed, verdict


def test_the_verdict_says_which_corners_were_laid_on_each_other():
    assert "unlike signs on each other" in repr(check("9.3.1", BY_SUM))
    assert "of like signs on each other" in repr(check("9.3.1", BY_DIFFERENCE))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (([[1, -1], [1, -1]], [0, 0], [-1, -1], 1), "flip the signs of w2 and b2"),
        (([[1, 1], [1, 1]], [0, -1], [1, -2], 0), "Weights for inputs 0 and 1?"),
        (([[1, -1], [1, -1]], [0, 0], [1, 1], 0), "the output has a bias too"),
        (([[1, -1], [1, -1]], [0, 0], [0.5, 0.5], 0), "This is XNOR as 0 and 1"),
        (([[1, -1], [-1, 1]], [0, 0], [0.5, 0.5], 0), "This is XOR as 0 and 1"),
        (([[1, -1], [1, -1]], [0, 0], [1, -1], 0), "no unit bends it yet"),
        (([[1, 1], [1, 1]], [0, 0], [1, 0], 0), "the other should wake at (-1, -1)"),
        (([[1, -1], [1, -1]], [0, 0], [2, 2], -2), "a factor in w2"),
        (([[1, -1], [1, -1]], [0, 0], [1, 1], -1.5), "b2 shifts all outputs alike"),
        (([[1, 1], [1, 1]], [-2, 0], [-1, 2], 1), "the sign of a bias"),
        (([[1, -1], [1, -1]], [0, 0], [1, 1.2], -1), "exactly -1 and 1 were wanted"),
        (([[1, 2], [3, 4]], [0, 0], [1, 1], 0), "which ramps tell these apart?"),
        (([[1, -1], [1, -1]], [0, 0], [1, 1], 0), "(hidden units: "),
    ],
)
def test_other_weights_are_told_what_they_compute(answer, words):
    verdict = check("9.3.1", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


def test_transposed_weights_are_named():
    w1, *rest = BY_SUM
    assert "w1 is transposed" in repr(check("9.3.1", (np.transpose(w1), *rest)))


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


# -------------------------------------------------------------------- regions counted
def count_pairs(w, is_parallel):
    """Count regions by another idea of what is parallel."""
    pairs = [(i, j) for i in range(w.shape[1]) for j in range(i)]
    return 1 + w.shape[1] + sum(not is_parallel(w[:, i], w[:, j]) for i, j in pairs)


def test_slopes_that_tell_minus_infinity_apart_are_refused():
    def by_slope(w, b):
        return count_pairs(w, lambda u, v: np.isclose(u[0] / u[1], v[0] / v[1]))

    assert not check("9.3.2", by_slope).passed


def test_equal_normals_are_not_all_parallel_lines():
    text = repr(check("9.3.2", lambda w, b: count_pairs(w, np.array_equal)))
    assert "a multiple of the other, such as -1 times it" in text


def test_one_wrong_count_is_not_called_off_by_one():
    def up_to_sign(w, b):
        return count_pairs(w, lambda u, v: (abs(u - v) < 1e-9).all() or not any(u + v))

    assert "off by one" not in repr(check("9.3.2", up_to_sign))


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        (lambda w, b: 1 + w.shape[1] * (w.shape[1] + 1) // 2, "parallel lines never"),
        (lambda w, b: 2 ** len(b), "not every pattern"),
        (lambda w, b: 1 + len(b), "the crossings are missing"),
    ],
)
def test_wrong_counts_are_named(slip, words):
    verdict = check("9.3.2", slip)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


@pytest.mark.slow
def test_regions_are_the_patterns_that_occur():
    from nb_lib.numpy.affine import patterns

    side = np.linspace(-12.0, 12.0, 301)
    x = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    for w, b in s9_03.line_cases():
        assert s9_03.regions(w, b) == patterns(x, w, b)


@pytest.mark.slow
def test_counting_patterns_is_as_good_as_the_formula():
    def by_patterns(w, b):
        side = np.linspace(-12.0, 12.0, 301)
        x = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
        return len({tuple(row) for row in x @ w + b > 0})

    assert check("9.3.2", by_patterns).passed


def test_a_table_of_the_cases_by_their_number_of_lines_is_refused():
    table = {w.shape[1]: s9_03.regions(w, b) for w, b in s9_03.line_cases()}
    verdict = check("9.3.2", lambda w, b: table[len(b)])
    assert verdict.state == "wrong", verdict


def test_two_to_the_lines_is_named_also_where_two_lines_are_parallel():
    assert "from 3 lines on" not in repr(check("9.3.2", lambda w, b: 2 ** len(b)))


def test_regions_as_a_float_will_do():
    assert check("9.3.2", lambda w, b: float(s9_03.regions(w, b))).passed


# ---------------------------------------------------------------- minus one for false
@pytest.mark.parametrize(
    "answer", [(0, 0.26), [0.0, 0.3], np.array([0, 0.22]), (np.float32(0), 0.25)]
)
def test_near_predictions_are_right(answer):
    verdict = check("9.3.3", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((0.25, 0.26), "a share of 0.25 of the units is born dead"),
        ((1e-9, 0.26), "a share of 1e-09 of the units"),
        ((0.5, 0.5), "can all of them be negative?"),
        ((0, 0.5), "fewer seeds succeed than you predict"),
        ((0, 0.347), "fewer seeds succeed than you predict"),
        ((0, 0.1), "more seeds succeed than you predict"),
        ((0, 26), "numbers from 0 to 1, got 0 and 26"),
        (0.26, "a pair of shares"),
        ((0, 10**400), "a pair of shares"),
        (("0", "0.26"), "a pair of shares"),
        ({0: "dead", 0.26: "succeed"}, "a pair of shares"),
        ([[0, 0], [0.2, 0.3]], "a pair of shares"),
        ((0, 0.2, 0.3), "a pair of shares"),
        ((np.nan, 0.2), "numbers from 0 to 1"),
    ],
)
def test_other_predictions_are_told_where_to_look(answer, words):
    verdict = check("9.3.3", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict
    assert "263" not in repr(verdict)  # the count is the reader's to make


# ------------------------------------------------------------------------ wide enough
SLOW = pytest.mark.slow  # trains a thousand nets


@SLOW
@pytest.mark.parametrize("width", [11, 11.0, np.int64(11), np.array(11), 12])
def test_width_that_may_be_the_smallest_is_right(width):
    verdict = check("9.3.4", width)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(10, "below 95%: try a wider layer", marks=SLOW),
        pytest.param(13, "enough already: try a narrower layer", marks=SLOW),
        (1, "With 1 unit 0 of 1,000 seeds succeed, 0.0% (0.0 to 0.4%)"),
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
