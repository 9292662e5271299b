"""What a redraw costs the kernel: a display list against a new inline figure.

The picture is that of a long training run: nine lines of 200 points, a decision
region of 48 x 48 and five bars. Both sides draw the same frames, by turns, in one
run; medians are printed. Wanted: at most 2 ms a frame, and a fiftieth of the figure.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import statistics
import time

import numpy as np
from IPython.core.pylabtools import print_figure
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from nb_lib.draw import style
from nb_lib.live.paint.painter import Painter

SIZE = (9.2, 3.6)
ROUNDS, FRAMES, FIGURES = 15, 20, 2
STEPS = np.arange(200)


def lines(ax):
    """Nine loss curves; return what moves them."""
    curves = [ax.plot([], [])[0] for _ in range(9)]
    ax.set(xlim=(0, 200), ylim=(-3, 3), xlabel="step", ylabel="loss (nats)")

    def show(frame):
        for curve, y in zip(curves, frame, strict=True):
            curve.set_data(STEPS, y)

    return show


def only_lines(figure):
    """Lay out the nine lines alone."""
    return lines(figure.subplots())


def flagship(figure):
    """Lay out lines, a decision region and bars."""
    left, middle, right = figure.subplots(1, 3)
    move = lines(left)
    image = middle.imshow(np.zeros((48, 48)), vmin=0, vmax=1, cmap=style.BOUNDARY,
                          extent=(-1, 1, -1, 1), origin="lower", aspect="auto",
                          interpolation="bilinear")  # fmt: skip
    bars = right.bar(range(5), np.ones(5))
    right.set(ylim=(0, 3), xlabel="layer")

    def show(frame):
        move(frame)
        image.set_data(np.abs(np.outer(frame[0, :48], frame[1, :48])))
        for bar, height in zip(bars, frame[:5, -1], strict=True):
            bar.set_height(abs(height))

    return show


def seconds(act, frames):
    """Return the time that each frame takes."""
    taken = []
    for frame in frames:
        start = time.perf_counter()
        act(frame)
        taken.append(time.perf_counter() - start)
    return taken


def inline(picture):
    """Return what the inline backend does for each frame: a figure, then a PNG."""

    def act(frame):
        figure = Figure(figsize=SIZE)
        FigureCanvasAgg(figure)
        picture(figure)(frame)
        return print_figure(figure, fmt="png")

    return act


def compare(name, picture):
    """Measure both sides by turns and print their medians in milliseconds."""
    rng = np.random.default_rng(9)
    frames = np.cumsum(rng.normal(scale=0.1, size=(FRAMES, 9, 200)), axis=2)
    painter, figure = Painter(picture, SIZE), inline(picture)
    painted, figures = [], []
    for _ in range(ROUNDS):
        painted += seconds(painter.paint, frames)
        figures += seconds(figure, frames[:FIGURES])
    new, old = (1e3 * statistics.median(times) for times in (painted, figures))
    n_bytes = len(painter.paint(frames[0]))
    print(
        f"{name}: display list {new:.2f} ms ({n_bytes / 1000:.1f} kB), "
        f"new inline figure {old:.0f} ms, ratio {old / new:.0f}"
    )


if __name__ == "__main__":
    compare("9 lines of 200 points", only_lines)
    compare("9 lines, an image and 5 bars", flagship)
