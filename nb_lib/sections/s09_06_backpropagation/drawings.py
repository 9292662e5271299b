"""The schematics of 9.6: the net for the head, and who hears of a unit and a weight."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch

from nb_lib.draw import style
from nb_lib.sections.s09_06_backpropagation import pencil
from nb_lib.words import minus

RADIUS = 0.23
INPUTS, HIDDEN, OUTPUT = [(0, 1.5), (0, 0.5)], [(2.1, 2), (2.1, 1), (2.1, 0)], (4.2, 1)
ALONG = ((0.42, 0.3, 0.64), (0.64, 0.3, 0.42))  # where edges carry their numbers


def pencil_net(*, back=False):
    """Draw the 2-3-1 net with its values or, ``back``, with the slopes of the loss."""
    figure = Figure(figsize=(7.4, 3.1), layout="constrained")
    ax = figure.subplots()
    z1, h1, z2 = pencil.forward()
    found = pencil.slopes()
    first, second = (found["w1"], found["w2"]) if back else (pencil.W1, pencil.W2)
    for i, start in enumerate(INPUTS):
        for j, end in enumerate(HIDDEN):
            _edge(ax, start, end, first[i, j], ALONG[i][j], back=back)
    for j, start in enumerate(HIDDEN):
        _edge(ax, start, OUTPUT, second[j, 0], 0.45, back=back)
    inputs = found["x"] if back else pencil.X
    hidden, output = (found["z1"], found["z2"]) if back else (h1, z2)
    colour = style.ORANGE if back else style.BLUE
    for place, value, name in zip(INPUTS, inputs[0], ("$x_1$", "$x_2$"), strict=True):
        _unit(ax, place, _number(value), name, colour)
    for place, value, z, name in zip(HIDDEN, hidden[0], z1[0], "ABC", strict=True):
        words = f"{name}" if back else f"{name}: z = {_number(z)}"
        _unit(ax, place, _number(value), words, colour)
    _unit(ax, OUTPUT, _number(output[0, 0]), "$z$", colour)
    words = "loss ½ (z − 3)²\n"
    words += "slope z − 3 = 2" if back else "= ½ (5 − 3)² = 2"
    ax.text(4.6, 1, words, va="center")
    ax.set(xlim=(-0.4, 6.1), ylim=(-0.35, 2.6), aspect="equal")
    ax.axis("off")
    return figure


def who_hears():
    """Draw a unit with the arrows that leave it, and a weight with its two ends."""
    figure = Figure(figsize=(8.8, 2.9), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(1.1, 1))
    _unit_and_followers(left)
    _weight_and_ends(right)
    return figure


def _unit_and_followers(ax):
    """Draw the error of a unit as a sum over the arrows that leave it."""
    for k, y in enumerate((2, 1, 0), start=1):
        _arrow(ax, (1.05, 1 + 0.1 * (y - 1)), (3.32, y), style.ORANGE, back=True)
        name = f"$\\delta_{{l+1,{k}}}$"
        _unit(ax, (3.6, y), name, "", style.ORANGE, radius=0.34)
        middle = (2.1, 1 + 0.47 * (y - 1))
        _label(ax, middle, f"$w_{{j{k}}}$", style.INK)
    _unit(ax, (0.7, 1), "$\\delta_{l,j}$", "", style.ORANGE, radius=0.34)
    ax.text(0.7, 1.5, "$\\times f′(z_{l,j})$", ha="center", color=style.ORANGE)
    ax.text(0.7, -0.68, "layer $l$", ha="center", color=style.MUTED)
    ax.text(3.6, -0.68, "layer $l+1$", ha="center", color=style.MUTED)
    ax.set_title("The error of a unit: add what comes back")
    ax.set(xlim=(-0.2, 4.4), ylim=(-0.8, 2.5), aspect="equal")
    ax.axis("off")


def _weight_and_ends(ax):
    """Draw the slope of a weight as the product of what is at its two ends."""
    _unit(ax, (0.5, 1), "$h_{l-1,i}$", "", style.BLUE, radius=0.4)
    _unit(ax, (3.5, 1), "$\\delta_{l,j}$", "", style.ORANGE, radius=0.4)
    _arrow(ax, (0.95, 1), (3.05, 1), style.INK)
    _label(ax, (2, 1), "$w_{ij}$", style.INK)
    ax.text(2, 0.25, "slope of the weight:\n$h_{l-1,i}\\;\\delta_{l,j}$",
            ha="center", va="center")  # fmt: skip
    ax.text(0.5, 1.6, "came forward", ha="center", color=style.BLUE)
    ax.text(3.5, 1.6, "came back", ha="center", color=style.ORANGE)
    ax.set_title("The slope of a weight: multiply its two ends")
    ax.set(xlim=(-0.3, 4.3), ylim=(-0.8, 2.5), aspect="equal")
    ax.axis("off")


def _edge(ax, start, end, value, part, *, back):
    """Draw an edge with its number; slopes run from its end to its start."""
    (x0, y0), (x1, y1) = start, end
    share = RADIUS / np.hypot(x1 - x0, y1 - y0)
    near = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
    far = x1 - share * (x1 - x0), y1 - share * (y1 - y0)
    _arrow(ax, near, far, style.MUTED, back=back)
    place = x0 + part * (x1 - x0), y0 + part * (y1 - y0)
    _label(ax, place, _number(value), style.INK)


def _arrow(ax, start, end, colour, *, back=False):
    look = {"arrowstyle": "<|-" if back else "-|>", "mutation_scale": 10, "lw": 1.2}
    ax.add_patch(
        FancyArrowPatch(start, end, color=colour, shrinkA=0, shrinkB=0, **look)
    )


def _label(ax, place, words, colour):
    box = {"fc": style.PAPER, "ec": "none", "pad": 1.2}
    ax.text(*place, words, ha="center", va="center", color=colour, bbox=box)


def _unit(ax, place, value, name, colour, *, radius=RADIUS):
    """Draw a circle with a value in it and a name above it."""
    look = {"fc": style.PAPER, "ec": colour, "lw": 1.7}
    ax.add_patch(Circle(place, radius, **look))
    ax.text(*place, value, ha="center", va="center", color=colour, size=11)
    ax.text(place[0], place[1] + 0.3, name, ha="center", va="bottom")


def _number(value):
    return minus(f"{value:g}")
