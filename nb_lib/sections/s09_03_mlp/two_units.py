"""Two hidden units set by hand: where they carry the plane, and if a ruler fits."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.draw import training
from nb_lib.numpy.activations import ACTIVATIONS, sigmoid
from nb_lib.sections.s09_03_mlp import planes
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS
from nb_lib.sections.s09_03_mlp.folding import CELLS, GRID, LATTICE

NEAR = 1e-9  # segments that come nearer than this meet


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    share: np.ndarray  # (CELLS, CELLS), which side of the ruler, from 0 to 1
    w: np.ndarray  # (2, 2), of the hidden layer; nan where no unit has a crease
    b: np.ndarray  # (2,)
    lattice: np.ndarray  # (K, 2), images in the hidden plane
    points: np.ndarray  # (4, 2), images of the corners
    normal: np.ndarray  # (2,), of the ruler there; 0 where none fits
    offset: float
    gap: float  # between the segments of the two classes


def compute(wake, turn, activation):
    """Set both units and carry plane and corners over; lay the ruler if one fits.

    The first unit looks along x1 + x2, the second along the same direction turned by
    ``turn`` degrees; it wakes where what it sees passes ``wake``.
    """
    angle = np.pi * (45 + turn) / 180
    second = np.sqrt(2) * np.array([np.cos(angle), np.sin(angle)])
    w, b = np.stack([np.ones(2), second], axis=1), np.array([0.0, -wake])
    f = ACTIVATIONS[activation]
    points = f(CORNERS @ w + b)
    normal, offset, gap = ruler(points[1:3], points[[0, 3]])
    side = (f(GRID @ w + b) @ normal + offset) * 12 / max(gap, NEAR) ** 2
    return Frame(
        share=sigmoid(side).reshape(CELLS, CELLS),
        w=w if activation != "identity" else np.full_like(w, np.nan),
        b=b,
        lattice=f(LATTICE @ w + b),
        points=points,
        normal=normal,
        offset=offset,
        gap=gap,
    )


def ruler(ones, zeros):
    """Lay a line midway between two segments, each (2, 2): its normal, offset and gap.

    The normal points to ``ones`` and is as long as the gap. Where the segments meet no
    line separates their ends, and all three are 0.
    """
    (p, q), gap = nearest(ones, zeros), 0.0
    if not meet(ones, zeros):
        gap = float(np.linalg.norm(p - q))
    if gap < NEAR:
        return np.zeros(2), 0.0, 0.0
    normal = p - q
    return normal, -float(normal @ (p + q)) / 2, gap


def nearest(ones, zeros):
    """Give the two nearest points of segments that do not cross.

    One of them is then an end, so the four ends are tried in turn.
    """
    pairs = [(end, foot(end, zeros)) for end in ones]
    pairs += [(foot(end, ones), end) for end in zeros]
    lengths = [np.linalg.norm(p - q) for p, q in pairs]
    nearly = min(lengths) + NEAR  # of two that are alike the first is taken
    return next(pair for pair, d in zip(pairs, lengths, strict=True) if d < nearly)


def foot(point, segment):
    """Give the point of a segment (2, 2) that is nearest to a point (2,)."""
    start, along = segment[0], segment[1] - segment[0]
    squared = along @ along
    t = (point - start) @ along / squared if squared > 0 else 0.0
    return start + min(max(t, 0.0), 1.0) * along


def meet(a, b):
    """Whether two segments cross: the ends of each on both sides of the other."""
    return (
        turn_of(a[0], a[1], b[0]) * turn_of(a[0], a[1], b[1]) < 0
        and turn_of(b[0], b[1], a[0]) * turn_of(b[0], b[1], a[1]) < 0
    )


def turn_of(a, b, c):
    """Give the sign of the turn from a over b to c; 0 on one line, rounding aside."""
    area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return np.sign(area) if abs(area) > NEAR else 0.0


def picture(figure):
    """Lay out squared paper with the creases beside its image under the two units."""
    left, right = figure.subplots(1, 2)
    show_input = planes.input_plane(left, cells=CELLS)
    left.plot(*LATTICE.T, lw=0.6, color=planes.style.MUTED, alpha=0.7, zorder=1.5)
    show_segments = planes.segments(left)
    show_hidden = planes.hidden_plane(right, has_segments=True)
    show_verdict = training.verdict(right, 1.0, 1.02, va="bottom")

    def show(frame):
        labels = LABELS[:, 0]
        show_input(frame.share, frame.w, frame.b, CORNERS, labels)
        show_segments(CORNERS, labels)
        show_hidden(
            frame.lattice,
            frame.points,
            labels,
            frame.normal,
            frame.offset,
            ("$h_1$", "$h_2$"),
        )
        show_verdict(f"gap {frame.gap:.2f}" if frame.gap else "no ruler fits", None)

    return show


def describe(frame):
    """Say where the corners are, and whether a line separates them."""
    places = ", ".join(
        f"{name} at ({words.minus(f'{x:.2f}')}, {words.minus(f'{y:.2f}')})"
        for name, (x, y) in zip(planes.NAMES, frame.points, strict=True)
    )
    verdict = (
        f"a ruler separates the classes, with a gap of {frame.gap:.2f} between them"
        if frame.gap
        else "no ruler separates the classes, because their segments meet"
    )
    return f"In the hidden plane {places}: {verdict}."
