"""Exercises of 9.4, Activation functions. Arrays z have any shape.

9.4.1  ``sigmoid_and_tanh(z)`` -> the pair (sigmoid, tanh) of an array z, each finite
       and without a warning at any z, ±1000 included.
9.4.2  ``d_silu(z)`` -> the derivative of SiLU(z) = z sigmoid(z), finite at ±1000 too.
9.4.3  ``swiglu_width(d, multiple)`` -> the hidden width H of a SwiGLU block: the least
       multiple of ``multiple`` at which its three matrices have no fewer parameters
       than the two of a plain block with H = 4d. Whole numbers.
9.4.4  a tuple ``(z, low)``: where GELU is smallest, and its value there, to four
       decimals.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.numpy import activations
from nb_lib.numpy.activations import sigmoid
from nb_lib.numpy.gated import matched_width
from nb_lib.numpy.slopes import crossing, lowest, steepest
from nb_lib.sections.s09_04_activations.silence import (
    SLIPS,
    sigmoid_and_tanh,
    silently,
    z_cases,
)


def d_silu(z):
    """Give σ (1 + z (1 - σ)), the product rule on z σ(z)."""
    return activations.d_silu(z)


def swiglu_width(d, multiple):
    """Round 8d/3 up to the multiple."""
    return matched_width(d, multiple=multiple)


def gelu_is_lowest():
    """Find where GELU' = Φ + z φ changes its sign."""
    return lowest(activation="gelu")


def tanh_form_is_lowest():
    """Do the same for the tanh form, a near miss."""
    z = crossing(lambda z: activations.d_gelu(z, approximate="tanh"), -2.0, 0.0)
    return z, float(activations.gelu(z, approximate="tanh"))


def _rounded(round_):
    return lambda d, multiple: int(round_(8 * d / 3 / multiple)) * multiple


def _up(value, multiple):
    return int(np.ceil(value / multiple - 1e-9)) * multiple


GELU_STEEPEST = steepest(activation="gelu")
TANH_FORM = tanh_form_is_lowest()

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
    ),
    Exercise(
        "9.4.2",
        "SiLU's derivative",
        d_silu,
        lambda: (*z_cases(), (np.linspace(-6, 6, 13),)),
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
        lesson="At 0 it is 1/2, far left 0, far right 1, and in between more than 1.",
    ),
    Exercise(
        "9.4.3",
        "SwiGLU's width",
        swiglu_width,
        lambda: [(768, 64), (4096, 256), (100, 1), (512, 8), (50, 128)],
        slips={
            "as many parameters as if the gated block had two matrices: it has three, "
            "so 3 d H = 8 d**2": lambda d, m: _up(4 * d, m),
            "the plain block has two matrices, d by 4d and 4d by d: 3 d H = 8 d**2, "
            "not 4 d**2": lambda d, m: _up(4 * d / 3, m),
            "the gated block has three matrices, not four: 3 d H = 8 d**2": (
                lambda d, m: _up(2 * d, m)
            ),
            "rounded down: the gated block then has fewer parameters than the plain "
            "one": _rounded(np.floor),
            "rounded to the nearest multiple: that can be the one below": (
                _rounded(np.round)
            ),
            "one multiple too many where 8d/3 is one already: round up, add no 1": (
                lambda d, m: (8 * d // (3 * m) + 1) * m
            ),
            "this is the width of the plain block, 4d": lambda d, m: 4 * d,
            "8d/3 is not yet a whole multiple: round it up": lambda d, m: 8 * d / 3,
            "the multiple is missing": lambda d, m: _up(8 * d / 3, 1),
            "8d/3 was cut to a whole number, and not rounded up to the multiple": (
                lambda d, m: 8 * d // 3
            ),
        },
        lesson="At d = 4096 and multiples of 256 it is 11,008, the width in LLaMA 7B.",
    ),
    Exercise(
        "9.4.4",
        "Where GELU is smallest",
        gelu_is_lowest,
        outputs=("z", "low"),
        rtol=3e-4,
        slips={
            "this is where the slope is least, GELU'' = 0, at -√2: the function is "
            "least where the slope is 0": (-GELU_STEEPEST[0], 1 - GELU_STEEPEST[1]),
            "this is GELU at -√2, where its slope is least: the function is least "
            "where the slope is 0": (
                -GELU_STEEPEST[0],
                float(activations.gelu(-GELU_STEEPEST[0])),
            ),
            "this is where the slope is greatest, at √2: wanted is the least value": (
                GELU_STEEPEST
            ),
            "these are SiLU's numbers: in GELU the gate is Φ(z), not sigmoid(z)": (
                lowest(activation="silu")
            ),
            "these are the numbers of the tanh form: wanted is z Φ(z)": TANH_FORM,
            "the order: first z, then the value": lowest(activation="gelu")[::-1],
        },
        lesson="There Φ(z) = -z φ(z), and the value is -z² φ(z).",
    ),
)
