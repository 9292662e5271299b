"""Kinds of noise, and how far the best constant of each loss is off under them."""

import numpy as np

ROUNDS = 60


def draw(kind, shape, *, rng):
    """Draw noise around 0: Gauss, Laplace, or one reading in ten ten times as wide."""
    if kind == "Laplace":
        return rng.laplace(size=shape)
    wide = 10 if kind == "one in ten misread" else 1
    width = np.where(rng.uniform(size=shape) < 0.1, wide, 1)
    return width * rng.normal(size=shape)


def best_constants(readings):
    """Map each loss to its best constants, (N,), for readings (N, n)."""
    return {
        "mean (MSE)": readings.mean(axis=1),
        "median (MAE)": np.median(readings, axis=1),
        "Huber": huber_constants(readings),
    }


def huber_constants(readings, *, delta=1.0):
    """Weigh each reading by min(1, δ / its distance), again and again; return (N,)."""
    constants = np.median(readings, axis=1, keepdims=True)
    for _ in range(ROUNDS):
        far = np.maximum(np.abs(readings - constants), 1e-12)
        w = np.minimum(1, delta / far)
        constants = np.sum(w * readings, axis=1, keepdims=True) / np.sum(
            w, axis=1, keepdims=True
        )
    return constants[:, 0]
