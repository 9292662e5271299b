"""Any data set in MNIST's file format: Fashion-MNIST, KMNIST, or one's own."""

import os
from pathlib import Path

from nb_lib.data import idx
from nb_lib.data.mnist import examples, lacks


def read_images(folder):
    """Return ``(x_train, y_train), (x_test, y_test)`` of the four files in the folder.

    The files have the names of MNIST's, from train-images-idx3-ubyte to
    t10k-labels-idx1-ubyte, and may be packed as .gz. The images may have any size and
    the labels any number of classes. Shapes: x (N, H * W) float64 in [0, 1], y (N,)
    int64. Errors, each with the name of the file and the way out: FileNotFoundError for
    a file that is missing, PermissionError for one that may not be read, ValueError for
    one that is damaged or does not fit the others, TypeError for no path at all.
    """
    if not isinstance(folder, (str, os.PathLike)):
        got = type(folder).__name__
        raise TypeError(f"read_images wants a folder as a str or a Path, got {got}")
    folder = Path(folder).expanduser().absolute()
    paths = _paths(folder)
    arrays = [
        _read(path, len(f.shape)) for path, f in zip(paths, idx.FILES, strict=True)
    ]
    _check_fit(paths, arrays)
    train_x, train_y, test_x, test_y = arrays
    return examples(train_x, train_y), examples(test_x, test_y)


def _paths(folder):
    """Find the four files, or say which are missing."""
    try:
        problem = lacks(folder)
    except OSError as error:
        raise type(error)(
            f"{folder} may not be read ({idx.explain(error, folder)}): mend its rights"
        ) from error
    if problem:
        raise FileNotFoundError(
            f"read_images was given {folder}, {problem}: "
            "name a folder that holds four files in MNIST's format"
        )
    return [idx.find(folder, wanted) for wanted in idx.FILES]


def _read(path, dimensions):
    """Read one file of images or labels."""
    try:
        return idx.read_any(path, dimensions)
    except ValueError as error:
        raise ValueError(
            f"{path} is damaged or in another format ({error}): "
            "replace it with an intact copy"
        ) from error
    except OSError as error:
        raise type(error)(
            f"{path} may not be read ({error.strerror or error}): mend its rights"
        ) from error


def _check_fit(paths, arrays):
    """Want a label for each image, test images like those of training, known labels."""
    train_x, train_y, test_x, test_y = arrays
    for images, labels, path in ((train_x, train_y, paths[1]),
                                 (test_x, test_y, paths[3])):  # fmt: skip
        if len(labels) != len(images):
            raise ValueError(
                f"{path} holds {len(labels):,} labels for {len(images):,} images: "
                "take images and labels from one data set"
            )
    if test_x.shape[1:] != train_x.shape[1:]:
        raise ValueError(
            f"{paths[2]} holds images of shape {test_x.shape[1:]}, those of training "
            f"have {train_x.shape[1:]}: take both from one data set"
        )
    if test_y.max() > train_y.max():
        raise ValueError(
            f"{paths[3]} holds labels up to {test_y.max()}, those of training end at "
            f"{train_y.max()}: take both from one data set"
        )
