"""Data sets and batches, NumPy only."""

from nb_lib.data.batches import batches, epochs, minibatches
from nb_lib.data.toys import blobs, circles, moons, sine, spirals, xor

__all__ = [
    "batches",
    "blobs",
    "circles",
    "epochs",
    "minibatches",
    "moons",
    "sine",
    "spirals",
    "xor",
]
