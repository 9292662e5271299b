"""Losses of predicted classes with tensor operations; autograd knows their gradients.

All take logits, never probabilities: only from logits are they exact and finite however
sure the model is. Those that are logarithms are counted in nats.

In practice: ``torch.nn.functional``, where they are called ``kl_div``,
``binary_cross_entropy_with_logits`` and ``cross_entropy``.
"""

import torch

from nb_lib.numpy._checks import (
    check_between,
    check_distributions,
    check_labels,
    check_plus_or_minus,
    check_rows_of_classes,
    check_same_shape,
)
from nb_lib.numpy._settings import check_number
from nb_lib.torch._floats import in_floats
from nb_lib.torch.activations import log_softmax, softplus


def hinge(scores, targets):
    """Mean hinge loss max(0, 1 - t s), targets t = ±1, scores s of the same shape.

    Source: Corinna Cortes and Vladimir Vapnik (1995).
    """
    scores, targets = in_floats(scores, targets)
    check_same_shape("hinge", scores, targets)
    check_plus_or_minus("hinge", targets)
    return torch.mean(torch.relu(1 - targets * scores))


def binary_cross_entropy(logits, targets):
    """Mean of -t log σ(z) - (1 - t) log(1 - σ(z)), in nats.

    Shapes: logits z and targets t in [0, 1] alike.
    """
    logits, targets = in_floats(logits, targets)
    _check_shares("binary_cross_entropy", logits, targets)
    on, off = softplus(-logits), softplus(logits)  # -log σ(z), -log(1 - σ(z))
    return torch.mean(targets * on + (1 - targets) * off)


def cross_entropy(logits, labels, *, label_smoothing=0.0):
    """Mean cross-entropy -Σ_c y_c log p_c of p = softmax(logits), in nats.

    y puts 1 - s on the label and spreads s = ``label_smoothing`` over all C classes.
    Shapes: logits (N, C), labels (N,) of integers.

    Source of the smoothing: Christian Szegedy et al. (2016), section 7.
    """
    check_labels("cross_entropy", logits, labels)
    check_number("cross_entropy", "label_smoothing", label_smoothing, 0, 1)
    log_p, s = log_softmax(logits), float(label_smoothing)
    at_label = _at(log_p, labels).mean()
    return -at_label if s == 0 else -((1 - s) * at_label + s * log_p.mean())


def focal(logits, labels, *, gamma=2.0):
    """Mean of -(1 - p)^γ log p, p the probability of the label, in nats.

    What is learnt already (p near 1) hardly counts; γ = 0 is ``cross_entropy``.
    Shapes: logits (N, C), labels (N,) of integers.

    Source: Tsung-Yi Lin et al. (2017), equation 4, written for C classes.
    """
    check_labels("focal", logits, labels)
    check_number("focal", "gamma", gamma, 0)
    log_p = _at(log_softmax(logits), labels)
    miss = (-torch.expm1(log_p)).clamp(min=torch.finfo(log_p.dtype).tiny)
    return -torch.mean(miss ** float(gamma) * log_p)


def kl_divergence(logits, targets):
    """Mean over the batch of KL(t ‖ p) = Σ_c t_c log(t_c / p_c), in nats.

    Shapes: logits and targets (N, C); p = softmax(logits), rows of t sum to 1. A logit
    of -∞ rules its class out, which costs nothing where t = 0; one of +∞ gives NaN.

    Source: Solomon Kullback and Richard Leibler (1951), equation 2.4.
    """
    logits, targets = in_floats(logits, targets)
    _check_shares("kl_divergence", logits, targets)
    check_rows_of_classes("kl_divergence", logits)
    check_distributions("kl_divergence", targets)
    log_p = torch.where(targets > 0, log_softmax(logits), 0)  # p may be 0 where t is
    parts = torch.xlogy(targets, targets) - targets * log_p
    return parts.sum(dim=-1).mean()


def _at(log_p, labels):
    """Pick from each row the entry of its label."""
    return log_p.gather(1, labels.long()[:, None])[:, 0]


def _check_shares(name, logits, targets):
    check_same_shape(name, logits, targets)
    check_between(name, "targets", targets, 0, 1)
