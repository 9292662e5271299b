"""Exercises of 9.18 about recurrent nets and attention.

9.18.2  ``forget_bias(steps, share)`` -> the bias of a forget gate without other inputs
        at which the share of a gradient is left after so many steps.
9.18.4  ``one_back(length)`` -> (query, key), two arrays (length, d) with d at most 4:
        under a causal mask every query but the first gives 0.9 or more to the key
        one place before it.
"""

import math

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_18_beyond.one_back_judge import judge_one_back


def forget_bias(steps, share):
    """Invert σ(b)^steps = share."""
    gate = share ** (1 / steps)
    return math.log(gate / (1 - gate))


def cases():
    """Ask for short and long memories, and for shares above and below a half."""
    yield from ((1, 0.6), (10, 0.5), (40, 0.1), (100, 0.9), (7, 0.25))


ORDER = (
    Exercise(
        "9.18.2",
        "How open is open enough?",
        forget_bias,
        cases,
        slips={
            "this is the gate itself: which bias gives it?": lambda steps, share: (
                share ** (1 / steps)
            ),
            "the sign is the other one: an open gate has a bias above 0": (
                lambda steps, share: -forget_bias(steps, share)
            ),
            "the gate multiplies at every step, so the share is no sum of parts": (
                lambda steps, share: math.log(share / steps / (1 - share / steps))
            ),
            "the steps are missing: this is the bias for a single one": (
                lambda steps, share: math.log(share / (1 - share))
            ),
            "log of the gate is not yet its bias: the gate is a sigmoid": (
                lambda steps, share: math.log(share) / steps
            ),
        },
        rtol=1e-5,  # in single precision 1 - gate loses digits
        lesson="For long memories the bias grows like the logarithm of the number of "
        "steps, so a few units more reach very far.",
        secrets=(
            r"\*\* ?\(1 ?/",
            r"\^\{?1 ?/",
            r"\^\{-1/",
            r"\\sqrt\[",
            r"logit\b(?!s)",
            r"log\(f ?/",
            r"\\ln\\frac",
        ),
    ),
    Exercise(
        "9.18.4",
        "A head that looks one place back",
        judge=judge_one_back,
        secrets=(
            r"places? (lies? )?on a circle",
            r"\bangles? .{0,30}places?\b",
            r"one_back.{0,80}cos",
            r"arctan",
        ),
    ),
)
