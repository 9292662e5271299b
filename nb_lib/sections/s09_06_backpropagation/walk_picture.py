"""How the chain of knobs looks: three rows of numbers, and what they cost."""

import numpy as np

from nb_lib.draw import style
from nb_lib.sections.s09_06_backpropagation.walk import (
    KNOBS,
    MOST,
    nudging,
    number,
    walking_back,
)

ROWS = {"value": (3.0, style.BLUE), "nudge": (2.0, style.PURPLE)}
ROWS |= {"slope": (1.0, style.ORANGE)}
LEFT = -1.05  # where the rows have their names


def picture(figure):
    """Lay out the chain on the left, the count of multiplications on the right."""
    chain_axes, count_axes = figure.subplots(1, 2, width_ratios=(1.9, 1))
    show_chain, show_count = chain(chain_axes), counts(count_axes)

    def show(frame):
        show_chain(frame)
        show_count(frame.links)

    return show


def chain(ax):
    """Lay out the rows of values, nudges and slopes; return ``update(frame)``."""
    places = np.arange(MOST + 1)
    circles = {}
    for name, (y, colour) in ROWS.items():
        look = {"mfc": style.PAPER, "mec": colour, "mew": 1.5, "ms": 26}
        if name != "nudge":
            (circles[name],) = ax.plot([], [], "o", color=colour, ls="", **look)
        ax.text(LEFT, y, name, color=colour, ha="center", va="center")
    numbers = {
        name: [centred(ax, n, y, colour) for n in places]
        for name, (y, colour) in ROWS.items()
    }
    knobs = [centred(ax, n + 0.5, 3.66, style.INK) for n in range(MOST)]
    sums = [centred(ax, n + 0.5, 0.22, style.INK) for n in range(MOST)]
    ax.text(LEFT, 3.66, "knob", ha="center", va="center")
    ax.text(LEFT, 0.22, "knob's\nslope", ha="center", va="center")
    (turned,) = ax.plot([], [], "s", ms=25, mfc="none", mec=style.PURPLE, mew=1.6)
    ax.set(xlim=(-1.5, MOST + 0.4), ylim=(-0.25, 4.05), title="A chain of knobs")
    ax.axis("off")

    def update(frame):
        rows = zip(ROWS, (frame.values, frame.moved, frame.slopes), strict=True)
        for name, row in rows:
            known = np.isfinite(row)
            if name in circles:
                heights = np.full(known.sum(), ROWS[name][0])
                circles[name].set_data(places[known], heights)
            for text, value in zip(numbers[name], row, strict=True):
                text.set_text(number(value))
        turned.set_data([frame.knob - 0.5], [3.66])
        for n in range(MOST):
            knobs[n].set_text(f"×{number(KNOBS[n])}" if n < frame.links else "")
            sums[n].set_text(number(frame.gradient[n]))

    return update


def centred(ax, x, y, colour):
    """Put an empty text around (x, y)."""
    return ax.text(x, y, "", color=colour, ha="center", va="center")


def counts(ax):
    """Lay out multiplications against knobs for both ways; return ``update(links)``."""
    knobs = np.arange(1, MOST + 1)
    ways = ((nudging, style.PURPLE, "--", "s"), (walking_back, style.ORANGE, "-", "o"))
    dots = []
    for count, colour, dash, marker in ways:
        ax.plot(knobs, [count(n) for n in knobs], dash, color=colour)
        dots += ax.plot([], [], marker, color=colour, ms=8)
    ax.text(5.4, 50, "nudge\neach knob", color=style.PURPLE, ha="right")
    ax.text(8.3, 11, "walk back once", color=style.ORANGE, ha="right", va="top")
    ax.set(xlim=(0.5, MOST + 0.5), ylim=(0, 78), xticks=knobs, xlabel="knobs")
    ax.set_title("Multiplications for all slopes")

    def update(links):
        for dot, (count, *_) in zip(dots, ways, strict=True):
            dot.set_data([links], [count(links)])

    return update
