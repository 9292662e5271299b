"""Exercises of 9.5: any right answer passes, and each wrong one is told why."""

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.numpy.approximation import interpolation_bound, staircase, sup_error
from nb_lib.sections.s09_05_approximation import exercises as s9_05
from nb_lib.sections.s09_05_approximation import width_judge
from nb_lib.sections.s09_05_approximation.plateau import plateau_weights

EQUAL = np.linspace(-np.pi, np.pi, 9)


def test_pieces_are_the_fewest_that_the_bound_allows():
    for m, low, high, error in s9_05.pieces_cases():
        n = s9_05.pieces_needed(m, low, high, error)
        enough, fewer = (
            interpolation_bound(m, k, low=low, high=high) for k in (n, n - 1)
        )
        assert enough <= error * (1 + 1e-12) < fewer


@pytest.mark.parametrize("kind", [float, np.float32, np.int64])
def test_pieces_may_be_any_kind_of_number(kind):
    assert check("9.5.1", lambda *case: kind(s9_05.pieces_needed(*case))).passed


def test_bridge_is_what_np_interp_draws():
    a, b, c, d, height = -2.0, -1.5, 0.5, 2.5, 3.0
    knots, v = plateau_weights(a, b, c, d, height)
    x = np.linspace(-4, 4, 161)
    drawn = np.interp(x, [a, b, c, d], [0, height, height, 0])
    ramps = np.maximum(x[:, None] - knots, 0) @ v
    np.testing.assert_allclose(ramps, drawn, rtol=0, atol=1e-12)


def with_lists(a, b, c, d, height):
    k = [d, c, b, a]  # the order of the units is free
    return k, [height / (d - c), -height / (d - c), -height / (b - a), height / (b - a)]


def with_float32(*case):
    return tuple(np.float32(part) for part in plateau_weights(*case))


@pytest.mark.parametrize("answer", [with_lists, with_float32])
def test_bridges_in_other_styles_pass(answer):
    assert check("9.5.2", answer).passed


@pytest.mark.parametrize(
    "answer", [7.0, (1, 2), ([1.0], [2.0], [3.0]), (["1"] * 4,) * 2]
)
def test_what_is_no_four_units_is_told(answer):
    text = repr(check("9.5.2", lambda *case: answer))
    assert "wanted   (knots, v), each of four numbers" in text
    assert "raised" not in text


def test_length_of_the_top_is_not_that_of_the_second_flank():
    def wrong(a, b, c, d, height):
        up, down = height / (b - a), height / (c - b)
        return (a, b, c, d), (up, -up, -down, down)

    verdict = check("9.5.2", wrong)
    assert not verdict.passed
    assert "c - b is the length of the top" in repr(verdict)


@pytest.mark.parametrize("steps", [1, 2, 5, 64, 301])
def test_staircase_errs_most_where_the_sine_is_steepest(steps):
    net = staircase(np.sin, steps + 1, **width_judge.INTERVAL, sharpness=20)
    everywhere = sup_error(np.sin, net, width_judge.FINE)
    assert width_judge.steps_error(steps) == pytest.approx(everywhere, rel=1e-9)


@pytest.mark.parametrize("count", [2611, 2_600.0, np.int64(2_550)])
def test_a_staircase_near_enough_passes(count):
    assert check("9.5.3", count).passed


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (64, "Too few: halving the error takes twice as many"),
        (2_400, "Too few"),
        (3_000, "More than needed"),
        (4_096, "Squaring is the right idea"),
        (1e9, "Try a number between 1 and 10,000"),
        (-3, "Try a number between"),
        (np.nan, "Try a number between"),
        (10**400, "Try a number between"),
        ("64", "The answer is one number"),
    ],
)
def test_a_staircase_too_coarse_or_too_fine_is_told(count, words):
    verdict = check("9.5.3", count)
    assert not verdict.passed
    assert words in repr(verdict)


def test_the_closed_form_of_the_staircase_lies_within_the_tolerance():
    """Half a piece of slope 1: π / N, against the error of the ramps."""
    wanted = np.pi / width_judge.ramps_error(64)
    assert abs(wanted / 2611 - 1) < 1e-3


def test_eight_better_pieces_pass():
    knots = [-np.pi, -2.193, -1.527, -0.853, 0.783, 1.313, 1.821, 2.351, np.pi]
    values = [-0.026, -0.839, -1.025, -0.78, 0.718, 0.981, 0.986, 0.722, 0.016]
    assert check("9.5.4", (knots, values)).passed
    assert check("9.5.4", np.array([knots, values])).passed
    assert check("9.5.4", (np.float32(knots), np.float32(values))).passed
    assert check("9.5.4", ([-3.14159, *knots[1:-1], 3.14159], values)).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((EQUAL, np.sin(EQUAL)), "100% of the error of equal pieces"),
        ((EQUAL, 0 * EQUAL), "who says that g must meet f?"),
        ((EQUAL[::-1], EQUAL), "The knots rise"),
        ((2 * EQUAL, EQUAL), "The first knot must be -np.pi"),
        ((EQUAL, EQUAL[:5]), "each of 9 numbers"),
        ((EQUAL, np.full(9, np.nan)), "finite"),
        (3, "a tuple (knots, values)"),
    ],
)
def test_other_pieces_are_told_why_not(answer, words):
    verdict = check("9.5.4", answer)
    assert not verdict.passed
    assert words in repr(verdict)
