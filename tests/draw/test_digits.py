"""Digits on paper: each image at its place, each number on its cell."""

import numpy as np
from matplotlib.figure import Figure

from nb_lib.draw import digits, style


def axes():
    return Figure().subplots()


def test_mosaic_puts_each_image_at_its_corner(rng):
    images = rng.random((7, 784))
    array = digits.mosaic(images, columns=3, air=5)
    for index, image in enumerate(images):
        left, top = digits.corner(index, columns=3, air=5)
        place = array[top : top + 28, left : left + 28]
        np.testing.assert_array_equal(place, image.reshape(28, 28))
    assert np.isfinite(array).sum() == images.size


def test_air_stands_above_each_row():
    assert digits.corner(0, columns=3, air=5) == (0, 5)
    assert digits.corner(4, columns=3, air=5) == (30, 5 + 30 + 5)


def test_mosaic_of_one_is_the_image():
    image = np.arange(784.0).reshape(28, 28)
    np.testing.assert_array_equal(digits.mosaic([image], columns=1), image)


def test_captions_mark_what_is_wrong():
    words = ["3", "5"]
    texts = digits.captions(axes(), words, columns=2, air=9, are_wrong=[False, True])
    assert [t.get_text() for t in texts] == words
    assert [t.get_color() for t in texts] == [style.INK, style.RED]


def test_confusion_writes_every_count_and_colours_errors_only(rng):
    counts = rng.integers(0, 9, size=(10, 10)) + np.diag(np.full(10, 900))
    ax = axes()
    digits.confusion(ax, counts)
    written = [t.get_text() for t in ax.texts]
    assert written == [str(c) if c else "·" for c in counts.ravel()]
    coloured = ax.images[0].get_array()
    np.testing.assert_array_equal(np.diag(coloured), np.zeros(10))
    assert coloured.sum() == counts.sum() - np.trace(counts)


def test_confusion_without_errors_draws():
    digits.confusion(axes(), np.diag(np.arange(10)))


def test_probabilities_mark_the_answer_and_the_label():
    ax = axes()
    bars = digits.probabilities(ax, np.eye(10)[4] * 0.6 + 0.04, label=7)
    blue = [bar.get_facecolor() == bars[4].get_facecolor() for bar in bars]
    assert blue == [k == 4 for k in range(10)]
    assert ax.lines[0].get_xdata() == [7]
    assert "label" in ax.get_title(loc="left") + ax.get_title()


def test_digit_is_shown_upright():
    image = np.zeros((28, 28))
    image[0, 27] = 1
    shown = digits.digit(axes(), image, title="a corner")
    np.testing.assert_array_equal(shown.get_array(), image)
    assert shown.origin == "upper"
