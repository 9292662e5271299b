"""How 9.4's explorer looks: the curve, the units on its slope, the deltas by layer."""

import numpy as np

from nb_lib.draw import propagation, style

REACH = 5.0  # how far from 0 the axes of z go
BINS = np.linspace(-REACH, REACH, 41)
HEIGHTS = -1.2, 3.2  # of the panel of f
GRID = np.linspace(-REACH, REACH, 201)  # holds 0


def picture(figure):
    """Lay out the curve, the units on its slope, and the deltas by layer."""
    axes = [figure.add_subplot(1, 3, place) for place in (1, 2, 3)]
    show_curves, show_units = curves(axes[0]), placed(axes[1])
    show_sizes = propagation.variances(
        axes[2],
        title="Error signal, output = 1",
        ylabel="rms size",
        labels=("slope budget", "measured"),
    )
    for ax in axes:
        legend_above(ax)

    def show(frame):
        show_curves(GRID, frame.values, frame.slopes)
        show_units(GRID, frame.slopes, frame.first, frame.last)
        show_sizes(frame.sizes, frame.budget)

    return show


def legend_above(ax):
    """Put the legend between title and axes, where no curve can run under it."""
    legend = ax.get_legend()
    labels = [text.get_text() for text in legend.get_texts()]
    place = {"loc": "lower left", "bbox_to_anchor": (-0.02, 1.0), "ncols": 2}
    space = {"borderaxespad": 0.3, "columnspacing": 1.2}
    ax.legend(legend.legend_handles, labels, **place, **space)
    ax.set_title(ax.get_title(loc="left"), pad=24)


def curves(ax):
    """Lay out f and f' against z; return ``update(z, values, slopes)``."""
    (value,) = ax.plot([], [], "-", color=style.BLUE, label="f(z)")
    (slope,) = ax.plot([], [], "--", color=style.ORANGE, label="f′(z), slope")
    ax.set(xlim=(-REACH, REACH), ylim=HEIGHTS, xlabel="z", title="Activation")
    ax.legend()

    def update(z, values, slopes):
        value.set_data(z, np.where(values <= HEIGHTS[1], values, np.nan))
        slope.set_data(z, slopes)

    return update


def placed(ax):
    """Lay out the pre-activations of two layers over f'; return ``update``.

    ``update(z, slopes, first, last)`` takes the curve of f' and the share of units in
    each of ``BINS``, (bins,), for the first and the last hidden layer. The outermost
    bins hold all that lies beyond. The tallest bar of each layer has height 1.
    """
    look = {"fill": True, "color": style.BLUE, "alpha": 0.7}
    empty = np.zeros(len(BINS) - 1)
    bars = ax.stairs(empty, BINS, **look)
    (outline,) = ax.plot([], [], ":", color=style.INK, lw=1.5)
    (slope,) = ax.plot([], [], "--", color=style.ORANGE, lw=2)
    ax.legend([outline, bars], ["first layer", "last layer"])
    ends = [
        ax.text(x, 1.22, "", ha=side, va="center")
        for x, side in ((-REACH + 0.1, "left"), (REACH - 0.1, "right"))
    ]
    ax.set(xlim=(-REACH, REACH), ylim=(-0.2, 1.35), xlabel="z")
    ax.set_title("Pre-activations over f′(z)")

    def update(z, slopes, first, last):
        slope.set_data(z, slopes)
        outline.set_data(np.repeat(BINS, 2)[1:-1], np.repeat(first / first.max(), 2))
        bars.set_data(last / last.max())
        for text, share, arrow in zip(ends, last[[0, -1]], "←→", strict=True):
            text.set_text(f"{arrow} {share:.0%}" if share > 0.02 else "")

    return update


def shares(z):
    """Count z into ``BINS``, those beyond into the outermost: shares that sum to 1."""
    inner = np.clip(z, BINS[0], np.nextafter(BINS[-1], 0))
    return np.histogram(inner, BINS)[0] / z.size
