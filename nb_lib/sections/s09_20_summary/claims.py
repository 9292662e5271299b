"""The claims of 9.20: how far the scale reaches, and one loop for all."""

import math
from itertools import islice

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim
from nb_lib.sections.s09_20_summary.directions import DIRECTIONS
from nb_lib.sections.s09_20_summary.four import four
from nb_lib.sections.s09_20_summary.loop import descend
from nb_lib.sections.s09_20_summary.scale import LARGEST, SMALLEST

STEPS, LR, SEEDS = 120, 0.01, (9, 10, 11)


def orders():
    """Count the powers of ten between the smallest and the largest network."""
    return {"orders": math.log10(LARGEST / SMALLEST)}


def one_loop():
    """Train the four networks with Adam; return the worst of what is left of a loss."""
    left = {}
    for seed in SEEDS:
        for name, (model, loss, batches) in four(seed).items():
            run = descend(model, loss, islice(batches, STEPS), DIRECTIONS["Adam"], LR)
            losses = [*run]
            share = np.mean(losses[-10:]) / losses[0]
            left[name] = max(left.get(name, 0), float(share))
    return {"most left": max(left.values())}


CLAIMS = (
    Claim(
        "C20.1",
        "From a hundred parameters to 10^12 there are nine orders of magnitude.",
        orders,
        "{orders:.0f} orders of magnitude",
        core=(Bound("orders", 9, 9),),
        verdict="does not hold",
    ),
    Claim(
        "C20.2",
        "One function trains an XOR net, an MLP, a convolutional network and a block "
        "of attention.",
        one_loop,
        "at most {most left:.0%} of the first loss is left, the worst of four networks "
        "and three seeds",
        core=(Bound("most left", high=0.5),),
        note=f"Adam, {STEPS} steps, learning rate {LR}",
    ),
)
