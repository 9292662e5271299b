"""From ink on a pad to an image such as MNIST's: scaled, smoothed, centred by mass.

MNIST's makers scaled each digit into a box of 20 x 20 pixels, which gave it grey
edges, and moved it so that its centre of mass lies on the middle of 28 x 28.

Source: LeCun, Cortes & Burges (1998), "The MNIST database of handwritten digits".
"""

import numpy as np

SIDE, BOX = 28, 20  # pixels: the image, and the longer side of the digit in it
MIDDLE = SIDE // 2  # the pixel that holds the centre of mass
FAINT = 0.05  # ink below this does not stretch the box


def mnist_image(ink):
    """Return ink (H, W) in [0, 1] as an image (28, 28) in [0, 1]; no ink gives zeros.

    Errors: ValueError for what is no matrix of finite numbers from 0 to 1.
    """
    ink = np.asarray(ink, float)
    if ink.ndim != 2:
        raise ValueError(f"mnist_image wants ink of shape (H, W), got {ink.shape}")
    if not np.all((ink >= 0) & (ink <= 1)):
        raise ValueError(
            "mnist_image wants ink from 0 to 1, "
            f"got numbers from {ink.min():g} to {ink.max():g}"
        )
    digit = cropped(ink)
    return np.zeros((SIDE, SIDE)) if digit.size == 0 else centred(scaled(digit))


def cropped(ink):
    """Return the smallest box that holds all ink; it is empty where there is none."""
    rows = np.flatnonzero((ink > FAINT).any(axis=1))
    columns = np.flatnonzero((ink > FAINT).any(axis=0))
    if len(rows) == 0:
        return ink[:0, :0]
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def scaled(digit):
    """Bring the longer side to 20 pixels and keep the proportions."""
    longer = max(digit.shape)
    height, width = (max(1, round(BOX * side / longer)) for side in digit.shape)
    down, across = shares(digit.shape[0], height), shares(digit.shape[1], width)
    return down @ digit @ across.T


def shares(n_old, n_new):
    """Return (n_new, n_old): how much of each old pixel each new one averages.

    A new pixel covers n_old / n_new old ones, the outermost of them in part; its
    row of shares sums to 1.
    """
    edges = np.linspace(0, n_old, n_new + 1)
    old = np.arange(n_old)
    left = np.maximum(edges[:-1, None], old)
    right = np.minimum(edges[1:, None], old + 1)
    return np.maximum(right - left, 0) * (n_new / n_old)


def centred(digit):
    """Place the digit in 28 x 28, its centre of mass on pixel (14, 14), to a pixel.

    A centre of mass near the edge of the digit moves it up to the border, not over.
    """
    mass = digit.sum()
    image = np.zeros((SIDE, SIDE))
    corner = []
    for axis, size in enumerate(digit.shape):
        centre = np.arange(size) @ digit.sum(axis=1 - axis) / mass
        corner.append(int(np.clip(round(MIDDLE - centre), 0, SIDE - size)))
    top, left = corner
    image[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return image
