"""The judges of 9.3.3 and 9.3.4: they train 1,000 nets as the reader would."""

from functools import cache
from itertools import islice, product

import numpy as np

from nb_lib.book.exercises.progress import watched
from nb_lib.book.exercises.reading import Refused, floats, whole
from nb_lib.book.exercises.showing import shown_briefly
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS

SEEDS, STEPS, RATE, WANTED = 1000, 500, 0.5, 0.95
CUBE = np.array(list(product((0.0, 1.0), repeat=3)))
PARITY = CUBE.sum(axis=1, keepdims=True) % 2
NEAR = 0.05  # a prediction that misses the share by less is a good one


def judge_signs_recipe(answer):
    """Want (share of units dead at birth, share of seeds that succeed) for inputs ±1.

    The first is exact, the second a prediction; how far off it is stays untold.
    """
    dead, share = shares(answer)
    if dead != 0:
        return (
            False,
            f"You say that a share of {dead:.3g} of the units is born dead.",
            "Write down z at all four corners: can all of them be negative?",
        )
    count, low, high = measured(2, is_signed=True)
    if abs(share - count / SEEDS) > NEAR:
        way = "fewer" if share > count / SEEDS else "more"
        return (
            False,
            "No unit is dead at birth, that is right.",
            f"But {way} seeds succeed than you predict: train them and count.",
        )
    return (
        True,
        f"No unit is dead at birth, and {count:,} of {SEEDS:,} seeds succeed "
        f"({100 * low:.1f} to {100 * high:.1f}%).",
        "So birth is half of the story: the other nets press corners of both classes "
        "flat in one place while they train.",
    )


def shares(answer):
    """Want two numbers from 0 to 1."""
    try:
        pair = floats(answer)
    except (TypeError, ValueError):
        pair = np.zeros(0)
    if pair.shape != (2,):
        raise Refused("The answer is a pair of shares, (dead, succeed).")
    dead, share = pair
    if not (0 <= dead <= 1 and 0 <= share <= 1):
        raise Refused(
            f"Both shares are numbers from 0 to 1, got {dead:.4g} and {share:.4g}."
        )
    return dead, share


def judge_width(answer):
    """Want the smallest width that may reach the share; seeds leave an interval.

    A width is too small if its whole interval lies below, too large if that of the
    next smaller one lies above. What lies between nobody can tell from 1,000 seeds.
    """
    width = checked(answer)
    here = measured(width, is_cube=True)
    below = measured(width - 1, is_cube=True) if width > 1 else (0, 0.0, 0.0)
    finding = sentence(width, here)
    if here[2] < WANTED:
        return (
            False,
            f"{finding} The whole interval lies below 95%: try a wider layer.",
        )
    before = sentence(width - 1, below) if width > 1 else ""
    if below[1] > WANTED:
        return False, f"{before} That is enough already: try a narrower layer."
    if below[2] >= WANTED:
        return True, finding, f"{before} Its interval holds 95% too: it may be enough."
    return True, finding, f"{before} That is not enough."


def checked(answer):
    """Want a whole number from 1 to 32."""
    width = whole(answer)
    if width is None or not 1 <= width <= 32:
        raise Refused(
            f"The answer is a whole number from 1 to 32, got {shown_briefly(answer)}."
        )
    return width


@cache
def measured(width, *, is_cube=False, is_signed=False):
    """Give how many of the seeds succeed, and both ends of the interval."""
    from nb_lib.numpy.many_nets import ManyNets, descend, solved, wilson
    from nb_lib.numpy.optimisers import SGD

    x, labels = (CUBE, PARITY) if is_cube else (CORNERS, LABELS)
    x = 2 * x - 1 if is_signed else x
    rngs = [np.random.default_rng(seed) for seed in range(SEEDS)]
    nets = ManyNets((x.shape[1], width, 1), rngs=rngs)
    run = descend(nets, x, labels, SGD(nets.params, lr=RATE), watch=STEPS)
    for _ in watched(islice(run, STEPS), STEPS):
        pass
    successes = int(solved(nets, x, labels).sum())
    return successes, *wilson(successes, SEEDS)


def sentence(width, found):
    """Write share and interval."""
    count, low, high = found
    units = "unit" if width == 1 else "units"
    return (
        f"With {width} {units} {count:,} of {SEEDS:,} seeds succeed, "
        f"{100 * count / SEEDS:.1f}% ({100 * low:.1f} to {100 * high:.1f}%)."
    )
