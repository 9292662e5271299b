"""Data that a page can carry: small whole numbers, as few of them as will do.

The page has no files, so what an explorer computes with must travel with its program.
An asset is a function without parameters that returns bytes as an array. In Python it
is called once; for a page the array itself takes the function's place.
"""

import functools

import numpy as np


class Asset:
    """A function that returns a constant array of uint8, remembered and read-only."""

    def __init__(self, make):
        functools.update_wrapper(self, make)
        self.make, self.array = make, None

    def __call__(self):
        """Return the array; TypeError if the function made anything but uint8."""
        if self.array is None:
            array = self.make()
            if getattr(array, "dtype", None) != np.uint8:
                raise TypeError(f"{self.__name__}: an asset is an array of uint8")
            array.setflags(write=False)
            self.array = array
        return self.array


asset = Asset  # as a decorator


def octets_of(arrays):
    """Return the bytes of all numbers of some arrays as float32, one after another."""
    flat = np.concatenate([np.ravel(array) for array in arrays])
    return flat.astype("<f4").view(np.uint8)


def floats_of(octets):
    """Return the float32 that such bytes hold, by arithmetic, as pages have no views.

    What is too small for all digits of a float32 becomes 0.
    """
    bits = octets.reshape(-1, 4).astype("float64") @ 256.0 ** np.arange(4)
    power = np.floor(bits / 2**23) % 256
    size = (1 + bits % 2**23 / 2**23) * 2.0 ** (power - 127) * (power > 0)
    return np.where(bits < 2**31, size, -size).astype("float32")
