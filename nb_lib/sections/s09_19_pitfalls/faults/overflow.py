"""NaN losses: the logarithm of 0, and exp past 88.7 in float32."""

import numpy as np


def cross_entropy(logits, labels, *, is_faulty):
    """Return the mean of -log p[label], as the formula says or in the stable form."""
    if not is_faulty:
        logits = logits - logits.max(axis=1, keepdims=True)  # the repair
        log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return -np.mean(log_p[np.arange(len(labels)), labels])
    with np.errstate(all="ignore"):
        p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        return -np.mean(np.log(p)[np.arange(len(labels)), labels])


def greatest_exponent():
    """Return the greatest float32 whose exp is still finite in float32."""
    low, high = np.float32(80), np.float32(100)
    with np.errstate(over="ignore"):
        while np.nextafter(low, high) < high:
            middle = (low + high) / np.float32(2)
            is_finite = np.isfinite(np.exp(middle))
            low, high = (middle, high) if is_finite else (low, middle)
    return low
