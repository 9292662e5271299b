"""How the run planner looks: the rate over the loss, the sizes over the costs."""

import numpy as np

from nb_lib.draw import style, training
from nb_lib.sections.s09_14_practice.run import BINS, STEPS

LOSS, RATE = (1e-3, 30), (1e-4, 1)
SMALLEST, LARGEST = -24, 16  # powers of two: where float16 begins and ends


def picture(figure):
    """Lay out rate and loss on the left, sizes of deltas and costs on the right."""
    grid = figure.add_gridspec(2, 2, height_ratios=(1, 1.1))
    show_rate = rates(figure.add_subplot(grid[0, 0]))
    loss_axes = figure.add_subplot(grid[1, 0])
    show_loss = training.losses(loss_axes, steps=STEPS, low=LOSS[0], high=LOSS[1])
    show_verdict = training.verdict(loss_axes, 0.98, 0.95)
    show_sizes = sizes(figure.add_subplot(grid[0, 1]))
    show_costs = costs(figure.add_subplot(grid[1, 1]))

    def show(frame):
        show_rate(frame.rates, len(frame.losses))
        show_loss((np.arange(1, len(frame.losses) + 1), frame.losses))
        show_verdict("", frame.diverged_at)
        show_sizes(frame)
        show_costs(frame)

    return show


def rates(ax):
    """Lay out the planned rate and a mark at the update; return ``update``."""
    (line,) = ax.plot([], [], color=style.BLUE)
    (mark,) = ax.plot([], [], "o", color=style.ORANGE, ms=6)
    ax.set(xlim=(0, STEPS), xlabel="step", ylabel="rate", title="Learning rate")
    style.log_axis(ax, "y", low=RATE[0], high=RATE[1])

    def update(planned, done):
        shown = training.inside(planned, *RATE)
        line.set_data(np.arange(1, STEPS + 1), shown)
        mark.set_data([done], [shown[done - 1]])

    return update


def sizes(ax):
    """Lay out the sizes of the deltas, float16's range shaded; return ``update``."""
    ax.axvspan(SMALLEST, LARGEST, color=style.GREEN, alpha=0.12, lw=0)
    ax.axvline(SMALLEST, color=style.GREEN, lw=1, ls="--")
    ax.axvline(LARGEST, color=style.GREEN, lw=1, ls="--")
    centres = (BINS[:-1] + BINS[1:]) / 2
    bars = ax.bar(centres, np.zeros(len(centres)), width=1.7, color=style.BLUE)
    ax.text(SMALLEST + 0.6, 0.37, "float16", color=style.GREEN, va="top")
    words = ax.text(0.02, 0.97, "", transform=ax.transAxes, va="top")
    ax.set(xlim=(-41, 25), ylim=(0, 0.4), ylabel="share", title="Sizes of the deltas")
    ax.set_xticks(
        (-40, -24, -8, 8, 24), [f"2{_raised(k)}" for k in (-40, -24, -8, 8, 24)]
    )
    ax.set_xlabel("delta times loss scale")

    def update(frame):
        for bar, height in zip(bars, frame.bars, strict=True):
            bar.set_height(height)
        is_half = frame.dtype != "float32"
        words.set_text(
            f"zeros:\n{frame.lost:.0%}\nskipped:\n{frame.skipped}" if is_half else ""
        )

    return update


def costs(ax):
    """Lay out memory and work beside the plain run's; return ``update``."""
    bars = ax.barh((1, 0), (0, 0), height=0.5, color=(style.PURPLE, style.ORANGE))
    ax.axvline(1, color=style.MUTED, lw=1, ls="--")
    ax.set(xlim=(0, 1.6), ylim=(-0.6, 1.6), title="One update (plain run = 1)")
    ax.set_yticks((1, 0), ("memory\nof states", "work"))
    ax.grid(False, axis="y")
    words = [ax.text(0, y, "", va="center") for y in (1, 0)]

    def update(frame):
        for bar, text, value in zip(
            bars, words, (frame.memory, frame.work), strict=True
        ):
            bar.set_width(value)
            text.set_x(value + 0.02)
            text.set_text(f"{value:.2f}")

    return update


def _raised(number):
    return str(number).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
