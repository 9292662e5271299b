"""Exercises 9.18.2 and 9.18.4: right answers in any style, and what slips are told."""

import math

import numpy as np

from nb_lib.book import check


def refused(id, answer, words):
    verdict = check(id, answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict


def accepted(id, *answers):
    for answer in answers:
        verdict = check(id, answer)
        assert verdict.passed, verdict


# ------------------------------------------------------------- how open is open enough
def by_formula(steps, share):
    return -math.log(share ** (-1 / steps) - 1)


def by_halving(steps, share):
    low, high = -50.0, 50.0
    for _ in range(200):
        middle = (low + high) / 2
        kept = (1 / (1 + math.exp(-middle))) ** steps
        low, high = (middle, high) if kept < share else (low, middle)
    return middle


def by_rough_halving(steps, share):
    low, high = -31.0, 47.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        kept = (1 / (1 + math.exp(-middle))) ** steps
        low, high = (middle, high) if kept < share else (low, middle)
    return low


def in_numpy(steps, share):
    gate = np.exp(np.log(share) / steps)
    return np.array(np.log(gate) - np.log1p(-gate))


def in_single_precision(steps, share):
    gate = np.float32(share) ** np.float32(1 / steps)
    return np.log(gate / (np.float32(1) - gate))


def test_each_way_to_the_bias_is_right_and_slips_are_named():
    accepted("9.18.2", by_formula, by_halving, by_rough_halving, in_numpy)
    accepted("9.18.2", in_single_precision)
    wrong = {
        "which bias gives it": lambda t, p: p ** (1 / t),
        "the sign is the other one": lambda t, p: -by_formula(t, p),
        "the steps are missing": lambda t, p: math.log(p / (1 - p)),
        "the gate is a sigmoid": lambda t, p: math.log(p) / t,
        "not yet": lambda t, p: 0.0,
        "returned": lambda t, p: print(by_formula(t, p)),
    }
    for words, answer in wrong.items():
        refused("9.18.2", answer, words)


# ------------------------------------------------------------- one place back
def on_a_circle(length):
    angle = 2 * np.pi * np.arange(length) / 60
    key = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    back = np.stack([np.cos(angle - 2 * np.pi / 60), np.sin(angle - 2 * np.pi / 60)], 1)
    return 40 * back, 40 * key


def on_a_parabola(length):
    """q·k = -(t - 1 - s)² and what does not depend on s."""
    rows = []
    for t in range(length):
        rows.append([2 * (t - 1), -1.0])
    return (np.array(rows) * 10).tolist(), [[s, s * s] for s in range(length)]


def in_single(length):
    query, key = on_a_circle(length)
    return query.astype(np.float32), key.astype(np.float32)


def test_a_head_that_is_not_yet_written_is_no_wrong_one():
    def one_back(length):
        """Return query and key."""
        ...

    assert "nothing returned yet" in repr(check("9.18.4", one_back))


def test_each_head_that_looks_back_is_right_and_slips_are_told():
    accepted("9.18.4", on_a_circle, on_a_parabola, in_single)

    def itself(length):
        return on_a_circle(length)[1], on_a_circle(length)[1]

    def faint(length):
        query, key = on_a_circle(length)
        return query / 8, key / 8

    def listed(length):
        query, key = on_a_circle(9)
        return query, key

    def one_hot(length):
        return 40 * np.eye(length, k=-1), np.eye(length)

    def raise_exit():
        raise SystemExit

    wrong = {
        "it looks at itself": itself,
        "not decidedly": faint,
        "both want the shape": listed,
        "at most 4 features": one_hot,
        "returned None": lambda length: print(length),
        "not finite": lambda length: (
            np.full((length, 2), np.nan),
            np.ones((length, 2)),
        ),
        "stopped with ZeroDivisionError": lambda length: 1 / 0,
        "stopped with SystemExit": lambda length: raise_exit(),
        "two arrays": lambda length: np.ones(3),
    }
    for words, answer in wrong.items():
        verdict = check("9.18.4", answer)
        assert not verdict.passed
        assert words.lower() in repr(verdict).lower(), verdict
