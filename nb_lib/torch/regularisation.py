"""Regularisation: ways to keep a network from learning its examples by heart.

The masks and partners come from a NumPy generator, so that both twins draw the same. In
one's own work: ``torch.nn.Dropout``, and ``torchvision.transforms.v2.MixUp``.
"""

import torch
from torch import nn

from nb_lib.data._checks import generator
from nb_lib.numpy import regularisation
from nb_lib.numpy._settings import check_mixup, check_number
from nb_lib.numpy.regularisation import Patience
from nb_lib.torch._floats import floats

__all__ = ["Dropout", "Patience", "mask", "mixup"]


class Dropout(nn.Module):
    """Silence each number with probability p, and scale the others by 1 / (1 - p).

    y = m ⊙ x with m = 0 or 1 / (1 - p), so that the mean of y is x; while ``training``
    is False, y = x. Shapes: x and y alike, any. A p outside [0, 1) is a ValueError.

    Source: Nitish Srivastava et al. (2014), scaled in training ("inverted").
    """

    def __init__(self, p, *, rng):
        super().__init__()
        check_number("Dropout", "p", p, 0, below=1)
        self.p, self.rng = p, generator(rng)

    def forward(self, x):
        """Map x to y, with a new mask at each call."""
        x = floats(x)
        if not self.training:
            return x
        return x * mask(x.shape, self.p, rng=self.rng).to(x)


def mask(shape, p, *, rng):
    """Draw numbers that are 0 with probability p and else 1 / (1 - p)."""
    return torch.from_numpy(regularisation.mask(tuple(shape), p, rng=rng))


def mixup(x, targets, *, alpha, rng):
    """Mix each example with another: κ x_i + (1 - κ) x_j, and the targets alike.

    One κ ~ Beta(alpha, alpha) for the batch, one partner j for each row i. Shapes:
    x (N, ...), targets (N, K) as shares such as one-hot rows, the results as they. An
    alpha that is not above 0 and batches without rows are a ValueError.

    Source: Hongyi Zhang et al. (2018), equation 2.
    """
    check_mixup(x, targets, alpha)
    share = generator(rng).beta(alpha, alpha)
    partner = torch.from_numpy(rng.permutation(len(x)))
    pairs = ((floats(a), floats(a[partner])) for a in (x, targets))
    return tuple(share * a + (1 - share) * b for a, b in pairs)
