"""Where MNIST comes from, in which form, and what is refused."""

import gzip

import numpy as np
import pytest

from nb_lib.data import idx, load_mnist, mnist, mnist_source, mnist_subset

IMAGES = "train-images-idx3-ubyte"


def assert_holds(loaded, arrays):
    (x_train, y_train), (x_test, y_test) = loaded
    for x, y, part in [(x_train, y_train, "train"), (x_test, y_test, "t10k")]:
        images = arrays[f"{part}-images-idx3-ubyte"]
        np.testing.assert_allclose(x * 255, images.reshape(len(images), 6))
        np.testing.assert_array_equal(y, arrays[f"{part}-labels-idx1-ubyte"])


def test_named_folder_is_served(named, arrays, capsys):
    assert mnist_source() == "full"
    assert_holds(load_mnist(), arrays)
    assert capsys.readouterr().out == ""


def test_named_folder_may_be_unpacked(named, arrays):
    for path in named.glob("*.gz"):
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
        path.unlink()
    assert_holds(load_mnist(), arrays)


def test_named_folder_may_begin_at_home(named, arrays, monkeypatch):
    monkeypatch.setenv("HOME", str(named.parent))
    monkeypatch.setenv("USERPROFILE", str(named.parent))
    monkeypatch.setenv("NB_LIB_DATA", "~/mine")
    assert_holds(load_mnist(), arrays)


def test_cache_is_served(filled, arrays, capsys):
    assert mnist_source() == "full"
    assert_holds(load_mnist(), arrays)
    assert capsys.readouterr().out == ""


def test_named_folder_comes_before_the_cache(named, contents, cache, arrays):
    cache.mkdir(parents=True)
    for name in contents:
        (cache / f"{name}.gz").write_bytes(b"never read")
    assert_holds(load_mnist(), arrays)


def test_an_empty_name_is_no_name(filled, arrays, monkeypatch):
    monkeypatch.setenv("NB_LIB_DATA", "")
    assert_holds(load_mnist(), arrays)


def test_loaded_arrays_have_the_promised_form(named):
    for (x, y), n in zip(load_mnist(), (7, 5), strict=True):
        assert (x.shape, x.dtype) == ((n, 6), np.float64)
        assert (y.shape, y.dtype) == ((n,), np.int64)
        assert 0 <= x.min() < x.max() <= 1


def test_subset_is_announced_in_one_line(cache, capsys):
    loaded = load_mnist()
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "subset of 5,000" in said
    assert "load_mnist(download=True)" in said
    np.testing.assert_array_equal(loaded[0][0], mnist_subset()[0][0])


def test_an_incomplete_cache_serves_the_subset(filled, capsys):
    (filled / f"{IMAGES}.gz").unlink()
    assert mnist_source() == "subset"
    assert len(load_mnist()[0][0]) == 4000
    assert capsys.readouterr().out.count("\n") == 1


def test_cache_is_a_folder_of_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # Linux; elsewhere unused
    assert mnist.cache_folder().name.lower() in {"nb_lib", "cache"}


@pytest.mark.parametrize("ask", [load_mnist, mnist_source])
def test_a_missing_named_folder_is_one_sentence(named, monkeypatch, ask):
    missing = named / "nowhere"
    monkeypatch.setenv("NB_LIB_DATA", str(missing))
    with pytest.raises(FileNotFoundError, match="which is no directory") as caught:
        ask()
    assert f"NB_LIB_DATA names {missing}" in str(caught.value)
    assert "or unset it" in str(caught.value)


def test_a_relative_name_is_told_in_full(named, monkeypatch):
    monkeypatch.chdir(named)
    monkeypatch.setenv("NB_LIB_DATA", "nowhere")
    with pytest.raises(FileNotFoundError) as caught:
        load_mnist()
    assert str(named / "nowhere") in str(caught.value)


@pytest.mark.parametrize("download", [False, True])
def test_a_named_folder_without_files_names_them(named, download):
    for name in ("train-labels-idx1-ubyte", "t10k-images-idx3-ubyte"):
        (named / f"{name}.gz").unlink()
    wanted = "lacks train-labels-idx1-ubyte, t10k-images-idx3-ubyte .*unset it"
    with pytest.raises(FileNotFoundError, match=wanted):
        load_mnist(download=download)


def wrong_digest(content):
    return gzip.compress(content[:-1] + bytes([content[-1] ^ 1]))


DAMAGE = {
    "truncated": (lambda content: gzip.compress(content)[:-9], "ends too early"),
    "empty": (lambda content: b"", "it holds 0 of the 58 bytes"),
    "wrong size": (lambda content: content + b"\0", "more than the 58 bytes"),
    "wrong magic": (lambda content: b"\1" + content[1:], "its header is 01000803"),
    "wrong digest": (wrong_digest, "its sha256 is"),
}
each_damage = pytest.mark.parametrize(
    ("damage", "problem"), DAMAGE.values(), ids=DAMAGE
)


