"""The drawings of 9.11: a chain of factors, and a block with its four switches."""

import numpy as np
from matplotlib.figure import Figure

from nb_lib.draw import style
from nb_lib.sections.s09_11_gradients.products import WIDTH, spectra

DEPTHS = (1, 5, 20, 50)


def chain():
    """Draw one unit a layer: factors on the way back, without and with a detour."""
    figure = Figure(figsize=(8.6, 2.5), layout="constrained")
    ax = figure.subplots()
    ax.set(xlim=(-0.5, 9.9), ylim=(-1.2, 1.35))
    ax.axis("off")
    names = ("$z_1$", "$z_2$", "$z_3$", "…", "$z_L$")
    for place, name in enumerate(names):
        ax.text(
            2.1 * place,
            0,
            name,
            ha="center",
            va="center",
            size=12,
            bbox={"boxstyle": "circle,pad=0.45", "fc": "none", "ec": style.INK},
        )
    for place in range(4):
        left, right = 2.1 * place + 0.42, 2.1 * place + 1.68
        _arrow(ax, (right, -0.12), (left, -0.12), style.ORANGE)
        ax.text(
            (left + right) / 2,
            -0.55,
            "× w f ′",
            ha="center",
            color=style.ORANGE,
            size=11,
        )
        _arrow(ax, (right + 0.05, 0.3), (left - 0.05, 0.3), style.BLUE, bend=0.55)
        ax.text(
            (left + right) / 2, 0.85, r"$+\, 1$", ha="center", color=style.BLUE, size=11
        )
    ax.text(9.0, 0, "loss", va="center", color=style.MUTED)
    _arrow(ax, (8.95, 0), (8.85, 0), style.MUTED)
    return figure  # fmt: skip


def block():
    """Draw one layer with its switches: norm, activation, weights, and the detour."""
    figure = Figure(figsize=(8.6, 2.1), layout="constrained")
    ax = figure.subplots()
    ax.set(xlim=(-0.6, 9.6), ylim=(-0.75, 1.5))
    ax.axis("off")
    parts = ("$z_l$", "norm", "activation", "weights", "+", "$z_{l+1}$")
    places = (0, 1.8, 3.8, 5.8, 7.5, 8.9)
    colours = (style.INK, style.PURPLE, style.GREEN, style.INK, style.BLUE, style.INK)
    for place, name, colour in zip(places, parts, colours, strict=True):
        frame = {"boxstyle": "round,pad=0.45", "fc": "none", "ec": colour}
        ax.text(place, 0, name, ha="center", va="center", size=11, bbox=frame)
    for left, right in ((0.4, 1.2), (2.4, 2.85), (4.75, 5.1), (6.5, 7.15), (7.85, 8.3)):
        _arrow(ax, (left, 0), (right, 0), style.INK)
    _arrow(ax, (0.05, 0.42), (7.45, 0.42), style.BLUE, bend=-0.22)
    ax.text(3.75, 1.3, "residual connection", ha="center", color=style.BLUE)
    ax.text(1.8, -0.62, "can be left out", ha="center", color=style.PURPLE, size=9)
    return figure


def singular_values(nets):
    """Draw the singular values of products of 1, 5, 20 and 50 Jacobians, by net."""
    figure = Figure(figsize=(8.8, 3.3), layout="constrained")
    axes = figure.subplots(1, len(nets), sharey=True)
    for ax, (name, settings) in zip(axes, nets.items(), strict=True):
        for values, depth, colour, dash in zip(
            spectra(DEPTHS, **settings),
            DEPTHS,
            style.SERIES,
            style.DASHES,
            strict=False,
        ):
            ax.plot(
                np.arange(1, WIDTH + 1),
                np.clip(values, 1e-12, None),
                ls=dash,
                color=colour,
                label=f"{depth} layer{'s' * (depth > 1)}",
            )
        style.log_axis(ax, "y", low=1e-12, high=1e3)
        ax.set(xlabel="singular value, by rank", title=name)
    axes[0].set_ylabel("stretch of a direction")
    axes[0].legend(loc="lower left")
    return figure  # fmt: skip


def _arrow(ax, start, end, colour, *, bend=0.0):
    """Draw an arrow, bent upwards on its way where asked."""
    look = {"arrowstyle": "->", "color": colour, "lw": 1.4, "shrinkA": 0, "shrinkB": 0}
    look["connectionstyle"] = f"arc3,rad={bend}"
    ax.annotate("", end, start, arrowprops=look)
