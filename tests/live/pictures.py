"""Pictures that hold all that a display list can say, each for one pixel test."""

import numpy as np

from nb_lib.draw import style

STEPS = np.arange(200)
LEVELS = np.linspace(0, 1, 12)


def lines(figure):
    """Every dash of the palette, a line that stops, one that leaves the axes."""
    ax = figure.subplots()
    for i, dashes in enumerate(style.DASHES):
        ax.plot(STEPS, np.sin(STEPS / 25 + i / 2) + i / 2, ls=dashes)
    ax.plot(STEPS, np.where(STEPS % 50 < 35, -1.0, np.nan), lw=4)
    ax.plot(STEPS, np.where(STEPS < 100, 0.0, 1e9))
    ax.axhline(2.2, color=style.MUTED, lw=1, ls=":")
    ax.set(xlim=(0, 200), ylim=(-1.5, 4), xlabel="step", ylabel="loss (nats)")
    ax.set_title("Lines")
    return lambda frame: None


def markers(figure):
    """Every marker of the palette, filled, open and thinned; and a scatter."""
    left, right = figure.subplots(1, 2)
    for i, marker in enumerate(style.MARKERS):
        left.plot(LEVELS, LEVELS**2 + i, marker, ls="-", ms=7)
        left.plot(LEVELS, LEVELS**2 + i + 0.4, marker, mfc="none", markevery=3)
    right.scatter(LEVELS, LEVELS, c=LEVELS, s=90 * LEVELS + 9, cmap="viridis")
    right.scatter(LEVELS, 1 - LEVELS, marker="^", color=style.RED, alpha=0.4)
    return lambda frame: None


def bars(figure):
    """Bars with and without an edge, a filled band, a polygon with a clear face."""
    left, right = figure.subplots(1, 2)
    left.bar(range(5), [1, 3, 2, 5, 4], color=style.SERIES[:5])
    left.bar(range(5), [-1] * 5, color="none", edgecolor=style.INK)
    right.fill_between(LEVELS, LEVELS, LEVELS**3, alpha=0.3, color=style.GREEN)
    right.axvspan(0.2, 0.3, color=style.GOLD, alpha=0.4)
    right.fill([0.5, 0.9, 0.7], [0.1, 0.1, 0.6], fc="none", ec=style.RED, ls="--")
    return lambda frame: None


def images(figure):
    """Images from below and from above, smooth and crisp, mapped and RGBA."""
    grid = np.add.outer(np.linspace(0, 1, 7), np.linspace(0, 0.5, 5) ** 2)
    rgba = np.dstack(
        [grid / 2, 1 - grid / 2, grid / 4, np.linspace(0, 1, 35).reshape(7, 5)]
    )
    axes = figure.subplots(2, 3).ravel()
    for ax in axes:
        ax.grid(False)  # a display list draws grids under images
    looks = [("lower", "none"), ("upper", "none"), ("lower", "bilinear"),
             ("upper", "bilinear")]  # fmt: skip
    for ax, (origin, interpolation) in zip(axes, looks, strict=False):
        ax.imshow(grid, origin=origin, interpolation=interpolation, aspect="auto",
                  cmap="viridis", extent=(-1, 2, 3, 5))  # fmt: skip
        ax.plot([-1, 2], [3, 5], color="w")
    axes[4].imshow(rgba, interpolation="none")
    axes[5].imshow(grid[::-1], cmap=style.BOUNDARY, interpolation="none",
                   extent=(0, 1, 0, 1))  # fmt: skip
    axes[5].set(xlim=(-0.5, 0.7), ylim=(0.2, 1.5))
    return lambda frame: None


def texts(figure):
    """Text of all alignments and turns, two lines, bold, and formulas."""
    ax = figure.subplots()
    for i, ha in enumerate(["left", "center", "right"]):
        for j, va in enumerate(["bottom", "center", "top"]):
            ax.plot(i, j, "+", color=style.GRID, ms=20)
            ax.text(i, j, f"{ha} {va}", ha=ha, va=va)
    ax.text(0.5, 0.5, "turned by 30°", rotation=30, ha="left", va="bottom")
    ax.text(1.5, 0.5, "upright", rotation=90, ha="center", va="center", size=14)
    ax.text(0.5, 1.5, "two lines,\nof text", ha="center", va="center", color=style.RED)
    ax.text(1.5, 1.5, "bold", weight="bold", size=15)
    ax.text(1.5, 2.5, r"$\sigma(z) = \frac{1}{1+e^{-z}}$", size=13)
    ax.text(0.1, 2.5, r"$\partial L/\partial w$", rotation=20)
    ax.set(xlim=(-0.6, 2.6), ylim=(-0.6, 3), xlabel="$x_1$", ylabel="$\\|\\nabla L\\|$")
    return lambda frame: None


def scales(figure):
    """Logarithmic axes, a legend, ticks with powers, an annotation with an arrow."""
    left, right = figure.subplots(1, 2)
    left.loglog(10.0 ** STEPS[:9], 10.0 ** -STEPS[:9], "o-", label="falls")
    left.loglog(10.0 ** STEPS[:9], 10.0 ** (-STEPS[:9] / 2), "s--", label="falls less")
    left.legend(title="both")
    right.plot(STEPS, np.exp(-STEPS / 50.0), label="loss")
    right.fill_between(STEPS, 0.01, np.exp(-STEPS / 50.0), alpha=0.2, label="band")
    right.bar([150], [0.5], width=30, color=style.ORANGE, label="bar")
    style.log_axis(right, "y", low=1e-3, high=10)
    right.annotate("here", (100, np.exp(-2)), (120, 2), arrowprops={"arrowstyle": "->"})
    right.legend(loc="lower left", frameon=True)
    return lambda frame: None


def gaps(figure):
    """Data full of holes and of numbers that no screen can hold."""
    ax = figure.subplots()
    ax.set(xlim=(0, 200), ylim=(-2, 2))
    wild = np.sin(STEPS / 10.0)
    wild[[5, 6, 40, 41, 42, 90]] = [np.nan, np.inf, -np.inf, 1e300, -1e300, np.nan]
    wild[120:] *= 10.0 ** np.minimum(STEPS[:80], 60)
    ax.plot(STEPS, wild)
    ax.plot(STEPS, wild, "o", ms=3)
    ax.fill_between(STEPS[:100], -2, np.nan_to_num(wild[:100]), alpha=0.2)
    ax.plot([np.nan] * 3, [1, 2, 3])
    ax.bar([20, 30, 50], [1.5, np.nan, 1e12], width=8, color=style.GREEN)
    return lambda frame: None


PICTURES = {
    picture.__name__: picture
    for picture in (lines, markers, bars, images, texts, scales, gaps)
}
