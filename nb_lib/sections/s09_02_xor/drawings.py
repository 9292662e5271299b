"""What 9.2 draws with a pencil: a unit, the square of corners, the magic square."""

import numpy as np

from nb_lib.draw import style
from nb_lib.sections.s09_02_xor.magic import SQUARE


def unit(ax):
    """Draw one threshold unit: inputs, weights, bias, sum, step."""
    look = {"ha": "center", "va": "center", "fontsize": 12}
    circle = {"boxstyle": "circle,pad=0.45", "fc": style.PAPER, "ec": style.INK}
    arrow = {"arrowstyle": "->", "color": style.INK, "shrinkA": 16, "shrinkB": 22}
    for words, weight, y in (
        ("$x_1$", "$w_1$", 2),
        ("$x_2$", "$w_2$", 1),
        ("1", "$b$", 0),
    ):
        ax.annotate("", (2, 1), (0, y), arrowprops=arrow)
        ax.text(0, y, words, bbox=circle, **look)
        ax.text(1, y + (1 - y) / 2 + 0.16, weight, color=style.BLUE, **look)
    ax.text(2, 1, "$z$", bbox={**circle, "boxstyle": "circle,pad=0.6"}, **look)
    ax.annotate("", (3.5, 1), (2, 1), arrowprops={**arrow, "shrinkB": 4})
    ax.text(3.55, 1, "1 if $z \\geq 0$,\nelse 0", ha="left", va="center", fontsize=11)
    ax.set(
        xlim=(-0.5, 4.6), ylim=(-0.6, 2.6), title="One unit, three numbers to choose"
    )
    ax.set_axis_off()


def square(ax, table, *, line=None, diagonals=False):
    """Draw the corners of a table (4,), full where it is 1; a line, or diagonals."""
    x = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    one = np.asarray(table) == 1
    ax.plot(*x[one].T, "o", ms=13, color=style.BLUE, zorder=3)
    ax.plot(*x[~one].T, "o", ms=13, mfc=style.PAPER, mec=style.INK, zorder=3)
    if line is not None:
        x1 = np.array([-0.3, 1.3])
        ax.plot(x1, -(line[2] + line[0] * x1) / line[1], color=style.INK)
    if diagonals:
        ax.plot([0, 1], [1, 0], color=style.BLUE)
        ax.plot([0, 1], [0, 1], "--", color=style.INK)
        ax.plot(0.5, 0.5, "x", ms=11, mew=3, color=style.RED, zorder=3)
    ax.set(xlim=(-0.3, 1.3), ylim=(-0.3, 1.3), xlabel="$x_1$", ylabel="$x_2$")
    ax.set(xticks=(0, 1), yticks=(0, 1), aspect="equal")


def magic_square(ax, *, by_rows):
    """Draw the square with a band along each row, or along each column."""
    colour, dash = (style.BLUE, "-") if by_rows else (style.ORANGE, "--")
    for k in range(3):
        ends = ([-0.3, 2.3], [k, k]) if by_rows else ([k, k], [-0.3, 2.3])
        ax.plot(*ends, color=colour, lw=26, alpha=0.25, solid_capstyle="round")
        ax.plot(*ends, color=colour, lw=1.2, ls=dash)
    for field, value in enumerate(SQUARE):
        box = {"boxstyle": "round,pad=0.15", "fc": style.PAPER, "ec": "none"}
        place = (field % 3, 2 - field // 3)
        ax.text(*place, value, ha="center", va="center", fontsize=15, bbox=box)
    kind, output = ("row", 1) if by_rows else ("column", 0)
    ax.set(xlim=(-0.6, 2.6), ylim=(-0.6, 2.6), aspect="equal")
    ax.set_title(f"each {kind} sums to 15: output {output}", fontsize=10)
    ax.set_axis_off()
