"""Panels of a net that folds the plane: each lays out one axes, returns its update."""

from itertools import combinations

import numpy as np
from matplotlib.ticker import MaxNLocator

from nb_lib.draw import style

LOW, HIGH = -0.5, 1.5  # of the input plane, around the corners of the unit square
SIZES = (1.25, 2.5, 5, 10, 20, 40, 80)  # that the hidden plane may have
COLUMNS = 20  # of the board of seeds
NAMES = ("00", "01", "10", "11")


def input_plane(ax, *, cells):
    """Lay out decision regions, units' lines and corners; return ``update``.

    ``update(share, w, b, x, labels)`` takes the probability of label 1 on a grid
    (cells, cells), row 0 at the bottom, the first layer w (2, h), b (h,), whose lines
    w·x + b = 0 are dashed, and the corners x (4, 2) with labels 0 or 1.
    """
    image = ax.imshow(
        np.full((cells, cells), 0.5),
        vmin=0,
        vmax=1,
        cmap=style.BOUNDARY,
        extent=(LOW, HIGH, LOW, HIGH),
        origin="lower",
        interpolation="bilinear",
        aspect="equal",
    )
    (dashed,) = ax.plot([], [], ls="--", lw=1.1, color=style.INK)
    show_corners = _corners(ax)
    ax.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), xlabel="$x_1$", ylabel="$x_2$")
    ax.set(xticks=(0, 0.5, 1), yticks=(0, 0.5, 1))
    ax.set_title("Input plane (dashed: $z = 0$)")
    ax.grid(False)

    def update(share, w, b, x, labels):
        image.set_data(np.nan_to_num(share, nan=0.5))
        dashed.set_data(*lines(w, b).T)
        show_corners(x, labels, (LOW, HIGH))

    return update


def hidden_plane(ax, *, has_segments=False):
    """Lay out the image of the plane with its separating line; return ``update``.

    ``update(lattice, points, labels, normal, offset, names)`` takes the images of the
    input plane's lattice (K, 2), nan between its lines, and of the corners (4, 2), the
    line n·y + c = 0 with n (2,), and the names of both axes. Where n is 0 or no number
    there is no line. Segments join the two corners of each class.
    """
    halves = [
        ax.fill([], [], color=colour, alpha=0.16, lw=0)[0]
        for colour in (style.ORANGE, style.BLUE)
    ]
    (folded,) = ax.plot([], [], lw=0.8, color=style.MUTED, alpha=0.7)
    (line,) = ax.plot([], [], lw=2, color=style.INK)
    lost = ax.text(0.5, 0.5, "", transform=ax.transAxes, ha="center", color=style.RED)
    show_segments = segments(ax) if has_segments else None
    show_corners = _corners(ax)
    ax.grid(False)
    state = {}

    def update(lattice, points, labels, normal, offset, names):
        box = limits(points)
        if state.get("axes") != (box, names):  # to redraw axes takes the time of all
            state["axes"] = box, names
            ax.set(xlim=box, ylim=box, xlabel=names[0], ylabel=names[1])
        folded.set_data(*lattice.T)
        far = 4 * (box[1] - box[0])
        ends = lines(normal[:, None], np.array([offset]), reach=far)[:2]
        line.set_data(*ends.T)
        ahead = far * normal / (np.linalg.norm(normal) or 1)
        for half, side in zip(halves, (1, -1), strict=True):
            corners = np.concatenate([ends, ends[::-1] + side * ahead])
            half.set_xy(corners if np.isfinite(corners).all() else np.zeros((4, 2)))
        lost.set_text("" if np.isfinite(points).all() else "no numbers left to draw")
        if show_segments:
            show_segments(points, labels)
        show_corners(points, labels, box)

    ax.set_title("Hidden plane")
    ax.set_aspect("equal")
    for axis in (ax.xaxis, ax.yaxis):  # no label at an end, where it would be cut off
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], prune="both"))
    update(np.zeros((0, 2)), np.zeros((4, 2)), np.zeros(4), np.zeros(2), 0.0, ("", ""))
    return update


def segments(ax):
    """Add a line between the corners of each class; return ``update(points, labels)``.

    The classes can be separated by a line exactly where the two do not meet.
    """
    joined = [
        ax.plot([], [], color=c, lw=2, alpha=0.8)[0] for c in (style.BLUE, style.ORANGE)
    ]

    def update(points, labels):
        for label, line in enumerate(joined):
            line.set_data(*points[labels == label].T)

    return update


