"""How attention looks: the map of all shares, and one query taken apart."""

import numpy as np
from matplotlib.patches import Rectangle

from nb_lib.draw import style
from nb_lib.sections.s09_18_beyond.attention.heads import MOST
from nb_lib.sections.s09_18_beyond.heat import shares

REACH = 20.0  # of the axis of scores


def picture(figure):
    """Lay out the map beside the scores and the shares of one query."""
    grid = figure.add_gridspec(2, 2, width_ratios=(1, 1.15))
    whole = figure.add_subplot(grid[:, 0])
    fill = shares(whole, MOST, "All shares, row by row")
    box = whole.add_patch(
        Rectangle((0, 0), MOST, 1, fill=False, ec=style.ORANGE, lw=2.2)
    )
    mark = lettered(whole, both=True)
    scores, parts = figure.add_subplot(grid[0, 1]), figure.add_subplot(grid[1, 1])
    show_scores, show_parts = score_bars(scores), share_bars(parts)
    scores.set_xticks([])
    mark_parts = lettered(parts)

    def show(frame):
        fill(frame.weights)
        box.set_xy((0, frame.query))
        box.set_width(len(frame.text))
        show_scores(frame.scores, frame.divided)
        show_parts(frame.weights[frame.query])
        mark(frame.text)
        mark_parts(frame.text)
        whole.set_xlim(0, len(frame.text))
        whole.set_ylim(len(frame.text), 0)

    return show


def lettered(ax, *, both=False):
    """Lay out one text for each character below the axes, and beside it with both."""
    ax.set_xticks([])
    ax.set_xlabel("key", labelpad=20)
    if both:
        ax.set_yticks([])
        ax.set_ylabel("query", labelpad=20)
    below, beside = ax.get_xaxis_transform(), ax.get_yaxis_transform()
    under = [
        ax.text(n + 0.5, -0.03, "", transform=below, ha="center", va="top", size=10)
        for n in range(MOST)
    ]
    left = [
        ax.text(-0.02, n + 0.5, "", transform=beside, ha="right", va="center", size=10)
        for n in range(MOST if both else 0)
    ]

    def write(text):
        marks = list(text.replace(" ", "␣")) + [""] * (MOST - len(text))
        for column in (under, left):
            for place, letter in zip(column, marks, strict=False):
                place.set_text(letter)

    return write


def score_bars(ax):
    """Lay out q·k of each key, pale, and what is left behind division and mask."""
    at = np.arange(MOST) + 0.5
    pale = ax.bar(at, np.zeros(MOST), 0.8, color=style.MUTED, alpha=0.8)
    solid = ax.bar(at, np.zeros(MOST), 0.45, color=style.ORANGE)
    ax.axhline(0, color=style.MUTED, lw=0.9)
    ax.set(xlim=(0, MOST), ylim=(-REACH, REACH), yticks=(-16, -8, 0, 8, 16))
    ax.set_title("One query: q·k (grey), divided (orange)")

    def update(scores, divided):
        for bars, values in ((pale, scores), (solid, divided)):
            for bar, value in zip(bars, np.nan_to_num(values), strict=True):
                bar.set_height(float(np.clip(value, -REACH, REACH)))

    return update


def share_bars(ax):
    """Lay out the softmax of one query: a share for each key."""
    bars = ax.bar(np.arange(MOST) + 0.5, np.zeros(MOST), 0.8, color=style.BLUE)
    ax.set(xlim=(0, MOST), ylim=(0, 1.05), yticks=(0, 0.5, 1))
    ax.set_title("Its shares: softmax")

    def update(row):
        for bar, share in zip(bars, np.nan_to_num(row), strict=True):
            bar.set_height(float(share))

    return update
