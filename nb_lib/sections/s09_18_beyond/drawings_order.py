"""The schematics of 9.18 about order: an unrolled net, a cell, a Transformer."""

from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from nb_lib.draw import style


def memories():
    """Draw three steps of a recurrent net, and the cell of an LSTM."""
    figure = Figure(figsize=(9.2, 2.3), layout="constrained")
    left, right = figure.subplots(1, 2)
    _unrolled(left)
    _cell(right)
    return figure


def transformer():
    """Draw the writer from the bottom up: tokens, places, one block, logits."""
    figure = Figure(figsize=(9.2, 2.6), layout="constrained")
    ax = figure.subplots()
    names = ("norm", "attention", "norm", "SwiGLU")
    _box(ax, (0.2, 0), "letter", style.GREEN)
    _box(ax, (0.2, -1.1), "place", style.PURPLE)
    _plus(ax, (1.7, 0))
    _arrow(ax, (0.85, 0), (1.5, 0))
    _arrow(ax, (0.85, -1.1), (1.62, -0.22))
    at = 1.7
    for start, pair in ((1.9, names[:2]), (6.5, names[2:])):
        _arrow(ax, (at + 0.2, 0), (start + 4.0, 0), style.BLUE, 2.4)
        ax.plot([start + 0.35, start + 0.35], [0, -1.1], color=style.INK, lw=1.3)
        _box(ax, (start + 1.2, -1.1), pair[0], style.MUTED)
        _box(ax, (start + 2.9, -1.1), pair[1], style.ORANGE, 1.5)
        ax.plot([start + 0.35, start + 0.6], [-1.1, -1.1], color=style.INK, lw=1.3)
        _arrow(ax, (start + 1.8, -1.1), (start + 2.12, -1.1))
        ax.plot([start + 3.68, start + 4.2], [-1.1, -1.1], color=style.INK, lw=1.3)
        _arrow(ax, (start + 4.2, -1.1), (start + 4.2, -0.22))
        at = start + 4.2
        _plus(ax, (at, 0))
    _arrow(ax, (at + 0.2, 0), (at + 0.75, 0), style.BLUE, 2.4)
    _box(ax, (at + 1.35, 0), "norm", style.MUTED)
    _arrow(ax, (at + 1.95, 0), (at + 2.3, 0))
    _box(ax, (at + 3.0, 0), "36 logits", style.GREEN, 1.35)
    ax.text(4.0, 0.42, "the stream of each letter", color=style.BLUE, ha="center")
    ax.set(xlim=(-0.6, at + 3.8), ylim=(-1.6, 0.8), aspect="equal")
    ax.axis("off")
    return figure


def _unrolled(ax):
    """Draw the same unit three times, handing its state on."""
    for n, label in enumerate(("1", "2", "3")):
        x = 2 * n
        _box(ax, (x, 0), "tanh", style.ORANGE, 0.9)
        ax.text(x, -1.55, f"$x_{label}$", ha="center", va="center")
        _arrow(ax, (x, -1.3), (x, -0.32))
        ax.text(x + 0.18, -0.85, "$W_x$", ha="left", va="center", color=style.MUTED)
        ax.text(x + 1.0, 0.28, f"$s_{label}$", ha="center", va="center")
        _arrow(ax, (x + 0.5, 0), (x + 1.5, 0), style.BLUE, 2.2)
        ax.text(x + 1.0, -0.3, "$W_s$", ha="center", va="center", color=style.MUTED)
    ax.set(xlim=(-0.8, 5.8), ylim=(-1.9, 0.7), aspect="equal")
    ax.set_title("An RNN, three steps")
    ax.axis("off")


def _cell(ax):
    """Draw the road of the cell with its gates."""
    _arrow(ax, (-0.4, 0), (1.0, 0), style.BLUE, 2.4)
    _plus(ax, (1.25, 0), "×")
    _arrow(ax, (1.5, 0), (2.6, 0), style.BLUE, 2.4)
    _plus(ax, (2.85, 0), "+")
    _arrow(ax, (3.1, 0), (6.1, 0), style.BLUE, 2.4)
    ax.text(-0.3, 0.25, "$c_{t-1}$", ha="center", va="bottom")
    ax.text(6.0, 0.25, "$c_t$", ha="center", va="bottom")
    _arrow(ax, (1.25, -1.2), (1.25, -0.25))
    ax.text(1.25, -1.45, "$f$", ha="center", va="center", color=style.ORANGE, size=12)
    _arrow(ax, (2.85, -1.2), (2.85, -0.25))
    ax.text(2.85, -1.45, "$i \\odot g$", ha="center", va="center",
            color=style.ORANGE, size=12)  # fmt: skip
    ax.plot([4.9, 4.9], [0, -0.5], color=style.INK, lw=1.3)
    _box(ax, (4.9, -0.75), "tanh", style.MUTED, 0.9)
    _arrow(ax, (4.9, -1.0), (4.9, -1.3))
    _plus(ax, (4.9, -1.55), "×")
    _arrow(ax, (4.15, -1.55), (4.7, -1.55))
    ax.text(3.9, -1.55, "$o$", ha="center", va="center", color=style.ORANGE, size=12)
    _arrow(ax, (5.15, -1.55), (6.05, -1.55))
    ax.text(6.3, -1.55, "$s_t$", ha="center", va="center")
    ax.set(xlim=(-0.8, 6.8), ylim=(-1.9, 0.7), aspect="equal")
    ax.set_title("The cell of an LSTM")
    ax.axis("off")


def _box(ax, centre, name, colour, width=1.2):
    x, y = centre
    ax.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - 0.25),
            width,
            0.5,
            boxstyle="round,pad=0.04",
            fc=style.PAPER,
            ec=colour,
            lw=1.8,
        )
    )
    ax.text(x, y, name, ha="center", va="center")


def _plus(ax, centre, mark="+"):
    ax.add_patch(Circle(centre, 0.2, fc=style.PAPER, ec=style.INK, lw=1.5, zorder=3))
    ax.text(*centre, mark, ha="center", va="center", size=11, zorder=4)


def _arrow(ax, start, end, colour=style.INK, width=1.3):
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=11,
            color=colour,
            lw=width,
            shrinkA=0,
            shrinkB=0,
        )
    )
