"""The schematic drawings of 9.3: a small net, and the sheet of paper that it folds."""

import numpy as np
from matplotlib.figure import Figure

from nb_lib.draw import style
from nb_lib.numpy.activations import relu
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS
from nb_lib.words import minus


def by_hand():
    """Draw the net with two units set by hand, its tent, and its output as a sheet."""
    figure = Figure(figsize=(9.4, 3.1), layout="constrained")
    grid = figure.add_gridspec(1, 3, width_ratios=(1.1, 1, 1))
    network(figure.add_subplot(grid[0]), hidden=2, numbers=True)
    tent(figure.add_subplot(grid[1]))
    sheet(figure.add_subplot(grid[2], projection="3d"))
    return figure


def network(ax, *, hidden, numbers=False):
    """Draw two inputs, the hidden units and one output; write the numbers set by hand.

    The numbers are those of two units: weights along the edges, biases above the units.
    """
    columns = [[-1, 1], np.linspace(-1, 1, hidden) * (1 if hidden == 2 else 1.5), [0]]
    columns = [sorted(column, reverse=True) for column in columns]
    names = [["$x_1$", "$x_2$"], [f"$h_{n + 1}$" for n in range(hidden)], ["$y$"]]
    for column in (0, 1):
        for i, start in enumerate(columns[column]):
            for end in columns[column + 1]:
                ax.plot([column, column + 1], [start, end], color=style.MUTED, lw=1.1)
                if numbers:
                    weight = 1 if column == 0 else (1, -2)[i]
                    at = 0.4 if start * end >= 0 else 0.27
                    place = start + (end - start) * at
                    text = ax.text(column + at, place, minus(f"{weight}"))
                    text.set(ha="center", va="center")
                    text.set_bbox({"fc": style.PAPER, "ec": "none", "pad": 1})
    for x, (column, labels) in enumerate(zip(columns, names, strict=True)):
        colour = (style.MUTED, style.BLUE, style.ORANGE)[x]
        for y, label in zip(column, labels, strict=True):
            ax.plot(
                [x],
                [y],
                "o",
                ms=25 if hidden == 2 else 17,
                mfc=style.PAPER,
                mec=colour,
                mew=1.6,
            )
            ax.text(x, y, label, ha="center", va="center")
    if numbers:
        for y, bias in zip(columns[1], ("bias 0", "bias −1"), strict=True):
            ax.text(1, y + 0.5 * y, bias, ha="center", va="center", color=style.MUTED)
    words = ("inputs", "hidden layer\n(ReLU)", "output")
    for x, word in enumerate(words):
        ax.text(x, -2.1, word, ha="center", va="center", color=style.MUTED)
    ax.set(xlim=(-0.4, 2.4), ylim=(-2.5, 1.9))
    ax.axis("off")


def tent(ax):
    """Draw both ramps and their sum against s = x1 + x2, with the corners on it."""
    s = np.linspace(-0.4, 2.4, 200)
    first, second = relu(s), -2 * relu(s - 1)
    ax.plot(s, first, color=style.BLUE, ls="--", lw=1.3)
    ax.plot(s, second, color=style.PURPLE, ls="-.", lw=1.3)
    ax.plot(s, first + second, color=style.INK, lw=2.4)
    ax.text(1.72, 1.84, "$h_1$", color=style.BLUE, ha="right")
    ax.text(1.72, -1.8, "$-2\\,h_2$", color=style.PURPLE, ha="right")
    ax.text(0.42, 0.62, "$y$", ha="right", weight="bold")
    corners(ax, CORNERS.sum(axis=1), LABELS[:, 0])
    ax.text(0.82, 1.17, "01, 10", ha="center")
    ax.text(0.0, -0.42, "00", ha="center")
    ax.text(2.12, 0.12, "11", ha="left")
    ax.set(
        xlim=(-0.4, 2.5), ylim=(-2.1, 2.4), xticks=(0, 1, 2), yticks=(-2, -1, 0, 1, 2)
    )
    ax.set(xlabel="$s = x_1 + x_2$", title="Two ramps make a tent")


def corners(ax, x, y):
    """Mark the four corners at (x, y), each class by its colour and marker."""
    for label, marker, colour in ((0, "o", style.BLUE), (1, "^", style.ORANGE)):
        chosen = LABELS[:, 0] == label
        ax.plot(
            x[chosen], y[chosen], marker, color=colour, ms=8, mec=style.PAPER, ls=""
        )


def sheet(ax):
    """Draw the output above the square: a flat sheet, creased along one line."""
    side = np.linspace(0, 1, 3)
    x1, x2 = np.meshgrid(side, side)
    y = relu(x1 + x2) - 2 * relu(x1 + x2 - 1)
    for triangle, shade in (([0, 2, 6], 0.35), ([2, 8, 6], 0.6)):
        points = [pair.ravel()[triangle] for pair in (x1, x2, y)]
        ax.plot_trisurf(*points, color=style.MUTED, alpha=shade, shade=False)
    ax.plot([0, 1], [1, 0], [1, 1], color=style.INK, lw=2.2)
    places = ((0, 0, 0.1), (0, 1, 1.12), (1.08, 0.02, 1.02), (0.9, 0.9, 0.16))
    for corner, label, name, place in zip(
        CORNERS, LABELS[:, 0], ("00", "01", "10", "11"), places, strict=True
    ):
        look = ("o", style.BLUE) if label == 0 else ("^", style.ORANGE)
        ax.plot(*corner[:, None], [label], look[0], color=look[1], ms=7, zorder=9)
        ax.text(*place, name)
    ax.set(xticks=(0, 1), yticks=(0, 1), zticks=(0, 1), xlabel="$x_1$", ylabel="$x_2$")
    ax.set_title("The sheet of outputs is folded", pad=2)
    ax.view_init(elev=22, azim=-52)
    ax.set_box_aspect((1, 1, 0.7), zoom=0.95)
