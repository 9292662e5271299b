"""The table of optimisers: what takes the place of the gradient in each.

Every function takes a parameter θ, its gradient g, what it kept from earlier steps (a
dict, empty before the first) and the number t of the step, and returns g̃. All arrays
have the shape of θ. The step itself is θ ← θ - η g̃, for all of them.

Sources: those of ``nb_lib.numpy.optimisers``, which takes the same steps.
"""

import numpy as np


def sgd(theta, g, kept, t):
    """Return the gradient as it is."""
    return g


def momentum(theta, g, kept, t, mu=0.9):
    """v ← μ v + g; return v."""
    kept["v"] = mu * kept.get("v", 0) + g
    return kept["v"]


def rmsprop(theta, g, kept, t, alpha=0.99, eps=1e-8):
    """s ← α s + (1 - α) g²; return g / (√s + ε)."""
    kept["s"] = alpha * kept.get("s", 0) + (1 - alpha) * g**2
    return g / (np.sqrt(kept["s"]) + eps)


def adam(theta, g, kept, t, betas=(0.9, 0.999), eps=1e-8):
    """Running means m of g and s of g², freed of their start: m̂ / (√ŝ + ε)."""
    beta1, beta2 = betas
    kept["m"] = beta1 * kept.get("m", 0) + (1 - beta1) * g
    kept["s"] = beta2 * kept.get("s", 0) + (1 - beta2) * g**2
    m, s = kept["m"] / (1 - beta1**t), kept["s"] / (1 - beta2**t)
    return m / (np.sqrt(s) + eps)


def adamw(theta, g, kept, t, weight_decay=0.01):
    """Return Adam's g̃ + λ θ."""
    return adam(theta, g, kept, t) + weight_decay * theta


DIRECTIONS = {
    "SGD": sgd,
    "momentum": momentum,
    "RMSProp": rmsprop,
    "Adam": adam,
    "AdamW": adamw,
}
