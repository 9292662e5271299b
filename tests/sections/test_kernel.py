"""The sliding kernel: true products, a true map, and what commutes with a shift."""

import numpy as np
import scipy.signal

from nb_lib import words
from nb_lib.data import mnist_subset
from nb_lib.sections.s09_18_beyond.kernel.explorer import kernel
from nb_lib.sections.s09_18_beyond.kernel.sliding import DIGIT


def test_the_digit_is_a_seven_of_the_subset():
    (images, labels), _ = mnist_subset()
    small = images[64].reshape(14, 2, 14, 2).mean(axis=(1, 3))
    drawn = np.array([[int(c) for c in line] for line in DIGIT])
    np.testing.assert_array_equal(drawn, np.rint(9 * small))
    assert labels[64] == 7


def test_the_map_is_scipys_correlation_and_holds_the_sum_of_products():
    boundaries = {"circular": "wrap", "zeros": "fill"}
    for name in kernel.controls["kernel"].stops:
        for edges, boundary in boundaries.items():
            f = kernel.run(
                kernel=name, angle=45, row=0, column=13, shift=2, edges=edges
            )
            want = scipy.signal.correlate2d(
                f.image, f.kernel, mode="same", boundary=boundary
            )
            np.testing.assert_allclose(f.map, want, atol=1e-12)
            assert abs((f.patch * f.kernel).sum() - want[0, 13]) < 1e-12
            assert np.abs(f.map).max() <= 1 + 1e-12


def test_only_a_circle_commutes_with_every_shift():
    for shift in (1, 3, 6):
        gaps = {
            edges: np.abs(kernel.run(shift=shift, edges=edges).late).max()
            for edges in ("circular", "zeros")
        }
        assert gaps["circular"] < 1e-12
        assert gaps["zeros"] > 0.05


def test_the_sentence_counts_rows_and_columns_as_the_sliders_and_code_do():
    frame = kernel.run(row=2, column=8)
    said = kernel.describe(frame)
    assert "row 2 and column 8 of the map, both counted from 0." in said
    assert words.minus(f"{frame.map[2, 8]:.2f}") in said


def test_the_sentence_says_what_the_order_changes():
    said = kernel.describe(kernel.run(shift=3))
    assert said.endswith("differs nowhere.")
    assert "by up to" in kernel.describe(kernel.run(shift=3, edges="zeros"))
