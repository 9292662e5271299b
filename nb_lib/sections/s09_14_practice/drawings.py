"""The schematics of 9.14: walks on a parabola, segments of a net, float16's scale."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from nb_lib import words
from nb_lib.draw import style

RATES = (0.02, 0.1, 0.19, 0.201)


def parabola(curvature=10.0, steps=8):
    """Draw the walks of four rates on a parabola, one beside the other."""
    figure = Figure(figsize=(9.2, 2.7), layout="constrained")
    w = np.linspace(-1.5, 1.5, 120)
    for ax, rate, colour in zip(
        figure.subplots(1, 4, sharey=True), RATES, style.SERIES, strict=False
    ):
        walk = (1 - rate * curvature) ** np.arange(steps)
        ax.plot(w, curvature * w**2 / 2, color=style.MUTED, lw=1)
        ax.plot(walk, curvature * walk**2 / 2, "o-", color=colour, ms=4.5, lw=1.1)
        ax.set(xlim=(-1.5, 1.5), ylim=(-0.4, 10), xlabel="w")
        factor = words.minus(f"{1 - rate * curvature:.2f}")
        ax.set_title(f"rate {rate}: × {factor}")
    figure.axes[0].set_ylabel("loss 5 w²")
    return figure


def segments():
    """Draw our nine layers in three segments: what is kept, what is computed again."""
    figure = Figure(figsize=(9.2, 2.6), layout="constrained")
    ax = figure.subplots()
    for layer, width in enumerate((2, *[24] * 8)):
        is_kept, is_again = layer in (0, 3), layer in (4, 5)
        colour = style.BLUE if is_kept else style.ORANGE if is_again else style.PAPER
        _box(ax, layer, width, colour, is_held=is_kept or is_again)
        ax.text(layer, -0.72, f"{layer + 1}", ha="center", va="center")
        if layer:
            _arrow(ax, (layer - 0.69, 0), (layer - 0.33, 0), style.INK)
    _arrow(ax, (8.4, 1.15), (6.0, 1.15), style.RED)
    ax.text(8.4, 1.45, "the way back has come to here", ha="right", color=style.RED)
    _arrow(ax, (3.0, -1.25), (5.4, -1.25), style.ORANGE)
    ax.text(3.0, -1.75, "this segment, forward once more", color=style.ORANGE)
    ax.text(-0.35, 1.1, "blue: kept", color=style.BLUE)
    ax.text(1.15, 1.1, "white: not in memory", color=style.MUTED)
    look = {"ha": "right", "va": "center", "color": style.MUTED}
    ax.text(-0.5, -0.72, "input of layer", **look)
    ax.text(-0.5, 0, "width", **look)
    ax.set(xlim=(-1.9, 8.7), ylim=(-2.0, 1.9))
    ax.axis("off")
    return figure


def _box(ax, x, width, colour, *, is_held):
    """Draw the state of one layer, its width written in it."""
    look = (style.INK, "-", style.PAPER) if is_held else (style.MUTED, "--", style.INK)
    edge, dash, ink = look
    ax.add_patch(Rectangle((x - 0.3, -0.4), 0.6, 0.8, fc=colour, ec=edge, ls=dash))
    ax.text(x, 0, f"{width}", ha="center", va="center", color=ink)


def _arrow(ax, start, end, colour):
    ax.add_patch(
        FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=11, color=colour)
    )
