"""The judge of 9.12.3: it lets both optimisers loose on a weight without a gradient."""

from functools import cache

import numpy as np

from nb_lib.book.exercises.reading import Refused, floats
from nb_lib.numpy.optimisers import Adam, AdamW

RATE, DECAY, STEPS = 0.01, 0.1, 100
NEAR = 0.05


@cache
def remains(decay=DECAY):
    """Return what AdamW, and Adam with λw as its gradient, leave of a weight of 1."""
    by_adamw, by_adam = {"w": np.ones(1)}, {"w": np.ones(1)}
    decoupled = AdamW(by_adamw, lr=RATE, weight_decay=decay)
    coupled = Adam(by_adam, lr=RATE)
    for _ in range(STEPS):
        decoupled.step({"w": np.zeros(1)})
        coupled.step({"w": decay * by_adam["w"]})
    return float(by_adamw["w"][0]), float(by_adam["w"][0])


def judge_unused(answer):
    """Want both rests, each within 0.05; how far off a wrong one is stays untold."""
    guess, true = pair(answer), remains()
    good = np.abs(guess - true) <= NEAR
    if good.all():
        weak = remains(DECAY / 100)[1]
        return (
            True,
            f"AdamW leaves {true[0]:.3f}, Adam with L2 {true[1]:.3f}.",
            f"With a hundredth of the decay Adam would leave {weak:.3f}: it divides "
            "the pull by its own size, so the strength hardly matters.",
        )
    if (np.abs(guess[::-1] - true) <= NEAR).all():
        return False, "The two are swapped.", "Which one divides the pull by its size?"
    if not good[0]:
        return (
            False,
            f"AdamW does not leave {guess[0]:.3g}.",
            f"Each of the {STEPS} steps multiplies the weight by one and the same "
            "number.",
        )
    return (
        False,
        f"AdamW's number is right, but Adam with L2 does not leave {guess[1]:.3g}.",
        "All its gradient is the pull, and Adam divides that by its own running size: "
        "how long is such a step?",
    )


def pair(answer):
    """Want two finite numbers."""
    try:
        numbers = floats(answer)
    except (TypeError, ValueError):
        numbers = np.zeros(0)
    if numbers.shape != (2,) or not np.isfinite(numbers).all():
        raise Refused("The answer is a pair of numbers, (AdamW, Adam with L2).")
    return numbers
