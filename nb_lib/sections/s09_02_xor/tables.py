"""Panels of one threshold unit on two inputs: its line, and the board of tables."""

import numpy as np
from matplotlib.colors import ListedColormap, to_rgba
from matplotlib.patches import Polygon, Rectangle

from nb_lib import words
from nb_lib.draw import style

LOW, HIGH = -0.7, 1.7  # of the plane around the four corners
ROOM = 0.45  # above it, for the legend
SIDE = 4  # tiles of the board in a row
GHOSTS = 4  # lines before the last one
NONE, PALE, FULL = (to_rgba(style.BLUE, alpha) for alpha in (0.0, 0.2, 0.7))
LIGHTS = ListedColormap([NONE, PALE, FULL])
TITLE = "The line and the side that fires"


def half_plane(ax):
    """Lay out four corners, the line and the side that fires; return ``update``.

    ``update(x, filled, wrong, path, goal)`` takes x (4, 2), a mask of the corners drawn
    full, a mask of those that are wrong, the weights (K, 3), each w1, w2, b, last one
    last, and the name of what is wanted, if something is. The scores x·w + b stand
    beside the corners.
    """
    side = ax.add_patch(Polygon(np.zeros((3, 2)), fc=style.BLUE, alpha=0.16, ec="none"))
    (ghosts,) = ax.plot([], [], color=style.MUTED, lw=0.9, ls=":")
    (line,) = ax.plot([], [], color=style.INK, lw=2)
    full, hollow, crosses = corners(ax)
    scores = [ax.text(0, 0, "", fontsize=9, va="center") for _ in range(4)]
    none = ax.text(0.5, 0.5, "", ha="center", va="center", color=style.MUTED)
    ax.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH + ROOM), xticks=(0, 1), yticks=(0, 1))
    ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal", anchor="N")
    heading = ax.set_title(TITLE)
    ax.legend(loc="upper center", ncols=3, handletextpad=0.2, columnspacing=0.9)
    ax.grid(False)

    def update(x, filled, wrong, path, goal):
        *w, b = path[-1]
        title = f"Full: where {goal} is 1" if goal else TITLE
        if title != heading.get_text():  # axes are slow to draw
            heading.set_text(title)
        side.set_xy(firing_side(path[-1]))
        side.set_visible(bool(np.any(side.get_xy())))
        line.set_data(*segments(path[-1:]).T)
        ghosts.set_data(*segments(path[-1 - GHOSTS : -1]).T)
        full.set_data(*x[filled].T)
        hollow.set_data(*x[~filled].T)
        crosses.set_data(*x[wrong].T)
        for text, (x1, x2), score in zip(scores, x, x @ w + b, strict=True):
            text.set_position((x1 + 0.11, x2 + 0.15))
            text.set_text(words.minus(f"{score:+.1f}") if score else "0")
        fires = "everywhere" if b >= 0 else "nowhere"
        none.set_text("" if any(w) else f"w = 0: no line,\nit fires {fires}")

    return update


def corners(ax):
    """Lay out the marks of corners: full, hollow and wrong."""
    looks = (
        ("o", {"color": style.BLUE, "ms": 11, "label": "1"}),
        ("o", {"mfc": style.PAPER, "mec": style.INK, "ms": 11, "label": "0"}),
        ("x", {"color": style.RED, "ms": 9, "mew": 2.4, "label": "wrong"}),
    )
    return [ax.plot([], [], mark, ls="none", **look)[0] for mark, look in looks]


def firing_side(weights):
    """Cut the plane's box along w·x + b = 0; return the side with scores >= 0, (K, 2).

    Without such a side it returns one point thrice.
    """
    box = np.array([(LOW, LOW), (HIGH, LOW), (HIGH, HIGH), (LOW, HIGH)])
    ends = np.roll(box, -1, axis=0)
    kept = []
    for start, end in zip(box, ends, strict=True):
        before, after = (float(p @ weights[:2] + weights[2]) for p in (start, end))
        if before >= 0:
            kept.append(start)
        if (before >= 0) != (after >= 0):
            kept.append(start + (end - start) * before / (before - after))
    return np.array(kept) if len(kept) > 2 else np.zeros((3, 2))


