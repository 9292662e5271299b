"""The digits that explorers train on: small, shipped with the book, read once."""

from functools import cache

import numpy as np

from nb_lib.data import mnist_subset
from nb_lib.data.asset import asset

SHADES = 31  # steps from black to white: as many as 200 kB of a page hold


@cache
def digits():
    """Return 4,000 digits of 14 x 14 pixels, mean 0 and variance 1 over all pixels."""
    pixels, labels = quarters()
    return standardised(pixels), labels


@cache
def shaded_digits():
    """Return the same digits in 32 shades of grey, few enough for a page to carry."""
    return standardised(shades().astype("float64")), labels_of_shades().astype("int64")


@asset
def shades():
    """Return 4,000 digits (4000, 196), each pixel 0 to 31."""
    return np.rint(quarters()[0] * SHADES).astype(np.uint8)


@asset
def labels_of_shades():
    """Return what the 4,000 digits are (4000,)."""
    return quarters()[1].astype(np.uint8)


@cache
def quarters():
    """Return the means of 2 x 2 pixels (4000, 196), 0 to 1, and the labels (4000,)."""
    (x, labels), _ = mnist_subset()
    return x.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196), labels


def standardised(x):
    """Give all pixels together the mean 0 and the variance 1; float32."""
    return ((x - x.mean()) / x.std()).astype("float32")
