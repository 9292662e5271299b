"""What both planes of 9.1 are drawn with: two classes, a line, an arrow."""

import numpy as np

from nb_lib.draw import style


def classes(ax):
    """Lay out one artist for each class: the targets +1, then -1."""
    look = {"mec": style.PAPER, "mew": 0.4, "ls": "none", "ms": 4.6}
    return [
        ax.plot([], [], marker, color=colour, label=label, **look)[0]
        for marker, colour, label in (
            ("o", style.BLUE, "t = +1"),
            ("^", style.ORANGE, "t = −1"),
        )
    ]


def across(w, distance, side):
    """Give the ends (2, 2) of the line at a distance from 0, square to w.

    It is cut where it leaves the square from -side to side; NaN where it misses it.
    """
    unit = w / np.linalg.norm(w)
    along, foot = np.array([-unit[1], unit[0]]), distance * unit
    by = np.where(along == 0, 1.0, along)
    hits = np.stack([(-side - foot) / by, (side - foot) / by])  # (2, 2)
    hits[:, along == 0] = np.array([[-np.inf], [np.inf]])
    first, last = hits.min(axis=0).max(), hits.max(axis=0).min()
    is_hit = first < last and not np.any((along == 0) & (np.abs(foot) > side))
    return foot + np.outer([first, last], along) if is_hit else np.full((2, 2), np.nan)


def arrow(start, end, head):
    """Give the corners (5, 2) of an arrow as one line; of length 0, none."""
    length = np.linalg.norm(end - start)
    if length == 0:
        return np.empty((0, 2))
    forward = (end - start) / length * min(head, length / 2)
    sideways = 0.5 * np.array([-forward[1], forward[0]])
    barbs = end - forward + sideways, end - forward - sideways
    return np.stack([start, end, barbs[0], end, barbs[1]])
