"""How "Your digit" looks: the paper, what the network sees, and its ten answers."""

import numpy as np

from nb_lib.draw import digits, style
from nb_lib.live import grab_on, segments

PEN = 0.085  # its width as a share of the paper
INCHES = 2.8  # a side of the paper
POINTS = 72  # in an inch


def picture(figure):
    """Lay out the paper, the image and the probabilities."""
    grid = figure.add_gridspec(1, 3, width_ratios=(1.1, 0.8, 1.2))
    show_paper = paper(figure.add_subplot(grid[0]))
    image = digits.digit(
        figure.add_subplot(grid[1]),
        np.zeros((digits.SIDE, digits.SIDE)),
        title="What the network sees",
    )
    show_answers = answers(figure.add_subplot(grid[2]))

    def show(frame):
        show_paper(frame.strokes)
        image.set_data(frame.image)
        show_answers(frame.probs)

    return show


def paper(ax):
    """Lay out the paper to draw on; return ``update(strokes)``, rows of ``Ink``."""
    (line,) = ax.plot([], [], color=style.INK, lw=PEN * INCHES * POINTS)
    line.set_solid_capstyle("round")
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=(), yticks=(), aspect="equal")
    ax.set_title("Draw a digit here")
    ax.spines[:].set_visible(True)
    grab_on(ax, "ink")

    def update(strokes):
        starts, ends = segments(strokes)
        gap = np.full_like(starts, np.nan)
        places = np.stack([starts, ends + 1e-4, gap], axis=1)  # a dot has a length
        line.set_data(*places.reshape(-1, 2).T)

    return update


def answers(ax):
    """Lay out ten bars; return ``update(probs)``. The likeliest one is blue."""
    bars = digits.probabilities(ax, np.zeros(10))
    texts = [ax.text(k, 0, "", ha="center", va="bottom", fontsize=8) for k in range(10)]

    def update(probs):
        first = int(np.argmax(probs))
        for k, (bar, text) in enumerate(zip(bars, texts, strict=True)):
            bar.set_height(probs[k])
            bar.set_facecolor(style.BLUE if k == first else style.MUTED)
            text.set_y(probs[k])
            text.set_text(f"{probs[k]:.0%}" if probs[k] >= 0.005 else "")

    return update
