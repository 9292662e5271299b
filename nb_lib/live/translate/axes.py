"""Axes as data: those that stand still as words, the others as what draws them."""

import numpy as np
from matplotlib.ticker import (
    FixedFormatter,
    FixedLocator,
    FuncFormatter,
    LogLocator,
    NullFormatter,
    NullLocator,
    ScalarFormatter,
)

from nb_lib.draw import style
from nb_lib.live.translate.refusal import Refused
from nb_lib.live.translate.values import words_of


def axis_of(axis, artists):
    """Return the data of one axis: limits, ticks, labels, and how one tick looks."""
    ax, renderer = axis.axes, artists.renderer
    if axis.get_scale() not in ("linear", "log"):
        raise Refused(f"the page knows no {axis.get_scale()} scale")
    low, high = ax.get_xlim() if axis.axis_name == "x" else ax.get_ylim()
    out = {
        "isLog": axis.get_scale() == "log",
        "view": [float(low), float(high)],
    }
    out |= ticks_of(axis)
    if not ax.axison:
        return out | {"isTicked": False}
    out |= _sample(axis, artists)
    out["label"] = artists.described(axis.label, ax)
    out["pad"] = float(axis.labelpad * ax.figure.dpi / 72)
    renderer.take()
    return out


def ticks_of(axis):
    """Return where an axis has ticks and what they say, or raise Refused."""
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    if len(axis.get_minorticklocs()):
        raise Refused("the page draws no minor ticks")
    if isinstance(locator, NullLocator):
        return {"locator": {"kind": "fixed", "ticks": []}}
    if isinstance(locator, FixedLocator):
        found = {"kind": "fixed", "ticks": [float(tick) for tick in locator.locs]}
        if type(formatter) is not ScalarFormatter:
            found["labels"] = [*map(str, formatter.format_ticks(locator.locs))]
        return {"locator": found}
    if isinstance(locator, LogLocator):
        found = {"kind": "log", "most": int(locator.numticks)}
        if not (isinstance(formatter, FuncFormatter) and locator._base == 10):
            raise Refused("the page writes powers of ten on log axes")
        if formatter.func is not style.power_of_ten:
            raise Refused("the page writes powers of ten on log axes")
        return {"locator": found, "isPowers": True}
    if type(locator).__name__ in ("MaxNLocator", "AutoLocator"):
        return {"locator": _max_n(axis, locator, formatter)}
    raise Refused(f"the page knows no {type(locator).__name__}")


def _max_n(axis, locator, formatter):
    if type(formatter) is not ScalarFormatter or locator._symmetric:
        raise Refused("the page knows MaxNLocator with plain numbers only")
    least = locator._min_n_ticks
    bins = locator._nbins
    if bins == "auto":
        bins = np.clip(axis.get_tick_space(), max(1, least - 1), 9)
    return {
        "kind": "several",
        "bins": int(bins),
        "steps": [float(step) for step in locator._extended_steps],
        "isInteger": bool(locator._integer),
        "least": int(least),
        "prune": locator._prune,
    }


def _sample(axis, artists):
    """Draw one tick in the middle and describe it; then put all back."""
    ax, renderer = axis.axes, artists.renderer
    kept = axis.get_major_locator(), axis.get_major_formatter()
    transform = axis.get_transform()
    middle = transform.inverted().transform(
        transform.transform(axis.get_view_interval()).mean()
    )
    axis.set_major_locator(FixedLocator([middle]))
    axis.set_major_formatter(FixedFormatter(["1"]))
    axis.draw(renderer)
    (tick,) = axis._update_ticks()
    if tick.tick2line.get_visible() or tick.label2.get_visible():
        raise Refused("the page draws ticks on one side only")
    parts = (
        ("grid", tick.gridline),
        ("mark", tick.tick1line),
        ("name", tick.label1),
    )
    out = {
        name: artists.described(part, ax) for name, part in parts if part.get_visible()
    }
    out |= {"isTicked": True, "edge": _edge(axis)}
    axis.set_major_locator(NullLocator())
    axis.set_major_formatter(NullFormatter())
    axis.draw(renderer)
    out["bareEdge"] = _edge(axis)
    axis.set_major_locator(kept[0])
    axis.set_major_formatter(kept[1])
    axis.draw(renderer)
    return out


def _edge(axis):
    """Return where the frame ends towards the label, in pixels: y points down."""
    ax, is_x = axis.axes, axis.axis_name == "x"
    box = ax.spines["bottom" if is_x else "left"].get_window_extent()
    return float(ax.figure.bbox.height - box.y0 if is_x else box.x0)


def frame_of_axes(fixed, artists, number_of):
    """Return the data of what stands over the data: spines, then the legend's parts.

    ``number_of`` gives the number of a stand-in, or None.
    """
    ax, renderer = fixed.ax, artists.renderer
    renderer.take()
    legend = ax.get_legend()
    for spine in ax.spines.values() if ax.axison and ax.get_frame_on() else ():
        spine.draw(renderer)
    pieces = [_piece(renderer.take())]
    if legend is None:
        return pieces, None
    about = {"kind": "Artist", "isVisible": bool(legend.get_visible())}
    if number_of(legend) is not None:
        about["number"] = number_of(legend)
    return pieces + _legend_pieces(legend, renderer, number_of), about


def _piece(words, **more):
    return {"kind": "Drawn", "isVisible": True, "fixed": words_of(words)} | more


def _legend_pieces(legend, renderer, number_of):
    """Draw a legend and return its words in pieces, cut where a stand-in draws."""
    pieces, was = [], legend.get_visible()

    def cut(**more):
        clip = renderer.clip
        words = renderer.take()
        renderer.clip = clip  # what follows is clipped as what came before
        if len(words):
            pieces.append(_piece(words, isLegend=True, **more))

    def watched(part, number):
        draw, is_visible = part.draw, part.get_visible()

        def draw_apart(renderer):
            cut()
            part.set_visible(True)
            draw(renderer)
            part.set_visible(is_visible)
            cut(number=number, isVisible=bool(is_visible))

        part.draw = draw_apart

    parts = [part for part in legend.findobj() if number_of(part) is not None]
    for part in parts:
        if part is not legend:
            watched(part, number_of(part))
    legend.set_visible(True)
    renderer.clip = (0, 0, -1 / 16, 0)  # as the spines left it
    legend.draw(renderer)
    cut()
    legend.set_visible(was)
    for part in parts:
        vars(part).pop("draw", None)
    return pieces
