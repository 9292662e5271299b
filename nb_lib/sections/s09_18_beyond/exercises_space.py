"""Exercises of 9.18 about shifts, graphs and flows.

9.18.1  ``measured(channels, size)`` -> (parameters, side) of the layers of kernels of a
        ``ConvNet``: how many numbers they hold, and the side of the square of pixels
        that one number of the last map can see.
9.18.3  the factor by which the number of mixtures grows when a ring doubles from 20 to
        40 vertices. Compared at 0.15.
"""

from itertools import pairwise

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.book.exercises.reading import Refused, real

NEAR, MOST = 0.15, 1e9


def measured(channels, size):
    """Count the weights and biases, and walk back from one number to its pixels."""
    parameters = sum((before * size**2 + 1) * n for before, n in pairwise(channels))
    side, apart = 1, 1
    for layer in range(len(channels) - 1):
        if layer:
            side, apart = side + apart, 2 * apart
        side += (size - 1) * apart
    return parameters, side


def nets():
    """Ask for nets of one to four layers with kernels of several sizes."""
    yield from (((1, 8), 5), ((1, 8, 24), 5), ((3, 4, 6, 9), 3), ((2, 3, 5, 7, 11), 7))


def _slip(*, bias=1, each=False, square=True, pools=True, spreads=True):
    """Give what a reader gets who forgets one thing."""

    def wrong(channels, size):
        area = size**2 if square else size
        parameters = sum(
            (before * area + bias * (before if each else 1)) * n
            for before, n in pairwise(channels)
        )
        side, apart = 1, 1
        for layer in range(len(channels) - 1):
            if layer and pools:
                side += apart
            if layer and spreads:
                apart *= 2
            side += (size - 1) * apart
        return parameters, side

    return wrong


def rate(vertices):
    """Give the second eigenvalue of Â on a ring: each row has three thirds."""
    return (1 + 2 * np.cos(2 * np.pi / vertices)) / 3


FACTOR = float(np.log(rate(20)) / np.log(rate(40)))
NEARBY = (
    (2, "On a walk that goes to either side at random, how far is one after k steps?"),
    (1, "A wave that is twice as long is flatter: what does one mixture leave of it?"),
    (8, "In one mixture a wave loses a share that goes with a power of its length."),
    (16, "In one mixture a wave loses a share that goes with a power of its length."),
)


def judge_factor(answer):
    """Want one number near the ratio of the logarithms."""
    factor = real(answer)
    if factor is None:
        raise Refused("The answer is one number, the factor.")
    if not 0 < factor < MOST:
        raise Refused("The factor is a number above 0, and no huge one.")
    if abs(factor - FACTOR) <= NEAR:
        return (
            True,
            f"About {FACTOR:.2f} times as many.",
            "Whoever wants news from afar by mixing alone pays with the square of "
            "the distance.",
        )
    for guess, hint in NEARBY:
        if abs(factor - guess) <= NEAR:
            return False, f"It is not {guess}.", hint
    where = "smaller" if factor > FACTOR else "larger"
    return (
        False,
        f"The factor is {where} than that.",
        "Build both rings with adjacency, let 200 mixtures pass, and count from there.",
    )


SPACE = (
    Exercise(
        "9.18.1",
        "How much a stack of kernels holds and sees",
        measured,
        nets,
        outputs=("parameters", "side"),
        slips={
            "parameters: each map also has a bias": _slip(bias=0),
            "parameters: a map has one bias, however many kernels it adds": _slip(
                each=True
            ),
            "parameters: a kernel has size x size weights for each map before": _slip(
                square=False
            ),
            "side: a window of the pooling sees two numbers, not one": _slip(
                pools=False
            ),
            "side: behind a pooling neighbours lie twice as far apart": _slip(
                spreads=False
            ),
        },
        lesson="A kernel of the second layer sees more than its own size, because "
        "each of its weights looks at a patch.",
        secrets=(r"5,?032", r"receptive field", r"twice as far"),
    ),
    Exercise(
        "9.18.3",
        "The smoothing rate on a ring",
        judge=judge_factor,
        secrets=(r"cycle|\bring\b", r"four times", r"square of the (distance|length)"),
    ),
)
