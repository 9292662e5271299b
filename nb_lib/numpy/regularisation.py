"""Regularisation: ways to keep a network from learning its examples by heart.

Weight decay lives in the optimisers, label smoothing in ``losses.cross_entropy``, the
augmentation of images in ``nb_lib.data``; here is the rest.
"""

import numpy as np

from nb_lib.data._checks import generator, whole_number
from nb_lib.numpy._floats import floats
from nb_lib.numpy._settings import check_mixup, check_number


class Dropout:
    """Silence each number with probability p, and scale the others by 1 / (1 - p).

    y = m ⊙ x with m = 0 or 1 / (1 - p), so that the mean of y is x; while ``training``
    is False, y = x. Shapes: x and y alike, any. A p outside [0, 1) is a ValueError.

    Source: Nitish Srivastava et al. (2014), scaled in training ("inverted").
    """

    def __init__(self, p, *, rng):
        check_number("Dropout", "p", p, 0, below=1)
        self.p, self.rng, self.training = p, generator(rng), True
        self.params, self.grads = {}, {}

    def forward(self, x):
        """Map x to y, with a new mask at each call."""
        x = floats(x)
        self.mask = (
            mask(x.shape, self.p, rng=self.rng) if self.training else np.ones(())
        )
        self.mask = self.mask.astype(x.dtype)
        return x * self.mask

    def backward(self, dy):
        """Take dy = dL/dy, return dL/dx = m ⊙ dy, with the mask of ``forward``."""
        return dy * self.mask


def mask(shape, p, *, rng):
    """Draw numbers that are 0 with probability p and else 1 / (1 - p)."""
    return (generator(rng).random(shape) >= p) / (1 - p)


def mixup(x, targets, *, alpha, rng):
    """Mix each example with another: κ x_i + (1 - κ) x_j, and the targets alike.

    One κ ~ Beta(alpha, alpha) for the batch, one partner j for each row i. Shapes:
    x (N, ...), targets (N, K) as shares such as one-hot rows, the results as they. An
    alpha that is not above 0 and batches without rows are a ValueError.

    Source: Hongyi Zhang et al. (2018), equation 2.
    """
    check_mixup(x, targets, alpha)
    share, partner = generator(rng).beta(alpha, alpha), rng.permutation(len(x))
    pairs = ((floats(a), floats(a[partner])) for a in (x, targets))
    return tuple(share * a + (1 - share) * b for a, b in pairs)


class Patience:
    """Ask after each epoch whether it is time to stop.

    ``is_over(loss)`` is True when ``patience`` epochs in a row have brought no loss
    below the best so far; ``best`` is that loss and ``epoch`` the epoch, from 1, in
    which it came, 0 before the first. A loss of NaN is never the best.
    """

    def __init__(self, patience):
        whole_number(patience, "patience")
        self.patience, self.best, self.epoch, self.count = patience, np.inf, 0, 0

    def is_over(self, loss):
        """Take the validation loss of one epoch."""
        self.count += 1
        if loss < self.best:
            self.best, self.epoch = float(loss), self.count
        return self.count - self.epoch >= self.patience
