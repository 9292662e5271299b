"""Any data set in MNIST's format: what is read, and what is refused by name."""

import gzip
import re

import numpy as np
import pytest

from nb_lib.data import load_mnist, read_images

NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
SHAPES = (9, 4, 3), (9,), (5, 4, 3), (5,)


@pytest.fixture
def own():
    """A small data set: grey levels up to 255, labels 0 to 25 as of letters."""
    rng = np.random.default_rng(9)
    sets = [rng.integers(0, 256, shape, np.uint8) for shape in SHAPES]
    sets[1], sets[3] = sets[1] % 26, sets[3] % 26
    sets[1][0] = 25
    return sets


@pytest.fixture(params=["", ".gz"], ids=["plain", "packed"])
def folder(tmp_path, own, write_idx, request):
    for name, array in zip(NAMES, own, strict=True):
        write_idx(tmp_path / f"{name}{request.param}", array)
    return tmp_path


def file(folder, part):
    (path,) = folder.glob(f"{NAMES[part]}*")
    return path


@pytest.mark.parametrize("kind", [str, lambda path: path], ids=["str", "Path"])
def test_a_set_is_read_in_the_form_of_load_mnist(folder, own, kind):
    (x_train, y_train), (x_test, y_test) = read_images(kind(folder))
    for x, y, images, labels in (
        (x_train, y_train, own[0], own[1]),
        (x_test, y_test, own[2], own[3]),
    ):
        assert (x.dtype, y.dtype) == (np.float64, np.int64)
        np.testing.assert_array_equal(x, images.reshape(len(images), 12) / 255)
        np.testing.assert_array_equal(y, labels)


@pytest.mark.slow
@pytest.mark.full_mnist
def test_mnist_itself_is_read_as_load_mnist_reads_it(full_mnist):
    for got, want in zip(read_images(full_mnist), load_mnist(), strict=True):
        np.testing.assert_array_equal(got[0][::97], want[0][::97])
        np.testing.assert_array_equal(got[1], want[1])


def test_missing_files_are_named(folder):
    for part in (1, 2):
        file(folder, part).unlink()
    wanted = f"lacks {NAMES[1]}, {NAMES[2]} .* name a folder that holds four files"
    with pytest.raises(FileNotFoundError, match=wanted) as caught:
        read_images(folder)
    assert str(folder) in str(caught.value)


def test_no_folder_is_one_sentence(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere, which is no directory: name"):
        read_images(tmp_path / "nowhere")


@pytest.mark.parametrize("path", [None, 3, b"folder"])
def test_a_folder_is_told_by_a_path(path):
    with pytest.raises(TypeError, match="wants a folder as a str or a Path, got"):
        read_images(path)


def cut(content):
    return content[:-1]


def longer(content):
    return content + b"\0"


def other_type(content):
    return content[:2] + b"\x0d" + content[3:]


def other_dimensions(content):
    return content[:3] + b"\2" + content[4:]


DAMAGE = {
    "truncated": (cut, r"it holds 12\d of the 124 bytes"),
    "longer": (longer, "it holds more than the 124 bytes"),
    "empty": (lambda content: b"", "it begins with nothing: no idx file"),
    "a login page": (lambda content: b"<html>" * 20, "it begins with 3c68.*: no idx"),
    "floats": (other_type, "its numbers are of type 13, not bytes, 8"),
    "a matrix": (other_dimensions, "it has 2 dimensions, not 3"),
    "no image": (lambda content: content[:4] + bytes(12), r"it is empty, of shape \(0"),
    "huge": (lambda content: content[:4] + b"\xff" * 12, "of the 79,228,162,458,924"),
}


@pytest.mark.parametrize(("damage", "problem"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_named(folder, damage, problem):
    path = file(folder, 0)
    is_packed = path.suffix == ".gz"
    content = path.read_bytes()
    content = damage(gzip.decompress(content) if is_packed else content)
    path.write_bytes(gzip.compress(content) if is_packed else content)
    with pytest.raises(ValueError, match=problem) as caught:
        read_images(folder)
    assert str(caught.value).startswith(f"{path} is damaged or in another format (")
    assert str(caught.value).endswith("): replace it with an intact copy")


def test_a_truncated_gzip_is_named(folder):
    path = file(folder, 2)
    content = path.read_bytes()
    packed = content if path.suffix == ".gz" else gzip.compress(content)
    path.write_bytes(packed[:-9])
    with pytest.raises(ValueError, match="its gzip stream ends too early"):
        read_images(folder)


@pytest.mark.parametrize(
    ("part", "array", "problem"),
    [
        (1, np.zeros(8, np.uint8), "holds 8 labels for 9 images: take"),
        (3, np.zeros(6, np.uint8), "holds 6 labels for 5 images: take"),
        (2, np.zeros((5, 3, 4), np.uint8), "(5 )?images of shape .3, 4., those of tra"),
        (3, np.full(5, 26, np.uint8), "labels up to 26, those of training end at 25"),
    ],
    ids=["few labels", "many labels", "other sizes", "unknown labels"],
)
def test_files_that_do_not_fit_are_named(folder, write_idx, part, array, problem):
    path = write_idx(file(folder, part), array)
    with pytest.raises(ValueError, match=f"^{re.escape(str(path))} holds") as caught:
        read_images(folder)
    assert re.search(problem, str(caught.value))


@pytest.mark.parametrize("part", ["", NAMES[0]], ids=["folder", "file"])
def test_what_may_not_be_read_is_one_sentence(folder, lock, part):
    lock(file(folder, 0) if part else folder)
    with pytest.raises(PermissionError, match="may not be read .*: mend its rights"):
        read_images(folder)
