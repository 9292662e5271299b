"""How the cost meter looks: bars by layer, the equations that run, the totals."""

import numpy as np

from nb_lib.draw import style
from nb_lib.sections.s09_06_backpropagation import cost
from nb_lib.sections.s09_06_backpropagation.cost import MOST, NONE

LINES = (  # as ``cost`` numbers them
    ("forward", "$z_l = h_{l-1} w_l + b_l$"),
    ("output error", "$\\delta_L = \\partial \\mathcal{L} / \\partial z_L$"),
    ("error of a layer", "$\\delta_l = (\\delta_{l+1} w_{l+1}^T) \\odot f′(z_l)$"),
    ("weights", "$dw_l = h_{l-1}^T\\, \\delta_l$"),
    ("biases", "$db_l = \\Sigma_n\\, \\delta_{l,n}$"),
)
COLOURS = (style.BLUE, style.RED, style.PURPLE, style.ORANGE, style.GREEN)
TOTALS = (10, 1e18)  # what the axis of the totals spans


def picture(figure):
    """Lay out bars by layer on the left, the equations over the totals at the right."""
    grid = figure.add_gridspec(2, 2, width_ratios=(1.15, 1), height_ratios=(1.5, 1))
    show_bars = bars(figure.add_subplot(grid[:, 0]))
    show_lines = equations(figure.add_subplot(grid[0, 1]))
    show_totals = totals(figure.add_subplot(grid[1, 1]))

    def show(frame):
        show_bars(frame)
        show_lines(frame.runs, frame.running)
        show_totals(frame)

    return show


def bars(ax):
    """Lay out the multiply-adds of each layer; return ``update(frame)``."""
    layers, empty = np.arange(1, MOST + 1), np.zeros(MOST)
    looks = ((-0.2, COLOURS[0], "forward"), (0.2, COLOURS[3], "back: weights"))
    looks += ((0.2, COLOURS[2], "back: errors"),)
    ahead, weights, errors = (
        ax.bar(layers + shift, empty, width=0.36, color=colour, label=label)
        for shift, colour, label in looks
    )
    ax.set(xlim=(0.3, MOST + 0.7), ylim=(0, 2.6), xticks=layers, xlabel="layer")
    ax.set(ylabel="multiply-adds (largest layer forward = 1)")
    ax.set_title("Multiply-adds by layer")
    ax.legend(loc="upper left", ncols=3, columnspacing=1, handlelength=1.2)
    ax.set_yticks((0, 0.5, 1, 1.5, 2))
    words = ax.text(MOST + 0.5, 2.22, "", ha="right", va="center")

    def update(frame):
        parts = [part / frame.largest for part in (frame.forward, frame.weights)]
        parts.append(frame.errors / frame.largest)
        for n in range(MOST):
            ahead[n].set_height(parts[0][n])
            weights[n].set_height(parts[1][n])
            errors[n].set_y(parts[1][n])
            errors[n].set_height(parts[2][n])
        words.set_text(note(frame))

    return update


def note(frame):
    """Say below the legend how often the bars count."""
    if frame.method == "differences":
        return f"blue bars × {frame.passes:,} passes"
    return f"back / forward = {frame.gradient / frame.one_pass - 1:.2f}"


def equations(ax):
    """Lay out the five lines; return ``update(runs, running)``."""
    heights = 5.2 - np.arange(len(LINES))
    counts = []
    for y, colour, (name, formula) in zip(heights, COLOURS, LINES, strict=True):
        ax.text(0.35, y, name, color=colour, va="center")
        ax.text(3.4, y, formula, va="center")
        counts.append(ax.text(9.9, y, "", ha="right", va="center"))
    (mark,) = ax.plot([], [], ">", color=style.INK, ms=7)
    ax.set(xlim=(0, 10), ylim=(0.6, 5.8), title="Which line runs, and how often it ran")
    ax.axis("off")

    def update(runs, running):
        for text, run in zip(counts, runs, strict=True):
            text.set_text(f"{run:,}" if run else "")
        mark.set_data(
            [0.1] if running != NONE else [], heights[[running]][: running + 1]
        )

    return update


def totals(ax):
    """Lay out the two totals on a log axis; return ``update(frame)``."""
    names = ("one forward pass", "all slopes")
    rows = ax.barh((1, 0), (1, 1), height=0.36, color=(style.BLUE, style.ORANGE))
    words = [ax.text(TOTALS[0] * 1.5, y + 0.34, "", va="center") for y in (1, 0)]
    style.log_axis(ax, "x", low=TOTALS[0], high=TOTALS[1], most=7)
    ax.set(ylim=(-0.35, 1.65), yticks=(), xlabel="multiply-adds")
    ax.grid(visible=False, axis="y")

    def update(frame):
        found = (frame.one_pass, frame.gradient)
        for bar, text, name, total in zip(rows, words, names, found, strict=True):
            bar.set_width(total)
            text.set_text(f"{name}: {cost.written(total)}")

    return update
