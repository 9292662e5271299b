"""Augmentation: new training images from old ones, by moving their pixels a little.

An image is seen through a warp, which says for each new pixel between which four old
ones it X
Source: Patrice Simard, Dave Steinkraus and John Platt (2003), sections 2 and 3.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from nb_lib.data._checks import deviation, generator, whole_number


@dataclass(frozen=True)
class Warp:
    """How far random warps reach, as standard deviations.

    ``shift`` in pixels, ``rotation`` in degrees, ``zoom`` and ``shear`` as shares, and
    ``elastic`` in pixels: a random displacement of every pixel, smoothed over
    ``smooth`` pixels. A deviation that is negative or not finite is a ValueError.
    """

    shift: float = 0.0
    rotation: float = 0.0
    zoom: float = 0.0
    shear: float = 0.0
    elastic: float = 0.0
    smooth: float = 4.0

    def __post_init__(self):
        for reach in vars(self).values():
            deviation(reach)


def warped(images, warp, *, rng, groups=4):
    """Return images (N, side * side), each seen through one of ``groups`` warps.

    What lies outside the old image is 0. The result is new and has the dtype of the
    images; whole numbers become float32. Errors: ValueError where the images are not
    square or ``groups`` is below 1, TypeError for an rng that is no Generator.
    """
    side = _side(images)
    whole_number(groups, "groups")
    generator(rng)
    if images.dtype.kind != "f":
        images = images.astype("float32")
    size = -(-len(images) // groups)
    new = np.empty_like(images)
    for start in range(0, len(images), size):
        part = slice(start, start + size)
        new[part] = sample(images[part], *places(side, warp, rng=rng))
    return new


def places(side, warp, *, rng):
    """Draw one warp: rows and columns (side, side) where the new pixels look."""
    angle, zoom, shear, down, right = rng.normal(size=5) * (
        np.deg2rad(warp.rotation),
        warp.zoom,
        warp.shear,
        warp.shift,
        warp.shift,
    )
    rows, columns = affine(side, angle=angle, zoom=np.exp(zoom), shear=shear)
    bend = _smooth_field(side, warp.smooth, rng) if warp.elastic else (0.0, 0.0)
    return (
        rows + down + warp.elastic * bend[0],
        columns + right + warp.elastic * bend[1],
    )


def affine(side, *, angle, zoom=1.0, shear=0.0):
    """Turn by ``angle`` in radians about the middle, and scale and shear.

    Returns rows and columns (side, side) where the new pixels look.
    """
    middle = (side - 1) / 2
    x = np.arange(side) - middle
    y = x[:, None]
    x = x + shear * y
    cos, sin = zoom * np.cos(angle), zoom * np.sin(angle)
    return cos * y - sin * x + middle, sin * y + cos * x + middle


def _smooth_field(side, smooth, rng):
    """Draw two fields (2, side, side) of mean square 1, blurred with a bell."""
    bell = _bell(side, smooth)
    blurred = bell @ rng.normal(size=(2, side, side)) @ bell
    return blurred / np.sqrt((blurred * blurred).mean())


@cache
def _bell(side, smooth):
    """Give the shares (side, side) with which a pixel looks at its neighbours."""
    across = np.arange(side)
    return np.exp(-0.5 * ((across[:, None] - across) / max(smooth, 1e-3)) ** 2)


def sample(images, rows, columns):
    """Mix for each place the four pixels around it, nearer ones more (bilinear).

    Shapes: images (N, side * side), rows and columns (side, side), result as images.
    """
    places, shares = _corners(rows.ravel(), columns.ravel(), len(rows))
    pixels = np.ascontiguousarray(images.T)  # one pixel of all images lies in one row
    new = np.zeros_like(pixels)
    for place, share in zip(places, shares.astype(images.dtype), strict=True):
        seen = pixels[place]
        seen *= share[:, None]
        new += seen
    return new.T


def _corners(rows, columns, side):
    """Return the four pixels around each place, and the share of each, (4, places)."""
    row = np.floor(rows) + np.array([[0], [0], [1], [1]])
    column = np.floor(columns) + np.array([[0], [1], [0], [1]])
    shares = (1 - abs(rows - row)) * (1 - abs(columns - column))
    is_inside = (row >= 0) & (row < side) & (column >= 0) & (column < side)
    places = (row * side + column) * is_inside
    return places.astype(np.intp), shares * is_inside


def _side(images):
    """Want images (N, side * side), N > 0; return the side."""
    shape = tuple(np.shape(images))
    side = round(shape[1] ** 0.5) if len(shape) == 2 else 0
    if not shape[0:1] or not shape[0] or side < 1 or side * side != shape[1]:
        raise ValueError(f"warped wants images of shape (N, side * side), got {shape}")
    return side
