"""The judge of 9.8.3: how far momentum 0.9 goes where the gradient is always 1."""

from math import isclose

from nb_lib.book.exercises.reading import Refused, is_sequence, real, whole

MOMENTUM, SHARE, MOST = 0.9, 0.9, 1_000


def velocity(steps):
    """Give the velocity in this step, counted from 1: a geometric sum."""
    return (1 - MOMENTUM**steps) / (1 - MOMENTUM)


def judge_momentum(answer):
    """Want the limit of the velocity and the first step at 90% of it.

    What is said comes from the numbers that were given, and is no answer.
    """
    factor, steps = checked(answer)
    grown = MOMENTUM * factor + 1
    if not isclose(grown, factor, rel_tol=1e-6):
        return False, (
            f"A velocity of {factor:g} becomes {MOMENTUM} · {factor:g} + 1 = "
            f"{grown:g} in the next step, so this is not yet the end."
        )
    reached = velocity(steps) / velocity(MOST)
    finding = (
        f"The factor is right. Step {steps} is {reached:.1%} as long as at the end"
    )
    if reached < SHARE:
        return False, f"{finding}, which is too short."
    if velocity(steps - 1) / velocity(MOST) >= SHARE:
        return False, f"{finding}, but an earlier one was at 90% already."
    lesson = "The velocity is a sum of powers of 0.9, and here is where it ends."
    return True, f"{finding}, and no earlier one reaches 90%.", lesson


def checked(answer):
    """Want two numbers in a range that holds every sensible guess."""
    pair = answer if is_sequence(answer, 2) else (None, None)
    factor, steps = real(pair[0]), whole(pair[1])
    if factor is None or steps is None:
        raise Refused("The answer is two numbers: the factor, and a number of steps.")
    if not (0 < factor <= MOST and 1 <= steps <= MOST):
        raise Refused(f"The factor lies between 0 and {MOST:,}, and so do the steps.")
    return float(factor), steps
