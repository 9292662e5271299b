"""Data sets and batches, NumPy only."""

from nb_lib.data.augment import Warp, warped
from nb_lib.data.batches import batches, epochs, minibatches
from nb_lib.data.images import read_images
from nb_lib.data.karate import karate_club
from nb_lib.data.margins import separable
from nb_lib.data.mnist import load_mnist, mnist_source, mnist_subset
from nb_lib.data.toys import blobs, circles, moons, sine, spirals, xor

__all__ = [
    "Warp",
    "batches",
    "blobs",
    "circles",
    "epochs",
    "karate_club",
    "load_mnist",
    "minibatches",
    "mnist_source",
    "mnist_subset",
    "moons",
    "read_images",
    "separable",
    "sine",
    "spirals",
    "warped",
    "xor",
]
