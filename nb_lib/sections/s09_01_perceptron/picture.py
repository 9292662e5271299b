"""How 9.1's explorer looks: the plane, the mistakes, the two sides of the proof."""

import numpy as np

from nb_lib.draw import style
from nb_lib.draw.training import inside
from nb_lib.live import grab_on
from nb_lib.sections.s09_01_perceptron.plane import across, classes

MOST = 9000  # mistakes: what the axes span, and where we stop to look
SIDE = 1.3  # of the square that the lines fill; above it is room for the legend
SIDES = (-1.55, 1.55), (-1.3, 1.8)


def picture(figure):
    """Lay out the points with the line, the tally, and the two inequalities."""
    grid = figure.add_gridspec(2, 2, height_ratios=(1, 3.2), width_ratios=(1, 1.35))
    left = figure.add_subplot(grid[:, 0])
    grab_on(left, "moved")
    show_plane = plane(left)
    show_tally = tally(figure.add_subplot(grid[0, 1]), high=MOST)
    show_proof = sandwich(figure.add_subplot(grid[1, 1]), most=MOST, low=0.01, high=1e3)

    def show(frame):
        show_plane(
            frame.x,
            frame.targets,
            frame.wrong,
            frame.row,
            frame.w,
            frame.w_star,
            frame.gamma,
        )
        show_tally(len(frame.overlaps), frame.bound)
        show_proof(frame.overlaps, frame.lengths, frame.gamma, frame.r)

    return show


def plane(ax):
    """Lay out points, the learner's line and the gap around w*; return ``update``.

    ``update(x, targets, wrong, row, w, w_star, gamma)`` takes x (N, 2), targets -1 or
    1, a mask of the rows now wrong, the row of the last mistake and both weights. With
    more than two features it shows the score x·w of each row instead.
    """
    dots = classes(ax)
    edges = [ax.plot([], [], ls=":", lw=1, color=style.MUTED)[0] for _ in range(2)]
    edges[0].set_label("gap")
    (line,) = ax.plot([], [], color=style.INK, lw=2)
    (normal,) = ax.plot([], [], color=style.INK, lw=1.2, ls="--", label="w")
    (crosses,) = ax.plot([], [], "x", color=style.RED, ms=5, label="wrong")
    (ring,) = ax.plot([], [], "o", mfc="none", mec=style.INK, ms=11, label="last fixed")
    heading = ax.set_title("")
    ax.grid(False)

    def update(x, targets, wrong, row, w, w_star, gamma):
        is_plane = x.shape[1] == 2
        places = x if is_plane else np.stack([np.arange(1, len(x) + 1), x @ w], axis=1)
        _name_axes(ax, heading, is_plane, len(x))
        for artist, sign in zip(dots, (1, -1), strict=True):
            artist.set_data(*places[targets == sign].T)
        crosses.set_data(*places[wrong].T)
        ring.set_data(*places[[row]].T)
        for artist in (line, normal):
            artist.set_visible(is_plane)
        for artist in edges:
            artist.set_visible(is_plane and gamma > 0)
        if is_plane:
            unit = w / np.linalg.norm(w)
            line.set_data(*across(unit, 0, SIDE).T)
            normal.set_data(*np.stack([0 * unit, 0.4 * unit], axis=1))
        if is_plane and gamma > 0:
            for artist, side in zip(edges, (1, -1), strict=True):
                artist.set_data(*across(w_star, side * gamma, SIDE).T)

    _name_axes(ax, heading, True, 2)
    ax.legend(loc="upper right", ncols=3, handletextpad=0.3, columnspacing=0.8)
    return update


def _name_axes(ax, heading, is_plane, n):
    """Set limits and labels, for the plane or for the scores of n rows."""
    if is_plane:
        ax.set(xlim=SIDES[0], ylim=SIDES[1], xlabel="$x_1$", ylabel="$x_2$")
    else:
        ax.set(
            xlim=(-0.05 * n, 1.05 * n + 1),
            ylim=(-0.15, 1.5),
            xlabel="example",
            ylabel="score x·w",
        )
    title = "The line it has learnt" if is_plane else "Scores of the basis vectors"
    heading.set_text(title)


def tally(ax, *, high):
    """Lay out two bars on a log axis; return ``update(mistakes, bound)``."""
    bars = ax.barh([1, 0], [1, 1], height=0.6, color=[style.BLUE, style.GOLD])
    numbers = [ax.text(1, y, "", va="center") for y in (1, 0)]
    style.log_axis(ax, "x", low=0.8, high=high)
    ax.set_yticks([1, 0], ["mistakes", "(R/γ)²"])
    ax.grid(axis="y", visible=False)
    ax.set_title("Mistakes against the bound")

    def update(mistakes, bound):
        for bar, number, value in zip(bars, numbers, (mistakes, bound), strict=True):
            is_there = bool(np.isfinite(value))
            bar.set_width(min(value, high))
            bar.set_visible(is_there)
            number.set_x(min(value, high) * 1.15 if is_there else 1)
            number.set_text(in_figures(value) if is_there else "none: there is no gap")

    return update


def in_figures(value):
    """Write a number of mistakes, or what bounds it."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.3g}"


def sandwich(ax, *, most, low, high):
    """Lay out k γ <= w·w* <= |w| <= R √k on log axes; return ``update``.

    ``update(overlaps, lengths, gamma, r)`` takes w·w* and |w| after each mistake,
    both (K,). Floor and ceiling are drawn until they meet, at k = (R/γ)²; where γ is 0
    there is no floor, and the ceiling goes on.
    """
    (ceiling,) = ax.plot([], [], "--", color=style.RED, zorder=3, label="R√k, ceiling")
    (length,) = ax.plot([], [], "s-", color=style.ORANGE, ms=3.5, label="|w|")
    (overlap,) = ax.plot([], [], "o-", color=style.BLUE, ms=3.5, label="w·w*")
    (floor,) = ax.plot(
        [], [], ":", color=style.GREEN, lw=2.2, zorder=3, label="kγ, floor"
    )
    style.log_axis(ax, "x", low=0.8, high=most)
    style.log_axis(ax, "y", low=low, high=high)
    ax.set(xlabel="mistakes k", title="Both inequalities, after every mistake")
    ax.legend(loc="upper left", ncols=2, handlelength=2.4)

    def update(overlaps, lengths, gamma, r):
        end = (r / gamma) ** 2 if gamma else 10 * most
        k, ends = np.arange(1, len(overlaps) + 1), np.array([1, end])
        overlap.set_visible(gamma > 0)
        floor.set_visible(gamma > 0)
        length.set_data(k, inside(lengths, low, high))
        overlap.set_data(k, inside(overlaps, low, high))
        for artist, shape in ((length, "s"), (overlap, "o")):
            artist.set_marker(shape if len(k) <= 40 else "")
        ceiling.set_data(ends, r * np.sqrt(ends))
        floor.set_data(ends, ends * gamma)

    return update