def segments(path):
    """Give the lines w·x + b = 0 as far as the box reaches, NaN between them."""
    points = []
    for weights in path:
        side = firing_side(weights)
        on_line = side[np.abs(side @ weights[:2] + weights[2]) < 1e-9]
        if np.any(weights[:2]) and len(on_line) > 1:
            points += [on_line[0], on_line[-1], (np.nan, np.nan)]
    return np.array(points).reshape(-1, 2)


def board(ax, x, tables, names):
    """Lay out one tile for each truth table; return ``update``.

    x (4, 2) are the corners, tables (16, 4) their outputs. A tile shows its table as
    the plane does. ``update(now, met, target, hopeless, note)`` takes numbers of
    tables: ``met`` in the order in which they were met, ``target`` or None; and whether
    it is proved that no unit computes the target, which marks its tile "never".
    """
    where = [(k % SIDE, k // SIDE) for k in range(len(tables))]
    box = (0, SIDE, SIDE, 0)
    unlit = np.zeros((SIDE, SIDE))
    light = ax.imshow(
        unlit, vmin=0, vmax=2, cmap=LIGHTS, extent=box, interpolation="none"
    )
    ax.set_aspect("auto")
    ax.plot(*between().T, color=style.GRID, lw=2)
    here = ax.add_patch(Rectangle((0, 0), 1, 1, fc="none", ec=style.INK))
    frame = ax.add_patch(Rectangle((0, 0), 1, 1, fc="none", ec=style.ORANGE))
    here.set(lw=2.6, zorder=3)
    frame.set(lw=2.6, ls="--", zorder=4)
    draw_tables(ax, np.array(where), x, tables)
    for (column, row), name in zip(where, names, strict=True):
        ax.text(column + 0.5, row + 0.87, name, ha="center", va="center", fontsize=8)
    never = ax.text(
        0.94, 0.15, "never", ha="right", va="center", fontsize=8, color=style.RED
    )
    counts = [
        ax.text(c + 0.07, r + 0.15, "", va="center", fontsize=8) for c, r in where
    ]
    words = ax.text(0, SIDE + 0.12, "", va="center", fontsize=9)
    ax.set(xlim=(-0.04, SIDE + 0.04), ylim=(SIDE + 0.25, -0.04), xticks=(), yticks=())
    ax.spines[:].set_visible(False)
    ax.set_title("The 16 tables")

    def update(now, met, target, hopeless, note):
        shades = [2 if k == now else int(k in met) for k in range(len(tables))]
        light.set_data(np.reshape(shades, (SIDE, SIDE)))
        for k, text in enumerate(counts):
            text.set_text(str(met.index(k) + 1) if k in met else "")
        here.set_xy(where[now])
        frame.set_visible(target is not None)
        frame.set_xy(where[target or 0])
        never.set_visible(hopeless)
        never.set_position(np.add(where[target or 0], (0.94, 0.15)))
        words.set_text(note)

    return update


def draw_tables(ax, where, x, tables):
    """Draw the four corners of every tile: full where the output is 1, else hollow."""
    inside = np.array([0.5, 0.45]) + 0.24 * (x - 0.5) * [1, -1]  # x2 points up
    places = where[:, None] + inside  # (16, 4, 2)
    ones = tables == 1
    ax.plot(*places[ones].T, "o", ls="none", ms=6, color=style.INK)
    ax.plot(*places[~ones].T, "o", ls="none", ms=6, mfc="none", mec=style.INK)


def between():
    """Give the lines between the tiles, NaN between them."""
    lines = []
    for k in range(SIDE + 1):
        lines += [(k, 0), (k, SIDE), (np.nan, np.nan), (0, k), (SIDE, k)]
        lines += [(np.nan, np.nan)]
    return np.array(lines)
