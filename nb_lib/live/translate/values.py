"""Numbers, colours, words and coordinates of matplotlib as data for the page."""

from itertools import product

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.transforms import IdentityTransform

from nb_lib.live.translate.refusal import Refused

FRAMES = "dap"


def words_of(words):
    """Return words for JSON: as numbers they deflate best."""
    return [int(word) for word in words]


def bytes_of(colour):
    """Return four bytes of a colour."""
    return [round(255 * part) for part in to_rgba(colour)]


def numbers(values):
    """Return numbers for JSON: what is not finite becomes null."""
    values = np.atleast_1d(np.ma.filled(np.ma.asarray(values, float), np.nan))
    return [float(value) if np.isfinite(value) else None for value in values]


def js_number(value):
    """Write a number as JavaScript writes it, for a key."""
    return repr(float(value)).removesuffix(".0")


def is_none(style):
    """Say whether a style of matplotlib, of a line or marker, means nothing."""
    return style in ("None", "none", " ", "", None)


def frame_of(transform, ax):
    """Say in which frame coordinates count: across, up, and an offset in pixels.

    "d" is the data's frame, "a" that of the axes from 0 to 1, "p" are pixels.
    """
    kept = ax.viewLim.get_points().copy()
    found, corners = ([], []), np.array([*product((1.0, 2.0), repeat=2)])
    for share in (0, 0.1):  # other limits tell the data's frame from that of the axes
        ax.viewLim.set_points(kept + [[share], [0]] * (kept[1] - kept[0]))
        place = transform.transform(corners)
        for frame, base in zip(FRAMES, _bases(ax), strict=True):
            offsets = place - base.transform(corners)
            for k in range(2):
                if np.ptp(offsets[:, k]) < 1e-6:
                    found[k].append((frame, float(offsets[0, k])))
    ax.viewLim.set_points(kept)
    chosen = [
        [each for each in ways if [w[0] for w in ways].count(each[0]) == 2]
        for ways in found
    ]
    if not all(chosen):
        raise Refused("the page knows coordinates of the data, the axes and pixels")
    return [chosen[0][0][0], chosen[1][0][0], chosen[0][0][1], chosen[1][0][1]]


def _bases(ax):
    return ax.transData, ax.transAxes, IdentityTransform()
