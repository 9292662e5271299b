"""Exercises of 9.20, Summary.

9.20.1  ``largest(seconds, speed)`` -> the number of parameters of the largest network
        that can be trained in this time, at ``speed`` operations a second, with 20
        examples for each parameter and 6 operations for each parameter and example.
9.20.2  ``pushed(g, mu, t)`` -> momentum's g̃ at step t = 1, 2, ... if the gradient was
        g at all steps so far; a closed form that takes no loop, and t may be inf.
9.20.3  a dict with "SGD", "momentum", "RMSProp", "Adam" and "AdamW" as keys: the
        factor by which the first g̃ changes when the loss is multiplied by 100, without
        weight decay, and ε far below every gradient.
9.20.4  ``lion(theta, g, m, betas, weight_decay)`` -> (g̃, new m); arrays of one shape.
"""

import math

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.book.exercises.reading import Refused, floats
from nb_lib.sections.s09_20_summary.directions import DIRECTIONS

FACTOR = 100


def largest(seconds, speed):
    """Solve 6 P · 20 P = speed · seconds for P."""
    return math.sqrt(seconds * speed / 120)


def spans():
    """A second, a night and a year, on machines of different speed."""
    return [(1.0, 1e9), (8 * 3600.0, 1e11), (31_557_600.0, 1e18)]


def pushed(g, mu, t):
    """Sum the geometric series g (1 - μ^t) / (1 - μ)."""
    return g * (1 - mu**t) / (1 - mu)


def pushes():
    """Early steps, late ones and the limit; gradients of both signs."""
    yield from ((1.0, 0.9, 1), (-0.3, 0.9, 2), (2.0, 0.5, 7), (0.7, 0.99, 300))
    yield from ((-1.5, 0.9, math.inf), (0.25, 0.0, 4))


def factor(name):
    """Measure by which factor the first g̃ changes when the loss is 100 times as large.

    A weight of 0 feels no weight decay.
    """
    g, none = np.array([0.3]), np.zeros(1)
    before, after = (DIRECTIONS[name](none, c * g, {}, 1) for c in (1, FACTOR))
    return round(float(after[0] / before[0]), 6)


def judge_factors(answer):
    """Want the five factors; tell which of them are not what is measured."""
    if not isinstance(answer, dict) or set(answer) != set(DIRECTIONS):
        raise Refused(f"The answer is a dict with the keys {', '.join(DIRECTIONS)}.")
    wrong = []
    for name, given in answer.items():
        try:
            number = floats(given).item()  # an array of one will do
            is_right = math.isclose(number, factor(name), rel_tol=1e-3)
        except (TypeError, ValueError) as error:
            raise Refused(f"{name} wants a number, a factor.") from error
        wrong += [] if is_right else [name]
    if not wrong:
        return (
            True,
            "All five factors are right.",
            "This is why a learning rate for SGD depends on how the loss is scaled, "
            "whereas one for Adam does not.",
        )
    words = f"Of the five factors, {len(wrong)} are not what is measured."
    if len(wrong) == 1:
        words = "One of the five factors is not what is measured."
    hint = "Put one gradient of 1 and one of 100 into the line of the table."
    if set(wrong) <= {"RMSProp", "Adam", "AdamW"}:
        hint = "Is what divides the gradient not made of the same gradient?"
    if wrong == ["momentum"]:
        hint = "At the first step the velocity is the gradient."
    return False, words, hint


def lion(theta, g, m, betas, weight_decay):
    """g̃ = sign(β₁ m + (1 - β₁) g) + λ θ; then m ← β₂ m + (1 - β₂) g."""
    beta1, beta2 = betas
    g_tilde = np.sign(beta1 * m + (1 - beta1) * g) + weight_decay * theta
    return g_tilde, beta2 * m + (1 - beta2) * g


def lion_cases():
    """Arrays of several shapes; betas far apart show which of the two m was mixed."""
    rng = np.random.default_rng(9204)
    for shape, betas, decay in (
        ((4,), (0.9, 0.99), 0.1),
        ((3, 5), (0.5, 0.9), 0.0),
        ((40,), (0.9, 0.4), 1.0),
        ((6,), (0.2, 0.6), 0.3),
    ):
        theta, g, m = rng.normal(size=(3, *shape))
        yield theta, g, m, betas, decay


