"""Two classes with a line between them, and exactly as much room as asked for."""

import numpy as np

from nb_lib.data._checks import generator, number, whole_number


def separable(n, *, margin, rng, features=2):
    """A ball of radius 1 cut in two, the halves moved apart by ``margin`` each.

    A point p, uniform in a ball of radius 1 - margin and on the side of its target t,
    becomes x = p + t margin w*, with w* a random direction. In each class the point
    nearest to the gap moves to t margin w* + sqrt(1 - margin^2) v, on the unit sphere,
    v at right angles to w*. So the greatest length is 1, and the margin of w* is
    exactly the one asked for: no other direction has a larger one.

    Returns x (n, features), targets (n,) of -1 and +1 whose counts differ by at most
    one, and w* (features,), all float64. Errors: ValueError for n or features < 2 and
    for a margin outside (0, 1).
    """
    whole_number(n, "n", least=2)
    whole_number(features, "features", least=2)
    if not 0 < number(margin, "margin") < 1:  # NaN fails too
        raise ValueError(f"margin wants a number between 0 and 1, got {margin}")
    targets = generator(rng).permutation(np.arange(n) % 2 * 2.0 - 1)
    w_star, v = _frame(features, rng)
    p = _ball(n, features, rng) * (1 - margin)
    height = p @ w_star
    p += np.outer(targets * np.abs(height) - height, w_star)  # to the side of t
    x = p + margin * np.outer(targets, w_star)
    along = np.sqrt(1 - margin**2)
    for sign in (-1, 1):
        nearest = np.argmin(np.where(targets == sign, np.abs(height), np.inf))
        x[nearest] = sign * margin * w_star + along * v
    return x, targets, w_star


def _frame(features, rng):
    """Draw two unit vectors at right angles."""
    q, _ = np.linalg.qr(rng.normal(size=(features, 2)))
    return q.T


def _ball(n, features, rng):
    """Draw n points evenly in the unit ball."""
    p = rng.normal(size=(n, features))
    lengths = rng.uniform(size=(n, 1)) ** (1 / features)
    return p * lengths / np.linalg.norm(p, axis=1, keepdims=True)
