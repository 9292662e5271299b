"""Targets that are shares of classes, and the loss that takes them."""

import numpy as np

from nb_lib.numpy.activations import log_softmax, softmax


def soft(labels, classes, smoothing=0.0):
    """Give the label 1 - s and spread s over all classes: (N,) to (N, classes)."""
    hard = np.eye(classes, dtype="float32")[labels]
    return (1 - smoothing) * hard + np.float32(smoothing / classes)


def soft_cross_entropy(logits, targets):
    """Mean of -Σ_c t_c log p_c in nats, and its gradient (p - t) / N.

    Shapes: logits and targets (N, C), rows of targets sum to 1.
    """
    loss = -(targets * log_softmax(logits)).sum(axis=1).mean()
    gradient = (softmax(logits) - targets) / len(logits)
    return loss, gradient.astype(logits.dtype)


def reliability(probs, labels, edges):
    """Sort answers by how sure they are; return (confidence, share right, count).

    One entry for each bin between two ``edges``, NaN where a bin is empty.
    Shapes: probs (N, C), labels (N,), edges (B + 1,), results (B,).
    """
    sure, right = probs.max(axis=1), probs.argmax(axis=1) == labels
    place = np.clip(np.searchsorted(edges, sure, side="right") - 1, 0, len(edges) - 2)
    found = np.full((3, len(edges) - 1), np.nan)
    for index in range(len(edges) - 1):
        is_in = place == index
        found[2, index] = is_in.sum()
        if is_in.any():
            found[:2, index] = sure[is_in].mean(), right[is_in].mean()
    return found
