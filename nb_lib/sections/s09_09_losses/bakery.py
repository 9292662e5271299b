"""Exercise 9.9.3: eleven days of a bakery, and what a wrong number of loaves costs."""

import numpy as np

from nb_lib.numpy.regression_losses import pinball

SOLD = (48, 61, 40, 55, 52, 70, 45, 58, 66, 50, 43)  # loaves asked for
TOO_FEW, TOO_MANY = 3.0, 1.0  # what each such loaf costs
FESTIVAL = 400  # loaves, instead of the best day


def answer():
    """Give the quantile 3 / (3 + 1) and the best number of loaves, before and after."""
    return TOO_FEW / (TOO_FEW + TOO_MANY), best(SOLD), best(festival())


def festival():
    """Replace the best day by the festival."""
    return [FESTIVAL if day == max(SOLD) else day for day in SOLD]


def best(days, quantile=TOO_FEW / (TOO_FEW + TOO_MANY)):
    """Try every number of loaves and keep the one with the least pinball loss."""
    days = np.array(days, float)
    tried = range(int(days.min()), int(days.max()) + 1)
    cost = [pinball(np.full(len(days), n), days, quantile=quantile) for n in tried]
    return tried[int(np.argmin(cost))]


SLIPS = {
    "a loaf too many costs less than one too few, so bake for a good day: the quantile "
    "lies above the median": (0.25, best(SOLD, 0.25), best(festival(), 0.25)),
    "a ratio of 3 to 1 makes shares of a whole: how many parts are there in all?": (
        1 / 3,
        best(SOLD, 1 / 3),
        best(festival(), 1 / 3),
    ),
    "the festival does not move a quantile: it was the best day before, and it is the "
    "best day after": (0.75, best(SOLD), FESTIVAL),
    "the mean follows the festival, but a quantile only asks how many days lie above": (
        0.75,
        best(SOLD),
        round(float(np.mean(festival()))),
    ),
    "np.quantile goes half-way between two days: which of the two costs less?": (
        0.75,
        float(np.quantile(SOLD, 0.75)),
        float(np.quantile(festival(), 0.75)),
    ),
}
