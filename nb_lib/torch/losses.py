"""The losses of ``regression_losses`` and ``classification_losses``, by name.

Every loss is a mean over the batch, in nats where it is a logarithm; autograd knows
their gradients. A shape, a label or a setting that cannot be right is a ValueError, a
label that is no integer a TypeError.
"""

from nb_lib.torch.classification_losses import (
    binary_cross_entropy,
    cross_entropy,
    focal,
    hinge,
    kl_divergence,
)
from nb_lib.torch.regression_losses import (
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
__all__ = [*LOSSES, "LOSSES"]
