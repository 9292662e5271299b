"""Downloads: whole, checked, from the next mirror if need be, or one clear sentence."""

import errno
import gzip
import socket
import threading
from pathlib import Path

import pytest
import requests

from nb_lib.data import fetch, idx, load_mnist, mnist_source

NAMES = sorted(
    f"{part}-{kind}-ubyte.gz"
    for part in ("train", "t10k")
    for kind in ("images-idx3", "labels-idx1")
)
FIRST = "train-images-idx3-ubyte.gz"


def listing(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def patience(monkeypatch):
    """Tests wait for tenths of a second where readers wait for seconds."""
    monkeypatch.setattr(fetch, "ANSWER_SECONDS", 0.4)
    monkeypatch.setattr(fetch, "STALL_SECONDS", 0.2)


def test_download_fills_the_cache(mirrors, cache, arrays):
    (x_train, y_train), _ = load_mnist(download=True)
    assert listing(cache) == NAMES
    assert x_train.shape == (7, 6)
    assert y_train.tolist() == arrays["train-labels-idx1-ubyte"].tolist()


def test_download_shows_its_progress(mirrors, capsys):
    load_mnist(download=True)
    shown = capsys.readouterr()
    assert shown.out == ""
    for name in NAMES:
        assert f"{name}: 100%" in shown.err


def test_download_prefers_the_first_mirror(mirrors):
    load_mnist(download=True)
    first, second = mirrors
    assert first.asked.count("GET") == 4
    assert "GET" not in second.asked


def test_download_when_already_there_asks_nobody(filled, mirrors):
    load_mnist(download=True)
    assert [mirror.asked for mirror in mirrors] == [[], []]


def test_download_with_files_of_ones_own_asks_nobody(named, mirrors, cache):
    load_mnist(download=True)
    assert [mirror.asked for mirror in mirrors] == [[], []]
    assert listing(cache) == []


def test_without_download_nobody_is_asked(mirrors, cache):
    load_mnist()
    assert mnist_source() == "subset"
    assert [mirror.asked for mirror in mirrors] == [[], []]


def test_download_fetches_only_what_is_missing(filled, mirrors):
    (filled / FIRST).unlink()
    load_mnist(download=True)
    assert mirrors[0].asked.count("GET") == 1


def test_download_replaces_a_damaged_file(filled, mirrors):
    (filled / FIRST).write_bytes(b"damaged")
    (x_train, _), _ = load_mnist(download=True)
    assert x_train.shape == (7, 6)
    assert listing(filled) == NAMES


def test_download_removes_a_damaged_file_that_it_cannot_replace(filled, no_network):
    (filled / FIRST).write_bytes(b"damaged")
    with pytest.raises(ConnectionError):
        load_mnist(download=True)
    assert listing(filled) == [name for name in NAMES if name != FIRST]


def test_gzip_bytes_of_another_packer_are_welcome(mirrors, contents):
    other = gzip.compress(contents[FIRST.removesuffix(".gz")], compresslevel=1, mtime=9)
    assert mirrors[0].files[FIRST] != other
    mirrors[0].files[FIRST] = other
    load_mnist(download=True)
    assert mirrors[1].asked.count("GET") == 0


@pytest.mark.parametrize("status", [403, 404, 503])
def test_a_mirror_without_the_file_passes_on_to_the_next(mirrors, cache, status):
    mirrors[0].status = status
    load_mnist(download=True)
    assert listing(cache) == NAMES


def test_a_mirror_with_a_damaged_file_passes_on_to_the_next(mirrors, cache):
    mirrors[0].files[FIRST] = b"<html>Please log in</html>"
    load_mnist(download=True)
    assert listing(cache) == NAMES
    assert mirrors[1].asked.count("GET") == 1


def test_a_dumb_mirror_passes_on_to_the_next(mirrors, cache, patience):
    mirrors[0].is_dumb = True
    load_mnist(download=True)
    assert listing(cache) == NAMES


def wrong_digest(content):
    return gzip.compress(content[:-1] + bytes([content[-1] ^ 1]))


DAMAGE = {
    "truncated": (lambda content: gzip.compress(content)[:-9], "ends too early"),
    "short": (lambda content: gzip.compress(content[:-1]), "57 of the 58 bytes"),
    "wrong digest": (wrong_digest, "its sha256 is"),
    "wrong magic": (lambda content: b"\1" + content[1:], "its header is"),
    "a login page": (lambda content: b"<html></html>", "13 of the 58 bytes"),
}


@pytest.mark.parametrize(("damage", "problem"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_download_is_refused(mirrors, contents, cache, damage, problem):
    for mirror in mirrors:
        mirror.files[FIRST] = damage(contents[FIRST.removesuffix(".gz")])
    with pytest.raises(ValueError, match=problem) as caught:
        load_mnist(download=True)
    assert_names_the_way_out(caught.value)
    assert listing(cache) == []


def assert_names_the_way_out(error):
    sentence = str(error)
    assert "\n" not in sentence
    for part in (FIRST, "NB_LIB_DATA", "mnist_subset()", *fetch.MIRRORS):
        assert part in sentence


def test_a_connection_that_breaks_off_leaves_nothing(mirrors, cache):
    for mirror in mirrors:
        mirror.cut = 9
    with pytest.raises(ConnectionError, match="could not be reached") as caught:
        load_mnist(download=True)
    assert_names_the_way_out(caught.value)
    assert listing(cache) == []


def test_no_network_is_one_sentence(no_network, cache):
    with pytest.raises(ConnectionError, match="could not be reached") as caught:
        load_mnist(download=True)
    assert_names_the_way_out(caught.value)
    assert listing(cache) == []


def test_a_status_is_told(mirrors, cache):
    for mirror in mirrors:
        mirror.status = 404
    with pytest.raises(ConnectionError, match="gave status 404") as caught:
        load_mnist(download=True)
    assert_names_the_way_out(caught.value)


def test_dumb_mirrors_are_given_up(mirrors, cache, patience):
    for mirror in mirrors:
        mirror.is_dumb = True
    with pytest.raises(ConnectionError, match="did not answer in time") as caught:
        load_mnist(download=True)
    assert_names_the_way_out(caught.value)


def test_a_name_server_that_hangs_is_given_up(no_network, monkeypatch, patience):
    released = threading.Event()

    def hang(*args, **kwargs):
        released.wait(30)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with pytest.raises(ConnectionError, match="did not answer in time"):
        load_mnist(download=True)
    released.set()


def test_all_waiting_without_a_network_ends_within_five_seconds(
    no_network, monkeypatch
):
    waits = []

    class NoAnswer:
        def result(self, timeout):
            waits.append(timeout)
            raise TimeoutError

    monkeypatch.setattr(fetch, "_ask", lambda url: NoAnswer())
    with pytest.raises(ConnectionError):
        load_mnist(download=True)
    assert len(waits) == 2
    assert sum(waits) <= 4  # and a second for Python to start


def test_every_call_to_a_mirror_has_a_timeout(mirrors, monkeypatch):
    timeouts = []
    send = requests.Session.send

    def spy(session, request, **options):
        timeouts.append((request.method, options["timeout"]))
        return send(session, request, **options)

    monkeypatch.setattr(requests.Session, "send", spy)
    load_mnist(download=True)
    answer, stall = fetch.ANSWER_SECONDS, fetch.STALL_SECONDS
    assert set(timeouts) == {("HEAD", answer), ("GET", (answer, stall))}


def fail_while_writing(monkeypatch, cache, fault):
    """Let the progress bar raise the fault when part of the file is on disk."""

    def update(bar, n=1):
        (part,) = cache.glob("*.part")
        assert part.stat().st_size > 0
        raise fault

    monkeypatch.setattr(fetch.tqdm, "update", update)


def test_an_interrupted_download_leaves_nothing(mirrors, cache, monkeypatch):
    fail_while_writing(monkeypatch, cache, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        load_mnist(download=True)
    assert listing(cache) == []


def test_a_full_disk_leaves_nothing_and_says_so(mirrors, cache, monkeypatch):
    full = OSError(errno.ENOSPC, "No space left on device")
    fail_while_writing(monkeypatch, cache, full)
    with pytest.raises(
        OSError, match=r"\(No space left on device\): make room"
    ) as caught:
        load_mnist(download=True)
    assert str(cache / FIRST) in str(caught.value)
    assert "NB_LIB_DATA" in str(caught.value)
    assert listing(cache) == []


def test_a_full_disk_is_not_blamed_on_the_mirror(mirrors, cache, monkeypatch):
    fail_while_writing(monkeypatch, cache, OSError(errno.ENOSPC, "No space left"))
    with pytest.raises(OSError, match="No space left"):
        load_mnist(download=True)
    assert mirrors[1].asked.count("GET") == 0


def test_a_disk_too_full_to_begin_says_so(mirrors, cache, monkeypatch):
    opened = Path.open

    def full(path, mode="r", *args, **kwargs):
        if "x" in mode:
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened(path, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="could not be written .No space left"):
        load_mnist(download=True)
    assert listing(cache) == []


def test_a_cache_that_is_no_folder_says_so(mirrors, cache):
    cache.parent.parent.mkdir(exist_ok=True)
    cache.parent.write_text("a file where the folder should be")
    with pytest.raises(OSError, match="could not be written") as caught:
        load_mnist(download=True)
    assert str(cache / FIRST) in str(caught.value)


def test_a_later_download_goes_on_where_an_earlier_one_ended(mirrors, cache):
    labels = mirrors[0].files["t10k-labels-idx1-ubyte.gz"]
    for mirror in mirrors:
        mirror.files["t10k-labels-idx1-ubyte.gz"] = b""
    with pytest.raises(ValueError, match="t10k-labels"):
        load_mnist(download=True)
    mirrors[0].files["t10k-labels-idx1-ubyte.gz"] = labels
    mirrors[0].asked.clear()
    load_mnist(download=True)
    assert mirrors[0].asked.count("GET") == 1


def test_public_mirrors_are_asked_in_the_promised_order():
    first, second = fetch.MIRRORS
    assert first == "https://ossci-datasets.s3.amazonaws.com/mnist/"
    assert second == "https://storage.googleapis.com/cvdf-datasets/mnist/"
    assert [f"{wanted.name}.gz" for wanted in idx.FILES] == [
        FIRST,
        *NAMES[3:],
        *NAMES[:2],
    ]
