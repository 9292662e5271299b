"""Losses of predicted numbers, and as ``d_`` + name their gradients by these.

Predictions y and targets t have one shape, n entries, over which each loss is the mean.
A square greater than the greatest number of the dtype is infinite, in float16 that of
an error of 256; the gradients stay exact.
"""

import numpy as np

from nb_lib.numpy._checks import check_same_shape
from nb_lib.numpy._floats import in_floats, setting
from nb_lib.numpy._settings import check_number


def mse(predictions, targets):
    """Mean squared error, mean (y - t)²; the mean of the targets minimises it.

    Half of it is -log of a Gaussian density of the errors, but for a constant.
    """
    predictions, targets = in_floats(predictions, targets)
    check_same_shape("mse", predictions, targets)
    return np.mean((predictions - targets) ** 2)


def d_mse(predictions, targets):
    """dL/dy = 2 (y - t) / n, n the number of entries."""
    predictions, targets = in_floats(predictions, targets)
    check_same_shape("mse", predictions, targets)
    return (predictions - targets) * (2 / predictions.size)


def mae(predictions, targets):
    """Mean absolute error, mean |y - t|; the median of the targets minimises it.

    It is -log of a Laplace density of the errors, but for a constant.
    """
    predictions, targets = in_floats(predictions, targets)
    check_same_shape("mae", predictions, targets)
    return np.mean(np.abs(predictions - targets))


def d_mae(predictions, targets):
    """dL/dy = sign(y - t) / n; 0 where y = t."""
    predictions, targets = in_floats(predictions, targets)
    check_same_shape("mae", predictions, targets)
    return np.sign(predictions - targets) / predictions.size


def huber(predictions, targets, *, delta=1.0):
    """Mean of e² / 2 for errors e = y - t up to ±δ, of δ (abs(e) - δ / 2) beyond.

    It is -log of a density that is Gaussian up to ±δ and Laplacian beyond.

    Source: Peter Huber (1964), section 1.
    """
    predictions, targets = in_floats(predictions, targets)
    delta = setting(delta)
    check_same_shape("huber", predictions, targets)
    check_number("huber", "delta", delta, 0)
    e = np.abs(predictions - targets)
    small = np.minimum(e, delta)
    return np.mean(small * (e - small / 2))


def d_huber(predictions, targets, *, delta=1.0):
    """dL/dy = e / n, clipped at ±δ / n."""
    predictions, targets = in_floats(predictions, targets)
    delta = setting(delta)
    check_same_shape("huber", predictions, targets)
    check_number("huber", "delta", delta, 0)
    return np.clip(predictions - targets, -delta, delta) / predictions.size


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
    return np.mean(np.maximum(quantile * e, (quantile - 1) * e))


def d_pinball(predictions, targets, *, quantile=0.5):
    """dL/dy = -q / n for targets above y, (1 - q) / n for those below; 0 at y = t."""
    predictions, targets = in_floats(predictions, targets)
    quantile = setting(quantile)
    check_same_shape("pinball", predictions, targets)
    check_number("pinball", "quantile", quantile, 0, 1)
    e = targets - predictions
    below = np.where(e < 0, 1 - quantile, e)  # what is left of e there is 0, or NaN
    return np.where(e > 0, -quantile, below).astype(e.dtype) / e.size
