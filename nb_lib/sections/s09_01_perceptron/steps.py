"""Exercise 9.1.1: one step of Rosenblatt's rule, with its cases and slips."""

import numpy as np


def perceptron_step(w, x, target):
    """Add t x if t x·w <= 0, else leave w as it is."""
    return w + target * x if target * (x @ w) <= 0 else w


def step_cases():
    """Undecided examples, mistakes that one step does not mend, then either side."""
    rng = np.random.default_rng(911)
    yield np.zeros(3), np.array([1.0, -2.0, 0.5]), -1.0
    yield np.array([1.0, 2.0]), np.array([2.0, -1.0]), 1.0  # on the line
    far, small = np.array([3.0, -1.0, 2.0]), np.array([-0.5, 0.25, -0.25])
    yield far, small, 1.0
    yield far, -small, -1.0
    for target, side in ((-1.0, 1), (1.0, 1), (-1.0, -1), (1.0, -1)):
        w, x = rng.normal(size=(2, 4))
        yield w, x * side * np.sign(x @ w), target


def _ties_are_right(w, x, target):
    return w + target * x if target * (x @ w) < 0 else w


def _without_target_in_test(w, x, target):
    return w + target * x if x @ w <= 0 else w


def _without_target_in_step(w, x, target):
    return w + x if target * (x @ w) <= 0 else w


def _away(w, x, target):
    return w - target * x if target * (x @ w) <= 0 else w


def _when_right(w, x, target):
    return w + target * x if target * (x @ w) > 0 else w


def _guess_at_zero(guess):
    """Make a wrong answer to 9.1.1: on the line it has made up its mind."""

    def wrong(w, x, target):
        output = np.sign(x @ w) or guess
        return w + target * x if output != target else w

    return wrong


def _difference(w, x, target):
    return w + (target - (1 if x @ w >= 0 else -1)) * x


def _until_right(w, x, target):
    while target * (x @ w) <= 0:
        w = w + target * x
    return w


SLIPS = {
    "the step is repeated until the example is right: one call, one step": (
        _until_right
    ),
    "every example is learnt: w changes at a mistake only": (
        lambda w, x, target: w + target * x
    ),
    "an example on the line counts as right: from w = 0 nothing would ever be "
    "learnt, so the test is <= 0": _ties_are_right,
    "on the line the output counts as +1; but there the rule learns, whatever the "
    "target": _guess_at_zero(1),
    "on the line the output counts as -1; but there the rule learns, whatever the "
    "target": _guess_at_zero(-1),
    "target - output is 2 or -2 at a mistake: w moves by target * x, and on the line "
    "whatever the output": _difference,
    "the target is missing in the test: a mistake is target * (x @ w) <= 0": (
        _without_target_in_test
    ),
    "the target is missing in the step: w moves by target * x": (
        _without_target_in_step
    ),
    "the sign of the step: this moves w away from what it should learn": _away,
    "the test is the wrong way round: w changes when it was right": _when_right,
    "the step is taken twice": lambda w, x, target: (
        w + 2 * target * x if target * (x @ w) <= 0 else w
    ),
}
