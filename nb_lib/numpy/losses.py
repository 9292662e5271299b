"""The losses of ``regression_losses`` and ``classification_losses``, by name.

Every loss is a mean over the batch, in nats where it is a logarithm; ``d_`` + name is
its gradient by the first argument. A shape, a label or a setting that cannot be right
is a ValueError, a label that is no integer a TypeError.
"""

import functools

from nb_lib.numpy.classification_losses import (
    binary_cross_entropy,
    cross_entropy,
    cross_entropy_and_gradient,
    d_binary_cross_entropy,
    d_cross_entropy,
    d_focal,
    d_hinge,
    d_kl_divergence,
    focal,
    hinge,
    kl_divergence,
)
from nb_lib.numpy.regression_losses import (
    d_huber,
    d_mae,
    d_mse,
    d_pinball,
    huber,
    mae,
    mse,
    pinball,
)

LOSSES = {
    "mse": mse,
    "mae": mae,
    "huber": huber,
    "pinball": pinball,
    "hinge": hinge,
    "focal": focal,
    "kl_divergence": kl_divergence,
    "binary_cross_entropy": binary_cross_entropy,
    "cross_entropy": cross_entropy,
}
_DERIVATIVES = {
    mse: d_mse,
    mae: d_mae,
    huber: d_huber,
    pinball: d_pinball,
    hinge: d_hinge,
    focal: d_focal,
    kl_divergence: d_kl_divergence,
    binary_cross_entropy: d_binary_cross_entropy,
    cross_entropy: d_cross_entropy,
}
__all__ = [*LOSSES, *(f"d_{name}" for name in LOSSES), "LOSSES"]
__all__ += ["derivative", "value_and_gradient"]


def value_and_gradient(loss, predictions, targets):
    """L and dL/d(predictions) in one call, as each step of descent wants both.

    ``loss`` is one of ``LOSSES``, a ``functools.partial`` of one, or a function that
    returns the pair itself.
    """
    if loss is cross_entropy:
        return cross_entropy_and_gradient(predictions, targets)
    value = loss(predictions, targets)
    if isinstance(value, tuple):
        return value
    return value, derivative(loss)(predictions, targets)


def derivative(loss):
    """Map a loss, or a ``functools.partial`` of one, to its gradient function."""
    if isinstance(loss, functools.partial):
        gradient = derivative(loss.func)
        return functools.partial(gradient, *loss.args, **loss.keywords)
    if loss not in _DERIVATIVES:
        known = ", ".join(LOSSES)
        raise ValueError(
            f"no gradient known for {loss}: choose one of {known}, "
            "or return (loss, gradient) from your own"
        )
    return _DERIVATIVES[loss]
