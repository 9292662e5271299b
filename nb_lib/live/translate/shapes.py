"""Filled outlines as data: rectangles, polygons and stairs."""

import numpy as np

from nb_lib.live.translate.refusal import Refused
from nb_lib.live.translate.values import bytes_of, frame_of, is_none, numbers


def _patch(patch):
    if patch.get_hatch() is not None:
        raise Refused("the page draws no hatches")
    has_edge = not is_none(patch.get_linestyle())
    return {
        "face": bytes_of(patch.get_facecolor()),
        "edge": bytes_of(patch.get_edgecolor() if has_edge else "none"),
        "lineWidth": float(patch.get_linewidth()),
        "dashes": [*map(float, patch._unscaled_dash_pattern[1] or ())],
        "isFilled": bool(patch.get_fill()),
    }


def rectangle(bar, ax):
    """Return the data of a bar; a frame may move and stretch it."""
    if bar.get_angle():
        raise Refused("the page draws no turned rectangles")
    frame = frame_of(bar.get_data_transform(), ax)
    place = dict(zip(("x", "y"), map(float, bar.get_xy()), strict=True))
    size = {"width": float(bar.get_width()), "height": float(bar.get_height())}
    return {"kind": "Bar", "frame": frame} | place | size | _patch(bar)


def polygon(area, ax):
    """Return the data of a closed polygon."""
    if not area.get_closed():
        raise Refused("the page fills closed polygons only")
    corners = area.get_xy()
    return {
        "kind": "Area",
        "corners": [numbers(corner) for corner in corners[:-1]],
        "frame": frame_of(area.get_data_transform(), ax),
    } | _patch(area)


def stairs(stairs, ax):
    """Return the data of upright stairs over one base."""
    values, edges, base = stairs.get_data()
    if stairs.orientation != "vertical" or base is None or np.ndim(base):
        raise Refused("the page draws upright stairs over one base only")
    return {
        "kind": "Stairs",
        "values": numbers(values),
        "edges": numbers(edges),
        "base": float(base),
        "frame": frame_of(stairs.get_data_transform(), ax),
    } | _patch(stairs)
