"""Boxes and the arrows between them, for the explorer and the drawings of 9.15."""

WIDE, HIGH = 0.5, 0.36  # half the width and half the height of a box
HEAD = 0.11  # length of an arrow head
APART = 0.13  # between two arrows from one box to the same other


def outline(place):
    """Return x and y of the closed outline of a box."""
    x, y = place
    across = [x - WIDE, x + WIDE, x + WIDE, x - WIDE, x - WIDE]
    return across, [y - HIGH, y - HIGH, y + HIGH, y + HIGH, y - HIGH]


def arrow(start, end, shift=0.0):
    """Return x and y of an arrow from box to box, moved aside by ``shift``."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx**2 + dy**2) ** 0.5
    ux, uy = dx / length, dy / length
    inside = min(WIDE / max(abs(ux), 1e-9), HIGH / max(abs(uy), 1e-9))
    x0, y0 = start[0] + ux * inside - uy * shift, start[1] + uy * inside + ux * shift
    x1, y1 = end[0] - ux * inside - uy * shift, end[1] - uy * inside + ux * shift
    wing = HEAD * 0.55
    back_x, back_y = x1 - HEAD * ux, y1 - HEAD * uy
    left = back_x - wing * uy, back_y + wing * ux
    right = back_x + wing * uy, back_y - wing * ux
    return [x0, x1, left[0], x1, right[0]], [y0, y1, left[1], y1, right[1]]


def edges_of(nodes):
    """List (from, to, shift) of every use of a node; two uses run side by side."""
    edges = []
    for node in nodes:
        for count, name in enumerate(node.inputs):
            uses = node.inputs.count(name)
            shift = APART * (2 * count - 1) / 2 if uses > 1 else 0.0
            edges.append((name, node.name, shift))
    return edges
