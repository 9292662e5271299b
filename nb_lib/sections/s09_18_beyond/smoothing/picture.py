"""How the mixing looks: the graph, the matrix and the distance from all alike."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from nb_lib.draw import style
from nb_lib.sections.s09_18_beyond.smoothing.graphs import MOST
from nb_lib.sections.s09_18_beyond.smoothing.mixing import LAYERS

TINTS = LinearSegmentedColormap.from_list(
    "tints", [style.BLUE, "#b9bec4", style.ORANGE]
)
SHARES = LinearSegmentedColormap.from_list(
    "shares", [(0.0, (0.16, 0.52, 0.82, 0.02)), (1.0, (0.16, 0.52, 0.82, 1.0))]
)


def picture(figure):
    """Lay out the graph beside the matrix and the curve."""
    grid = figure.add_gridspec(1, 3, width_ratios=(1.5, 1, 1.2))
    show_graph = graph(figure.add_subplot(grid[0]))
    show_power = matrix(figure.add_subplot(grid[1]))
    show_spread = spread(figure.add_subplot(grid[2]))

    def show(frame):
        show_graph(frame)
        show_power(frame.power)
        show_spread(frame)

    return show


def graph(ax):
    """Lay out the edges and a disc for each vertex; return ``update``."""
    (edges,) = ax.plot([], [], color=style.MUTED, lw=0.9, alpha=0.8)
    look = {"ms": 9, "mec": style.INK, "mew": 0.8, "ls": "none"}
    discs = [ax.plot([], [], "o", **look)[0] for _ in range(MOST)]
    squares = [ax.plot([], [], "s", **look)[0] for _ in range(MOST)]  # below 0
    ax.set(xlim=(-1.12, 1.12), ylim=(-1.12, 1.12), title="A number on each vertex")
    ax.set_axis_off()

    def update(frame):
        lines = np.full((len(frame.edges), 3, 2), np.nan)
        lines[:, :2] = frame.places[frame.edges]
        edges.set_data(*lines.reshape(-1, 2).T)
        most = max(np.abs(frame.values).max(), 1e-12)
        for k in range(MOST):
            discs[k].set_data([], [])
            squares[k].set_data([], [])
        for k, (place, value) in enumerate(
            zip(frame.places, frame.values, strict=True)
        ):
            mark = squares[k] if value < 0 else discs[k]
            mark.set_data(place[:1], place[1:])
            mark.set_markerfacecolor(TINTS(0.5 + value / most / 2))

    return update


def matrix(ax):
    """Lay out the power of the matrix; return ``update``."""
    image = ax.imshow(
        np.zeros((MOST, MOST)),
        vmin=0,
        vmax=1,
        cmap=SHARES,
        interpolation="nearest",
        extent=(0, MOST, MOST, 0),
        aspect="auto",
    )
    ax.set(xlim=(0, MOST), ylim=(MOST, 0), xlabel="from vertex", ylabel="to vertex")
    ax.set_box_aspect(1)
    ax.set_xticks((0, 10, 20, 30))
    ax.set_yticks((0, 10, 20, 30))
    ax.set_title("Who has heard of whom")
    ax.grid(visible=False)
    return lambda power: image.set_data(np.sqrt(np.maximum(power, 0)))


def spread(ax):
    """Lay out the distance from all alike over the layers; return ``update``."""
    steps = np.arange(LAYERS + 1)
    (line,) = ax.plot([], [], color=style.BLUE, label="distance")
    (promise,) = ax.plot(
        [],
        [],
        "--",
        color=style.ORANGE,
        label="second eigenvalue$^{layers}$",
    )
    (mark,) = ax.plot([], [], "o", color=style.BLUE, ms=8, ls="none")
    style.log_axis(ax, "y", low=1e-4, high=2)
    ax.set(xlim=(-1, LAYERS + 1), xlabel="layers")
    ax.set_title("Distance from all alike")
    ax.legend(loc="lower left")

    def update(frame):
        line.set_data(steps, np.maximum(frame.spreads, 1e-9))
        promise.set_data(steps, np.maximum(frame.second**steps, 1e-9))
        here = frame.spreads[frame.layers]
        mark.set_data([frame.layers], [max(here, 1.1e-4)])

    return update
