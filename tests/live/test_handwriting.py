"""Ink becomes an image as MNIST's are: 20 pixels long, centred by mass."""

import numpy as np
import pytest

from nb_lib.data import mnist_subset
from nb_lib.live.kernel.handwriting import (
    BOX,
    FAINT,
    centred,
    mnist_image,
    scaled,
    shares,
)


def stroke(*, top, left, height=40, width=12, side=112):
    ink = np.zeros((side, side))
    ink[top : top + height, left : left + width] = 1
    return ink


def centre_of_mass(image):
    places = np.indices(image.shape).reshape(2, -1)
    return places @ image.ravel() / image.sum()


def test_no_ink_gives_zeros():
    np.testing.assert_array_equal(mnist_image(np.zeros((112, 112))), np.zeros((28, 28)))


@pytest.mark.parametrize(("top", "left"), [(0, 0), (72, 100), (5, 61)])
def test_place_on_the_pad_is_of_no_consequence(top, left):
    wanted = mnist_image(stroke(top=30, left=30))
    np.testing.assert_array_equal(mnist_image(stroke(top=top, left=left)), wanted)


@pytest.mark.parametrize("factor", [2, 4])
def test_size_on_the_pad_is_of_no_consequence(factor):
    small = stroke(top=2, left=3, height=20, width=7, side=30)
    large = np.kron(small, np.ones((factor, factor)))
    np.testing.assert_allclose(mnist_image(large), mnist_image(small), atol=1e-12)


@pytest.mark.parametrize(("height", "width"), [(80, 20), (20, 80), (3, 9)])
def test_longer_side_becomes_twenty_pixels(height, width):
    image = mnist_image(stroke(top=9, left=9, height=height, width=width))
    sides = [np.ptp(np.flatnonzero(image.any(axis=a))) + 1 for a in (1, 0)]
    assert max(sides) == BOX
    assert min(sides) == round(BOX * min(height, width) / max(height, width))


def test_centre_of_mass_lies_on_the_middle_pixel(rng):
    for _ in range(20):
        image = mnist_image(rng.random((112, 90)) > 0.97)
        assert np.all(np.abs(centre_of_mass(image) - 14) <= 0.5 + 1e-9)


def test_lopsided_ink_stays_inside_and_whole():
    digit = np.zeros((20, 20))
    digit[:, 0] = 1  # all mass on the left edge
    digit[0, 19] = 1
    assert centred(digit).sum() == digit.sum()


def test_shares_average_and_keep_the_mean():
    np.testing.assert_allclose(shares(7, 3).sum(axis=1), 1)
    np.testing.assert_allclose(shares(7, 3).sum(axis=0), 3 / 7)
    np.testing.assert_allclose(shares(3, 7).sum(axis=1), 1)


def test_scaled_averages_blocks():
    digit = np.arange(40.0 * 40).reshape(40, 40)
    blocks = digit.reshape(20, 2, 20, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(scaled(digit), blocks)


def test_mnist_itself_comes_back():
    (x, _), _ = mnist_subset()
    for image in x[:99].reshape(-1, 28, 28):
        again = mnist_image(np.kron(image, np.ones((4, 4))))
        np.testing.assert_allclose(again, image, atol=FAINT)


@pytest.mark.parametrize(
    ("ink", "message"),
    [
        (np.zeros(784), r"wants ink of shape \(H, W\), got \(784,\)"),
        (np.full((9, 9), np.nan), "wants ink from 0 to 1, got numbers from nan to nan"),
        (np.eye(9) * 255, "wants ink from 0 to 1, got numbers from 0 to 255"),
    ],
)
def test_what_is_no_ink_is_refused(ink, message):
    with pytest.raises(ValueError, match=message):
        mnist_image(ink)
