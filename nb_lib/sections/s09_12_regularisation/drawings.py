"""The drawings of 9.12: the five places, dropout, warps, gains, double descent."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch

from nb_lib.data import mnist_subset, warped
from nb_lib.draw import digits, style

PLACES = (
    ("examples", "augmentation,\nmixup"),
    ("network", "dropout"),
    ("targets", "label smoothing,\nmixup"),
    ("weights", "weight decay"),
    ("number of steps", "early stopping"),
)


def places():
    """Draw the loop of training, and below each part what interferes with it."""
    fig = Figure(figsize=(9.2, 2.2), layout="constrained")
    ax = fig.subplots()
    for index, (part, cures) in enumerate(PLACES):
        x = 2 * index
        look = {"boxstyle": "round,pad=0.05", "fc": style.PAPER, "ec": style.BLUE}
        ax.add_patch(FancyBboxPatch((x - 0.72, 0.7), 1.44, 0.5, lw=1.6, **look))
        ax.text(x, 0.95, part, ha="center", va="center", size=10.5)
        ax.text(x, 0.05, cures, ha="center", va="center", color=style.ORANGE, size=10.5)
        _arrow(ax, (x, 0.33), (x, 0.62), style.ORANGE)
        if index:
            _arrow(ax, (x - 1.22, 0.95), (x - 0.8, 0.95), style.BLUE)
    ax.set(xlim=(-1, 9), ylim=(-0.3, 1.35))
    ax.axis("off")
    return fig


def masks(rng):
    """Draw a small net three times: whole, and with half of its units silent."""
    fig = Figure(figsize=(9.2, 2.4), layout="constrained")
    whole = np.ones(4, bool)
    drawn = [whole, *(rng.permutation([True, True, False, False]) for _ in range(2))]
    titles = (
        "to judge: all four speak",
        "in one step: only two speak",
        "in the next step: two again",
    )
    for ax, keep, title in zip(fig.subplots(1, 3), drawn, titles, strict=True):
        _net(ax, keep)
        ax.set_title(title)
        ax.set(xlim=(-0.4, 2.4), ylim=(-0.3, 3.3))
        ax.axis("off")
    return fig


def _net(ax, keep):
    """Draw two inputs, four units and one output; silent units are dashed."""
    ins, units = [(0, 1), (0, 2)], [(1, y) for y in range(4)]
    for unit, speaks in zip(units, keep, strict=True):
        for start, end in [*((i, unit) for i in ins), (unit, (2, 1.5))]:
            if speaks:
                ax.plot(
                    *zip(start, end, strict=True), color=style.MUTED, lw=1, zorder=1
                )
    for x, y in [*ins, (2, 1.5)]:
        ax.add_patch(Circle((x, y), 0.17, fc=style.PAPER, ec=style.INK, lw=1.5))
    for (x, y), speaks in zip(units, keep, strict=True):
        look = {
            "ec": style.BLUE if speaks else style.MUTED,
            "ls": "-" if speaks else ":",
        }
        ax.add_patch(Circle((x, y), 0.2, fc=style.PAPER, lw=1.6, **look))
    ax.set_aspect("equal")


def gallery(warp, rng):
    """Draw two digits and seven warped copies of each."""
    (x, labels), _ = mnist_subset()
    rows = [int(np.flatnonzero(labels == digit)[0]) for digit in (4, 7)]
    seen = [np.concatenate([x[[row]], warped(np.repeat(x[[row]], 7, axis=0), warp,
            rng=rng, groups=7)]) for row in rows]  # fmt: skip
    fig = Figure(figsize=(8, 2.1), layout="constrained")
    ax = fig.subplots()
    digits.sheet(ax, digits.mosaic(np.concatenate(seen), columns=8))
    ax.set_title("as it is, then seven warped copies")
    return fig


def gains(found):
    """Draw the gain of each recipe with its interval; ``found`` maps names to pairs."""
    fig = Figure(figsize=(7.2, 2.9), layout="constrained")
    ax = fig.subplots()
    names = list(found)
    for place, (mean, half) in enumerate(found.values()):
        is_clear = abs(mean) > half
        colour = style.ORANGE if is_clear else style.MUTED
        ax.plot([mean - half, mean + half], [place] * 2, color=colour, lw=2)
        ax.plot([mean], [place], "o" if is_clear else "s", color=colour, ms=6)
    ax.axvline(0, color=style.INK, lw=1)
    ax.set(yticks=range(len(names)), yticklabels=names, ylim=(len(names) - 0.5, -0.5))
    ax.set(xlabel="gain over the same net without it (percentage points)")
    return fig


def rungs(rows):
    """Draw the errors of the ladder's rungs with what 10,000 images leave open."""
    fig = Figure(figsize=(7.8, 4.2), layout="constrained")
    ax = fig.subplots()
    for place, row in enumerate(rows):
        ends = [100 * (1 - row.high), 100 * (1 - row.low)]
        ax.plot(ends, [place] * 2, color=style.MUTED, lw=2)
        wrong = [100 * (1 - share) for share in row.tests]
        ax.plot(wrong, [place] * len(wrong), "o", color=style.ORANGE, ms=4.5)
    names = [row.name for row in rows]
    ax.set(yticks=range(len(names)), yticklabels=names, ylim=(len(names) - 0.5, -0.5))
    ax.set(xlabel="test images misread (%)", xlim=(0, None))
    return fig


def double_descent(widths, curves):
    """Draw errors against width; ``curves`` maps words to arrays (widths,)."""
    fig = Figure(figsize=(7.2, 3.3), layout="constrained")
    ax = fig.subplots()
    for index, (name, values) in enumerate(curves.items()):
        look = {"color": style.SERIES[index], "ls": style.DASHES[index]}
        ax.plot(widths, values, marker=style.MARKERS[index], ms=4, label=name, **look)
    ax.axvline(100, color=style.MUTED, lw=1, ls=":")
    style.log_axis(ax, "x", low=1.8, high=2500)
    style.log_axis(ax, "y", low=0.005, high=2000)
    ax.set(xlabel="width (random features)", ylabel="mean square error")
    ax.legend(loc="upper left")
    return fig


def trust(bins):
    """Draw the share right against the confidence; ``bins`` maps names to (3, B)."""
    fig = Figure(figsize=(4.6, 3.4), layout="constrained")
    ax = fig.subplots()
    ax.plot([0, 1], [0, 1], color=style.MUTED, ls="--", lw=1.2)
    for index, (name, (sure, right, count)) in enumerate(bins.items()):
        is_full = count >= 20
        look = {"color": style.SERIES[index], "ls": style.DASHES[index]}
        ax.plot(sure[is_full], right[is_full], marker=style.MARKERS[index], ms=5,
                label=name, **look)  # fmt: skip
    ax.set(xlim=(0.2, 1.02), ylim=(0.2, 1.02), aspect="equal")
    ax.set(xlabel="confidence", ylabel="share right")
    ax.legend(loc="lower right")
    return fig


def _arrow(ax, start, end, colour):
    look = {"arrowstyle": "->", "color": colour, "lw": 1.4}
    ax.annotate("", end, start, arrowprops=look)
