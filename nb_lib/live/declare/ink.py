"""A drawing as a control: strokes of a pen, and the ink that they leave.

Strokes rather than pixels are the setting: a digit is some sixty rows of three numbers,
which a link or a line of code can hold, and they are as sharp as anybody wants.
"""

import math
from dataclasses import dataclass

import numpy as np

from nb_lib.live.declare.controls import number_of
from nb_lib.live.declare.grips import Grips


@dataclass(frozen=True, kw_only=True)
class Ink(Grips):
    """Strokes on a paper from 0 to 1 both ways: rows (x, y, stroke), joined in order.

    Rows that follow each other with one number of a stroke are one line of the pen.
    """

    x: tuple[float, float] = (0.0, 1.0)
    y: tuple[float, float] = (0.0, 1.0)
    step: float = 0.005
    most: int = 600
    form = "(x, y, stroke), one for each place of the pen"

    def _row(self, row, name):
        x, y, stroke = row
        number = number_of(stroke)
        if not (0 <= number < math.inf) or number % 1:
            raise ValueError(f"{name} wants whole numbers for strokes, got {stroke!r}")
        return *self._place(row, x, y, name), int(number)

    def _rows_at(self, places, rng):
        strokes = np.sort(rng.integers(2, size=len(places)))
        return [(*place, stroke) for place, stroke in zip(places, strokes, strict=True)]

    def text(self, value):
        """Write a value as the reader sees it: how many strokes."""
        return str(len({stroke for _, _, stroke in value}))


def segments(rows):
    """Return starts and ends (S, 2) of the straight pieces; a first row is a dot."""
    starts, ends = [], []
    for k, (x, y, stroke) in enumerate(rows):
        is_joined = k > 0 and rows[k - 1][2] == stroke
        starts.append((rows[k - 1][0], rows[k - 1][1]) if is_joined else (x, y))
        ends.append((x, y))
    return np.array(starts).reshape(-1, 2), np.array(ends).reshape(-1, 2)


def inked(rows, *, side, pen):
    """Return the ink (side, side) in [0, 1] that strokes leave, row 0 at the top.

    ``pen`` is its width as a share of the paper. A pixel is as dark as the pen covers
    it, by its distance from the nearest piece of a stroke.
    """
    middles = (np.arange(side) + 0.5) / side
    x, y = np.meshgrid(middles, middles[::-1])
    least = np.full((side, side), np.inf)
    for (x0, y0), (x1, y1) in zip(*segments(rows), strict=True):
        along, up = x1 - x0, y1 - y0
        length = along**2 + up**2
        share = ((x - x0) * along + (y - y0) * up) / length if length > 0 else 0 * x
        share = np.clip(share, 0, 1)
        far = (x - x0 - share * along) ** 2 + (y - y0 - share * up) ** 2
        least = np.minimum(least, far)
    return np.clip((pen / 2 - np.sqrt(least)) * side + 0.5, 0, 1)
