"""How the race looks: shares against examples, and against the shift at the test."""

import numpy as np

from nb_lib.draw import style
from nb_lib.sections.s09_18_beyond.race.runs import AMOUNTS, MODELS, SHIFTS

LOOKS = tuple(zip(style.SERIES, style.DASHES, style.MARKERS, strict=True))[:4]
LOW = -0.3  # room for the legend below 0


def picture(figure):
    """Lay out both panels with one line for each architecture."""
    left, right = figure.subplots(1, 2)
    show_amounts, show_shifts = amounts(left), shifts(right)

    def show(frame):
        show_amounts(frame)
        show_shifts(frame)

    return show


def amounts(ax):
    """Lay out the shares against the number of examples, with the span of the seeds."""
    lines, spans = [], []
    for (colour, dash, marker), model in zip(LOOKS, MODELS, strict=True):
        lines.append(ax.plot([], [], color=colour, ls=dash, marker=marker, ms=5,
                             label=model)[0])  # fmt: skip
        spans.append([ax.plot([], [], color=colour, lw=1.2)[0]
                      for _ in AMOUNTS])  # fmt: skip
    ax.axhline(0.5, color=style.MUTED, lw=1, ls=":")
    (now,) = ax.plot([], [], color=style.INK, lw=1)
    ax.set(xlim=(0.5, len(AMOUNTS) + 0.5), ylim=(LOW, 1.03), xlabel="examples")
    ax.set_yticks((0, 0.25, 0.5, 0.75, 1))
    ax.set_xticks(np.arange(1, len(AMOUNTS) + 1), AMOUNTS)
    ax.set_title("Right answers (bars: 5 seeds)")
    ax.legend(loc="lower left", ncols=2, borderaxespad=0.2)

    def update(frame):
        at = np.arange(1, len(AMOUNTS) + 1)
        place = AMOUNTS.index(frame.amount) + 1
        now.set_data([place, place], [0, 1.03])
        for n, line in enumerate(lines):
            line.set_data(at, frame.middle[n])
            for m, span in enumerate(spans[n]):
                x = at[m] + 0.09 * (n - 1.5)
                span.set_data([x, x], [frame.least[n, m], frame.most[n, m]])

    return update


def shifts(ax):
    """Lay out the shares against the shift at the test."""
    lines = [
        ax.plot([], [], color=colour, ls=dash, marker=marker, ms=5)[0]
        for colour, dash, marker in LOOKS
    ]
    ax.axhline(0.5, color=style.MUTED, lw=1, ls=":")
    (now,) = ax.plot([], [], color=style.INK, lw=1)
    ax.set(xlim=(-0.3, SHIFTS[-1] + 0.3), ylim=(0, 1.03))
    ax.set(xlabel="places to the right at the test", xticks=SHIFTS)
    ax.set_title("The same nets, words moved")

    def update(frame):
        now.set_data([frame.shift, frame.shift], [0, 1.03])
        for line, shares in zip(lines, frame.moved, strict=True):
            line.set_data(SHIFTS, shares)

    return update
