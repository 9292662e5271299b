"""The judge of 9.2.3: how many tables a unit reaches whose bias is always 0."""

from itertools import product

import numpy as np

from nb_lib.book.exercises.reading import Refused, real
from nb_lib.numpy.boolean import cube
from nb_lib.numpy.perceptron import threshold

TRY = "Set bias b to 0, move both weights and count the tiles that get the bold frame."
SLIPS = {
    16: "One table can surely not be reached: look at the score of (0, 0).",
    14: "With its bias a unit reaches that many; which tables begin with a 1?",
    8: "That many tables begin with a 1, but three scores are not free: the last is "
    "w1 + w2.",
    7: "You counted a table that begins with 0: the score of (0, 0) is 0, and 0 fires.",
    5: "One case is missing: can both weights be negative?",
}


def judge_without_bias(answer):
    """Want the number of tables; a wrong one gets a hint, not the number."""
    count = real(answer)
    if count is None:
        raise Refused("The answer is one number: how many of the 16 tables?")
    reached = len(tables_without_bias())
    if count == reached:
        lost = f"{16 - reached} of the 16 are lost"
        return True, f"A line through (0, 0) can only turn, and {lost}."
    return False, SLIPS.get(count, TRY)


def tables_without_bias():
    """Collect the tables: only the signs and the larger weight matter."""
    weights = product((-2, -1, 0, 1, 2), repeat=2)
    return {tuple(threshold(cube(2), np.array(w), 0.0)) for w in weights}
