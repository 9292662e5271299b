"""Exercise 9.5.2: four ReLU units that make a bridge, judged by what they give."""

import numpy as np

from nb_lib.book.exercises.reading import Unreadable, floats, is_empty
from nb_lib.numpy.activations import relu

UNITS = 4


def plateau_weights(a, b, c, d, height):
    """Bend up at a, level at b, down at c, level at d; return knots and weights."""
    up, down = height / (b - a), height / (d - c)
    return np.array([a, b, c, d]), np.array([up, -up, -down, down])


def plateau_cases():
    """Bridges up and down; the two flanks and the top differ in length."""
    yield 0.0, 1.0, 2.5, 3.5, 1.0
    yield -2.0, -1.5, 0.5, 2.0, 3.0
    yield 1.0, 4.0, 4.5, 5.5, -0.7


def give_values(function, a, b, c, d, height):
    """Evaluate the units that the answer describes at eleven places."""
    answer = function(a, b, c, d, height)
    if is_empty(answer):
        return answer
    try:
        knots, v = (floats(part).reshape(UNITS) for part in answer)
    except (TypeError, ValueError):
        raise Unreadable("(knots, v), each of four numbers", answer) from None
    x = np.linspace(a - (d - a), d + (d - a), 11)
    x[5] = (b + c) / 2
    return relu(x[:, None] - knots) @ v


def _by(change):
    """Make a wrong answer: change the knots and weights of the right one."""

    def wrong(a, b, c, d, height):
        knots, v = plateau_weights(a, b, c, d, height)
        return change(knots, v, height)

    return wrong


def _top_for_flank(a, b, c, d, height):
    """Take the length of the top for that of the second flank."""
    up, down = height / (b - a), height / (c - b)
    return np.array([a, b, c, d]), np.array([up, -up, -down, down])


SLIPS = {
    "the width of a flank is missing: a slope is rise over run": _by(
        lambda knots, v, height: (knots, height * np.sign(v) * np.sign(height))
    ),
    "the last unit is missing: beyond d the ramps still fall": _by(
        lambda knots, v, height: (knots, v * [1, 1, 1, 0])
    ),
    "the second unit is missing: between b and c the first ramp still rises": _by(
        lambda knots, v, height: (knots, v * [1, 0, 1, 1])
    ),
    "these are slopes, not changes of slope: a unit that is on stays on": _by(
        lambda knots, v, height: (knots, v * [1, 0, 1, 0])
    ),
    "upside down: all signs are turned": _by(lambda knots, v, height: (knots, -v)),
    "the sign at c: the slope changes from 0 to a negative one": _by(
        lambda knots, v, height: (knots, v * [1, 1, -1, -1])
    ),
    "the height is missing": _by(lambda knots, v, height: (knots, v / height)),
    "both flanks have the width of the first": _by(
        lambda knots, v, height: (knots, v[0] * np.array([1, -1, -1, 1]))
    ),
    "the flank from c to d is d - c long; c - b is the length of the top": (
        _top_for_flank
    ),
    "the sign of the knots: the unit relu(x - a) bends at x = a": _by(
        lambda knots, v, height: (-knots, v)
    ),
}
