"""MNIST: the full set where there is one, the shipped subset where there is none.

The full set is looked for in $NB_LIB_DATA, then in the user's cache. Every file is
checked against its sha256 before use (30 ms of the load), and no pickle is loaded.
Source: LeCun, Cortes & Burges (1998), "The MNIST database of handwritten digits".
"""

import hashlib
import io
import os
import stat
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
    the four files, ValueError for a damaged file and for another data set (which
    ``read_images`` reads), PermissionError for an NB_LIB_DATA that may not be read,
    ConnectionError without a network, OSError for a full disk.
    """
    folder = mnist_folder(download=download)
    if folder is None:
        problem = _problem(cache_folder())
        why = f", {problem}" if problem and "may not be read" in problem else ""
        print(
            f"No full MNIST in $NB_LIB_DATA or the cache{why}: serving the shipped "
            "subset of 5,000 images (load_mnist(download=True) fetches all 70,000)."
        )
        return mnist_subset()
    train_x, train_y, test_x, test_y = read_all(folder)
    return examples(train_x, train_y), examples(test_x, test_y)


def mnist_subset():
    """Return the shipped 4,000 and 1,000 images in the form of ``load_mnist``.

    Both parts are drawn from MNIST's training images, with equally many of each digit.
    """
    paths = [folder / SUBSET for folder in SUBSET_FOLDERS]
    try:
        path = next((p for p in paths if idx.is_there(p, stat.S_ISREG)), None)
        content = path.read_bytes() if path else b""
    except OSError as error:
        raise type(error)(
            f"the shipped subset may not be read ({idx.explain(error, SUBSET)}): "
            "mend its rights, or install nb_lib again"
        ) from error
    if hashlib.sha256(content).hexdigest() != SUBSET_SHA256:
        state = f"{path} is damaged" if path else f"{SUBSET} is missing"
        raise ValueError(
            f"{state}: install nb_lib again, or run scripts/make_mnist_5k.py"
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        images, labels = arrays["images"], arrays["labels"]
    train, test = slice(None, SUBSET_TRAIN), slice(SUBSET_TRAIN, None)
    return examples(images[train], labels[train]), examples(images[test], labels[test])


def mnist_source():
    """Say what ``load_mnist()`` would serve, "full" or "subset", reading no content."""
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
    return None if _problem(cache) else cache


def cache_folder():
    """Return the folder where downloads are kept; it need not exist yet."""
    import pooch  # late: it costs 0.1 s

    return Path(pooch.os_cache("nb_lib"))


def _problem(folder):
    """Say why the four files of the folder are no use, or None if all can be opened."""
    try:
        return lacks(folder) or _open_all(folder)
    except OSError as error:
        return f"which may not be read: {idx.explain(error, folder)}"


def lacks(folder):
    """Say which of the four files the folder lacks, or None."""
    if not idx.is_there(folder, stat.S_ISDIR):
        return "which is no directory"
    names = [file.name for file in idx.FILES if idx.find(folder, file) is None]
    return f"which lacks {', '.join(names)} (.gz or not)" if names else None


def _open_all(folder):
    """Open each file, as nothing else shows on every system whether it may be read."""
    for wanted in idx.FILES:
        idx.find(folder, wanted).open("rb").close()


def _complete(folder):
    """Return the folder that NB_LIB_DATA names if it holds all four files."""
    problem = _problem(folder)
    if problem is None:
        return folder
    kind = PermissionError if "may not be read" in problem else FileNotFoundError
    raise kind(
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
        state, way_out = "damaged", ""
        if _is_idx(path, wanted):  # Fashion-MNIST, say, has MNIST's sizes too
            state = "a valid file in MNIST's format, but not MNIST"
            way_out = "read another data set with read_images(folder); "
        way_out += _way_out(path)
        raise ValueError(f"{path} is {state} ({error}): {way_out}") from error
    except OSError as error:
        raise type(error)(
            f"{path} could not be read ({error.strerror or error}): mend it, "
            "or use the shipped subset, mnist_subset()"
        ) from error


def _is_idx(path, wanted):
    """Tell a file of another data set from a damaged one."""
    try:
        idx.read_any(path, len(wanted.shape))
    except ValueError:
        return False
    return True


def _way_out(path):
    """Say what to do about a file that is of no use; remove it from the cache."""
    if os.environ.get("NB_LIB_DATA"):
        return "replace it with an intact copy, or unset NB_LIB_DATA"
    try:
        path.unlink()
    except OSError:  # of a cache that may only be read
        return "remove it, then load_mnist(download=True) fetches it again"
    return "it is removed now, load_mnist(download=True) fetches it again"


def examples(images, labels):
    """Turn bytes into rows of floats in [0, 1] and whole-number labels."""
    shades = np.arange(256) / 255  # to look them up is far faster than to divide
    return shades[images.reshape(len(images), -1)], labels.astype(np.int64)
