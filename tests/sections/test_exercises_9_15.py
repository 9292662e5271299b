"""Exercises of 9.15: what is right in whatever form, and what each slip is told."""

import numpy as np
import pytest

from nb_lib.autograd import Tensor
from nb_lib.autograd.tensor import operation
from nb_lib.book import check
from nb_lib.sections.s09_15_autograd import exercises as s9_15
from nb_lib.sections.s09_15_autograd import order_judge


def right(id, answers):
    """Assert that each of these answers passes."""
    for answer in answers:
        verdict = check(id, answer)
        assert verdict.passed, verdict


def wrong(id, cases):
    """Assert that each answer is told in these words."""
    for answer, words in cases:
        verdict = check(id, answer)
        assert verdict.state == "wrong", verdict
        assert words in repr(verdict), verdict


# ------------------------------------------------------------------ a rule
def by_largest(g, y, a, b):
    top = np.maximum(a, b)
    p, q = np.exp(a - top), np.exp(b - top)
    return [(g * p / (p + q)).tolist(), (g * q / (p + q)).tolist()]


def by_sigmoid(g, y, a, b):
    share = 0.5 * (1 + np.tanh((a - b) / 2))
    return g * share, g * (1 - share)


def one_entry_at_a_time(g, y, a, b):
    da, db = np.empty_like(a), np.empty_like(b)
    for i in np.ndindex(a.shape):
        da[i], db[i] = g[i] * np.exp(a[i] - y[i]), g[i] * np.exp(b[i] - y[i])
    return da, db


def test_a_rule_may_be_written_in_any_way():
    right("9.15.1", [s9_15.rule, by_largest, by_sigmoid, one_entry_at_a_time])


def changes_g(g, y, a, b):
    da, db = s9_15.rule(g, y, a, b)
    g *= 0
    return da, db


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_other_rules_are_told_the_slip():
    wrong(
        "9.15.1",
        [
            (lambda g, y, a, b: (np.exp(a - y), np.exp(b - y)), "g is missing"),
            (lambda g, y, a, b: s9_15.rule(g, y, a, b)[::-1], "swapped"),
            (
                lambda g, y, a, b: (
                    g * np.exp(a) / (np.exp(a) + np.exp(b)),
                    g * np.exp(b) / (np.exp(a) + np.exp(b)),
                ),
                "overflow",
            ),
            (lambda g, y, a, b: (g * np.exp(a), g * np.exp(b)), "logarithm's slope"),
            (lambda g, y, a, b: (np.ones((2, 3)), np.ones((2, 3))), "da"),
            (lambda g, y, a, b: s9_15.rule(g, y, a, b)[0], "wanted"),
            (changes_g, "changes its argument g"),
        ],
    )


def test_a_rule_that_prints_is_asked_for_a_return():
    verdict = check("9.15.1", lambda g, y, a, b: print(s9_15.rule(g, y, a, b)[0][0, 0]))
    assert "Did you forget `return`?" in repr(verdict)


def test_the_rule_works_in_the_engine_with_broadcasting(rng):
    torch = pytest.importorskip("torch")
    logaddexp = operation(np.logaddexp, s9_15.rule)
    arrays = rng.normal(size=(3, 4)), rng.normal(size=4)
    mine = [Tensor(array) for array in arrays]
    its = [torch.tensor(array, requires_grad=True) for array in arrays]
    logaddexp(*mine).sum().backward()
    torch.logaddexp(*its).sum().backward()
    for a, b in zip(mine, its, strict=True):
        np.testing.assert_allclose(a.grad, b.grad.numpy(), rtol=1e-12)


# ------------------------------------------------------------------ a loop
def by_torch(w, x, n):
    torch = pytest.importorskip("torch")
    tw, tx = (torch.tensor(float(v), requires_grad=True) for v in (w, x))
    s = torch.zeros(())
    for _ in range(n):
        s = tw * s + tx
    s.backward()
    return (tw.grad if tw.grad is not None else 0.0), tx.grad


def in_closed_form(w, x, n):
    dw = x * sum(k * w ** (k - 1) for k in range(1, n))
    return dw, sum(w**k for k in range(n))


def forward_mode(w, x, n):
    s = dw = dx = 0.0
    for _ in range(n):
        s, dw, dx = w * s + x, s + w * dw, w * dx + 1
    return [dw, dx]


def test_a_loop_may_be_differentiated_in_any_way():
    right("9.15.2", [by_torch, in_closed_form, forward_mode])


def by_geometric_sum(w, x, n):
    return in_closed_form(w, x, n)[0], (1 - w**n) / (1 - w)


def test_other_gradients_of_the_loop_are_told():
    wrong(
        "9.15.2",
        [
            (s9_15._last_use, "only the last use counts"),
            (s9_15._first_use_of_x, "not in the first one alone"),
            (s9_15._without_the_way, "multiplied by w once"),
            (lambda w, x, n: s9_15.gradient(w, x, n + 1), "one round too many"),
            (lambda w, x, n: s9_15.gradient(w, x, n)[::-1], "swapped"),
            (by_geometric_sum, "ZeroDivisionError"),
            (lambda w, x, n: (0.0, 1.0), "dw"),
            (lambda w, x, n: in_closed_form(w, x, n)[1], "wanted"),
        ],
    )


