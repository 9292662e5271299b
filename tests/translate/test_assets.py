"""An asset's bytes come out in the page as they went in, and can be left out."""

import numpy as np

from nb_lib.data.asset import asset
from nb_lib.live.page.assets import literal, without_data


@asset
def octets():
    """Return every byte there is, one of them often."""
    return np.array([*range(256), *[57] * 44], dtype=np.uint8).reshape(3, 100)


def ask_octets():
    return octets().shape, octets().ravel(), octets() is octets()


def test_bytes_come_out_as_they_went_in(translated):
    shape, values, is_one = translated([ask_octets])("ask_octets")
    assert shape == (3, 100)
    np.testing.assert_array_equal(values, octets().ravel())
    assert is_one


def test_a_program_is_weighed_without_its_data():
    text = f"const $a = {literal(octets())};\nconst $b = op.asset_of;"
    assert without_data(text) == "const $a = op.asset();\nconst $b = op.asset_of;"


def test_common_numbers_take_one_character_of_ascii():
    text = literal(octets())
    assert text.partition('"')[2].count(chr(35)) == 45  # the commonest is the first
