"""Exercises of 9.9, Loss functions.

9.9.1  ``losses(z, t)`` -> -t ln σ(z) - (1 - t) ln(1 - σ(z)) of each entry, exact and
       silent at any z; z (N,) and t (N,) of 0 and 1.
9.9.2  ``distil(z, v, T)`` -> dL/dz of L = -Σ y ln p, p = softmax(z / T), y =
       softmax(v / T), times the power of T that keeps it from fading; shapes (C,).
9.9.3  a triple: the quantile that a baker should bake for, and the number of loaves for
       eleven days, before and after the best of them becomes a festival.
9.9.4  ``loss(predictions, targets)`` -> (value, gradient), with which a line finds its
       way although a third of the readings is far too high.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.numpy.activations import sigmoid, softmax, softplus
from nb_lib.sections.s09_09_losses import bakery
from nb_lib.sections.s09_09_losses.robust_judge import judge_robust
from nb_lib.sections.s09_09_losses.silence import silently


def losses(z, t):
    """Give ln(1 + e^-z) where t = 1 and ln(1 + e^z) where t = 0."""
    return t * softplus(-z) + (1 - t) * softplus(z)


def logit_cases():
    """Usual logits, then sure ones, which are right and then wrong, then huge ones."""
    t = np.array([1.0, 0.0, 1.0, 0.0])
    yield np.array([0.3, -1.2, -2.0, 4.0]), t
    yield np.array([40.0, -38.5, 41.0, -39.0]), t
    yield np.array([-60.0, 50.0, -45.0, 70.0]), t
    yield np.array([1e4, -1e4, -1e4, 1e4]), t


def _naive(z, t):
    p = 1 / (1 + np.exp(-z))
    return -t * np.log(p) - (1 - t) * np.log(1 - p)


def _stable_sigmoid_only(z, t):
    p = sigmoid(z)
    return -t * np.log(p) - (1 - t) * np.log(1 - p)


def _clipped(z, t):
    p = np.clip(sigmoid(z), 1e-12, 1 - 1e-12)
    return -t * np.log(p) - (1 - t) * np.log(1 - p)


def _overflowing(z, t):
    return t * np.log(1 + np.exp(-z)) + (1 - t) * np.log(1 + np.exp(z))


def _half_exact(z, t):
    return np.maximum(z, 0) - t * z + np.log(1 + np.exp(-np.abs(z)))


def _two_sigmoids(z, t):
    return -t * np.log(sigmoid(z)) - (1 - t) * np.log(sigmoid(-z))


def _cancelling(z, t):
    return softplus(-z) + (1 - t) * z


def _cancelling_ones(z, t):
    return softplus(z) - t * z


def _both_branches(z, t):
    a = np.where(t == 1, -z, z)
    return np.where(a > 0, a + np.log1p(np.exp(-a)), np.log1p(np.exp(a)))


def distil(z, v, temperature):
    """Give T² (p - y) / T: for large T it is (z - v) / C, means taken off."""
    p, y = softmax(z / temperature), softmax(v / temperature)
    return temperature * (p - y)


def teacher_cases():
    """Three and five classes, cool and hot."""
    rng = np.random.default_rng(99)
    for classes, temperature in ((3, 2.0), (5, 0.5), (4, 20.0)):
        z, v = 2 * rng.normal(size=(2, classes))
        yield z, v, temperature


def _pushed(factor, *, swap=False):
    def wrong(z, v, temperature):
        p, y = softmax(z / temperature), softmax(v / temperature)
        return factor(temperature) * (y - p if swap else p - y)

    return wrong


EXERCISES = (
    Exercise(
        "9.9.1",
        "A coin without overflow",
        losses,
        logit_cases,
        outputs=("losses", "warnings"),
        run=silently,
        slips={
            "e^-z overflows at z = -10,000, and where p rounds to 0 or 1 its logarithm "
            "is infinite: do not go through p at all": _naive,
            "where the sigmoid rounds to 0 or 1, its logarithm is infinite: do not go "
            "through p at all": _stable_sigmoid_only,
            "cutting p off hides the infinity, but the loss at z = -60 is 60 and not "
            "27.6: do not go through p at all": _clipped,
            "the right formula, but e^z overflows for huge z: bring the exponent below "
            "0 first": _overflowing,
            "where the sigmoid rounds to 1 or 0, its logarithm is 0 or infinite: do "
            "not go through p at all": _two_sigmoids,
            "nearly: where t is 0, two numbers near 40 are subtracted, and what is "
            "left of them is rounding: give each class a formula of its own": (
                _cancelling
            ),
            "nearly: where t is 1, two numbers near 40 are subtracted, and what is "
            "left of them is rounding: give each class a formula of its own": (
                _cancelling_ones
            ),
            "nearly: 1 + e^-|z| rounds to 1 when z is 40, so the loss becomes 0 "
            "instead of e^-40: is there a function for ln(1 + x) with small x?": (
                _half_exact
            ),
            "the numbers are right, but `np.where` computes both of its branches, also "
            "the one that it does not take: that one overflows": _both_branches,
            "the two classes are swapped: the loss is small where z is large and t is "
            "1": lambda z, t: losses(-z, t),
            "this is the mean; one loss for each entry was wanted": (
                lambda z, t: np.mean(losses(z, t))
            ),
        },
        lesson="The loss of a sure and wrong logit is as large as the logit itself.",
        secrets=(r"log1p", r"logaddexp", r"max\(0, ?z\)", "softplus", r"maximum\(z"),
    ),
    Exercise(
        "9.9.2",
        "A teacher at a temperature",
        distil,
        teacher_cases,
        slips={
            "this is the slope itself; the power of T that keeps it alive is missing": (
                _pushed(lambda t: 1 / t)
            ),
            "the inner derivative is missing: a logit enters as z / T": (
                _pushed(lambda t: t**2)
            ),
            "this still falls like 1 / T: the difference p - y shrinks as T grows, and "
            "so does the inner derivative": _pushed(lambda t: 1.0),
            "the sign: this is the push, the negative gradient": (
                _pushed(lambda t: t, swap=True)
            ),
            "the teacher's logits are divided by T as well": (
                lambda z, v, t: t * (softmax(z / t) - softmax(v))
            ),
            "the student's logits are divided by T inside the softmax as well": (
                lambda z, v, t: t * (softmax(z) - softmax(v / t))
            ),
        },
        lesson="At a high temperature the student copies the teacher's logits, as if "
        "with a squared error.",
        secrets=(r"p ?- ?[qy]\)? ?/ ?T", r"T\^\{?2", r"distil", r"\\frac\{?1\}?\{?T"),
    ),
    Exercise(
        "9.9.3",
        "How many loaves?",
        bakery.answer,
        outputs=("quantile", "loaves", "loaves with a festival"),
        slips=bakery.SLIPS,
        lesson="A quantile does not ask how far away the days beyond it are.",
        secrets=("loaves", "baker", r"3/4|0\.75"),
    ),
    Exercise(
        "9.9.4",
        "A third of the readings lies",
        judge=judge_robust,
        secrets=("Cauchy", "Tukey", "Geman", r"log\(1 ?\+ ?e", "redescend"),
    ),
)
