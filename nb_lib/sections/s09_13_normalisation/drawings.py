"""The schematics of 9.13: what is averaged, three places of a norm, a sphere."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from nb_lib.draw import style

POOLS = (  # title, boxes of pooled cells (left, low, width, height) in a 4 x 4 table
    ("batch norm", (0, 0, 1, 4)),
    ("layer norm, RMSNorm", (0, 3, 4, 1)),
    ("group norm, two groups", (0, 3, 2, 1)),
)


def axes_of_norms():
    """Draw a table three times, with the cells that enter one mean."""
    figure = Figure(figsize=(8.2, 2.7), layout="constrained")
    for ax, (title, box) in zip(figure.subplots(1, 3), POOLS, strict=True):
        left, low, width, height = box
        ax.add_patch(Rectangle((left, low), width, height, fc=style.ORANGE, alpha=0.45))
        for n in range(5):
            ax.plot([n, n], [0, 4], color=style.MUTED, lw=1)
            ax.plot([0, 4], [n, n], color=style.MUTED, lw=1)
        ax.add_patch(Rectangle((0, 3), 1, 1, fill=False, ec=style.INK, lw=2.4))
        ax.text(2, -0.5, "features", ha="center", va="center", color=style.MUTED)
        ax.text(-0.5, 2, "examples", ha="center", va="center", rotation=90,
                color=style.MUTED)  # fmt: skip
        ax.set(xlim=(-0.9, 4.2), ylim=(-0.9, 4.2), aspect="equal", title=title)
        ax.axis("off")
    return figure


def places():
    """Draw a layer of a plain stack, a pre-norm block and a post-norm block."""
    figure = Figure(figsize=(8.8, 3.4), layout="constrained")
    plans = (
        ("plain stack", ("norm", "f", "w, b"), False, False),
        ("pre-norm", ("norm", "f", "w, b"), True, False),
        ("post-norm", ("f", "w, b"), True, True),
    )
    for ax, plan in zip(figure.subplots(1, 3), plans, strict=True):
        _block(ax, *plan)
    return figure


def _block(ax, title, boxes, has_skip, has_norm_behind):
    """Draw one block from the bottom up: its branch, the skip and what is behind."""
    height = 0.9
    _arrow(ax, (0, 0), (0, 0.55))
    if has_skip:
        ax.plot([0, -1.25, -1.25], [0.3, 0.3, 4.05], color=style.BLUE, lw=2.4)
        _arrow(ax, (-1.25, 4.05), (-0.22, 4.05), style.BLUE)
    for n, name in enumerate(boxes):
        _box(ax, (0, 0.9 + height * n), name)
        _arrow(ax, (0, 1.16 + height * n), (0, 1.45 + height * n))
    top = 1.16 + height * (len(boxes) - 1)
    end = 4.05 - 0.22 if has_skip else 4.5
    ax.plot([0, 0], [top, end], color=style.INK, lw=1.3)
    if has_skip:
        ax.add_patch(Circle((0, 4.05), 0.22, fc=style.PAPER, ec=style.INK, lw=1.5))
        ax.text(0, 4.05, "+", ha="center", va="center", size=12)
        _arrow(ax, (0, 4.27), (0, 4.75))
    if has_norm_behind:
        _box(ax, (0, 5.05), "norm")
    _arrow(ax, (0, 5.31 if has_norm_behind else 4.5), (0, 5.9))
    ax.text(0.25, 0.1, "$z_{l-1}$", ha="left", va="center")
    ax.text(0.25, 5.75, "$z_l$", ha="left", va="center")
    ax.set(xlim=(-1.9, 1.9), ylim=(-0.15, 6.1), title=title)
    ax.axis("off")


def _box(ax, place, name):
    colour = style.ORANGE if name == "norm" else style.MUTED
    x, y = place
    box = FancyBboxPatch((x - 0.7, y - 0.24), 1.4, 0.48, boxstyle="round,pad=0.02",
                         fc=style.PAPER, ec=colour, lw=1.8)  # fmt: skip
    ax.add_patch(box)
    text = {"f": "$f$", "w, b": "$w_l,\\ b_l$"}.get(name, name)
    ax.text(x, y, text, ha="center", va="center")


def _arrow(ax, start, end, colour=style.INK):
    look = {"arrowstyle": "-|>", "mutation_scale": 12, "lw": 1.5}
    ax.add_patch(
        FancyArrowPatch(start, end, color=colour, shrinkA=0, shrinkB=0, **look)
    )


def circle():
    """Draw RMSNorm in two features: onto a circle, and the slope that is left."""
    figure = Figure(figsize=(6.6, 3.5), layout="constrained")
    ax = figure.subplots()
    angle, radius = np.radians(35), np.sqrt(2)
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    x, x_hat = 4.2 * along, radius * along
    ax.add_patch(Circle((0, 0), radius, fill=False, ec=style.MUTED, lw=1.4))
    ax.plot(*np.stack([0 * x, x]).T, ":", color=style.MUTED, lw=1.3)
    _arrow(ax, (0, 0), x_hat, style.BLUE)
    ax.plot(*x[:, None], "o", color=style.INK, ms=7)
    ax.plot(*x_hat[:, None], "o", color=style.BLUE, ms=7)
    arriving = x_hat + 0.75 * along + 1.0 * across
    _arrow(ax, x_hat, arriving, style.ORANGE)
    _arrow(ax, x_hat, x_hat + 1.0 * across, style.GREEN)
    ax.plot(*np.stack([x_hat + across, arriving]).T, "--", color=style.MUTED, lw=1.2)
    _arrow(ax, x, x + across * radius / 4.2, style.GREEN)
    ax.text(x[0] + 0.15, x[1] - 0.05, "$x$", va="top")
    ax.text(x_hat[0] + 0.12, x_hat[1] - 0.12, "$\\hat x$", color=style.BLUE, va="top")
    ax.text(arriving[0] + 0.12, arriving[1], "arrives: $d\\hat x$",
            color=style.ORANGE, va="center")  # fmt: skip
    ax.text(-1.35, 1.7, "turns the point", color=style.GREEN)
    end = x + across * radius / 4.2
    ax.text(end[0] + 0.12, end[1], "goes back: $dx$", color=style.GREEN, va="bottom")
    ax.text(0, -1.62, "circle of radius $\\sqrt{D}$", color=style.MUTED, ha="center")
    ax.set(xlim=(-2, 5.2), ylim=(-1.8, 3.2), aspect="equal")
    ax.axis("off")
    return figure
