"""Exercises of 9.15, Computational graphs and autograd.

9.15.1  ``rule(g, y, a, b)`` -> ``(da, db)``, the rule of y = ln(exp a + exp b), which
        NumPy calls ``np.logaddexp``; all are arrays of one shape.
9.15.2  ``gradient(w, x, n)`` -> ``(dw, dx)`` of s after n rounds of s = w * s + x from
        s = 0; w and x are numbers, n is a whole number from 1.
9.15.3  ``(anew, once)``: from how many outputs on forward mode is cheaper for a net of
        7 inputs, in the two ways of counting of ``modes_judge``.
9.15.4  ``order(inputs, end)`` -> list: ``inputs[n]`` are the nodes that node n needs;
        the list holds ``end`` and all that it needs, each after what it needs.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_15_autograd import order_judge
from nb_lib.sections.s09_15_autograd.modes_judge import judge_modes


def rule(g, y, a, b):
    """Give each input its share, exp of how far it lies below y."""
    return g * np.exp(a - y), g * np.exp(b - y)


def rule_cases():
    """Give ordinary numbers, and some whose exponentials overflow."""
    rng = np.random.default_rng(151)
    for scale in (1.0, 1000.0):
        g, a, b = rng.normal(size=(3, 2, 3)) * [[[1.0]], [[scale]], [[scale]]]
        yield g, np.logaddexp(a, b), a, b


def gradient(w, x, n):
    """Walk back from round n to round 1 and add up what each use sends."""
    states = [0.0]
    for _ in range(n - 1):
        states.append(w * states[-1] + x)
    ds, dw, dx = 1.0, 0.0, 0.0
    for s in reversed(states):  # what w was multiplied with
        dw, dx, ds = dw + ds * s, dx + ds, ds * w
    return dw, dx


def _last_use(w, x, n):
    state = 0.0
    for _ in range(n - 1):
        state = w * state + x
    return state, 1.0


def _first_use_of_x(w, x, n):
    return gradient(w, x, n)[0], float(w) ** (n - 1)


def _without_the_way(w, x, n):
    """Every use counts as if it were the last."""
    states, total = [0.0], 0.0
    for _ in range(n - 1):
        states.append(w * states[-1] + x)
        total += states[-1]
    return total, float(n)


EXERCISES = (
    Exercise(
        "9.15.1",
        "The rule of an operation",
        rule,
        rule_cases,
        outputs=("da", "db"),
        slips={
            "g is missing: multiply each slope by the gradient of y": (
                lambda g, y, a, b: (np.exp(a - y), np.exp(b - y))
            ),
            "the two shares are swapped": lambda g, y, a, b: rule(g, y, b, a),
            "the logarithm's slope is missing: divide by exp a + exp b": (
                lambda g, y, a, b: (g * np.exp(a), g * np.exp(b))
            ),
            "the inner slope is missing: exp a is its own slope": (
                lambda g, y, a, b: (g * np.exp(-y), g * np.exp(-y))
            ),
            "y is the logarithm of the sum already, so the sum is exp(y)": (
                lambda g, y, a, b: (g * np.exp(a) / y, g * np.exp(b) / y)
            ),
            "overflow: exp(a) is infinite from about 710 on, but exp(a - y) is not": (
                lambda g, y, a, b: (
                    g * np.exp(a) / (np.exp(a) + np.exp(b)),
                    g * np.exp(b) / (np.exp(a) + np.exp(b)),
                )
            ),
        },
        lesson="The two shares add up to g: this is the softmax of two numbers.",
        secrets=(r"a - y", r"exp\(y\)", r"logaddexp", r"softmax of two"),
    ),
    Exercise(
        "9.15.2",
        "The gradient of a loop",
        gradient,
        lambda: [(0.5, 3.0, 1), (0.5, 3.0, 2), (2.0, -1.0, 5), (1.0, 2.0, 7)],
        outputs=("dw", "dx"),
        slips={
            "only the last use counts: w and x are used in every round": _last_use,
            "x enters in every round, not in the first one alone": _first_use_of_x,
            "on the way back from its use, each share is multiplied by w once for "
            "every later round": _without_the_way,
            "one round too many": lambda w, x, n: gradient(w, x, n + 1),
            "the two gradients are swapped": lambda w, x, n: gradient(w, x, n)[::-1],
            "s is not w**n * x: x is added in each round": (
                lambda w, x, n: (n * w ** (n - 1) * x, w**n)
            ),
        },
        lesson="A parameter that a loop uses n times gets n shares, added up.",
        secrets=(r"w\s*\*\s*s\b", r"k\s*w\^\{?k", r"w\^\{n", r"w \* ds", r"ds \* w"),
    ),
    Exercise(
        "9.15.3",
        "When forward mode wins",
        judge=judge_modes,
        secrets=(
            r"from 14\b",
            r"2 ?n\b",
            r"2 ?\* ?inputs",
            r"7 inputs",
            r"seven inputs",
        ),
    ),
    Exercise(
        "9.15.4",
        "An order without dates of birth",
        order_judge.order,
        order_judge.graphs,
        outputs=("left out", "too early", "listed twice", "not needed"),
        run=order_judge.told,
        slips={
            "the list is backwards: what is needed comes before what needs it": (
                lambda inputs, end: order_judge.order(inputs, end)[::-1]
            ),
            "the numbers of the nodes are no dates of birth": (
                lambda inputs, end: sorted(order_judge.order(inputs, end))
            ),
            "all nodes are listed, also those that end does not need": (
                lambda inputs, end: order_judge.with_the_rest(inputs, end)
            ),
            "one node is missing each time: does the list hold end itself?": (
                lambda inputs, end: order_judge.order(inputs, end)[:-1]
            ),
        },
        lesson="Counting open uses is PyTorch's way; micrograd walks depth first.",
        secrets=(r"post-?order", r"depth[- ]first", r"in-degree", r"TopologicalSorter"),
    ),
)
