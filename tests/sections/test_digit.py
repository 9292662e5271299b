"""Your digit: strokes become ink, ink an image, and a network in bytes reads it."""

import re
from pathlib import Path

import numpy as np
import pytest
from loops import over
from shown import shown

from nb_lib.data import mnist_subset
from nb_lib.live import Ink, inked, segments
from nb_lib.sections.s09_16_mnist import reader
from nb_lib.sections.s09_16_mnist.hand import SEVEN, digit

ROUND = np.linspace(0, 2 * np.pi, 24)
DRAWN = {
    0: [(0.5 + 0.22 * np.cos(t), 0.5 + 0.33 * np.sin(t), 0) for t in ROUND],
    1: [(0.52, 0.85, 0), (0.5, 0.15, 0)],
    4: [(0.35, 0.85, 0), (0.3, 0.5, 0), (0.72, 0.5, 0), (0.62, 0.85, 1), (0.6, 0.1, 1)],
    7: SEVEN,
}
INK = Ink(label="strokes", start=SEVEN)


def test_digits_are_read_wherever_they_stand_and_however_large():
    for wanted, rows in DRAWN.items():
        for scale, right, up in ((1, 0, 0), (0.7, 0.25, 0.02), (0.8, 0, 0.2)):
            moved = [(x * scale + right, y * scale + up, k) for x, y, k in rows]
            frame = digit.run(ink=moved)
            assert frame.probs.argmax() == wanted
            assert frame.probs.sum() == pytest.approx(1)
            assert f"reads a {wanted}" in digit.describe(frame)


def test_the_bytes_read_the_digits_that_are_shipped():
    x, labels = mnist_subset()[1]
    assert np.mean(reader.read(x).argmax(axis=1) == labels) > 0.97
    path = Path(reader.__file__).with_name(reader.WEIGHTS)
    assert path.stat().st_size < 150_000
    sizes = zip(reader.SIZES[:-1], reader.SIZES[1:], strict=True)
    assert [w.shape for w, _ in reader.layers()] == list(sizes)


def test_empty_paper_and_a_blot_are_no_error():
    empty = digit.run(ink=())
    assert not empty.probs.any()
    assert "nothing to read" in digit.describe(empty)
    assert shown(digit, empty)
    blot = [(k % 30 / 30, k // 30 / 30, k) for k in range(600)]
    for ink in ([(0.5, 0.5, 0)], [(0, 0, 0), (1, 1, 0)], blot):
        assert "reads a" in digit.describe(digit.run(ink=ink))


def test_ink_lies_within_half_a_pen_of_the_strokes():
    ink = inked([(0.25, 0.75, 0), (0.75, 0.75, 0), (0.5, 0.25, 3)], side=40, pen=0.1)
    middles = (np.arange(40) + 0.5) / 40
    x, y = np.meshgrid(middles, 1 - middles)
    bar = np.hypot(np.maximum(np.abs(x - 0.5) - 0.25, 0), y - 0.75)
    dot = np.hypot(x - 0.5, y - 0.25)
    far = np.minimum(bar, dot)
    assert np.all(ink[far < 0.05 - 0.0125] == 1)
    assert np.all(ink[far > 0.05 + 0.0125] == 0)
    assert not inked((), side=8, pen=0.1).any()


def test_pieces_join_rows_of_one_stroke_only():
    starts, ends = segments([(0, 0, 0), (1, 0, 0), (1, 1, 1)])
    np.testing.assert_array_equal(starts, [[0, 0], [0, 0], [1, 1]])
    np.testing.assert_array_equal(ends, [[0, 0], [1, 0], [1, 1]])
    assert segments(())[0].shape == (0, 2)


def test_the_paper_shows_the_strokes():
    figure = shown(digit, digit.run())
    places = figure.axes[0].lines[0].get_xydata()
    starts = places[~np.isnan(places[:, 0])][1::2]
    np.testing.assert_allclose(starts, np.array(SEVEN)[:, :2], atol=1e-3)
    heights = [bar.get_height() for bar in figure.axes[2].patches]
    np.testing.assert_array_equal(heights, digit.run().probs)


@over(
    ("rows", "message"),
    [
        ([(0.5, 0.5, 0.5)], "x wants whole numbers for strokes, got 0.5"),
        ([(0.5, 0.5, -1)], "x wants whole numbers for strokes, got -1"),
        ([(np.nan, 0.5, 0)], "x wants x from 0 to 1, got nan in (nan, 0.5, 0)"),
        ([(0, 0, 0)] * 601, "x wants at most 600 points, got 601"),
        ("7", "x wants rows (x, y, stroke), one for each place of the pen, got '7'"),
    ],
)
def test_a_drawing_is_checked(rows, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        INK.check(rows, "x")
    assert (INK.text(SEVEN), INK.text(())) == ("1", "0")
