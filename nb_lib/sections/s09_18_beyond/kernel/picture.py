"""How the sliding kernel looks: digit, nine products, map, and what order changes."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from nb_lib import words
from nb_lib.draw import style
from nb_lib.sections.s09_18_beyond.kernel.sliding import SIDE

INK = LinearSegmentedColormap.from_list(
    "ink", [(0.0, (0.45, 0.50, 0.55, 0.04)), (1.0, (0.45, 0.50, 0.55, 1.0))]
)
SIGNED = LinearSegmentedColormap.from_list(
    "signed",
    [
        (0.0, (0.04, 0.41, 0.68, 1.0)),
        (0.5, (0.50, 0.50, 0.50, 0.04)),
        (1.0, (0.77, 0.31, 0.00, 1.0)),
    ],
)


def picture(figure):
    """Lay out four squares side by side."""
    axes = figure.subplots(1, 4)
    show_image, box = image(axes[0], "The digit", INK, 0, 3)
    show_products = products(axes[1])
    show_map, spot = image(axes[2], "The map", SIGNED, -1, 1)
    show_late, _ = image(axes[3], "After − before", SIGNED, -1, 1)

    def show(frame):
        show_image(frame.image)
        box.set_xy((frame.column - 1, frame.row - 1))
        show_products(frame.patch, frame.kernel)
        show_map(frame.map)
        spot.set_xy((frame.column, frame.row))
        show_late(frame.late)

    return show


def image(ax, title, colours, low, size):
    """Lay out an image, framed by ``size`` pixels if any; return what moves both."""
    pixels = ax.imshow(
        np.zeros((SIDE, SIDE)),
        vmin=low,
        vmax=1,
        cmap=colours,
        extent=(0, SIDE, SIDE, 0),
        interpolation="nearest",
        aspect="auto",
    )
    where = (-1, -1) if size == 3 else (0, 0)
    box = Rectangle(where, max(size, 1), max(size, 1), fill=False, ec=style.RED, lw=2)
    box.set_visible(size > 0)
    ax.add_patch(box)
    ax.plot([0, SIDE, SIDE, 0, 0], [0, 0, SIDE, SIDE, 0], color=style.MUTED, lw=0.8)
    ax.set(xlim=(-1.1, SIDE + 1.1), ylim=(SIDE + 1.1, -1.1), title=title)
    ax.set_box_aspect(1)
    ax.set_axis_off()
    return pixels.set_data, box


def products(ax):
    """Lay out nine cells, each with a pixel times a weight."""
    cells = ax.imshow(
        np.zeros((3, 3)),
        vmin=-0.6,
        vmax=0.6,
        cmap=SIGNED,
        extent=(0, 3, 3, 0),
        interpolation="nearest",
        aspect="auto",
        alpha=0.55,
    )
    texts = [
        [ax.text(j + 0.5, i + 0.5, "", ha="center", va="center") for j in range(3)]
        for i in range(3)
    ]
    ax.set(xlim=(-0.1, 3.1), ylim=(3.1, -0.1), title="Pixel × weight")
    ax.set_box_aspect(1)
    ax.set_axis_off()

    def update(patch, kernel):
        cells.set_data(patch * kernel)
        for i in range(3):
            for j in range(3):
                weight = words.minus(f"{kernel[i, j]:.2f}")
                texts[i][j].set_text(f"{patch[i, j]:.1f}\n× {weight}")

    return update
