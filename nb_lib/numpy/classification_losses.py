"""Losses of predicted classes, and as ``d_`` + name their gradients by the logits.

All take logits, never probabilities: only from logits are they exact and silent however
sure the model is. Those that are logarithms are counted in nats.
"""

import numpy as np

from nb_lib.numpy._checks import (
    check_between,
    check_distributions,
    check_labels,
    check_plus_or_minus,
    check_rows_of_classes,
    check_same_shape,
)
from nb_lib.numpy._floats import floats, in_floats
from nb_lib.numpy._settings import check_number
from nb_lib.numpy.activations import log_softmax, sigmoid, softmax, softplus


def hinge(scores, targets):
    """Mean hinge loss max(0, 1 - t s), targets t = ±1, scores s of the same shape.

    Source: Corinna Cortes and Vladimir Vapnik (1995).
    """
    scores, targets = in_floats(scores, targets)
    _check_signs(scores, targets)
    return np.mean(np.maximum(1 - targets * scores, 0))


def d_hinge(scores, targets):
    """dL/ds = -t / n inside the margin (t s < 1), else 0; NaN of a NaN."""
    scores, targets = in_floats(scores, targets)
    _check_signs(scores, targets)
    return -targets * np.sign(np.maximum(1 - targets * scores, 0)) / scores.size


def binary_cross_entropy(logits, targets):
    """Mean of -t log σ(z) - (1 - t) log(1 - σ(z)), in nats.

    Shapes: logits z and targets t in [0, 1] alike.
    """
    logits, targets = in_floats(logits, targets)
    _check_shares("binary_cross_entropy", logits, targets)
    on, off = softplus(-logits), softplus(logits)  # -log σ(z), -log(1 - σ(z))
    return np.mean(targets * on + (1 - targets) * off)


def d_binary_cross_entropy(logits, targets):
    """dL/dz = (σ(z) - t) / n."""
    logits, targets = in_floats(logits, targets)
    _check_shares("binary_cross_entropy", logits, targets)
    return (sigmoid(logits) - targets) / logits.size


def cross_entropy(logits, labels, *, label_smoothing=0.0):
    """Mean cross-entropy -Σ_c y_c log p_c of p = softmax(logits), in nats.

    y puts 1 - s on the label and spreads s = ``label_smoothing`` over all C classes.
    Shapes: logits (N, C), labels (N,) of integers.

    Source of the smoothing: Christian Szegedy et al. (2016), section 7.
    """
    check_labels("cross_entropy", logits, labels)
    check_number("cross_entropy", "label_smoothing", label_smoothing, 0, 1)
    log_p, s = log_softmax(logits), float(label_smoothing)
    at_label = log_p[np.arange(len(labels)), labels].mean()
    return -at_label if s == 0 else -((1 - s) * at_label + s * log_p.mean())


def d_cross_entropy(logits, labels, *, label_smoothing=0.0):
    """dL/dlogits = (p - y) / N: rows that sum to 0."""
    check_labels("cross_entropy", logits, labels)
    check_number("cross_entropy", "label_smoothing", label_smoothing, 0, 1)
    dlogits, s = softmax(logits), float(label_smoothing)
    dlogits[np.arange(len(labels)), labels] -= 1 - s
    if s:
        dlogits -= s / logits.shape[1]
    dlogits /= len(labels)
    return dlogits


def focal(logits, labels, *, gamma=2.0):
    """Mean of -(1 - p)^γ log p, p the probability of the label, in nats.

    What is learnt already (p near 1) hardly counts; γ = 0 is ``cross_entropy``.
    Shapes: logits (N, C), labels (N,) of integers.

    Source: Tsung-Yi Lin et al. (2017), equation 4, written for C classes.
    """
    log_p, miss = _label_and_miss(logits, labels, gamma)
    return -np.mean(miss ** float(gamma) * log_p)


def d_focal(logits, labels, *, gamma=2.0):
    """dL/dlogits = ((1 - p)^γ - γ p (1 - p)^(γ-1) log p) (softmax - y) / N."""
    log_p, miss = _label_and_miss(logits, labels, gamma)
    gamma = float(gamma)
    scale = miss**gamma * (1 - gamma * np.exp(log_p) * log_p / miss)
    return scale[:, None] * d_cross_entropy(logits, labels)


def kl_divergence(logits, targets):
    """Mean over the batch of KL(t ‖ p) = Σ_c t_c log(t_c / p_c), in nats.

    Shapes: logits and targets (N, C); p = softmax(logits), rows of t sum to 1. A logit
    of -∞ rules its class out, which costs nothing where t = 0; one of +∞ gives NaN.

    Source: Solomon Kullback and Richard Leibler (1951), equation 2.4.
    """
    logits, targets = in_floats(logits, targets)
    _check_rows_of_shares(logits, targets)
    counts = targets > 0  # 0 log 0 = 0, and p may be 0 as well there
    log_t = np.log(np.where(counts, targets, 1))
    log_p = np.where(counts, log_softmax(logits), 0)
    return np.sum(targets * (log_t - log_p), axis=-1).mean()


def d_kl_divergence(logits, targets):
    """dL/dlogits = (p Σ_c t_c - t) / N."""
    logits, targets = in_floats(logits, targets)
    _check_rows_of_shares(logits, targets)
    total = targets.sum(axis=-1, keepdims=True)
    return (softmax(logits) * total - targets) / len(logits)


def cross_entropy_and_gradient(logits, labels):
    """Give both in one call: they share the exponentials, half the cost."""
    check_labels("cross_entropy", logits, labels)
    logits = floats(logits)
    rows = np.arange(len(labels))
    z = logits - logits.max(axis=-1, keepdims=True)
    p = np.exp(z)
    total = p.sum(axis=-1, keepdims=True)
    value = -(z[rows, labels] - np.log(total[:, 0])).mean()
    p /= total
    p[rows, labels] -= 1
    p /= len(labels)
    return value, p


def _check_signs(scores, targets):
    check_same_shape("hinge", scores, targets)
    check_plus_or_minus("hinge", targets)


def _check_shares(name, logits, targets):
    check_same_shape(name, logits, targets)
    check_between(name, "targets", targets, 0, 1)


def _check_rows_of_shares(logits, targets):
    _check_shares("kl_divergence", logits, targets)
    check_rows_of_classes("kl_divergence", logits)
    check_distributions("kl_divergence", targets)


def _label_and_miss(logits, labels, gamma):
    """Give log p and 1 - p of the label, the latter never exactly 0."""
    check_labels("focal", logits, labels)
    check_number("focal", "gamma", gamma, 0)
    log_p = log_softmax(logits)[np.arange(len(labels)), labels]
    return log_p, np.maximum(-np.expm1(log_p), np.finfo(log_p.dtype).tiny)
