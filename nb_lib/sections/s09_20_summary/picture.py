"""How the scale looks: bars of memory, and the time of training against the size."""

import numpy as np

from nb_lib.draw import style
from nb_lib.sections.s09_20_summary import scale

PARTS = ("weights", "gradients", "kept by the optimiser", "together")
COLOURS = (style.BLUE, style.ORANGE, style.PURPLE, style.INK)
MEMORIES = ((8e9, "a phone", "right"), (8e10, "an accelerator", "left"))
TIMES = ((1.0, "second"), (86_400.0, "day"), (31_557_600.0, "year"),
         (80 * 31_557_600.0, "human life"))  # fmt: skip
BYTES, SECONDS = (100, 1e14), (1e-13, 1e18)  # what the axes span


def picture(figure):
    """Lay out the memory on the left and the time at the right."""
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.1))
    show_memory, show_time = memory(left), time(right)

    def show(frame):
        show_memory(frame)
        show_time(frame)

    return show


def memory(ax):
    """Lay out one bar for each part and one for all; return ``update(frame)``."""
    places = np.array([3, 2, 1, 0])
    bars = ax.barh(places, (BYTES[0],) * 4, height=0.34, color=COLOURS)
    words = [ax.text(BYTES[0] * 1.6, y + 0.32, "", va="center") for y in places]
    style.log_axis(ax, "x", low=BYTES[0], high=BYTES[1], most=7)
    for size, name, side in MEMORIES:
        ax.axvline(size, color=style.MUTED, ls=":", lw=1.2)
        ax.text(size, 3.76, f" {name} ", va="center", ha=side, color=style.MUTED)
    ax.set(ylim=(-0.3, 3.95), yticks=(), xlabel="bytes", title="Memory")
    ax.grid(visible=False, axis="y")

    def update(frame):
        sizes = (*frame.memory, frame.memory.sum())
        for bar, text, name, n in zip(bars, words, PARTS, sizes, strict=True):
            bar.set_width(n)
            text.set_text(f"{name}: {scale.in_bytes(n) if n else 'nothing'}")

    return update


def time(ax):
    """Lay out the time against the parameters; return ``update(frame)``."""
    sizes = np.array([scale.SMALLEST, scale.LARGEST])
    (line,) = ax.plot(sizes, sizes, color=style.BLUE)
    (mark,) = ax.plot([], [], "o", color=style.ORANGE, ms=9)
    style.log_axis(ax, "x", low=sizes[0] / 2, high=sizes[1] * 2)
    style.log_axis(ax, "y", low=SECONDS[0], high=SECONDS[1])
    for seconds, name in TIMES:
        ax.axhline(seconds, color=style.MUTED, ls=":", lw=1.2)
        ax.text(sizes[0], seconds, f"a {name}", va="bottom", color=style.MUTED)
    ax.set(xlabel="parameters", ylabel="seconds", title="Time of the whole training")
    ax.grid(visible=False)

    def update(frame):
        line.set_ydata(scale.training_operations(sizes) / frame.speed)
        mark.set_data([frame.parameters], [frame.seconds])

    return update
