"""A small digit, a kernel of nine weights, and the map that it makes."""

from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np

from nb_lib import words
from nb_lib.numpy.convolution import conv2d

SIDE = 14
# A seven of MNIST (row 64 of the subset) at half its size, in ninths of full ink.
DIGIT = (
    "00000000000000",
    "00000000000000",
    "00000000000000",
    "00002433200000",
    "00002898984000",
    "00000100067000",
    "00000000283000",
    "00000001850000",
    "00000017600000",
    "00000076000000",
    "00001860000000",
    "00018500000000",
    "00075000000000",
    "00030000000000",
)
ACROSS = ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1))
DOWN = ((-1, -1, -1), (0, 0, 0), (1, 1, 1))
KERNELS = {
    "mean": ((1, 1, 1), (1, 1, 1), (1, 1, 1)),
    "outline": ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1)),
    "copy": ((0, 0, 0), (0, 1, 0), (0, 0, 0)),
}
SCALES = {"mean": 9, "outline": 8, "copy": 1}  # so that no pixel is beyond ±1


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    image: np.ndarray  # (14, 14), ink in [0, 1]
    patch: np.ndarray  # (3, 3), the pixels below the kernel
    kernel: np.ndarray  # (3, 3)
    map: np.ndarray  # (14, 14)
    late: np.ndarray  # (14, 14), shifted after the kernel minus shifted before it
    row: int
    column: int
    shift: int


def compute(kernel, angle, row, column, shift, edges):
    """Shift the digit, slide the kernel, and do both the other way round."""
    w = weights(kernel, angle)
    image = np.array([[int(c) for c in line] for line in DIGIT]) / 9
    moved = shifted(image, shift)
    result = mapped(moved, w, edges)
    around = np.zeros((SIDE + 2, SIDE + 2))
    around[1:-1, 1:-1] = moved
    if edges == "circular":
        wrapped = np.concatenate([moved[-1:], moved, moved[:1]])
        around = np.concatenate([wrapped[:, -1:], wrapped, wrapped[:, :1]], axis=1)
    return Frame(
        image=moved,
        patch=around[row : row + 3, column : column + 3],
        kernel=w,
        map=result,
        late=shifted(mapped(image, w, edges), shift) - result,
        row=row,
        column=column,
        shift=shift,
    )


def weights(kernel, angle):
    """Give the nine weights (3, 3); only the edge can be turned."""
    if kernel != "edge":
        return np.array(KERNELS[kernel]) / SCALES[kernel]
    turn = angle * pi / 180
    turned = cos(turn) * np.array(ACROSS) + sin(turn) * np.array(DOWN)
    return turned / np.abs(turned).sum() * 2


def shifted(image, shift):
    """Move an image down and to the right; what leaves comes in on the other side."""
    return np.roll(np.roll(image, shift, axis=0), shift, axis=1)


def mapped(image, w, edges):
    """Slide the kernel over the image; the map (14, 14) is as large."""
    y = conv2d(
        image[None, None],
        w[None, None],
        np.zeros(1),
        stride=1,
        padding=1,
        padding_mode=edges,
    )
    return y[0, 0]


def describe(frame):
    """Say the pixel that is made, and what the order of shift and kernel changes."""
    value = words.minus(f"{(frame.patch * frame.kernel).sum():.2f}")
    start = (
        f"The nine products sum to {value}, which is the pixel in row "
        f"{frame.row} and column {frame.column} of the map, both counted from 0."
    )
    if not frame.shift:
        return start
    gap = float(np.abs(frame.late).max())
    far = "nowhere" if gap < 1e-9 else f"by up to {gap:.2f}"
    return (
        f"{start} Shifting the digit by {frame.shift} before or after the kernel "
        f"differs {far}."
    )
