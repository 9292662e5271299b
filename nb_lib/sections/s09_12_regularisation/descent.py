"""Double descent: random ReLU features, a hundred examples, and least squares."""

import numpy as np

EXAMPLES, NEW, INPUTS, NOISE = 100, 400, 20, 0.3
WIDTHS = (2, 5, 10, 20, 30, 50, 80, 90, 100, 110, 125, 160, 250, 500, 1000, 2000)


def draw(seed, *, noise=NOISE, inputs=INPUTS, new=NEW):
    """Draw a task: (x, noisy t) to fit, (x, clean t) to judge, and a generator."""
    rng = np.random.default_rng(seed)
    direction = rng.normal(size=inputs) / inputs**0.5
    x, new_x = rng.normal(size=(EXAMPLES, inputs)), rng.normal(size=(new, inputs))
    t, new_t = (np.tanh(2 * points @ direction) for points in (x, new_x))
    return (x, t + noise * rng.normal(size=EXAMPLES)), (new_x, new_t), rng


def features(x, width, rng):
    """Return a function that gives max(0, x·u + c) for ``width`` random u and c."""
    u = rng.normal(size=(x.shape[1], width)) / x.shape[1] ** 0.5
    c = rng.normal(size=width) / 2
    return lambda points: np.maximum(0, points @ u + c)


def least_squares(h, t, strength=0.0):
    """Weights a with the least ½ Σ (h·a - t)² + ½ strength Σ a²; h (N, H), t (N,).

    With strength 0, of all that fit equally well the shortest (pseudo-inverse).
    """
    if strength == 0:
        return np.linalg.pinv(h) @ t
    if h.shape[1] > len(h):
        return h.T @ np.linalg.solve(h @ h.T + strength * np.eye(len(h)), t)
    return np.linalg.solve(h.T @ h + strength * np.eye(h.shape[1]), h.T @ t)


def errors(seed, widths=WIDTHS, *, strength=0.0, **task):
    """Return (widths, 3): mean squares on examples and new ones, and ‖a‖."""
    (x, t), (new_x, new_t), rng = draw(seed, **task)
    found = []
    for width in widths:
        lift = features(x, width, rng)
        a = least_squares(lift(x), t, strength)
        found.append(judged(a, (lift(x), t), (lift(new_x), new_t)))
    return np.array(found)


def detours(seed, lengths, *, width=2000):
    """Return (lengths, 3) as ``errors`` does, of longer and longer weights that fit.

    To the shortest weights is added a random direction in which no answer on the
    examples changes, as far as each of the ``lengths``.
    """
    (x, t), (new_x, new_t), rng = draw(seed)
    lift = features(x, width, rng)
    h, aside = lift(x), rng.normal(size=width)
    shortest = least_squares(h, t)
    aside -= least_squares(h, h @ aside)  # the part of it that the examples notice
    aside /= np.linalg.norm(aside)
    ways = (shortest + length * aside for length in lengths)
    return np.array([judged(a, (h, t), (lift(new_x), new_t)) for a in ways])


def judged(a, *pairs):
    """Return the mean square for each pair of features and targets, and ‖a‖."""
    return *(np.mean((h @ a - t) ** 2) for h, t in pairs), np.linalg.norm(a)
