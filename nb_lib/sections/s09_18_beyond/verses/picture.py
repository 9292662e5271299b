"""How the writer looks: its loss, where one head looks, and what it writes."""

import numpy as np

from nb_lib import words
from nb_lib.draw import style
from nb_lib.sections.s09_18_beyond.heat import letters, shares
from nb_lib.sections.s09_18_beyond.verses.training import STEPS
from nb_lib.sections.s09_18_beyond.verses.writer import BIGRAM, VERSE, WIDTH

LINES = 3


def picture(figure):
    """Lay out the loss, the map of attention and the text."""
    grid = figure.add_gridspec(1, 3, width_ratios=(1, 1.1, 1.1))
    show_loss = losses(figure.add_subplot(grid[0, 0]))
    ax = figure.add_subplot(grid[0, 1])
    fill = shares(ax, len(VERSE), "Where it looks")
    letters(ax, VERSE)
    show_text = written(figure.add_subplot(grid[0, 2]))

    def show(frame):
        show_loss(frame.at, frame.losses)
        fill(frame.weights)
        show_text(frame)

    return show


def losses(ax):
    """Lay out the loss against the steps, beside the table of pairs."""
    (line,) = ax.plot([], [], color=style.BLUE, lw=2)
    ax.axhline(BIGRAM, color=style.ORANGE, ls="--")
    ax.text(STEPS, BIGRAM - 0.04, "table of pairs", color=style.ORANGE, ha="right",
            va="top")  # fmt: skip
    uniform = float(np.log(36))
    ax.axhline(uniform, color=style.MUTED, ls=":")
    ax.text(STEPS, uniform + 0.03, "all alike", color=style.MUTED, ha="right",
            va="bottom")  # fmt: skip
    ax.set(xlim=(0, STEPS), ylim=(1.6, 3.8), xlabel="step", ylabel="loss (nats)")
    ax.set_title("Loss per character")
    return line.set_data


def written(ax):
    """Lay out what the writer says, in a few lines."""
    texts = [
        ax.text(0, 2.2 - 0.6 * n, "", family="DejaVu Sans Mono", size=11, va="center")
        for n in range(LINES)
    ]
    after = ax.text(0, 2.9, "", color=style.MUTED, va="center")
    ax.set(xlim=(-0.2, WIDTH), ylim=(-1.2, 3.4), title="What it writes")
    ax.axis("off")

    def update(frame):
        after.set_text(f"after {words.counted(frame.count, 'step')}")
        for text, line in zip(texts, frame.lines, strict=True):
            text.set_text(line)

    return update
