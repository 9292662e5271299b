"""The widest gap of a set in the plane: the w* that any w has to match."""

import numpy as np

NONE = 1e-6  # a gap this narrow is rounding: points of both classes meet at the line


def widest(x, targets):
    """Return the w (2,) of length 1 with the largest margin; zeros where none is right.

    It points to that place in the hull of the rows t x which is nearest to 0. We go
    from edge to edge of the hull, each nearer than the last (Gilbert, Johnson &
    Keerthi 1988); a triangle of rows around 0 proves that no line through 0 separates.
    Shapes: x (N, 2), targets (N,) of -1 and 1.
    """
    signed = targets[:, None] * x  # (N, 2)
    start = end = signed[0]
    for _ in range(2 * len(signed)):
        near = nearest(start, end)
        size = np.linalg.norm(near)
        if size < NONE:
            return np.zeros(2)
        corner = signed[int(np.argmin(signed @ near))]
        if corner @ near >= size * (size - 1e-12):  # the hull reaches no further
            return near / size
        if surround(start, end, corner):
            return np.zeros(2)
        left, right = (nearest(each, corner) for each in (start, end))
        start = start if np.linalg.norm(left) < np.linalg.norm(right) else end
        end = corner
    return np.zeros(2)


def nearest(start, end):
    """Return the place (2,) between two points that is nearest to 0."""
    along = end - start
    length = along @ along
    share = min(max(-(start @ along) / length, 0.0), 1.0) if length > 0 else 0.0
    return start + share * along


def surround(a, b, c):
    """Whether 0 lies within the triangle of three points."""
    turns = [p[0] * q[1] - p[1] * q[0] for p, q in ((a, b), (b, c), (c, a))]
    return min(turns) > 0 or max(turns) < 0
