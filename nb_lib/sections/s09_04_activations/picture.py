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
    show_curves, show_units = curves(axes[0]), standing(axes[1])
    show_norms = propagation.variances(
        axes[2],
        title="‖dL/dz‖ by layer, output = 1",
        ylabel="norm",
        labels=("gain × rms slope, multiplied", "measured"),
    )
    axes[2].legend(loc="upper left", ncols=1)

    def show(frame):
        show_curves(GRID, frame.values, frame.slopes)
        show_units(GRID, frame.slopes, frame.first, frame.last)
        show_norms(frame.norms, frame.budget)

    return show


def curves(ax):
    """Lay out f and f' against z; return ``update(z, values, slopes)``."""
    (value,) = ax.plot([], [], "-", color=style.BLUE, label="f(z)")
    (slope,) = ax.plot([], [], "--", color=style.ORANGE, label="f′(z), slope")
    ax.set(xlim=(-REACH, REACH), ylim=HEIGHTS, xlabel="z", title="The activation")
    ax.legend(loc="upper left")

    def update(z, values, slopes):
        value.set_data(z, np.where(values <= HEIGHTS[1], values, np.nan))
        slope.set_data(z, slopes)

    return update


def standing(ax):
    """Lay out the pre-activations of two layers over f'; return ``update``.

    ``update(z, slopes, first, last)`` takes the curve of f' and the share of units in
    each of ``BINS``, (bins,), for the first and the last hidden layer. The outermost
    bins hold all that lies beyond. The tallest bar of each layer has height 1.
    """
    bars = ax.stairs(
        np.zeros(len(BINS) - 1), BINS, fill=True, color=style.BLUE, alpha=0.7
    )
    (outline,) = ax.plot([], [], ":", color=style.INK, lw=1.5)
    (slope,) = ax.plot([], [], "--", color=style.ORANGE, lw=2)
    ends = [
        ax.text(x, 1.16, "", ha=side, va="center")
        for x, side in ((-REACH, "left"), (REACH, "right"))
    ]
    ax.set(xlim=(-REACH, REACH), ylim=(-0.2, 1.65), xlabel="z")
    ax.set_title("Where the units stand")
    ax.legend(
        [outline, bars, slope],
        ["first hidden layer", "last hidden layer", "f′(z)"],
        loc="upper left",
        ncols=2,
    )

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
