"""How the pulls look: probabilities with arrows, and the loss over one logit."""

import numpy as np

from nb_lib.draw import style
from nb_lib.draw.training import inside
from nb_lib.sections.s09_09_losses.push import CLASSES, NAMES, SWEEP
from nb_lib.words import minus

PLACES = np.arange(3.0)
WIDE, PAD = 0.4, 24  # of a bar; of the titles, where a legend has room below
SHORT = 0.004  # an arrow below this has no head
APART = 0.07  # of a number from the line of its target


def picture(figure):
    """Lay out three bars with their arrows beside the curves over the cat's logit."""
    grid = figure.add_gridspec(1, 3, width_ratios=(1.5, 1, 1))
    axes = [figure.add_subplot(grid[place]) for place in range(3)]
    show_bars = bars(axes[0])
    show_loss = curve(axes[1], style.BLUE, "-", "o", (-1, 15))
    show_push = curve(axes[2], style.ORANGE, "--", "D", (-0.5, 2.4))
    title = axes[1].set_title("Loss", loc="left", pad=PAD)
    axes[2].set_title("Pull on the cat's logit", pad=PAD)

    def show(frame):
        show_bars(frame)
        title.set_text(f"Loss: {NAMES[frame.loss]}")
        show_loss(frame.values, frame.logit, frame.value)
        show_push(frame.cat_pushes, frame.logit, frame.pushes[0])

    return show


def bars(ax):
    """Lay out the probabilities; an arrow on each shows the push on its logit."""
    blocks = ax.bar(PLACES, np.zeros(3), width=WIDE, color=style.BLUE, alpha=0.7)
    goals = [
        ax.plot([x - 0.3, x + 0.3], [0, 0], ":", color=style.INK, lw=1.6)[0]
        for x in PLACES
    ]
    shafts = [ax.plot([x, x], [0, 0], color=style.ORANGE, lw=3)[0] for x in PLACES]
    heads = [
        ax.plot([x], [0], marker, color=style.ORANGE, ms=9, ls="none")[0]
        for x in PLACES
        for marker in "^v"
    ]
    words = [ax.text(x + 0.24, 0, "", va="center", color=style.ORANGE) for x in PLACES]
    numbers = [ax.text(x, -0.17, "", va="center", ha="center") for x in PLACES]
    ax.set(xlim=(-0.6, 2.8), ylim=(-0.25, 1.15), ylabel="probability")
    ax.set_xticks(PLACES, CLASSES)
    ax.set_yticks((0, 0.25, 0.5, 0.75, 1))
    ax.set_title("It is a cat", pad=PAD)
    ax.legend(
        [blocks, goals[0], shafts[0]],
        ["probability", "target", "pull on its logit"],
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=3,
        borderaxespad=0.3,
        columnspacing=1.0,
    )

    def show(frame):
        for k in range(3):
            p, push, goal = frame.probs[k], frame.pushes[k], frame.targets[k]
            blocks[k].set_height(p)
            goals[k].set_ydata([goal, goal])
            end = min(max(p + push, -0.06), 1.1)
            shafts[k].set_ydata([p, end])
            heads[2 * k].set_ydata([end if push > SHORT else np.nan])
            heads[2 * k + 1].set_ydata([end if push < -SHORT else np.nan])
            words[k].set_text(minus(f"{np.round(push, 3) + 0.0:+.3f}"))
            words[k].set_y(max(beside((p + end) / 2, goal), APART))
            numbers[k].set_text(f"{p:.3f}")

    return show


def beside(height, goal):
    """Give a number a height next to its arrow, but not on the line of the target."""
    if abs(height - goal) >= APART:
        return height
    return goal + APART if goal < 0.5 else goal - APART


def curve(ax, colour, dash, marker, ends):
    """Lay out a curve over the cat's logit with a mark; return ``update``."""
    (line,) = ax.plot([], [], dash, color=colour)
    look = {"ls": "none", "mec": style.PAPER, "mew": 0.6, "zorder": 3, "ms": 8}
    (mark,) = ax.plot([], [], marker, color=colour, **look)
    ax.axhline(0, color=style.MUTED, lw=0.9)
    ax.set(xlim=(-12.5, 12.5), ylim=ends, xlabel="logit of the cat")

    def update(values, logit, value):
        line.set_data(SWEEP, values)
        mark.set_data([logit], inside([value], *ends))

    return update
