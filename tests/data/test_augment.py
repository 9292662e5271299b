"""Augmentation: a warp moves pixels and makes none up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from nb_lib.data import Warp, warped
from nb_lib.data.augment import affine, places, sample

SIDE, N = 9, 10
EVERY = Warp(shift=1, rotation=20, zoom=0.2, shear=0.2, elastic=1, smooth=2)


def images(rng, n=N, dtype="float64"):
    return rng.random((n, SIDE * SIDE)).astype(dtype)


def test_no_warp_is_the_identity(rng):
    x = images(rng)
    np.testing.assert_array_equal(warped(x, Warp(), rng=rng), x)


def test_a_sample_is_that_of_scipy(rng):
    """Far outside it is 0; within a pixel of the border the two mix other zeros."""
    x = images(rng)
    rows, columns = places(SIDE, EVERY, rng=rng)
    padded = np.pad(x.reshape(N, SIDE, SIDE), ((0, 0), (1, 1), (1, 1)))
    at = [rows + 1, columns + 1]
    want = [ndimage.map_coordinates(image, at, order=1) for image in padded]
    got = sample(x, rows, columns).reshape(N, SIDE, SIDE)
    np.testing.assert_allclose(got, want, rtol=0, atol=1e-12)


def test_a_quarter_turn_is_that_of_numpy(rng):
    x = images(rng)
    got = sample(x, *affine(SIDE, angle=np.pi / 2)).reshape(N, SIDE, SIDE)
    want = np.rot90(x.reshape(N, SIDE, SIDE), axes=(2, 1))
    np.testing.assert_allclose(got, want, rtol=0, atol=1e-12)


def test_a_shift_moves_whole_pixels(rng):
    x = images(rng)
    rows, columns = affine(SIDE, angle=0.0)
    got = sample(x, rows + 2, columns).reshape(N, SIDE, SIDE)
    np.testing.assert_array_equal(got[:, :-2], x.reshape(N, SIDE, SIDE)[:, 2:])
    np.testing.assert_array_equal(got[:, -2:], 0)


@given(st.integers(1, 12), st.integers(1, 15), st.integers(0, 2**32))
def test_no_value_leaves_the_range_and_every_image_keeps_its_place(n, groups, seed):
    rng = np.random.default_rng(seed)
    levels = np.arange(1, n + 1) / n
    x = np.repeat(levels[:, None], SIDE * SIDE, axis=1)
    y = warped(x, EVERY, rng=rng, groups=groups)
    assert y.shape == x.shape
    assert y.min() >= 0
    brightest = y.max(axis=1)
    assert (brightest > 0.3 * levels).all()
    assert (brightest < levels + 1e-12).all()


def test_groups_have_warps_of_their_own(rng):
    x = np.repeat(images(rng, 1), 8, axis=0)
    y = warped(x, EVERY, rng=rng, groups=4)
    assert len(np.unique(y, axis=0)) == 4


def test_the_reach_is_that_of_the_warp(rng):
    """Over many warps the middle moves by ``shift``, a bend by ``elastic`` pixels."""
    still = affine(SIDE, angle=0.0)
    for warp in (Warp(shift=1.5), Warp(elastic=1.5)):
        drawn = [places(SIDE, warp, rng=rng) for _ in range(400)]
        moved = np.array([np.subtract(seen, still) for seen in drawn])
        assert abs(np.sqrt((moved * moved).mean()) - 1.5) < 0.15


@pytest.mark.parametrize(
    ("dtype", "kept"), [("float32", "float32"), ("uint8", "float32")]
)
def test_dtype_is_kept_and_whole_numbers_become_floats(rng, dtype, kept):
    x = (255 * images(rng)).astype(dtype)
    assert warped(x, EVERY, rng=rng).dtype == kept


def test_equal_seeds_give_equal_images():
    x = images(np.random.default_rng(1))
    pair = [warped(x, EVERY, rng=np.random.default_rng(3)) for _ in range(2)]
    np.testing.assert_array_equal(*pair)


REFUSED = {
    "no square": (lambda rng: warped(np.zeros((2, 80)), EVERY, rng=rng), "side"),
    "no images": (lambda rng: warped(np.zeros((0, 81)), EVERY, rng=rng), "side"),
    "flat": (lambda rng: warped(np.zeros(81), EVERY, rng=rng), "side"),
    "groups": (lambda rng: warped(images(rng), EVERY, rng=rng, groups=0), "groups"),
    "reach": (lambda rng: Warp(shift=-1), "at least 0, got -1"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_gets_one_sentence(rng, case):
    call, words = REFUSED[case]
    with pytest.raises(ValueError, match=words):
        call(rng)