@each_damage
def test_a_damaged_file_of_ones_own_is_refused_and_kept(
    named, contents, damage, problem
):
    path = named / f"{IMAGES}.gz"
    path.write_bytes(damage(contents[IMAGES]))
    with pytest.raises(ValueError, match=problem) as caught:
        load_mnist()
    assert str(path) in str(caught.value)
    assert "replace it with an intact copy, or unset NB_LIB_DATA" in str(caught.value)
    assert path.exists()


@each_damage
def test_a_damaged_file_in_the_cache_is_refused_and_removed(
    filled, contents, damage, problem
):
    path = filled / f"{IMAGES}.gz"
    path.write_bytes(damage(contents[IMAGES]))
    with pytest.raises(ValueError, match=problem) as caught:
        load_mnist()
    assert str(path) in str(caught.value)
    assert "load_mnist(download=True) fetches it again" in str(caught.value)
    assert not path.exists()
    assert len(list(filled.iterdir())) == 3


@pytest.mark.parametrize("part", ["", f"{IMAGES}.gz"], ids=["folder", "file"])
@pytest.mark.parametrize("ask", [load_mnist, mnist_source])
def test_a_named_folder_that_may_not_be_read_is_one_sentence(named, lock, part, ask):
    lock(named / part)
    wanted = f"NB_LIB_DATA names {named}, which may not be read: .*Permission denied"
    with pytest.raises(PermissionError, match=wanted) as caught:
        ask()
    assert f"{IMAGES}" in str(caught.value)
    assert "or unset it" in str(caught.value)


@pytest.mark.parametrize("part", ["", f"{IMAGES}.gz"], ids=["folder", "file"])
def test_a_cache_that_may_not_be_read_gives_way_to_the_subset(
    filled, lock, part, capsys
):
    lock(filled / part)
    assert mnist_source() == "subset"
    assert len(load_mnist()[0][0]) == 4000
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "which may not be read: " in said
    assert "Permission denied" in said


def test_a_locked_cache_cannot_be_downloaded_into(filled, lock):
    lock(filled)
    with pytest.raises(PermissionError, match="may not be read or mended") as caught:
        load_mnist(download=True)
    assert "NB_LIB_DATA" in str(caught.value)


def test_a_disk_that_fails_while_it_is_read_is_one_sentence(named, monkeypatch):
    def fail(path):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("pathlib.Path.read_bytes", fail)
    with pytest.raises(OSError, match="could not be read .Input/output error.: mend"):
        load_mnist()


def test_a_locked_subset_is_one_sentence(monkeypatch, lock):
    folder = next(f for f in mnist.SUBSET_FOLDERS if (f / mnist.SUBSET).is_file())
    lock(folder / mnist.SUBSET)
    with pytest.raises(PermissionError, match="the shipped subset may not be read"):
        mnist_subset()


def test_a_damaged_file_in_a_cache_that_may_only_be_read_stays(filled, monkeypatch):
    def refuse(path, **settings):
        raise PermissionError(13, "Permission denied", str(path))

    (filled / f"{IMAGES}.gz").write_bytes(b"damaged")
    monkeypatch.setattr("pathlib.Path.unlink", refuse)
    with pytest.raises(ValueError, match="is damaged .*: remove it, then load_mnist"):
        load_mnist()


def test_another_data_set_is_not_called_damaged(named, arrays, write_idx):
    """Fashion-MNIST has MNIST's names and sizes, an own set perhaps other sizes."""
    for shape in (arrays[IMAGES].shape, (3, 4, 4)):
        path = write_idx(named / f"{IMAGES}.gz", np.ones(shape, np.uint8))
        with pytest.raises(ValueError, match="valid file in MNIST's format") as caught:
            load_mnist()
        assert str(path) in str(caught.value)
        assert "read another data set with read_images(folder)" in str(caught.value)
        assert "damaged" not in str(caught.value)


@pytest.mark.slow
@pytest.mark.full_mnist
def test_full_set_has_its_sizes_and_first_digits(full_mnist, capsys):
    (x_train, y_train), (x_test, y_test) = load_mnist()
    assert (x_train.shape, x_test.shape) == ((60000, 784), (10000, 784))
    assert y_train[:5].tolist() == [5, 0, 4, 1, 9]
    assert y_test[:5].tolist() == [7, 2, 1, 0, 4]
    assert (x_train.min(), x_train.max()) == (0, 1)
    assert x_train.mean() == pytest.approx(0.1307, abs=5e-5)  # the figure all quote
    assert capsys.readouterr().out == ""


@pytest.mark.full_mnist
def test_subset_is_part_of_the_training_images(full_mnist):
    images, labels = (
        idx.read(idx.find(full_mnist, wanted), wanted) for wanted in idx.FILES[:2]
    )
    known = {
        image.tobytes(): label for image, label in zip(images, labels, strict=True)
    }
    (x_train, y_train), (x_test, y_test) = mnist_subset()
    x = np.rint(np.concatenate([x_train, x_test]) * 255).astype(np.uint8)
    y = np.concatenate([y_train, y_test])
    assert [known.get(image.tobytes()) for image in x] == y.tolist()
