"""Losses of predicted numbers with tensor operations; autograd knows their gradients.

Predictions y and targets t have one shape, n entries, over which each loss is the mean.
A square greater than the greatest number of the dtype is infinite, in float16 that of
an error of 256; the gradients stay exact.

In practice: ``torch.nn.functional``, where they are called ``mse_loss``, ``l1_loss``
and ``huber_loss``; the pinball loss has to be written.
"""

import torch

from nb_lib.numpy._checks import check_same_shape
from nb_lib.numpy._settings import check_number
from nb_lib.torch._floats import in_floats, setting


def mse(predictions, targets):
    """Mean squared error, mean (y - t)²; the mean of the targets minimises it.

    Half of it is -log of a Gaussian density of the errors, but for a constant.
    """
    predictions, targets = in_floats(predictions, targets)
    check_same_shape("mse", predictions, targets)
    return torch.mean((predictions - targets) ** 2)


def mae(predictions, targets):
    """Mean absolute error, mean |y - t|; the median of the targets minimises it.

    It is -log of a Laplace density of the errors, but for a constant.
    """
    predictions, targets = in_floats(predictions, targets)
    check_same_shape("mae", predictions, targets)
    return torch.mean(torch.abs(predictions - targets))


def huber(predictions, targets, *, delta=1.0):
    """Mean of e² / 2 for errors e = y - t up to ±δ, of δ (abs(e) - δ / 2) beyond.

    It is -log of a density that is Gaussian up to ±δ and Laplacian beyond.

    Source: Peter Huber (1964), section 1.
    """
    predictions, targets = in_floats(predictions, targets)
    delta = setting(delta)
    check_same_shape("huber", predictions, targets)
    check_number("huber", "delta", delta, 0)
    e = torch.abs(predictions - targets)
    small = e.clamp(max=delta)
    return torch.mean(small * (e - small / 2))


def pinball(predictions, targets, *, quantile=0.5):
    """Mean of q e for targets above y (e = t - y > 0), of (q - 1) e for those below.

    The q-quantile of the targets minimises it; at q = 1/2 it is half of ``mae``.

    Source: Roger Koenker and Gilbert Bassett (1978), section 2.
    """
    predictions, targets = in_floats(predictions, targets)
    quantile = setting(quantile)
    check_same_shape("pinball", predictions, targets)
    check_number("pinball", "quantile", quantile, 0, 1)
    e = targets - predictions
    return torch.mean(quantile * torch.relu(e) + (1 - quantile) * torch.relu(-e))
