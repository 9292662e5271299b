"""The judge of 9.3.4: it trains 1,000 nets of the reader's width, and one narrower."""

from functools import cache
from itertools import islice

import numpy as np

from nb_lib.book.exercises.progress import watched
from nb_lib.book.exercises.reading import Refused, whole
from nb_lib.book.exercises.showing import shown_briefly
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS

SEEDS, STEPS, RATE, WANTED = 1000, 500, 0.5, 0.95


def judge_width(answer):
    """Want the smallest width that may reach the share; seeds leave an interval.

    A width is too small if its whole interval lies below, too large if that of the
    next smaller one lies above. What lies between nobody can tell from 1,000 seeds.
    """
    width = checked(answer)
    here, below = measured(width), measured(width - 1) if width > 1 else (0, 0.0, 0.0)
    finding = sentence(width, here)
    if here[2] < WANTED:
        return (
            False,
            f"{finding} The whole interval lies below 95 %: try a wider layer.",
        )
    before = sentence(width - 1, below) if width > 1 else ""
    if below[1] > WANTED:
        return False, f"{before} That is enough already: try a narrower layer."
    if below[2] >= WANTED:
        return True, finding, f"{before} Its interval holds 95 % too: it may be enough."
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
def measured(width):
    """Give how many of the seeds succeed, and both ends of the interval."""
    from nb_lib.numpy.many_nets import ManyNets, descend, solved, wilson
    from nb_lib.numpy.optimisers import SGD

    rngs = [np.random.default_rng(seed) for seed in range(SEEDS)]
    nets = ManyNets((2, width, 1), rngs=rngs)
    run = descend(nets, CORNERS, LABELS, SGD(nets.params, lr=RATE), watch=STEPS)
    for _ in watched(islice(run, STEPS), STEPS):
        pass
    successes = int(solved(nets, CORNERS, LABELS).sum())
    return successes, *wilson(successes, SEEDS)


def sentence(width, found):
    """Write share and interval."""
    count, low, high = found
    units = "unit" if width == 1 else "units"
    return (
        f"With {width} {units} {count:,} of {SEEDS:,} seeds succeed, "
        f"{100 * count / SEEDS:.1f} % ({100 * low:.1f} to {100 * high:.1f} %)."
    )
