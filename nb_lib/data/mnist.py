"""MNIST: the full set where there is one, the shipped subset where there is none.

The full set is looked for in $NB_LIB_DATA, then in the user's cache. Every file is
checked against its sha256 before use (30 ms of the load), and no pickle is loaded.
Source: LeCun, Cortes & Burges (1998), "The MNIST database of handwritten digits".
"""

import hashlib
import io
import os
from pathlib import Path

import numpy as np

from nb_lib.data import idx

SUBSET = "mnist_5k.npz"
SUBSET_SHA256 = "95f362c4bba265181cdc7b3dd2075e640cfe4fdb58f88f2db01f1f270244bf9b"
SUBSET_TRAIN = 4000
SUBSET_FOLDERS = (
    Path(__file__).parent,  # an installed wheel
    Path(__file__).parents[2] / "data",  # a checkout
)


def load_mnist(*, download=False):
    """Return ``(x_train, y_train), (x_test, y_test)``, the full set or the subset.

    Shapes: x (N, 784) float64 in [0, 1], 0 is background; y (N,) int64, the digits.
    ``download=True`` fetches what the cache lacks, unless NB_LIB_DATA is set. Without
    the full set the subset is served, and one printed line says so. Errors, each with
    the name of the file and the way out: FileNotFoundError for an NB_LIB_DATA without
    the four files, ValueError for a damaged file, ConnectionError without a network,
    OSError for a full disk.
    """
    folder = mnist_folder(download=download)
    if folder is None:
        print(
            "No full MNIST in $NB_LIB_DATA or the cache: serving the shipped subset of "
            "5,000 images (load_mnist(download=True) fetches all 70,000)."
        )
        return mnist_subset()
    train_x, train_y, test_x, test_y = read_all(folder)
    return _examples(train_x, train_y), _examples(test_x, test_y)


def mnist_subset():
    """Return the shipped 4,000 and 1,000 images in the form of ``load_mnist``.

    Both parts are drawn from MNIST's training images, with equally many of each digit.
    """
    path = next((f / SUBSET for f in SUBSET_FOLDERS if (f / SUBSET).is_file()), None)
    content = path.read_bytes() if path else b""
    if hashlib.sha256(content).hexdigest() != SUBSET_SHA256:
        state = f"{path} is damaged" if path else f"{SUBSET} is missing"
        raise ValueError(
            f"{state}: install nb_lib again, or run scripts/make_mnist_5k.py"
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        images, labels = arrays["images"], arrays["labels"]
    train, test = slice(None, SUBSET_TRAIN), slice(SUBSET_TRAIN, None)
    return _examples(images[train], labels[train]), _examples(
        images[test], labels[test]
    )


def mnist_source():
    """Say what ``load_mnist()`` would serve, "full" or "subset", reading no file."""
    return "subset" if mnist_folder() is None else "full"


def mnist_folder(*, download=False):
    """Return the folder that holds the four files, or None; on request fetch them."""
    named = os.environ.get("NB_LIB_DATA")
    if named:
        return _complete(Path(named).expanduser().absolute())
    cache = cache_folder()
    if download:
        from nb_lib.data.fetch import fetch_mnist  # late: it costs 0.1 s

        fetch_mnist(cache)
    return None if _missing(cache) else cache


def cache_folder():
    """Return the folder where downloads are kept; it need not exist yet."""
    import pooch  # late: it costs 0.1 s

    return Path(pooch.os_cache("nb_lib"))


def _missing(folder):
    return [file.name for file in idx.FILES if idx.find(folder, file) is None]


def _complete(folder):
    """Return the folder that NB_LIB_DATA names if it holds all four files."""
    if not folder.is_dir():
        problem = "which is no directory"
    elif missing := _missing(folder):
        problem = f"which lacks {', '.join(missing)} (.gz or not)"
    else:
        return folder
    raise FileNotFoundError(
        f"NB_LIB_DATA names {folder}, {problem}: let it name a folder that holds "
        "the four MNIST files, or unset it"
    )


def read_all(folder):
    """Return the four checked arrays of the folder; errors as in ``load_mnist``."""
    return [_read(folder, wanted) for wanted in idx.FILES]


def _read(folder, wanted):
    """Read one file; refuse a damaged one, and keep none in the cache."""
    path = idx.find(folder, wanted)
    try:
        return idx.read(path, wanted)
    except ValueError as error:
        if os.environ.get("NB_LIB_DATA"):
            way_out = "replace it with an intact copy, or unset NB_LIB_DATA"
        else:
            path.unlink()
            way_out = "it is removed now, load_mnist(download=True) fetches it again"
        raise ValueError(f"{path} is damaged ({error}): {way_out}") from error


def _examples(images, labels):
    """Turn bytes into rows of floats in [0, 1] and whole-number labels."""
    return images.reshape(len(images), -1) / 255, labels.astype(np.int64)
