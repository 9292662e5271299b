"""An asset is made once, stays as it is, and holds bytes."""

import numpy as np
import pytest

from nb_lib.data.asset import asset, floats_of, octets_of


def test_an_asset_is_made_once_and_stays_as_it_is():
    made = []

    @asset
    def codes():
        """Return a few bytes."""
        made.append(1)
        return np.arange(6, dtype=np.uint8).reshape(2, 3)

    first = codes()
    assert codes() is first
    assert made == [1]
    assert codes.__doc__ == "Return a few bytes."
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 9


def test_an_asset_of_anything_but_bytes_is_refused():
    with pytest.raises(TypeError, match="halves: an asset is an array of uint8"):
        asset(halves)()


def halves():
    return np.array([0.5])


def test_floats_come_back_from_their_bytes_bit_for_bit(rng):
    drawn = rng.normal(size=(5, 7)) * 10.0 ** rng.integers(-30, 30, (5, 7))
    edges = np.array([0, 1, -1, 2, 0.5, 3.4e38, -1.2e-38])
    wanted = np.concatenate([np.ravel(drawn), edges]).astype("float32")
    got = floats_of(octets_of([drawn, edges]))
    assert got.dtype == "float32"
    np.testing.assert_array_equal(got, wanted)