def _mixed_first(theta, g, m, betas, weight_decay):
    m = betas[1] * m + (1 - betas[1]) * g
    return np.sign(betas[0] * m + (1 - betas[0]) * g) + weight_decay * theta, m


def _one_beta(theta, g, m, betas, weight_decay):
    m = betas[0] * m + (1 - betas[0]) * g
    return np.sign(m) + weight_decay * theta, m


def _exchanged(theta, g, m, betas, weight_decay):
    return lion(theta, g, m, betas[::-1], weight_decay)


def _decay_in_the_sign(theta, g, m, betas, weight_decay):
    mix = betas[0] * m + (1 - betas[0]) * g + weight_decay * theta
    return np.sign(mix), betas[1] * m + (1 - betas[1]) * g


def _no_sign(theta, g, m, betas, weight_decay):
    mix = betas[0] * m + (1 - betas[0]) * g
    return mix + weight_decay * theta, betas[1] * m + (1 - betas[1]) * g


EXERCISES = (
    Exercise(
        "9.20.1",
        "How large by tomorrow?",
        largest,
        spans,
        slips={
            "this is the square: the size counts twice, once in what an example costs "
            "and once in how many there are": lambda s, v: s * v / 120,
            "the examples are missing: there are 20 for each parameter": (
                lambda s, v: s * v / 6
            ),
            "the 20 examples for each parameter are missing under the root": (
                lambda s, v: math.sqrt(s * v / 6)
            ),
            "the 6 operations are missing under the root": (
                lambda s, v: math.sqrt(s * v / 20)
            ),
        },
        rtol=1e-6,
        lesson="Four times the time buys a network of twice the size.",
        secrets=(r"sqrt\(.*120", r"120\}", r"square root"),
    ),
    Exercise(
        "9.20.2",
        "A steady push",
        pushed,
        pushes,
        slips={
            "this is the velocity in the end: after t steps a part of it is missing": (
                lambda g, mu, t: g / (1 - mu)
            ),
            "one step too many: at t = 1 the velocity is g itself": (
                lambda g, mu, t: g * (1 - mu ** (t + 1)) / (1 - mu)
            ),
            "one step too few: at t = 1 the velocity is g, not 0": (
                lambda g, mu, t: g * (1 - mu ** (t - 1)) / (1 - mu)
            ),
            "only the last part of the sum: every step adds a g": (
                lambda g, mu, t: g * mu ** (t - 1)
            ),
            "nothing is forgotten here: of the velocity each step keeps only μ": (
                lambda g, mu, t: g * t
            ),
            "this is a mean of the gradients, as in Adam; momentum adds the whole g": (
                lambda g, mu, t: g * (1 - mu**t)
            ),
        },
        rtol=1e-9,
        lesson="With a momentum of 0.9 a steady gradient is followed ten times as "
        "fast in the end, so its learning rate is usually chosen lower.",
        secrets=(r"1 - mu", r"1 - \\mu", r"geometric", r"ten times as fast"),
    ),
    Exercise(
        "9.20.3",
        "The loss, times a hundred",
        judge=judge_factors,
        secrets=(r"scale of the loss", r"unchanged", r"scale-free"),
    ),
    Exercise(
        "9.20.4",
        "One more line",
        lion,
        lion_cases,
        outputs=("g̃", "m"),
        slips={
            "m was renewed first: g̃ looks at the m of the earlier steps": _mixed_first,
            "the new m takes the second beta, the mix in g̃ the first": _one_beta,
            "the two betas are exchanged": _exchanged,
            "the weight decay stands beside the sign, not inside it": (
                _decay_in_the_sign
            ),
            "the sign is missing": _no_sign,
            "the weights do not shrink: g̃ wants the weight decay too": (
                lambda theta, g, m, betas, decay: lion(theta, g, m, betas, 0)
            ),
            "the weights would grow: θ - η g̃ shrinks them if g̃ has + λ θ": (
                lambda theta, g, m, betas, decay: lion(theta, g, m, betas, -decay)
            ),
        },
        lesson="All entries of its g̃ have the same size, and it keeps one array where "
        "Adam keeps two.",
        secrets=(r"np\.sign", r"\\operatorname\{sign\}", r"sign\("),
    ),
)
