"""The function on the magic square: no unit, and yet no hidden XOR."""

import numpy as np
import pytest

from nb_lib.numpy.boolean import Proof, cube, decide, hides_xor, proves, rectangles
from nb_lib.sections.s09_02_xor import magic


@pytest.fixture(scope="module")
def outputs():
    return magic.magic_function()


def test_rows_and_columns_are_sets_of_sum_15():
    for lines in magic.rows_and_columns():
        assert set(lines) <= set(magic.ties())
        np.testing.assert_array_equal(cube(9)[lines].sum(axis=0), np.ones(9))


def test_rows_against_columns_are_a_certificate(outputs):
    rows, columns = magic.rows_and_columns()
    assert (outputs[rows], outputs[columns]) == pytest.approx((1, 0))
    multipliers = np.zeros(512, int)
    multipliers[[*rows, *columns]] = 1
    assert proves(Proof(None, None, tuple(multipliers.tolist()), 0), outputs)
    assert decide(outputs).w is None


def test_rectangles_among_all_corners_are_those_of_the_library():
    found = {tuple(row) for row in magic.rectangles_among(np.arange(16)).tolist()}
    assert found == {tuple(row) for row in rectangles(4).tolist()}


@pytest.mark.slow
def test_no_rectangle_of_the_whole_cube_alternates(outputs):
    """The argument of the text looks at the ties only; this looks everywhere."""
    assert not hides_xor(outputs[None])[0]
    spoiled = outputs.copy()
    spoiled[magic.ties()] = 1 - spoiled[magic.ties()]
    spoiled[[0, 511]] = 1, 0
    assert hides_xor(spoiled[None])[0]
