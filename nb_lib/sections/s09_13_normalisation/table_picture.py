"""How the table looks: numbers in, numbers out, and means and sizes of the outputs."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from nb_lib import words
from nb_lib.draw import style
from nb_lib.draw.training import inside
from nb_lib.sections.s09_13_normalisation.table import MOST

REACH = 3.2  # of the axes of means and sizes
TINTS = LinearSegmentedColormap.from_list(
    "tints",
    [
        (0.0, (0.04, 0.41, 0.68, 0.55)),
        (0.5, (0.50, 0.50, 0.50, 0.03)),
        (1.0, (0.77, 0.31, 0.00, 0.55)),
    ],
)


def picture(figure):
    """Lay out both tables side by side over the statistics of the outputs."""
    grid = figure.add_gridspec(2, 2, height_ratios=(2.2, 1))
    show_x, show_pool = table(figure.add_subplot(grid[0, 0]), "Input x", has_pool=True)
    show_y, show_moved = table(figure.add_subplot(grid[0, 1]), "Output", has_pool=False)
    show_features = statistics(figure.add_subplot(grid[1, 0]), "feature")
    show_rows = statistics(figure.add_subplot(grid[1, 1]), "example")

    def show(frame):
        show_x(frame.x)
        show_pool(frame.pool, frame.evaluates)
        show_y(frame.y)
        show_moved(frame.moved)
        show_features(*frame.of_features)
        show_rows(*frame.of_rows)

    return show


def table(ax, title, *, has_pool):
    """Lay out a table of numbers; return what fills and what marks it."""
    image = ax.imshow(
        np.zeros((MOST, MOST)),
        vmin=-4,
        vmax=4,
        cmap=TINTS,
        extent=(0, MOST, MOST, 0),
        interpolation="nearest",
        aspect="auto",
    )
    texts = [
        [
            ax.text(j + 0.5, i + 0.5, "", ha="center", va="center", size=9)
            for j in range(MOST)
        ]
        for i in range(MOST)
    ]
    ax.set(xlim=(-0.06, MOST + 0.06), ylim=(MOST + 0.08, -0.08), title=title)
    ax.set_xticks(np.arange(MOST) + 0.5, range(1, MOST + 1))
    ax.set_yticks(np.arange(MOST) + 0.5, range(1, MOST + 1))
    ax.tick_params(length=0)
    ax.set(xlabel="feature", ylabel="example")
    ax.grid(visible=False)

    def fill(values):
        image.set_data(np.nan_to_num(values).clip(-4, 4))
        for i in range(MOST):
            for j in range(MOST):
                texts[i][j].set_text(written(values[i, j]))

    return fill, pool_marks(ax) if has_pool else moved_marks(ax)


def pool_marks(ax):
    """Lay out the frame around what is averaged; return ``update``."""
    box = ax.add_patch(Rectangle((0, 0), 1, 1, fill=False, ec=style.INK, lw=2.2))

    def update(pool, evaluates):
        left, low, width, height = pool
        box.set_xy((left, low))
        box.set_width(width)
        box.set_height(height)
        box.set_visible(not evaluates)

    return update


def moved_marks(ax):
    """Lay out a dot in each cell that the reader moves; return ``update``."""
    (dots,) = ax.plot([], [], "o", ms=4, color=style.RED, ls="none")
    ax.set_title("Output (red dot: moved)")

    def update(moved):
        rows, columns = np.nonzero(np.nan_to_num(moved))
        dots.set_data(columns + 0.88, rows + 0.18)

    return update


def statistics(ax, kind):
    """Lay out the mean of the outputs of each feature or row, and their spread."""
    places = np.arange(MOST) + 0.5
    bars = [
        ax.plot([x, x], [0, 0], color=style.BLUE, lw=4, alpha=0.75)[0] for x in places
    ]
    (means,) = ax.plot([], [], "D", color=style.ORANGE, ms=5, ls="none")
    ax.axhline(0, color=style.MUTED, lw=0.9)
    ax.set(xlim=(-0.06, MOST + 0.06), ylim=(-REACH, REACH), xlabel=kind)
    ax.set_xticks(places, range(1, MOST + 1))
    ax.set_yticks((-2, -1, 0, 1, 2))
    ax.set_title(f"Output by {kind}: mean ± size")

    def update(mean, size):
        means.set_data(places, inside(mean, -REACH, REACH))
        for n in range(MOST):
            ends = inside([mean[n] - size[n], mean[n] + size[n]], -REACH, REACH)
            bars[n].set_ydata(ends)

    return update


def written(value):
    """Write a number with one digit, or nothing for nan."""
    if np.isnan(value):
        return ""
    text = f"{value:.1f}" if abs(value) < 99.5 else f"{value:.0f}"
    return words.minus(text)
