"""Exercises of 9.4, Activation functions. Arrays z have any shape.

9.4.1  ``sigmoid_and_tanh(z)`` -> the pair (sigmoid, tanh) of an array z, each finite
       and without a warning at any z, ±1000 included.
9.4.2  ``silu_slope(z)`` -> the derivative of SiLU(z) = z sigmoid(z), finite at ±1000.
9.4.3  ``leveling_gain(leak)`` -> the weight gain at which leaky ReLU with this slope on
       the left keeps the rms size of the error signal; units lie evenly on both sides.
9.4.4  the weight gain at which a very wide and deep sigmoid net keeps it, to 0.1%.
"""

import math
from itertools import islice

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.numpy import activations
from nb_lib.numpy.activations import sigmoid
from nb_lib.sections.s09_04_activations.balance import judge_gain
from nb_lib.sections.s09_04_activations.silence import (
    SLIPS,
    sigmoid_and_tanh,
    silently,
    z_cases,
)


def silu_slope(z):
    """Give σ (1 + z (1 - σ)), the product rule on z σ(z)."""
    return activations.d_silu(z)


def leveling_gain(leak):
    """Half the slopes are 1, half are the leak: their mean square is (1 + leak²)/2."""
    return math.sqrt(2 / (1 + leak**2))


EXERCISES = (
    Exercise(
        "9.4.1",
        "Sigmoid and tanh without overflow",
        sigmoid_and_tanh,
        z_cases,
        outputs=("sigmoid", "tanh", "warnings"),
        run=silently,
        slips=SLIPS,
        lesson="e^-|z| lies between 0 and 1, whatever z is.",
        secrets=(r"exp\(-np\.abs", r"e\^\{?-\|z\|", r"logaddexp", r"expit"),
    ),
    Exercise(
        "9.4.2",
        "SiLU's slope",
        silu_slope,
        lambda: (*islice(z_cases(), 2), (np.linspace(-6, 6, 13),)),
        slips={
            "this is sigmoid's own derivative: the factor z in front has been "
            "forgotten": activations.d_sigmoid,
            "the product rule has two terms, f'g + fg': the second, z sigmoid'(z), is "
            "missing": sigmoid,
            "the product rule has two terms, f'g + fg': the first, sigmoid(z), is "
            "missing": lambda z: z * activations.d_sigmoid(z),
            "the product rule adds its two terms; here they are subtracted": (
                lambda z: sigmoid(z) - z * activations.d_sigmoid(z)
            ),
            "the derivatives are multiplied, 1 · sigmoid'(z), and the sum of the "
            "product rule is missing: sigmoid(z) + z sigmoid'(z)": (
                lambda z: sigmoid(z) * activations.d_sigmoid(z)
            ),
            "a factor is missing: sigmoid' = sigmoid (1 - sigmoid), not 1 - sigmoid": (
                lambda z: sigmoid(z) + z * (1 - sigmoid(z))
            ),
            "a factor is missing: sigmoid' = sigmoid (1 - sigmoid), not sigmoid**2": (
                lambda z: sigmoid(z) + z * sigmoid(z) ** 2
            ),
            "this is SiLU itself, not its derivative": activations.silu,
        },
        lesson="The slopes at z and at -z add up to 1, because SiLU(z) - SiLU(-z) = z.",
        secrets=(r"d_silu", r"SiLU\}?'", r"1 \+ z", r"z\S*\s?\\sigma'", r"1\.0998"),
    ),
    Exercise(
        "9.4.3",
        "A leak and its gain",
        leveling_gain,
        lambda: [(0.0,), (0.6,), (0.1,), (1.0,), (0.25,)],
        slips={
            "the leak is missing: this is ReLU's gain, right at a leak of 0 only": (
                lambda leak: math.sqrt(2)
            ),
            "this levels the mean slope; what (9.4.7) asks for is the mean square": (
                lambda leak: 2 / (1 + leak)
            ),
            "this is the gain squared: (9.4.7) has g², so take the root": (
                lambda leak: 2 / (1 + leak**2)
            ),
            "this is the rms slope; the gain has to make up for it, so it is one "
            "over that": lambda leak: math.sqrt((1 + leak**2) / 2),
            "this is the mean squared slope, not yet the gain": (
                lambda leak: (1 + leak**2) / 2
            ),
            "the half is missing: the mean runs over both sides, a half each": (
                lambda leak: 1 / math.sqrt(1 + leak**2)
            ),
            "the leak is a slope too, and is squared like the 1": (
                lambda leak: math.sqrt(2 / (1 + leak))
            ),
            "this squares the sum, (1 + leak)²; the mean square is made of the sum of "
            "the squares, 1 + leak²": lambda leak: math.sqrt(2) / (1 + leak),
        },
        lesson="At a leak of 0 it is ReLU's √2, at 1 the identity's 1.",
        secrets=(r"1\s*\+\s*(?:leak|s|a|\\alpha)\s*(?:\^|\*\*)", r"1\.2[01]\d*\b"),
    ),
    Exercise(
        "9.4.4",
        "The sigmoid's own gain",
        judge=judge_gain,
        secrets=(r"10[.,]1\d*", r"6\s*\\?,?\s*\\?(?:sqrt|√)"),
    ),
)
