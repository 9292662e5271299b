"""Exercises of 9.13, Normalisation.

9.13.1  ``absorbed(w, b, gamma, beta, mean, var, eps)`` -> (w, b) of the one linear
        layer that does what a linear layer and a batch norm in evaluation do; shapes
        w (D, H), all others (H,), eps a number.
9.13.2  ``backward(dy, x_hat, scale, gamma)`` -> dx of batch norm in training; shapes
        dy and x_hat (N, D), scale √(σ² + ε) and gamma (D,).
9.13.3  a pair: the mean of ReLU behind a batch norm, in training on batches of two and
        in evaluation, for a normal feature. Compared at 0.01.
9.13.4  ``identify(layer)`` -> "batch", "layer", "group", "rms" or "fixed".
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.book.exercises.reading import Refused, floats
from nb_lib.sections.s09_13_normalisation.unknown_judge import judge_unknown

NEAR = 0.01
TRAINED, EVALUATED = 0.5, 1 / np.sqrt(2 * np.pi)


def absorbed(w, b, gamma, beta, mean, var, eps):
    """Multiply w and what is left of b by gamma / √(var + eps)."""
    s = gamma / np.sqrt(var + eps)
    return w * s, (b - mean) * s + beta


def linear_cases():
    """Draw layers of different sizes; a large eps shows who forgets it."""
    rng = np.random.default_rng(9131)
    for d, h, eps in ((3, 5, 1e-5), (6, 2, 0.5), (4, 4, 0.1)):
        w, (b, gamma, beta, mean) = rng.normal(size=(d, h)), rng.normal(size=(4, h))
        yield w, b, gamma, beta, mean, rng.uniform(0.2, 3, h), eps


def backward(dy, x_hat, scale, gamma):
    """Take two means off what arrives, one of them along x̂, and divide."""
    d = dy * gamma
    return (d - d.mean(axis=0) - x_hat * (d * x_hat).mean(axis=0)) / scale


def batch_cases():
    """Normalise batches of different sizes, one of them square."""
    rng = np.random.default_rng(9132)
    for n, d in ((7, 3), (4, 6), (5, 5)):
        x, dy = rng.normal(size=(2, n, d)) * rng.uniform(0.5, 3, d)
        scale = np.sqrt(x.var(axis=0) + 1e-5)
        yield dy, (x - x.mean(axis=0)) / scale, scale, rng.normal(size=d)


def _back(*, level=1, along=1, divided=True, scaled=True, axis=0):
    """Give what a reader gets who leaves something out or takes another axis."""

    def wrong(dy, x_hat, scale, gamma):
        d = dy * gamma if scaled else dy
        how = {"axis": axis, "keepdims": True}
        off = level * d.mean(**how) + along * x_hat * (d * x_hat).mean(**how)
        return (d - off) / scale if divided else d - off

    return wrong


def judge_two(answer):
    """Want (mean in training with batches of two, mean in evaluation)."""
    try:
        pair = floats(answer)
    except (TypeError, ValueError):
        pair = np.zeros(0)
    if pair.shape != (2,):
        raise Refused("The answer is a pair of numbers, (in training, in evaluation).")
    off = np.abs(pair - [TRAINED, EVALUATED]) <= NEAR
    if off.all():
        return (
            True,
            "Both means are right.",
            "The next layer was trained on one mean and is used on another, although "
            "the running numbers are exact: a batch of two keeps only a sign.",
        )
    if np.allclose(pair[::-1], [TRAINED, EVALUATED], atol=NEAR):
        return False, "You have swapped the two.", "In training comes first."
    where = "in evaluation" if off[0] else "in training"
    hint = "What are the two values of a feature behind the norm, whatever x is?"
    if off[0]:
        hint = "With settled running numbers x̂ is a standard normal number there."
    if abs(pair[1]) <= NEAR or abs(pair[0]) <= NEAR:
        hint = "x̂ has the mean 0, but ReLU comes behind it."
    return False, f"The mean {where} is another one.", hint


EXERCISES = (
    Exercise(
        "9.13.1",
        "One layer instead of two",
        absorbed,
        linear_cases,
        outputs=("w", "b"),
        slips={
            "β is missing in b": lambda w, b, gamma, beta, mean, var, eps: (
                w * gamma / np.sqrt(var + eps),
                (b - mean) * gamma / np.sqrt(var + eps),
            ),
            "b: the old bias has to be divided too, like everything before the norm": (
                lambda w, b, gamma, beta, mean, var, eps: (
                    w * gamma / np.sqrt(var + eps),
                    b - mean * gamma / np.sqrt(var + eps) + beta,
                )
            ),
            "var is a variance: its root divides": (
                lambda w, b, gamma, beta, mean, var, eps: (
                    w * gamma / (var + eps),
                    (b - mean) * gamma / (var + eps) + beta,
                )
            ),
            "eps is missing under the root": (
                lambda w, b, gamma, beta, mean, var, eps: (
                    w * gamma / np.sqrt(var),
                    (b - mean) * gamma / np.sqrt(var) + beta,
                )
            ),
            "eps belongs under the root, beside var": (
                lambda w, b, gamma, beta, mean, var, eps: (
                    w * gamma / (np.sqrt(var) + eps),
                    (b - mean) * gamma / (np.sqrt(var) + eps) + beta,
                )
            ),
            "γ is missing": lambda w, b, gamma, beta, mean, var, eps: (
                w / np.sqrt(var + eps),
                (b - mean) / np.sqrt(var + eps) + beta,
            ),
            "b: the bias of the linear layer is missing": (
                lambda w, b, gamma, beta, mean, var, eps: (
                    w * gamma / np.sqrt(var + eps),
                    beta - mean * gamma / np.sqrt(var + eps),
                )
            ),
            "b: the running mean is missing, which the norm subtracts": (
                lambda w, b, gamma, beta, mean, var, eps: (
                    w * gamma / np.sqrt(var + eps),
                    b * gamma / np.sqrt(var + eps) + beta,
                )
            ),
            "b: the running mean is added, but the norm subtracts it": (
                lambda w, b, gamma, beta, mean, var, eps: (
                    w * gamma / np.sqrt(var + eps),
                    (b + mean) * gamma / np.sqrt(var + eps) + beta,
                )
            ),
        },
        lesson="A trained batch norm therefore costs nothing in use: tools that "
        "prepare networks for telephones do exactly this.",
        secrets=(
            r"gamma / np\.sqrt",
            r"w \* s\b",
            r"absorb",
            r"\bfold(ed|ing)? (the|a|batch)",
        ),
    ),
    Exercise(
        "9.13.2",
        "Batch norm's way back in one line",
        backward,
        batch_cases,
        slips={
            "the term along x̂ is missing: the scale of the batch depends on x too": (
                _back(along=0)
            ),
            "the mean of what arrives is missing: μ depends on x too": _back(level=0),
            "both means are missing, as if μ and σ did not depend on x": _back(
                level=0, along=0
            ),
            "the division by the scale is missing": _back(divided=False),
            "γ is missing": _back(scaled=False),
            "axis: your means go over the features, but the pool is a column": _back(
                axis=1
            ),
            "the term along x̂ has the wrong sign": _back(along=-1),
            "a sum in the place of a mean: the batch has N rows": (
                lambda dy, x_hat, scale, gamma: _back(level=len(dy), along=len(dy))(
                    dy, x_hat, scale, gamma
                )
            ),
        },
        lesson="Each thing that the layer ignores takes one direction out of the "
        "gradient, and the line is the same for layer norm with the other axis.",
        secrets=(
            r"d\.mean\(",
            r"dy\.mean\(",
            r"x_hat \* \(",
            r"\\overline\{d\\hat x\} *-",
            r"- *\\overline\{d\\hat x\}",
            r"_d_standardise",
            r"two means",
        ),
    ),
    Exercise(
        "9.13.3",
        "Batches of two",
        judge=judge_two,
        secrets=(r"0\.39[89]", r"2 ?\\pi", r"only a sign", r"\\pm ?1", r"±1"),
    ),
    Exercise(
        "9.13.4",
        "Name the layer",
        judge=judge_unknown,
        secrets=(r"identif", r"unknown layer", r"\"fixed\""),
    ),
)
