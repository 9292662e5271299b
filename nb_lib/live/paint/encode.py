"""From shapes, colours and images to the 16-bit words that displaylist.py speaks in."""

from itertools import pairwise

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox

UNITS = 16  # per pixel
FAR = 2**15 - 1
LEVELS = 64  # colours of an indexed image


class Unsupported(ValueError):
    """The picture holds something that a display list cannot say."""


def whole(values):
    """Round to 16-bit words; what lies far outside stays outside."""
    return np.rint(values).clip(-FAR, FAR).astype(np.int16)


def pixels(values):
    """Count in sixteenths of a pixel."""
    return whole(np.asarray(values, float) * UNITS)


def counted(n, what):
    """Return n, or raise Unsupported for more than a word can count."""
    if n > FAR:
        raise Unsupported(
            f"a display list wants at most {FAR} {what} in one artist, got {n}: "
            "thin the data before drawing it"
        )
    return n


def bytes_as_words(data):
    """Put two bytes in a word."""
    data = bytes(data)
    return np.frombuffer(data + b"\0" * (len(data) % 2), "<i2")


def rgba(colour):
    """Pack one colour into two words; None is fully transparent."""
    if colour is None:
        return [0, 0]
    r, g, b, a = (round(255 * c) for c in to_rgba(colour))
    return [((r << 8 | g) ^ 0x8000) - 0x8000, ((b << 8 | a) ^ 0x8000) - 0x8000]


def flattened(path, matrix, size, *, width, snap, filled):
    """Return the words of a path: the count, then every part.

    ``matrix`` leads to pixels with y pointing down, ``size`` is that of the figure;
    lines of this ``width`` are cut where they leave it, filled areas stay whole.
    """
    window = (-9, -9, size[0] + 9, size[1] + 9)
    clean = path.cleaned(
        transform=Affine2D(matrix),
        remove_nans=True,
        clip=None if filled else window,
        simplify=path.should_simplify,
        stroke_width=width,
        snap=snap,
    )
    if not filled:  # where numbers overflow, the cut itself may end outside
        clean.vertices.clip(window[:2], window[2:], out=clean.vertices)
    elif np.abs(clean.vertices).max(initial=0) * UNITS > FAR:
        clean = _near(clean)
    codes, points = clean.codes, pixels(clean.vertices)
    n_drawn = np.count_nonzero(codes)  # all but the STOP at the end
    starts = [*np.flatnonzero(codes == Path.MOVETO), n_drawn]
    words, n = [], 0
    for begin, end in pairwise(starts):
        corners = np.count_nonzero(codes[begin:end] != Path.CLOSEPOLY)
        if counted(corners, "points") > 1:
            n += 1
            is_closed = corners < end - begin
            words += [[-corners if is_closed else corners]]
            words += [points[begin : begin + corners].ravel()]
    return np.concatenate([[n], *words], dtype=np.int16)


def _near(path):
    """Cut filled areas that reach far out where nobody sees the cut."""
    far = Bbox(np.array([[-0.9, -0.9], [0.9, 0.9]]) * FAR / UNITS)
    polygons = [Path(corners) for corners in path.to_polygons()]
    return Path.make_compound_path(*polygons).clip_to_bbox(far)


def coloured(image, array):
    """Return the colour table of an AxesImage (or nothing) and its bytes by rows."""
    alpha = 1 if image.get_alpha() is None else image.get_alpha()
    if array.ndim == 3:
        scale = 1 if array.dtype.kind == "u" else 255
        opaque = np.full((*array.shape[:2], 4), 255.0)
        opaque[..., : array.shape[2]] = np.nan_to_num(array * scale)
        opaque[..., 3] *= alpha
        return b"", np.rint(opaque).clip(0, 255).astype(np.uint8).tobytes()
    share = np.ma.filled(image.norm(array), np.nan)
    level = np.rint(share * (LEVELS - 1)).clip(0, LEVELS - 1)
    index = np.where(np.isnan(level), LEVELS, level)
    table = image.get_cmap()([*np.linspace(0, 1, LEVELS), np.nan])  # nan: no data
    table[:, 3] *= alpha
    table = np.rint(255 * table).astype(np.uint8)
    return table.tobytes(), index.astype(np.uint8).tobytes()
