"""Exercises of 9.12, Regularisation.

9.12.1  ``dropout(x, keep, p, dy)`` -> (y, dx): inverted dropout forward and back; keep
        (shape of x) holds True where a number is kept.
9.12.2  ``gap(s, classes)`` -> how far the logit of the label lies above the others
        where the loss of a smoothed label is least.
9.12.3  a pair: what is left of a weight of 1 whose gradient is always 0 after 100 steps
        of AdamW, and of Adam with L2; rate 0.01, decay 0.1.
9.12.4  a number: the strength λ with which 100 random features serve new examples best.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_12_regularisation.strength_judge import judge_strength
from nb_lib.sections.s09_12_regularisation.unused_judge import judge_unused


def dropout(x, keep, p, dy):
    """Scale what is kept by 1 / (1 - p), forward and back."""
    mask = keep / (1 - p)
    return x * mask, dy * mask


def dropout_cases():
    """Rows of different shapes, p from small to large, none of them 1/2."""
    rng = np.random.default_rng(912)
    for shape, p in (((2, 5), 0.2), ((3, 7), 0.8), ((4,), 0.35), ((2, 3), 0.65)):
        x, dy = rng.normal(size=(2, *shape))
        yield x, rng.random(shape) >= p, p, dy


def gap(s, classes):
    """Where the slopes vanish, p is the target: the gap is the log of its quotient."""
    return np.log((1 - s + s / classes) / (s / classes))


def gap_cases():
    """Several shares and numbers of classes; two classes are the coin."""
    return [(0.05, 10), (0.1, 10), (0.2, 10), (0.3, 2), (0.1, 1000)]


EXERCISES = (
    Exercise(
        "9.12.1",
        "Dropout and its way back",
        dropout,
        dropout_cases,
        outputs=("y", "dx"),
        slips={
            "nothing makes up for the silent units: what is kept has to grow so that "
            "the mean stays": lambda x, keep, p, dy: (x * keep, dy * keep),
            "the way back forgets the scale: y is x times the mask and the scale, so "
            "dx is dy times both": lambda x, keep, p, dy: (
                x * keep / (1 - p),
                dy * keep,
            ),
            "the way back forgets the mask: a unit that was silent has no say in the "
            "loss": lambda x, keep, p, dy: (x * keep / (1 - p), dy / (1 - p)),
            "divided by the share that is dropped, not by the share that is kept": (
                lambda x, keep, p, dy: (x * keep / p, dy * keep / p)
            ),
            "multiplied by the share that is kept: that makes the mean smaller still": (
                lambda x, keep, p, dy: (x * keep * (1 - p), dy * keep * (1 - p))
            ),
            "doubled, which is right for p = 1/2 only": (
                lambda x, keep, p, dy: (2 * x * keep, 2 * dy * keep)
            ),
            "the mask is used the wrong way round: keep is True where a number stays": (
                lambda x, keep, p, dy: (x * ~keep / (1 - p), dy * ~keep / (1 - p))
            ),
        },
        lesson="The same numbers multiply the values forward and the slopes back.",
        secrets=(r"1 ?- ?p\b", r"frac\{?1\}?\{1 ?-", r"keep /"),
    ),
    Exercise(
        "9.12.2",
        "How sure is sure enough?",
        gap,
        gap_cases,
        slips={
            "the label keeps 1 - s *and* its part of what is spread, s / classes": (
                lambda s, k: np.log((1 - s) / (s / k))
            ),
            "s is spread over all classes, the label's own too: each other class gets "
            "s / classes": lambda s, k: np.log((1 - s) / (s / (k - 1))),
            "the sign: the label's logit lies above the others": lambda s, k: (
                -gap(s, k)
            ),
            "this is the quotient of the probabilities; logits are their logarithms": (
                lambda s, k: (1 - s + s / k) / (s / k)
            ),
            "this is the logarithm to the base 10; the book's are natural": (
                lambda s, k: gap(s, k) / np.log(10)
            ),
            "this is the logit of the label against all others together": (
                lambda s, k: gap(s, k) - np.log(k - 1) if k > 2 else gap(s, k)
            ),
        },
        lesson="From 5 to 20 per cent of smoothing the gap loses less than a third.",
        secrets=(r"5\.25", r"4\.51", r"3\.71", r"\\ln ?\\frac\{1 ?- ?s", r"ln\(\(1"),
    ),
    Exercise(
        "9.12.3",
        "A weight that nobody uses",
        judge=judge_unused,
        secrets=(r"nobody uses", r"0\.90", r"never (?:black|white|used)"),
    ),
    Exercise(
        "9.12.4",
        "The strength at the peak",
        judge=judge_strength,
        secrets=(r"strength=(?:3|5|10|20|30)\b", r"λ = (?:10|20|30)"),
    ),
)
