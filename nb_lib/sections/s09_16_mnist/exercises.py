"""Exercises of 9.16, MNIST from scratch.

9.16.1  ``count(sizes)`` -> the number of weights and biases of an MLP of these sizes,
        e.g. (784, 128, 64, 10).
9.16.2  ``check_gradients(loss, w, indices, nudge)`` -> (slopes, share): dL/dw at the
        given (row, column) pairs by central differences, shape (len(indices),), where
        ``loss(w)`` is a number; and the share of spoilt weights that as many weights,
        drawn at random, show with probability 0.99.
9.16.3  ``most_confident_errors(probs, labels)`` -> the row numbers of the five wrong
        predictions in which the predicted class has the highest probability, the
        highest first. Shapes: probs (N, C), labels (N,).
9.16.4  ``settings``, a dict with any of hidden (a tuple of widths), activation, init,
        lr, momentum, batch, epochs (1-20), with at most 40,000 parameters: at least
        97% of 10,000 held-out training images where the full MNIST is there, at least
        91% of 1,000 of the shipped subset, which has far fewer to learn from.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_16_mnist import gradients
from nb_lib.sections.s09_16_mnist.errors import (
    SLIPS,
    error_cases,
    most_confident_errors,
    without_luck,
)
from nb_lib.sections.s09_16_mnist.mnist_judge import judge_mnist


def count(sizes):
    """Count weights and biases with the library's own network."""
    from nb_lib.numpy.models import MLP, count_parameters

    return count_parameters(MLP(sizes, rng=np.random.default_rng(0), init="zeros"))


def _without_biases(sizes):
    return sum(m * n for m, n in zip(sizes, sizes[1:], strict=False))


def _biases_of_fan_in(sizes):
    return sum(m * n + m for m, n in zip(sizes, sizes[1:], strict=False))


def _one_bias_a_layer(sizes):
    return sum(m * n + 1 for m, n in zip(sizes, sizes[1:], strict=False))


EXERCISES = (
    Exercise(
        "9.16.1",
        "Count the parameters",
        count,
        lambda: [((784, 128, 64, 10),), ((784, 10),), ((2, 3, 5, 7),)],
        slips={
            "the biases are missing: one for each unit that is fed": _without_biases,
            "a bias belongs to each unit that is fed, not to each that feeds": (
                _biases_of_fan_in
            ),
            "one bias a layer: each unit has its own": _one_bias_a_layer,
            "units counted instead of connections": sum,
            "the biases of the input: it has none": (
                lambda sizes: _without_biases(sizes) + sum(sizes)
            ),
        },
        lesson="784-128-64-10 has 109,386 parameters, 92% of them in its first layer.",
        secrets=(r"\bfan_in \+ 1", r"\b785\b", r"\+ 1\) ?(\*|·|\\cdot)", r"100,480"),
    ),
    Exercise(
        "9.16.2",
        "Fifty gradients of many",
        gradients.check_gradients,
        gradients.cases,
        outputs=("slopes", "share"),
        slips=gradients.SLIPS,
        rtol=1e-6,
        lesson="A slip seldom spoils one weight alone, so fifty of each layer will do. "
        "Fifty of all the weights together would mostly miss the last layer.",
        secrets=(
            r"\(1 ?- ?(s|\\rho)\)",
            r"0\.01 ?\*\*",
            r"2 ?\*? ?(h|nudge)\)",
            r"8\.8 ?%",
        ),
    ),
    Exercise(
        "9.16.3",
        "The most confident errors",
        most_confident_errors,
        error_cases,
        run=without_luck,
        slips=SLIPS,
        lesson="Look at them: in some, the label may be what is wrong.",
        secrets=(r"flatnonzero\([^)\n]*!=", r"argsort\(-?probs", r"argpartition"),
    ),
    Exercise(
        "9.16.4",
        "97% with the fewest parameters",
        judge=judge_mnist,
        secrets=(r"\bsilu\b", r"hidden[\"']?\s*[:=]\s*\(", r"smallest net"),
    ),
)
