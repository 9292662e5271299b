"""The judges of 9.7.3 and 9.7.4: they fill the reader's ledger."""

import numpy as np

from nb_lib.book.exercises.reading import Refused, floats, real
from nb_lib.book.exercises.showing import shown_briefly
from nb_lib.sections.s09_07_by_hand import ledger

NEAR = 0.005
LARGEST = 2
SHAPE = "The answer is nine numbers from -2 to 2, in the order of PARAMETERS"


def judge_rate(answer):
    """Want the largest rate with which the loss falls twice with tanh."""
    rate = real(answer)
    if rate is None or not 0 < rate <= 10:
        raise Refused(
            "The answer is one number, a rate above 0 and at most 10, got "
            f"{shown_briefly(answer)}."
        )
    rate = float(rate)
    losses = ledger.losses(rate, activation="tanh")
    words = " → ".join(f"{loss:.4f}" for loss in losses)
    found = f"At the rate {rate:.4g} the losses are {words}."
    largest = ledger.largest_rate(activation="tanh")
    if abs(rate - largest) <= NEAR:
        smooth = ledger.largest_rate()
        return (
            True,
            f"{found} The largest rate is {largest:.4f}.",
            f"With the sigmoid it is {smooth:.4f}: a steeper activation allows a "
            "smaller rate here, though only slightly.",
        )
    way = "a larger" if rate < largest else "a smaller"
    return False, found, f"Try {way} rate."


def judge_detour(answer):
    """Want a start from which the loss rises, then ends below where it was."""
    p = dict(zip(ledger.PARAMETERS, start_of(answer), strict=True))
    data, losses = ledger.examples(), []
    for _ in range(3):
        page = ledger.epoch(p, data, ledger.RATE, "tanh")
        losses.append(page.loss)
        p = page.updated
    found = "The losses are " + " → ".join(f"{loss:.4f}" for loss in losses) + "."
    first, second, third = losses
    if first < second and third < first:
        return True, found, "The first step jumped across a valley and landed well."
    if first >= second:
        return False, found, "The first step lowers the loss; it should raise it."
    return (
        False,
        found,
        "The first step raises the loss, but the second one does not "
        "bring it below its start.",
    )


def start_of(answer):
    """Want nine finite numbers between -2 and 2."""
    if isinstance(answer, dict):
        answer = [answer.get(name) for name in ledger.PARAMETERS]
    try:
        numbers = floats(answer)
    except (TypeError, ValueError):
        raise Refused(f"{SHAPE}, got {shown_briefly(answer)}.") from None
    if numbers.shape != (9,):
        raise Refused(f"{SHAPE}, got the shape {numbers.shape}.")
    if not np.isfinite(numbers).all():
        raise Refused(f"{SHAPE}; NaN or infinity is among them.")
    if np.abs(numbers).max() > LARGEST:
        raise Refused(f"{SHAPE}; the largest is {np.abs(numbers).max():.4g}.")
    return numbers.tolist()
