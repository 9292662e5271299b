"""Exercise 9.5.3: two sigmoid units that make a bump, judged by what they give."""

import numpy as np

from nb_lib.book.exercises.reading import Unreadable, floats, is_empty
from nb_lib.numpy.activations import sigmoid


def bump_weights(low, high, height, sharpness):
    """Let one unit rise at ``low`` and take it back at ``high``."""
    w = np.array([sharpness, sharpness])
    return w, -w * [low, high], np.array([height, -height])


def bump_cases():
    """Bumps up and down, left and right of 0, narrow and wide."""
    yield 0.0, 1.0, 1.0, 20.0
    yield -2.0, -0.5, 3.0, 15.0
    yield 1.5, 4.0, -0.7, 6.0


def give_values(function, low, high, height, sharpness):
    """Evaluate the two units that the answer describes at nine places."""
    answer = function(low, high, height, sharpness)
    if is_empty(answer):
        return answer
    try:
        w, b, v = (floats(part).reshape(2) for part in answer)
    except (TypeError, ValueError):
        raise Unreadable("(w, b, v), each of two numbers", answer) from None
    x = np.linspace(low - (high - low), high + (high - low), 9)
    return sigmoid(x[:, None] * w + b) @ v


def _bump_by(change):
    """Make a wrong answer to 9.5.3: change w, b, v of the right one."""

    def wrong(low, high, height, sharpness):
        w, b, v = bump_weights(low, high, height, sharpness)
        return change(w, b, v, np.array([low, high]))

    return wrong


SLIPS = {
    "both units count with one sign: the second has to take back what the "
    "first gave": _bump_by(lambda w, b, v, ends: (w, b, v * [1, -1])),
    "the sign of the bias: k (x - low) = k x - k low": (
        _bump_by(lambda w, b, v, ends: (w, -b, v))
    ),
    "the sharpness is missing in the bias: k (x - low) = k x - k low": (
        _bump_by(lambda w, b, v, ends: (w, -ends, v))
    ),
    "the sharpness is missing: σ(x - low) takes several units of x to rise": (
        _bump_by(lambda w, b, v, ends: (np.ones(2), -ends, v))
    ),
    "the height is missing: a sigmoid rises by 1": (
        _bump_by(lambda w, b, v, ends: (w, b, np.array([1.0, -1.0])))
    ),
    "upside down: the unit at low comes with +height": (
        _bump_by(lambda w, b, v, ends: (w, b, -v))
    ),
    "too high by the height everywhere: outside the bump one of two mirrored units "
    "still gives all of it": _bump_by(
        lambda w, b, v, ends: (w * [1, -1], b * [1, -1], v * [1, -1])
    ),
    "the second unit is mirrored and taken off: one of the two is enough": (
        _bump_by(lambda w, b, v, ends: (w * [1, -1], b * [1, -1], v))
    ),
}
