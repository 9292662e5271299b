"""The small network that reads a reader's digit: trained beforehand, kept in bytes.

``scripts/make_digit_net.py`` trained it on the full MNIST and wrote the file.
"""

from functools import cache
from pathlib import Path

import numpy as np

from nb_lib.data.asset import asset
from nb_lib.numpy.activations import relu, softmax

WEIGHTS = "digit_net.npz"
SIZES = (784, 64, 32, 10)
ZERO = 128  # the code of a weight of 0


def read(x):
    """Return the probabilities (N, 10) of the digits on images x (N, 784) in [0, 1]."""
    (*hidden, last) = layers()
    for w, b in hidden:
        x = relu(x @ w + b)
    w, b = last
    return softmax(x @ w + b)


@cache
def layers():
    """Return (w, b) of every layer: each array is (codes - 128) / 2**k, k its power."""
    flat = codes().astype("float64")
    n_arrays = 2 * (len(SIZES) - 1)
    powers, at, pairs = flat[:n_arrays], n_arrays, []
    for layer in range(len(SIZES) - 1):
        fan_in, fan_out = SIZES[layer], SIZES[layer + 1]
        end = at + fan_in * fan_out
        w = (flat[at:end].reshape(fan_in, fan_out) - ZERO) / 2 ** powers[2 * layer]
        at = end + fan_out
        b = (flat[end:at] - ZERO) / 2 ** powers[2 * layer + 1]
        pairs.append((w, b))
    return pairs


@asset
def codes():
    """Return the powers of all arrays, then the codes of their numbers, in one row."""
    with np.load(Path(__file__).with_name(WEIGHTS)) as file:
        return file["codes"]
