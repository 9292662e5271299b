"""The four idx files: what is read, and every way in which one can be damaged."""

import gzip

import numpy as np
import pytest

from nb_lib.data import idx


@pytest.fixture
def images(contents):
    """The first file of the stand-in: its declaration and its bytes."""
    return idx.FILES[0], contents["train-images-idx3-ubyte"]


def read_bytes(tmp_path, wanted, content):
    path = tmp_path / wanted.name
    path.write_bytes(content)
    return idx.read(path, wanted)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["raw", "packed"])
def test_read_returns_the_array(tmp_path, contents, arrays, pack):
    for wanted in idx.FILES:
        found = read_bytes(tmp_path, wanted, pack(contents[wanted.name]))
        assert found.dtype == np.uint8
        np.testing.assert_array_equal(found, arrays[wanted.name])


@pytest.mark.parametrize("kept", [0, 1, 12, -1])
def test_truncated_content_is_refused(tmp_path, images, kept):
    wanted, content = images
    short = content[:kept]
    message = f"it holds {len(short)} of the {len(content)} bytes wanted"
    with pytest.raises(ValueError, match=message):
        read_bytes(tmp_path, wanted, short)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["raw", "packed"])
def test_longer_content_is_refused(tmp_path, images, pack):
    wanted, content = images
    with pytest.raises(ValueError, match=f"holds more than the {len(content)} bytes"):
        read_bytes(tmp_path, wanted, pack(content + b"\0"))


@pytest.mark.parametrize("kept", [2, 10, 40, -8, -1])
def test_truncated_gzip_is_refused(tmp_path, images, kept):
    wanted, content = images
    with pytest.raises(ValueError, match="its gzip stream ends too early"):
        read_bytes(tmp_path, wanted, gzip.compress(content)[:kept])


@pytest.mark.parametrize("place", [2, 15, -8], ids=["method", "stream", "checksum"])
def test_damaged_gzip_is_refused(tmp_path, images, place):
    wanted, content = images
    packed = bytearray(gzip.compress(content))
    packed[place] ^= 0xFF
    with pytest.raises(ValueError, match="its gzip stream is damaged"):
        read_bytes(tmp_path, wanted, bytes(packed))


@pytest.mark.parametrize("place", [0, 2, 3, 7, 15])
def test_wrong_header_is_refused(tmp_path, images, place):
    wanted, content = images
    wrong = bytearray(content)
    wrong[place] += 1
    with pytest.raises(ValueError, match=f"its header is {wrong[:16].hex()}, not 0000"):
        read_bytes(tmp_path, wanted, bytes(wrong))


def test_wrong_digest_is_refused(tmp_path, images):
    wanted, content = images
    wrong = content[:-1] + bytes([content[-1] ^ 1])
    with pytest.raises(ValueError, match=f"its sha256 is .*, not {wanted.sha256}"):
        read_bytes(tmp_path, wanted, wrong)


def test_find_takes_packed_and_raw(tmp_path, images):
    wanted, content = images
    assert idx.find(tmp_path, wanted) is None
    for name in (f"{wanted.name}.gz", wanted.name):
        (tmp_path / name).write_bytes(content)
        assert idx.find(tmp_path, wanted) == tmp_path / name


def test_declared_sizes_are_those_of_mnist():
    sizes = [wanted.size for wanted in idx.FILES]
    assert sizes == [47_040_016, 60_008, 7_840_016, 10_008]


def test_header_begins_with_the_magic_number_of_the_format():
    magic = [int.from_bytes(wanted.header[:4]) for wanted in idx.FILES]
    assert magic == [2051, 2049, 2051, 2049]


@pytest.mark.full_mnist
def test_real_files_are_read(full_mnist):
    for wanted in idx.FILES:
        assert idx.read(idx.find(full_mnist, wanted), wanted).shape == wanted.shape
