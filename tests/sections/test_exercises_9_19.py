"""The exercises of 9.19: right answers in several styles, and the slips by name."""

import math

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_19_pitfalls import exercises
from nb_lib.sections.s09_19_pitfalls.clinic.run import CASES

TRUE = {case: exercises.truth(case) for case in CASES}


@pytest.mark.slow
def test_all_ten_diagnoses_pass_and_each_confusion_gets_its_hint():
    assert check("9.19.1", TRUE).passed
    assert check("9.19.1", {np.int64(case): w for case, w in TRUE.items()}).passed
    for case in (2, 5, 9):
        for words, hint in exercises.HINTS.items():
            if words != TRUE[case]:
                verdict = check("9.19.1", TRUE | {case: words})
                assert not verdict.passed
                assert "9 of 10 are right" in repr(verdict)
                assert hint[:30] in repr(verdict)


def test_a_hint_is_true_of_its_case():
    """Case 7 feeds itself in use, and case 8 asks for the next token."""
    for case, words, hint in (
        (7, "teacher forcing", "a forecast that is good"),
        (8, "off-by-one mask", "guessed perfectly"),
    ):
        assert hint in repr(check("9.19.1", TRUE | {case: words}))


def test_what_is_no_diagnosis_is_refused():
    for answer in ({1: "healthy"}, "healthy", [*TRUE.values()]):
        assert not check("9.19.1", answer).passed
    for words in ("flu", ..., ["healthy"], "dead ReLU"):
        assert "Case 3 has no diagnosis" in repr(check("9.19.1", TRUE | {3: words}))


def test_capitals_and_spaces_do_not_matter_in_a_diagnosis():
    loud = {case: f" {words.upper()} " for case, words in TRUE.items()}
    assert check("9.19.1", loud).passed


def test_the_steps_pass_in_three_styles():
    def counted(lr, curvature, factor):
        size, steps = 1.0, 0
        if abs(1 - lr * curvature) <= 1:
            return float("inf")
        while size < factor * (1 - 1e-9):
            size, steps = size * abs(1 - lr * curvature), steps + 1
        return steps

    def in_numpy(lr, curvature, factor):
        growth = np.abs(1 - lr * curvature)
        if growth <= 1:
            return np.inf
        return np.ceil(np.log(factor) / np.log(growth) - 1e-9)

    for answer in (exercises.steps_until, counted, in_numpy):
        assert check("9.19.2", answer).passed


def test_wrong_steps_fail_and_the_slips_are_named():
    def plus(lr, curvature, factor):
        return math.ceil(math.log(factor) / math.log(1 + lr * curvature))

    def down(lr, curvature, factor):
        growth = abs(1 - lr * curvature)
        if growth <= 1:
            return math.inf
        return math.floor(math.log(factor) / math.log(growth))

    def broken(lr, curvature, factor):
        growth = abs(1 - lr * curvature)
        return math.inf if growth <= 1 else math.log(factor) / math.log(growth)

    def at_the_limit(lr, curvature, factor):
        growth = abs(1 - lr * curvature)
        if growth < 1:
            return math.inf
        return math.ceil(math.log(factor) / math.log(growth) - 1e-9)

    def unsigned(lr, curvature, factor):
        growth = 1 - lr * curvature
        if growth <= 1:
            return math.inf
        return math.ceil(math.log(factor) / math.log(growth))

    assert "its size counts" in repr(check("9.19.2", unsigned))
    assert "1 + η λ" in repr(check("9.19.2", plus))
    assert "not rounded" in repr(check("9.19.2", broken))
    assert not check("9.19.2", at_the_limit).passed
    assert "rounded down" in repr(check("9.19.2", down))

    def minus_infinity(*case):
        steps = exercises.steps_until(*case)
        return steps if math.isfinite(steps) else -steps

    assert "a root" not in repr(check("9.19.2", minus_infinity))
    for answer in (minus_infinity, lambda *case: 10, print, 7, None):
        assert not check("9.19.2", answer).passed


@pytest.mark.slow
def test_the_cases_that_are_mended():
    right = sorted(exercises.mended())
    for answer in (right, tuple(right[::-1]), np.array(right), set(right)):
        assert check("9.19.3", answer).passed
    for answer in ([2, 3], [*CASES], [], [11], 3, [*right, 6], "clinic"):
        assert not check("9.19.3", answer).passed


def test_only_an_order_with_the_least_time_passes():
    ratio = {name: count / cost for name, (count, cost) in exercises.CHECKS.items()}
    best = sorted(ratio, key=ratio.get, reverse=True)
    assert check("9.19.4", best).passed
    assert check("9.19.4", tuple(best)).passed
    for place in range(7):
        other = best.copy()
        other[place : place + 2] = other[place : place + 2][::-1]
        assert not check("9.19.4", other).passed
    counts = sorted(ratio, key=lambda n: -exercises.CHECKS[n][0])
    quick = sorted(ratio, key=lambda n: exercises.CHECKS[n][1])
    for answer in (counts, quick, best[:-1], "split", best + best[:1]):
        assert not check("9.19.4", answer).passed


def test_the_two_tempting_orders_are_clearly_slower():
    """Else a reader who sorts by one number alone takes the gap for rounding."""
    checks = exercises.CHECKS
    assert sum(bugs for bugs, _ in checks.values()) == 100
    best = sorted(checks, key=lambda n: checks[n][1] / checks[n][0])
    least = exercises.expected_time(best)
    for rule in (lambda n: -checks[n][0], lambda n: checks[n][1]):
        assert exercises.expected_time(sorted(checks, key=rule)) > 1.15 * least


def test_the_counts_cannot_be_changed_by_the_reader():
    with pytest.raises(TypeError):
        exercises.CHECKS["gradient"] = (100, 0.0)
