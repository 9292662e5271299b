"""How carrying looks: the field with paths, and the error over the steps."""

import numpy as np

from nb_lib.draw import style
from nb_lib.draw.training import inside
from nb_lib.sections.s09_18_beyond.flow.carrying import COUNTS, NAMES, grid

REACH = 2.1
LOW, HIGH = 1e-9, 30.0


def picture(figure):
    """Lay out the plane beside the errors."""
    parts = figure.add_gridspec(1, 2, width_ratios=(1, 1.05))
    show_plane = plane(figure.add_subplot(parts[0]))
    show_errors = errors(figure.add_subplot(parts[1]))

    def show(frame):
        show_plane(frame)
        show_errors(frame)

    return show


def plane(ax):
    """Lay out the field as strokes with a dot where they begin, and three paths."""
    (strokes,) = ax.plot([], [], color=style.MUTED, lw=1)
    (feet,) = ax.plot([], [], "o", color=style.MUTED, ms=2.2, ls="none")
    true = [ax.plot([], [], color=style.BLUE, lw=2)[0] for _ in range(3)]
    look = {"color": style.ORANGE, "ls": "--", "lw": 1.6, "ms": 5, "mec": style.PAPER}
    walked = [ax.plot([], [], marker="o", mew=0.5, **look)[0] for _ in range(3)]
    ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xlabel="$x_1$", ylabel="$x_2$")
    ax.set_box_aspect(1)
    ax.set_title("Three points")
    ax.legend(
        [true[0], walked[0]],
        ["truth", "steps"],
        loc="lower right",
        bbox_to_anchor=(1.02, 0.98),
        ncols=2,
    )
    ax.grid(visible=False)

    def update(frame):
        foot = grid()
        length = np.sqrt((frame.slopes**2).sum(axis=1, keepdims=True))
        lines = np.full((len(foot), 3, 2), np.nan)
        lines[:, 0] = foot
        lines[:, 1] = foot + 0.26 * frame.slopes / (1.5 + length)
        strokes.set_data(*lines.reshape(-1, 2).T)
        feet.set_data(*foot.T)
        for k in range(3):
            true[k].set_data(*frame.truth[:, k].T)
            walked[k].set_data(*inside(frame.paths[:, k], -9, 9).T)

    return update


def errors(ax):
    """Lay out the error of both methods over the number of steps."""
    (euler,) = ax.plot([], [], "o-", color=style.ORANGE, ms=4, label=NAMES["euler"])
    (rk4,) = ax.plot([], [], "^--", color=style.GREEN, ms=5, label=NAMES["rk4"])
    (mark,) = ax.plot([], [], "D", ms=11, mfc="none", mec=style.INK, mew=1.6, ls="none")
    style.log_axis(ax, "y", low=LOW, high=HIGH)
    ax.set_xscale("log", base=2)
    ax.set(xlim=(0.8, 80), xlabel="steps", title="Distance from the true end")
    ax.set_xticks((1, 2, 4, 8, 16, 32, 64), (1, 2, 4, 8, 16, 32, 64))
    ax.legend(loc="lower left")

    def update(frame):
        euler.set_data(COUNTS, inside(frame.euler, LOW, HIGH))
        rk4.set_data(COUNTS, inside(frame.rk4, LOW, HIGH))
        mark.set_data([frame.steps], inside([frame.error], LOW, HIGH))

    return update
