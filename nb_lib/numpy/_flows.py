"""The two ways of taking a step, and questions about them; both twins have them."""

import math

from nb_lib.numpy._checks import check_array
from nb_lib.numpy._settings import check_count, check_number, pick

# of each stage: how far along the slope of the one before it looks, and its weight
STAGES = {
    "euler": ((0,), (1,)),
    "rk4": ((0, 1 / 2, 1 / 2, 1), (1 / 6, 1 / 3, 1 / 3, 1 / 6)),
}


def check_solve(name, x, steps, method, span):
    """Want a start, a known method, steps of 1 or more and a finite span."""
    check_array(name, "x", x)
    check_way(name, steps, method, span)
    return pick(STAGES, method, "method"), int(steps), float(span)


def check_way(name, steps, method, span):
    """Want what ``solve`` wants, before there is a start."""
    pick(STAGES, method, "method")
    check_count(name, "steps", steps)
    check_number(name, "a span", span, -math.inf)
    if math.isinf(span):
        raise ValueError(f"{name} wants a finite span, got {span}")