# ------------------------------------------------------------------ a prediction
def test_the_two_numbers_of_outputs_are_right_in_any_form():
    right("9.15.3", [(14, 8), [14.0, 8], np.array([14, 8])])


def test_other_numbers_of_outputs_are_told_and_the_answer_is_not():
    cases = [
        ((8, 8), "not yet the cheaper one"),
        ((13, 8), "not yet the cheaper one"),
        ((15, 8), "one output fewer is enough"),
        ((14, 7), "the values are found once and kept"),
        ((14, 9), "one output fewer is enough"),
        ((14, 0), "Both are from 1 to 1,000"),
        ((14.5, 8), "two whole numbers"),
        (14, "two whole numbers"),
    ]
    wrong("9.15.3", cases)
    assert "14" not in repr(check("9.15.3", (8, 8)))


# ------------------------------------------------------------------ an order
def depth_first(inputs, end):
    found, seen, stack = [], set(), [(end, False)]
    while stack:
        node, is_done = stack.pop()
        if is_done:
            found.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack += [(needed, False) for needed in inputs[node]]
    return found


def by_library(inputs, end):
    from graphlib import TopologicalSorter

    seen = set(depth_first(inputs, end))
    return tuple(TopologicalSorter({n: inputs[n] for n in seen}).static_order())


def test_any_right_order_passes():
    right("9.15.4", [order_judge.order, depth_first, by_library])


def recursive(inputs, end):
    found = []

    def visit(node):
        if node not in found:
            for needed in inputs[node]:
                visit(needed)
            found.append(node)

    visit(end)
    return found


def without_marks(inputs, end):
    found, waiting = [], [end]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += inputs[node]
    return found[::-1]


def patient(inputs, end):
    """Right, but it walks every way from the end to the beginning."""
    stack, found = [end], []
    while stack:
        found.append(stack.pop())
        stack += inputs[found[-1]]
    return list(dict.fromkeys(reversed(found)))


def with_what_is_not_needed(inputs, end):
    found = depth_first(inputs, end)
    return found + [node for node in range(len(inputs)) if node not in set(found)]


def emptying(inputs, end):
    found = depth_first(inputs, end)
    inputs.clear()
    return found


def round_after_round(inputs, end):
    """Right, and slow: as many looks through all nodes as the chain has."""
    needed, found = set(depth_first(inputs, end)), {}
    while len(found) < len(needed):
        for node in needed - found.keys():
            if all(before in found for before in inputs[node]):
                found[node] = True
    return list(found)


@pytest.mark.slow
def test_a_slow_order_passes_too():
    right("9.15.4", [round_after_round])


def test_orders_that_walk_every_way_are_interrupted(monkeypatch):
    monkeypatch.setattr("nb_lib.book.exercises.answer.SECONDS", 0.3)
    told = [(patient, "interrupted because"), (without_marks, "too early")]
    wrong("9.15.4", told)


@pytest.mark.slow
def test_other_orders_are_told():
    wrong(
        "9.15.4",
        [
            (recursive, "RecursionError"),
            (lambda inputs, end: [*depth_first(inputs, end), end], "listed twice"),
            (lambda inputs, end: depth_first(inputs, end)[::-1], "backwards"),
            (with_what_is_not_needed, "not needed"),
            (emptying, "changes its argument inputs"),
            (lambda inputs, end: depth_first(inputs, end)[1:], "does the list hold"),
            (lambda inputs, end: list(range(len(inputs))), "too early"),
            (lambda inputs, end: sorted(depth_first(inputs, end)), "dates of birth"),
            (
                lambda inputs, end: depth_first(inputs, end)[:-1],
                "hold end itself?",
            ),
            (lambda inputs, end: order_judge.with_the_rest(inputs, end), "not need"),
            (lambda inputs, end: [end], "left out"),
            (lambda inputs, end: [0, 1, 2], "wanted"),
            (lambda inputs, end: ["a"], "numbers from 0 to 2"),
            (lambda inputs, end: 3, "a list of the nodes"),
        ],
    )


def test_the_graphs_hold_what_the_text_promises():
    *_, ladder, chain = order_judge.graphs()
    assert len(chain[0]) == 2_000
    assert len(str(2 ** (len(ladder[0]) - 1))) == 12


def test_answers_that_are_not_written_yet_are_empty():
    for id, answer in (
        ("9.15.1", lambda g, y, a, b: ...),
        ("9.15.2", lambda w, x, n: ...),
        ("9.15.3", (None, None)),
        ("9.15.4", lambda inputs, end: ...),
    ):
        assert check(id, answer).state == "empty"