def board(ax, *, seeds):
    """Lay out one dot for each seed; return ``update(solved, seed, share)``.

    ``solved`` (seeds,) says which nets have all corners right, ``share`` says it in
    words; the ring marks one seed.
    """
    column, row = np.arange(seeds) % COLUMNS, np.arange(seeds) // COLUMNS
    look = {"ls": "none", "mew": 0}
    (right,) = ax.plot([], [], "o", color=style.GREEN, ms=5.2, **look)
    (wrong,) = ax.plot([], [], "x", color=style.MUTED, ms=3.4, ls="none", mew=1)
    (ring,) = ax.plot([], [], "o", mfc="none", mec=style.INK, ms=10, mew=1.5, ls="none")
    words = ax.text((COLUMNS - 1) / 2, -1.1, "", ha="center")
    ax.set(xlim=(-1, COLUMNS), ylim=(row[-1] + 1, -2))
    ax.set_xticks([0, COLUMNS - 1], ["0", str(COLUMNS - 1)])
    ax.set_yticks(range(0, row[-1] + 1, 2), range(0, seeds, 2 * COLUMNS))
    ax.set(xlabel="● solves XOR   × does not", ylabel="seed")
    ax.set_title(f"The same for {seeds} seeds")
    ax.grid(False)

    def update(solved, seed, share):
        words.set_text(share)
        right.set_data(column[solved], row[solved])
        wrong.set_data(column[~solved], row[~solved])
        ring.set_data([column[seed]], [row[seed]])

    return update


def lines(w, b, *, reach=4.0):
    """Return points (3 h, 2) of the h lines w·x + b = 0: two far ends, then nan.

    Shapes: w (2, h), b (h,). A line whose w is 0 is nan throughout.
    """
    squares = np.sum(w * w, axis=0)
    is_line = np.isfinite(squares) & (squares > 1e-18)
    squares = np.where(is_line, squares, np.nan)
    foot = -b * w / squares  # (2, h), the point nearest to 0
    along = reach * np.stack([-w[1], w[0]]) / np.sqrt(squares)
    ends = np.stack([foot - along, foot + along, np.full_like(foot, np.nan)])
    return ends.transpose(2, 0, 1).reshape(-1, 2)


def limits(points):
    """Choose the ends of a square that holds the points, one of a few sizes.

    What is no number counts as 0: axes must have limits.
    """
    points = np.nan_to_num(points, nan=0, posinf=0, neginf=0)
    high, low = _size(points.max()), _size(-points.min())
    return (-0.25 * high if points.min() > -0.1 * high else -low), high


def _size(value):
    """Give the first of ``SIZES`` with some room around the value."""
    return next((s for s in SIZES if value < 0.9 * s), SIZES[-1])


def _corners(ax):
    """Add the four corners with their names; return ``update(points, labels, box)``.

    Corners that lie on each other share one name.
    """
    classes = [
        ax.plot([], [], m, color=c, ms=9, mec=style.PAPER, mew=0.8, ls="none")[0]
        for m, c in (("o", style.BLUE), ("^", style.ORANGE))
    ]
    texts = [ax.text(0, 0, "", va="bottom", clip_on=True) for _ in NAMES]

    def update(points, labels, box):
        size = box[1] - box[0]
        for label, artist in enumerate(classes):
            artist.set_data(*points[labels == label].T)
        named = together(points, 0.08 * size)
        for text, place, name in zip(texts, points, named, strict=True):
            is_far_right = place[0] > box[1] - 0.25 * size
            text.set_text(name)
            text.set_ha("right" if is_far_right else "left")
            away = np.array([-0.02 if is_far_right else 0.03, 0.03]) * size
            text.set_position(place + away if name else (0, 0))

    return update


def together(points, near):
    """Name the four points; of those near each other the first has all the names.

    What is no number has no name.
    """
    names = [
        n if np.isfinite(p).all() else "" for n, p in zip(NAMES, points, strict=True)
    ]
    for i, j in combinations(range(len(points)), 2):
        if names[i] and names[j] and np.abs(points[i] - points[j]).max() < near:
            names[i], names[j] = f"{names[i]}, {names[j]}", ""
    return names
