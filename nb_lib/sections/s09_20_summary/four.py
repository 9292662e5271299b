"""Four networks of the chapter for one loop: corners, digits twice, and letters."""

from itertools import repeat

import numpy as np

from nb_lib.data import minibatches
from nb_lib.numpy.convolution import ConvNet
from nb_lib.numpy.losses import binary_cross_entropy, cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.transformer import LanguageModel
from nb_lib.runs import small_digits

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
LETTERS, LENGTH = 8, 12  # of what the attention block reads


def xor(seed):
    """Return the net of 9.3, its loss and its four examples again and again."""
    net = MLP((2, 8, 1), rng=np.random.default_rng(seed))
    labels = np.array([[0], [1], [1], [0]])
    return net, binary_cross_entropy, repeat((CORNERS, labels))


def digits(seed, kind):
    """Return an MLP or a net of kernels, and batches of digits of 14 x 14 pixels."""
    weights, order = np.random.default_rng(seed).spawn(2)
    x, labels = small_digits.digits()
    if kind == "kernels":
        net, x = ConvNet((1, 8, 16), 10, rng=weights), x.reshape(-1, 1, 14, 14)
    else:
        net = MLP((196, 128, 64, 10), rng=weights)
    return net, cross_entropy, minibatches(x, labels, 64, rng=order)


def letters(seed):
    """Return a block of attention whose task is to name the letter before the last.

    The targets of a sequence are its tokens one place later: what stood there before.
    """
    weights, order = np.random.default_rng(seed).spawn(2)
    net = LanguageModel(
        LETTERS, context=LENGTH, features=16, heads=2, blocks=1, rng=weights
    )
    return net, cross_entropy, words(order)


def words(rng):
    """Draw sequences for ever, each letter at random, and ask for the one before."""
    while True:
        tokens = rng.integers(0, LETTERS, (32, LENGTH))
        before = np.roll(tokens, 1, axis=1)
        before[:, 0] = tokens[:, 0]  # nothing stands before the first
        yield tokens, before.reshape(-1)


def four(seed=9):
    """Return the four as name -> (model, loss, batches)."""
    return {
        "XOR net": xor(seed),
        "digits, MLP": digits(seed, "MLP"),
        "digits, kernels": digits(seed, "kernels"),
        "letters, attention": letters(seed),
    }
