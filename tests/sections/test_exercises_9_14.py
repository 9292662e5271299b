"""Exercises of 9.14: what is right in any style, and what each slip is told."""

from fractions import Fraction

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_14_practice import judges
from nb_lib.sections.s09_14_practice.trials import CHANGES, trial


def refused(id, answer, words):
    verdict = check(id, answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict


def accepted(id, *answers):
    for answer in answers:
        verdict = check(id, answer)
        assert verdict.passed, verdict


# ------------------------------------------------------------------- a stream
def by_correction(mean, seen, new, rows):
    return mean + (new - mean) * rows / (seen + rows), seen + rows


def by_sums(mean, seen, new, rows):
    return (mean * seen + new * rows) / (seen + rows), seen + rows


def by_average(mean, seen, new, rows):
    found = np.average(np.stack([mean, new]), axis=0, weights=[seen, rows])
    return [found.tolist(), float(seen + rows)]


def _in_place(mean, seen, new, rows):
    mean += (new - mean) * rows / (seen + rows)
    return mean, seen + rows


def _one_example(mean, seen, new, rows):
    return new, 4


def test_each_way_to_join_is_right_and_slips_are_named():
    accepted("9.14.1", by_correction, by_sums, by_average)
    wrong = {
        "the mean of means": lambda m, s, g, n: ((m + g) / 2 if s else g, s + n),
        "also halves the first": lambda m, s, g, n: ((m + g) / 2, s + n),
        "divide by their number": lambda m, s, g, n: (m * s + g * n, s + n),
        "count the new rows": lambda m, s, g, n: (by_sums(m, s, g, n)[0], s),
        "the shares are swapped": lambda m, s, g, n: (
            (m * n + g * s) / (s + n),
            s + n,
        ),
        "changes its argument mean": _in_place,
        "returned": lambda *case: print(by_sums(*case)),
        "not yet": _one_example,
    }
    for words, answer in wrong.items():
        refused("9.14.1", answer, words)


# ------------------------------------------------------------------- the edge
def by_formula(curvature, momentum):
    return 2 * (1 + momentum) / curvature


def by_roots(curvature, momentum):
    """Find where the larger root of the recursion leaves the unit circle."""
    low, high = 0.0, 100 / curvature
    for _ in range(80):
        rate = (low + high) / 2
        roots = np.roots([1, rate * curvature - 1 - momentum, momentum])
        if max(abs(roots)) > 1 + 1e-12 and rate > 0:
            high = rate
        else:
            low = rate
    return low


def by_float32(curvature, momentum):
    return np.float32(2 + 2 * momentum) / np.float32(curvature)


def test_each_way_to_the_edge_is_right_and_slips_are_named():
    accepted("9.14.2", by_formula, by_roots, by_float32)
    wrong = {
        "momentum is missing": lambda c, m: 2 / c,
        "if all steps pointed one way, but": lambda c, m: 2 * (1 - m) / c,
        "adds up steps that all point one way": lambda c, m: 2 / ((1 - m) * c),
        "the 2 is missing": lambda c, m: (1 + m) / c,
        "the place of λ": lambda c, m: 2 * (1 + m) * c,
        "returned": lambda c, m: print(by_formula(c, m)),
        "not yet": lambda c, m: 0.2,
    }
    for words, answer in wrong.items():
        refused("9.14.2", answer, words)


def test_a_walk_settles_below_the_edge_and_not_above():
    for momentum in (0.0, 0.5, 0.9):
        for share, is_stable in ((0.99, True), (1.01, False)):
            w, v, rate = 1.0, 0.0, share * by_formula(3.0, momentum)
            for _ in range(20_000):
                v = momentum * v + 3.0 * w
                w -= rate * v
                if abs(w) > 1e6:
                    break
            assert (abs(w) < 1) == is_stable


# ------------------------------------------------------------------- the scales
def test_scales_are_tried_in_float16():
    with np.errstate(over="ignore"):
        alive = [
            k
            for k in range(-60, 61)
            if np.float16(5e-9 * 2.0**k) > 0 and np.float16(0.03 * 2.0**k) < np.inf
        ]
    pair = alive[0], alive[-1]
    accepted("9.14.3", pair, list(pair), np.array(pair), np.array(pair, "float32"))
    for answer, words in {
        (alive[0] - 1, alive[-1]): "becomes 0",
        (alive[0] + 1, alive[-1]): "with a smaller scale too",
        (alive[0], alive[-1] + 1): "overflows",
        (alive[0], alive[-1] - 1): "still room",
        (alive[-1],): "two whole numbers",
        (2.5, 21): "two whole numbers",
        (2.0 ** alive[0], 2.0 ** alive[-1]): "not the scale",
        pair[::-1]: "comes first",
        (Fraction(10**400), 21): "not the scale",
        "3, 21": "two whole numbers",
    }.items():
        refused("9.14.3", answer, words)


# ------------------------------------------------------------------- three changes
@pytest.fixture
def finals(monkeypatch):
    """Return all final losses, ten seeds for each change; the judge reads them too."""
    found = {
        name: np.array([trial(name, seed) for seed in range(10)])
        for name in (None, *CHANGES)
    }
    monkeypatch.setattr(judges, "trial", lambda name, seed: found[name][seed])
    for kept in (judges.wins, judges.before):
        kept.cache_clear()
    yield found
    for kept in (judges.wins, judges.before):
        kept.cache_clear()


@pytest.mark.slow
def test_one_change_is_an_improvement_and_another_only_seems_so(finals):
    wins = {name: int(np.sum(finals[name] < finals[None])) for name in CHANGES}
    best = max(wins, key=wins.get)
    accepted("9.14.4", (best, wins[best]), [best, float(wins[best])])
    for name in set(CHANGES) - {best}:
        refused("9.14.4", (name, wins[name]), "Of three changes that do nothing")
        refused("9.14.4", (name, wins[best]), "does not win on")
    five = [np.all(finals[name][:5] < finals[None][:5]) for name in CHANGES]
    assert sum(five) == 2  # five seeds cannot decide
    for answer in (best, ("D", 9), (best, 11), (best, 9.5), ([best], 9)):
        refused("9.14.4", answer, "The answer is a pair")
    with pytest.raises(ValueError, match='"A", "B", "C" or None, got'):
        trial("D", 0)


def test_the_judge_reckons_with_three_tries():
    flips = np.random.default_rng(1).integers(0, 2, size=(200_000, 3, 10)).sum(axis=2)
    for count in (6, 8, 9):
        seen = np.mean(flips.max(axis=1) >= count)
        assert judges.by_chance(count) == pytest.approx(seen, abs=0.004)
    assert judges.by_chance(10) == pytest.approx(3 / 1024, rel=0.01)
