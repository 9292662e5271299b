"""Panels of a training run: each lays out one axes and returns what updates it."""

import numpy as np

from nb_lib import words
from nb_lib.draw import style

MOST_LAYERS = 24
FAR = 1e6  # times the end of a log axis: a curve that goes there leaves the picture


def regions(ax, *, low=-1.6, high=1.6, cells=48):
    """Lay out the plane with its decision regions; return ``update``.

    ``update(share, x, labels)`` takes the probability of class 1 on a grid of
    (cells, cells), row 0 at the bottom, and the points x (N, 2) with labels 0 or 1.
    """
    box = (low, high, low, high)
    image = ax.imshow(
        np.full((cells, cells), 0.5),
        vmin=0,
        vmax=1,
        cmap=style.BOUNDARY,
        extent=box,
        origin="lower",
        interpolation="bilinear",
        aspect="auto",
    )
    look = {"mec": style.PAPER, "mew": 0.5, "ls": "none"}
    classes = [
        ax.plot([], [], marker, color=colour, ms=4.2, **look)[0]
        for marker, colour in (("o", style.BLUE), ("^", style.ORANGE))
    ]
    ax.set(xlim=box[:2], ylim=box[2:], xlabel="$x_1$", ylabel="$x_2$")
    ax.set_box_aspect(1)  # both features have the same unit
    ax.set_title("Decision regions")
    ax.grid(False)

    shown = [None, None]  # the points: all frames of a run have the same

    def update(share, x, labels):
        image.set_data(np.nan_to_num(share, nan=0.5))
        if x is shown[0] and labels is shown[1]:
            return
        shown[:] = x, labels
        for label, points in enumerate(classes):
            points.set_data(*x[labels == label].T)

    return update


def grid_points(*, low=-1.6, high=1.6, cells=48):
    """Return the (cells², 2) centres of the cells of ``regions``, row by row."""
    edges = np.linspace(low, high, cells + 1)
    middle = (edges[:-1] + edges[1:]) / 2
    x1, x2 = np.meshgrid(middle, middle)
    return np.stack([x1.ravel(), x2.ravel()], axis=1)


def losses(ax, *, steps, low, high, labels=("loss of each batch",), unit="nats"):
    """Lay out losses against steps on a log axis; return ``update(*series)``.

    Each series is a pair (steps, values); the axes cut what is out of range.
    """
    lines = [
        ax.plot([], [], ls=dash, color=colour, label=label)[0]
        for label, colour, dash in zip(labels, style.SERIES, style.DASHES, strict=False)
    ]
    ax.set(xlim=(0, steps), xlabel="step", ylabel=f"loss ({unit})", title="Loss")
    style.log_axis(ax, "y", low=low, high=high)
    if len(labels) > 1:
        ax.legend(loc="upper right")

    def update(*series):
        for line, (at, values) in zip(lines, series, strict=True):
            line.set_data(at, inside(values, low / FAR, high * FAR))

    return update


def norms_over_time(ax, *, steps, low, high, title="Gradient norm of each layer"):
    """Lay out one line per layer against steps; return ``update(at, norms)``.

    ``norms`` is (T, layers). Blue is the first layer, orange the last; the axes cut
    what is out of range.
    """
    lines = [ax.plot([], [], lw=1.3)[0] for _ in range(MOST_LAYERS)]
    ax.set(xlim=(0, steps), xlabel="step", ylabel="norm", title=title)
    style.log_axis(ax, "y", low=low, high=high)
    for place, word, colour in (
        (0.8, "first", style.BLUE),
        (0.98, "last", style.ORANGE),
    ):
        ax.text(place, 0.94, word, color=colour, transform=ax.transAxes,
                ha="right", va="top")  # fmt: skip

    def update(at, norms):
        layers = norms.shape[1]
        for index, line in enumerate(lines):
            line.set_visible(index < layers)
            if index < layers:
                line.set_data(at, inside(norms[:, index], low / FAR, high * FAR))
                line.set_color(style.LAYERS(index / max(layers - 1, 1)))

    return update


def norms_now(ax, *, low, high, labels, title="Gradient norms now"):
    """Lay out norms against the layer's number; return ``update(*series)``.

    Each series is the norms (layers,), first layer first; exact zeros lie on the
    lower edge.
    """
    lines = [
        ax.plot([], [], ls=dash, marker=marker, ms=4.5, color=colour, label=label)[0]
        for label, colour, dash, marker in zip(
            labels, style.SERIES, style.DASHES, style.MARKERS, strict=False
        )
    ]
    ax.set(xlabel="layer", ylabel="norm", title=title)
    style.log_axis(ax, "y", low=low, high=high)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.legend(loc="upper left", borderaxespad=0.2)

    def update(*series):
        for line, values in zip(lines, series, strict=True):
            line.set_data(np.arange(1, len(values) + 1), inside(values, low, high))
        ax.set_xlim(0.5, len(series[0]) + 0.5)

    return update


def verdict(ax, x, y, *, ha="right", va="top"):
    """Lay out a word at (x, y) of the axes; return ``update(text, diverged_at)``.

    Of a run that has diverged, at a step that is not None, it says so instead, in red.
    """
    place = ax.text(x, y, "", transform=ax.transAxes, ha=ha, va=va)

    def update(text, diverged_at):
        is_lost = diverged_at is not None
        place.set_text(words.diverged(diverged_at) if is_lost else text)
        place.set_color(style.RED if is_lost else style.INK)

    return update


def inside(values, low, high):
    """Move values beyond a log axis onto its edges; what is no number leaves a gap."""
    values = np.asarray(values, float)
    return np.where(np.isnan(values), np.nan, np.clip(values, low, high))
