"""Train the small network that reads a reader's digit; write its weights in bytes.

It learns all 60,000 images of the full MNIST, each seen through a small random warp,
because a mouse is no pen. Each array of weights becomes whole numbers times a power of
two, so that a page can carry it: a code c stands for (c - 128) / 2**k.
"""

from itertools import islice
from pathlib import Path

import numpy as np

from nb_lib.data import load_mnist, minibatches
from nb_lib.data.augment import Warp, warped
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import descend
from nb_lib.sections.s09_16_mnist.reader import SIZES, WEIGHTS, read

TARGET = Path(__file__).parents[1] / "nb_lib/sections/s09_16_mnist" / WEIGHTS
EPOCHS, BATCH = 12, 64
WARP = Warp(shift=1.0, rotation=7.0, zoom=0.06, shear=0.06)


def trained(x, labels, *, rng):
    """Return the parameters of a network after EPOCHS, the rate falling to zero."""
    model = MLP(SIZES, rng=rng, dtype="float32")
    steps = -(-len(x) // BATCH)
    for epoch in range(EPOCHS):
        rate = 0.08 * (1 - epoch / EPOCHS) ** 1.5
        optimiser = SGD(model.params, lr=rate, momentum=0.9)
        seen = warped(x, WARP, rng=rng, groups=200)
        batches = minibatches(seen, labels, BATCH, rng=rng)
        for _ in islice(descend(model, cross_entropy, batches, optimiser), steps):
            pass
    return model.params


def coded(array):
    """Return an array as codes (uint8) and the power k: it is (codes - 128) / 2**k."""
    k = int(np.floor(np.log2(127 / np.abs(array).max())))
    return np.rint(array * 2.0**k).astype(int) + 128, k


def main():
    """Train, write, and print what the bytes read of the 10,000 test images."""
    (x, labels), (x_test, labels_test) = load_mnist()
    params = trained(x.astype("float32"), labels, rng=np.random.default_rng(9))
    pairs = [coded(array) for array in params.values()]
    powers = np.array([k for _, k in pairs])
    flat = np.concatenate([powers, *(array.ravel() for array, _ in pairs)])
    np.savez_compressed(TARGET, codes=flat.astype(np.uint8))
    right = read(x_test).argmax(axis=1) == labels_test
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes, {right.mean():.2%} right")


if __name__ == "__main__":
    main()
