"""Exploded gradients: gradient descent with a rate past 2/λ_max."""

import numpy as np

STEPS = 60


def problem(seed, n=40, features=6):
    """Return a least-squares problem, x (40, 6) and targets (40,)."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, features)) * np.geomspace(1, 3, features)
    return x, rng.normal(size=n)


def gradient(x, targets):
    """Return the function w -> dL/dw of L = ½ mean (x @ w - targets)²."""
    return lambda w: x.T @ (x @ w - targets) / len(x)


def greatest_curvature(x):
    """Return λ_max of the loss's second derivative, x.T @ x / N."""
    return float(np.linalg.eigvalsh(x.T @ x / len(x))[-1])


def norms(x, targets, *, times):
    """Descend at ``times`` 2/λ_max; return the norm of the gradient at each step."""
    dw, w = gradient(x, targets), np.zeros(x.shape[1])
    lr, found = times * 2 / greatest_curvature(x), []
    for _ in range(STEPS):
        found.append(np.linalg.norm(dw(w)))
        w = w - lr * dw(w)
    return np.array(found)
