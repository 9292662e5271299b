"""Where nodes, edges and their numbers lie in a unit square.

An edge is drawn in two halves with a gap between them, and its number stands in the
gap, so that no number lies on a line.
"""

from dataclasses import dataclass

WIDE, HIGH = 0.21, 0.165  # of a box
NODES = {
    "x1": (0.065, 0.7, 0.13, HIGH),
    "x2": (0.065, 0.22, 0.13, HIGH),
    "h1": (0.52, 0.7, WIDE, HIGH),
    "h2": (0.52, 0.22, WIDE, HIGH),
    "y": (0.893, 0.46, WIDE, HIGH),
}
UNDER = {"b1": (0.52, 0.825), "b2": (0.52, 0.095), "c": (0.885, 0.585)}
ENDS = {
    "w11": ("x1", "h1"), "w12": ("x1", "h2"), "w21": ("x2", "h1"), "w22": ("x2", "h2"),
    "v1": ("h1", "y"), "v2": ("h2", "y"),
}  # fmt: skip
AT = {"w11": 0.5, "w12": 0.28, "w21": 0.28, "w22": 0.5, "v1": 0.5, "v2": 0.5}
GAP = (0.082, 0.056)  # half the room of a number, in x and in y


@dataclass(frozen=True)
class Edge:
    """Two halves, each (x, x), (y, y), and the place of the number between them."""

    halves: tuple
    label: tuple


def edge(name):
    """Lay one edge from the right side of its start to the left side of its end."""
    start, end = (NODES[node] for node in ENDS[name])
    x0, y0, x1, y1 = start[0] + start[2] / 2, start[1], end[0] - end[2] / 2, end[1]
    across, up = x1 - x0, y1 - y0
    x, y = x0 + AT[name] * across, y0 + AT[name] * up
    reach = min(GAP[0] / abs(across), GAP[1] / abs(up) if up else 1)
    first, second = AT[name] - reach, AT[name] + reach
    halves = (
        ((x0, x0 + first * across), (y0, y0 + first * up)),
        ((x0 + second * across, x1), (y0 + second * up, y1)),
    )
    return Edge(halves, (x, y))


EDGES = {name: edge(name) for name in ENDS}


def between(x, y, wide, high):
    """Return the outline of a box about (x, y)."""
    left, right, low, top = x - wide / 2, x + wide / 2, y - high / 2, y + high / 2
    return (left, right, right, left, left), (low, low, top, top, low)
