"""Nine readings of a spring, one of them misread, and what each loss makes of them."""

from itertools import combinations

import numpy as np

from nb_lib.numpy.regression_losses import (
    d_huber,
    d_mae,
    d_mse,
    d_pinball,
    huber,
    mae,
    mse,
    pinball,
)

LOADS = np.arange(1.0, 10.0)  # hundreds of grams
SLIPS = np.array([0.14, -0.31, 0.22, 0.05, -0.18, 0.27, -0.09, -0.12, 0.10])  # cm
LENGTH, STRETCH = 3.0, 1.2  # cm, and cm per hundred grams: what is true
SAME = 9.0  # cm, the true length where one length is read nine times
WRONG = 7  # which reading is misread
ON_IT = 1e-9  # cm: a reading that near is on the line
ROUNDS = 100


def readings(misreading, *, is_line):
    """Give what was read, (9,), in cm; of one length the slips are three times that."""
    y = LENGTH + STRETCH * LOADS + SLIPS if is_line else SAME + 3 * SLIPS
    y[WRONG] += misreading
    return y


def settle(y, loss, *, is_line, delta, quantile):
    """Find the line a + b x with the least loss, exactly; return (a, b)."""
    if loss == "mse":
        return weighted(y, np.ones(len(y)), is_line=is_line)
    if loss == "huber":
        return reweighted(y, delta, is_line=is_line)
    q = 0.5 if loss == "mae" else quantile
    return through_readings(y, q, is_line=is_line)


def weighted(y, w, *, is_line):
    """Minimise Σ w (y - a - b x)²: the line goes through the weighted means."""
    x_mean, y_mean = np.sum(w * LOADS) / np.sum(w), np.sum(w * y) / np.sum(w)
    if not is_line:
        return y_mean, 0.0
    x = LOADS - x_mean
    b = np.sum(w * x * (y - y_mean)) / np.sum(w * x * x)
    return y_mean - b * x_mean, b


def reweighted(y, delta, *, is_line):
    """Minimise Huber's loss: a reading beyond δ weighs δ / |e|, again and again.

    At rest w e is Huber's pull, so the pulls balance.
    """
    a, b = weighted(y, np.ones(len(y)), is_line=is_line)
    for _ in range(ROUNDS):
        e = np.abs(y - a - b * LOADS)
        w = np.minimum(1.0, delta / np.maximum(e, ON_IT))
        a, b = weighted(y, w, is_line=is_line)
    return a, b


def through_readings(y, q, *, is_line):
    """Minimise the pinball loss: one of the best lines goes through two readings.

    One of the best constants is a reading. So all are tried; of equals the first wins.
    """
    best, least = (0.0, 0.0), np.inf
    for rows in combinations(range(len(y)), 2 if is_line else 1):
        a, b = through(y, rows)
        e = y - a - b * LOADS
        cost = np.sum(np.maximum(q * e, (q - 1) * e))
        if cost < least - ON_IT:
            best, least = (a, b), cost
    return best


def through(y, rows):
    """Give the line through two readings, or the constant through one."""
    if len(rows) == 1:
        return y[rows[0]], 0.0
    i, j = rows
    b = (y[j] - y[i]) / (LOADS[j] - LOADS[i])
    return y[i] - b * LOADS[i], b


def cost(e, loss, *, delta, quantile):
    """Give the loss of each error e = t - y, shape (n,)."""
    zero = np.zeros(1)
    return np.array(
        [one(zero, e[k : k + 1], loss, delta, quantile) for k in range(len(e))]
    )


def one(y, t, loss, delta, quantile):
    """Give the loss of one prediction."""
    if loss == "mse":
        return mse(y, t)
    if loss == "mae":
        return mae(y, t)
    if loss == "huber":
        return huber(y, t, delta=delta)
    return pinball(y, t, quantile=quantile)


def pull(e, loss, *, delta, quantile):
    """Give minus the slope of each loss by its prediction, (n,): up is positive."""
    y = np.zeros(len(e))
    if loss == "mse":
        slope = d_mse(y, e)
    elif loss == "mae":
        slope = d_mae(y, e)
    elif loss == "huber":
        slope = d_huber(y, e, delta=delta)
    else:
        slope = d_pinball(y, e, quantile=quantile)
    return -slope * len(e)


def balanced(pulls, e):
    """Let the readings on the line pull as hard as the balance needs.

    At an error of 0 the losses with a kink have no slope, and any pull between those of
    its two sides is one. At the best line some such pulls make all of them balance.
    """
    held = np.flatnonzero(np.abs(e) < ON_IT)
    pulls = np.where(np.abs(e) < ON_IT, 0.0, pulls)
    total, turn = np.sum(pulls), np.sum(pulls * LOADS)
    if len(held) == 1:
        pulls[held[0]] = -total
    if len(held) == 2:
        x1, x2 = LOADS[held[0]], LOADS[held[1]]
        pulls[held[1]] = (x1 * total - turn) / (x2 - x1)
        pulls[held[0]] = -total - pulls[held[1]]
    return pulls
