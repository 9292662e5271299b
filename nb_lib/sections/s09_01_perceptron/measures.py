"""Exercise 9.1.2: radius and margin of a data set, with the cases and slips."""

import numpy as np

from nb_lib.data import separable
from nb_lib.numpy import perceptron


def radius_and_margin(x, targets, w_star):
    """Give the two measures as the library has them."""
    return perceptron.radius(x), perceptron.margin(x, targets, w_star)


def set_cases():
    """Separable sets of other radii and margins; w* of other lengths than 1.

    One class lies further out, in turn: its own radius and margin are other ones.
    """
    sizes = (9, 2, 0.15), (40, 3, 0.2), (15, 5, 0.1)
    for seed, radius, length in ((1, 3.0, 1.0), (2, 2.0, 2.5), (3, 5.0, 0.4)):
        n, features, margin = sizes[seed - 1]
        rng = np.random.default_rng(seed)
        x, targets, w_star = separable(n, margin=margin, rng=rng, features=features)
        further = np.where(targets == (-1) ** seed, 0.25 * targets, 0)
        yield radius * (x + np.outer(further, w_star)), targets, length * w_star


def _margin(x, targets, w_star):
    return perceptron.margin(x, targets, w_star)


def _unit(x, targets, w_star):
    return w_star / np.linalg.norm(w_star)


def of_one_class(sign, index):
    """Make a wrong answer to 9.1.2: one measure, or both, from one class alone."""

    def wrong(x, targets, w_star):
        seen, all_rows = targets == sign, radius_and_margin(x, targets, w_star)
        own = radius_and_margin(x[seen], targets[seen], w_star)
        return tuple(own[i] if i in index else all_rows[i] for i in (0, 1))

    return wrong


def _half_gap(x, targets, w_star):
    scores = x @ _unit(x, targets, w_star)
    gap = scores[targets > 0].min() - scores[targets < 0].max()
    return perceptron.radius(x), gap / 2


ONE_CLASS = {
    f"only the rows of target {sign:+d} are looked at in {name}: take the "
    f"{most} of all rows": (sign, index)
    for sign in (1, -1)
    for name, most, index in (
        ("R", "longest", (0,)),
        ("gamma", "nearest", (1,)),
        ("R and gamma", "longest and the nearest", (0, 1)),
    )
}

SLIPS = {
    "the length of w* is missing: divide by it, or the margin grows with w*": (
        lambda x, t, w: (perceptron.radius(x), np.min(t * (x @ w)))
    ),
    "the targets are missing in gamma: rows of target -1 score below 0": (
        lambda x, t, w: (perceptron.radius(x), np.min(x @ _unit(x, t, w)))
    ),
    "the largest distance stands where the least belongs": (
        lambda x, t, w: (perceptron.radius(x), np.max(t * (x @ _unit(x, t, w))))
    ),
    "the mean length stands where the longest belongs": (
        lambda x, t, w: (np.linalg.norm(x, axis=1).mean(), _margin(x, t, w))
    ),
    "the root is missing: this is R**2": (
        lambda x, t, w: (perceptron.radius(x) ** 2, _margin(x, t, w))
    ),
    "the largest entry stands where the longest row belongs": (
        lambda x, t, w: (np.abs(x).max(), _margin(x, t, w))
    ),
    "the norm of the whole matrix stands where the longest row belongs": (
        lambda x, t, w: (np.linalg.norm(x), _margin(x, t, w))
    ),
    "this is half of the gap between the classes: gamma is the least distance "
    "of a row from the line through 0": _half_gap,
    **{words: of_one_class(*which) for words, which in ONE_CLASS.items()},
    "the diameter stands where the radius belongs": (
        lambda x, t, w: (2 * perceptron.radius(x), _margin(x, t, w))
    ),
}
