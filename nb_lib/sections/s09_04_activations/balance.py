"""The judge of 9.4.4: the gain at which wide, deep sigmoid nets keep their errors.

In the limit of great width a pre-activation is normal with a variance q that one layer
hands to the next, q = g² E[σ(z)²]. The error signal keeps its size where
g² E[σ'(z)²] = 1. At that gain σ' is a spike of width 2 in a bell of width 14, so the
integrals take a grid that resolves the spike, not a quadrature of few nodes.
"""

from functools import cache, partial

import numpy as np

from nb_lib.book.exercises.reading import Refused, real
from nb_lib.book.exercises.showing import shown_briefly
from nb_lib.numpy.activations import d_sigmoid, sigmoid
from nb_lib.numpy.propagation import signal_moment, slope_moment
from nb_lib.numpy.slopes import crossing

NODES = np.linspace(-8, 8, 4001)
WEIGHTS = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
LAYERS = 60  # q has settled by then

WANTED = 0.001  # how near, relative to the gain
SAME = 0.005  # a gain as near as this to that of a wrong turn came from it
NEAR = 0.05  # here a factor would lead to the answer by trial

NORMAL_START = 1 / slope_moment(1.0, activation="sigmoid") ** 0.5
TOO_COARSE = "Near, but not to a tenth of a per cent."
SPIKE = 6 * np.pi**0.5  # where q = g²/2 and the bell is flat across the spike


def mean_square(f, q):
    """E[f(z)²] for z ~ N(0, q), on a fine grid."""
    return float(WEIGHTS @ f(q**0.5 * NODES) ** 2)


FINE = partial(mean_square, sigmoid), partial(mean_square, d_sigmoid)
COARSE = tuple(partial(m, activation="sigmoid") for m in (signal_moment, slope_moment))


def factor(gain, moments=FINE):
    """Give gain · rms slope deep in a wide sigmoid net."""
    signal, slope = moments
    q = 1.0
    for _ in range(LAYERS):
        q = gain**2 * signal(q)
    return gain * slope(q) ** 0.5


@cache
def balanced_gain():
    """Find the gain at which the factor is 1."""
    return crossing(lambda gain: factor(gain) - 1, 5.0, 15.0)


@cache
def coarse_gain():
    """Find it with the 120 nodes of ``propagation``: too few for so narrow a spike."""
    return crossing(lambda gain: factor(gain, COARSE) - 1, 5.0, 12.0)


def judge_gain(answer):
    """Want the balanced gain to WANTED; name the near misses, print no answer."""
    gain = checked(answer)
    passed = abs(gain / balanced_gain() - 1) <= WANTED
    if not passed and (slip := near_miss(gain)):
        return False, slip
    if passed:
        kept = "At this gain a layer deep in a very wide net keeps the error signal."
        far = "For large gains the factor tends to the root of g / (6 √π)."
        return True, kept, far
    if abs(gain / balanced_gain() - 1) <= NEAR:
        return False, TOO_COARSE + " An integral over a fine grid can do better."
    way = "grow" if factor(gain) > 1 else "shrink"
    return False, (
        f"Deep in a very wide net a layer of gain {gain:g} lets the error signal "
        f"{way}, by a factor of about {factor(gain):.2g}."
    )


def checked(answer):
    """Want one number above 0, and at most 100: there the grid is fine enough."""
    gain = real(answer)
    if gain is None or not 0 < gain <= 100:
        got = shown_briefly(answer)
        raise Refused(f"The answer is one number above 0, at most 100, got {got}.")
    return float(gain)


def near_miss(gain):
    """Name the wrong turn that ends at this gain, if one is known."""
    for wrong, words in (
        (4.0, "4 makes up for the slope at z = 0, where hardly any unit is."),
        (
            NORMAL_START,
            "This gain suits standard normal pre-activations, but with it "
            "they spread more widely in the next layer.",
        ),
        (
            SPIKE,
            f"{TOO_COARSE} Is it the reading of one net of 64 units, or did "
            "you treat all slopes as one spike at z = 0?",
        ),
        (
            coarse_gain(),
            f"{TOO_COARSE} The moments of nb_lib.numpy.propagation take "
            "120 nodes, too few for a slope so narrow: take a finer grid.",
        ),
    ):
        if abs(gain / wrong - 1) < SAME:
            return words
    return None
