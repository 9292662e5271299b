"""Eight guard tests to copy: NumPy is all they need, and each stops at its fault.

A guard returns nothing. Where it finds its fault it raises an AssertionError that
gives the number, so a line in a test file, or before the training loop, is enough.
"""

import numpy as np


def guard_gradient(loss, w, dw, *, rng, h=1e-6, places=20):
    """Compare dw with the slope of ``loss()`` at some places of the array w.

    ``loss`` takes no argument and reads w, which is given back as it was.
    """
    for place in rng.choice(w.size, size=min(places, w.size), replace=False):
        at = np.unravel_index(place, w.shape)
        kept, values = w[at], []
        for move in (h, -h):
            w[at] = kept + move
            values.append(loss())
        w[at] = kept
        slope = (values[0] - values[1]) / (2 * h)
        gap = abs(slope - dw[at])
        assert gap <= 1e-7 + 1e-4 * abs(slope), f"slope {slope:.4g}, dw {dw[at]:.4g}"


def guard_leakage(score, x, labels, *, rng, repeats=5):
    """Shuffle the labels: then the *whole* pipeline must score no more than chance.

    ``score(x, labels)`` chooses, trains and validates; it returns the share right.
    """
    scores = [score(x, rng.permutation(labels)) for _ in range(repeats)]
    chance = np.unique(labels, return_counts=True)[1].max() / len(labels)
    limit = chance + 4 * np.sqrt(chance * (1 - chance) / (repeats * len(labels)))
    found = np.mean(scores)
    assert found <= limit, f"{found:.1%} right on shuffled labels, chance {chance:.1%}"


def guard_split(labels, n_classes):
    """Ask of a part of the data that it holds each class about equally often."""
    shares = np.bincount(labels, minlength=n_classes) / len(labels)
    expected = 1 / n_classes
    chance = 5 * np.sqrt(expected * (1 - expected) / len(labels))
    limit = max(chance, expected / 2)  # real files are never quite even
    gap = np.abs(shares - expected).max()
    assert gap <= limit, f"shares from {shares.min():.1%} to {shares.max():.1%}"


def guard_rate(gradient, w, lr, *, rng, steps=50, h=1e-4):
    """Ask for lr < 2/λ_max, the greatest curvature, found by power iteration.

    ``gradient(w)`` returns dL/dw, an array like w, always on the same examples.
    """
    v = rng.normal(size=w.shape)
    for _ in range(steps):
        v = v / np.linalg.norm(v)
        v = (gradient(w + h * v) - gradient(w - h * v)) / (2 * h)
    limit = 2 / np.linalg.norm(v)
    assert lr < limit, f"lr {lr:.3g} is past 2/λ_max = {limit:.3g}"


def guard_alive(h, *, most=0.1):
    """Allow a tenth of the ReLU outputs h (N, units) to be zero on all N examples."""
    dead = np.mean(np.all(h == 0, axis=0))
    assert dead <= most, f"{dead:.0%} of {h.shape[1]} units are dead"


def guard_finite(step, **arrays):
    """Stop at the first step that has a number which is not finite, and name it."""
    for name, array in arrays.items():
        bad = np.size(array) - np.sum(np.isfinite(array))
        assert not bad, f"step {step}: {name} is not finite in {bad} of its entries"


def guard_forecast(forecast, values, *, start):
    """Give the forecast another future: its answers must stay the same.

    ``forecast(values)`` returns answers for values[start:], of which it may see none.
    """
    other = values.copy()
    other[start:] = other[start:][::-1] + 1.0
    moved = np.abs(forecast(other) - forecast(values)).max()
    assert moved == 0, f"the answers move by {moved:.3g} with what they forecast"


def guard_mask(logits, tokens, n_tokens, *, at):
    """Change the tokens from place ``at`` on: the logits for it must stay the same.

    ``logits(tokens)`` returns (N, T, n_tokens), at each place the logits for its token.
    """
    other = tokens.copy()
    other[:, at:] = (other[:, at:] + 1) % n_tokens
    moved = np.abs(logits(other)[:, at] - logits(tokens)[:, at]).max()
    assert moved == 0, f"the logits for token {at} move by {moved:.3g} with the token"
