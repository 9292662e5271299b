"""A small stand-in for MNIST, a cache, and mirrors that misbehave on request."""

import errno
import gzip
import hashlib
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from nb_lib.data import fetch, idx, mnist

SHAPES = {
    "train-images-idx3-ubyte": (7, 3, 2),
    "train-labels-idx1-ubyte": (7,),
    "t10k-images-idx3-ubyte": (5, 3, 2),
    "t10k-labels-idx1-ubyte": (5,),
}


@pytest.fixture
def arrays():
    """The small stand-in: images with every grey level in reach, labels 0 to 9."""
    rng = np.random.default_rng(9)
    return {
        name: rng.integers(0, 10 if "labels" in name else 256, shape, np.uint8)
        for name, shape in SHAPES.items()
    }


@pytest.fixture
def contents(arrays, monkeypatch):
    """The files of the stand-in, name -> bytes; the library takes it for MNIST."""
    blank = {name: idx.IdxFile(name, array.shape, "") for name, array in arrays.items()}
    files = {
        name: blank[name].header + array.tobytes() for name, array in arrays.items()
    }
    wanted = [
        idx.IdxFile(name, SHAPES[name], hashlib.sha256(content).hexdigest())
        for name, content in files.items()
    ]
    monkeypatch.setattr(idx, "FILES", tuple(wanted))
    return files


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache that does not exist yet, and no NB_LIB_DATA."""
    folder = tmp_path / "home" / "cache"
    monkeypatch.delenv("NB_LIB_DATA", raising=False)
    monkeypatch.setattr(mnist, "cache_folder", lambda: folder)
    return folder


@pytest.fixture
def named(tmp_path, contents, cache, monkeypatch):
    """A folder with the four packed files that NB_LIB_DATA names."""
    folder = tmp_path / "mine"
    store(folder, contents)
    monkeypatch.setenv("NB_LIB_DATA", str(folder))
    return folder


@pytest.fixture
def filled(cache, contents):
    """The cache with the four packed files in it."""
    store(cache, contents)
    return cache


def store(folder, contents):
    folder.mkdir(parents=True)
    for name, content in contents.items():
        (folder / f"{name}.gz").write_bytes(gzip.compress(content))


class Mirror:
    """A local mirror: ``files`` maps a name to the bytes that it sends.

    ``status`` is what it answers; ``cut`` of the bytes promised never come; ``is_dumb``
    makes it take the call and say nothing until ``release`` is set.
    """

    def __init__(self, url, files):
        self.url = url
        self.files = files
        self.asked = []
        self.status, self.cut, self.is_dumb = 200, 0, False
        self.release = threading.Event()

    def answer(self, handler):
        self.asked.append(handler.command)
        if self.is_dumb:
            self.release.wait(30)
            return
        body = self.files[handler.path.lstrip("/")]
        handler.send_response(self.status)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command == "GET":
            handler.wfile.write(body[: len(body) - self.cut])


@contextmanager
def served(files):
    """Run a mirror on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            mirror.answer(self)

        do_HEAD = do_GET

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        mirror = Mirror(f"http://127.0.0.1:{server.server_port}/", files)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield mirror
        finally:
            mirror.release.set()
            server.shutdown()
            thread.join()


@pytest.fixture
def mirrors(contents, cache, monkeypatch):
    """Two whole mirrors on this machine in place of the public ones."""
    files = {f"{name}.gz": gzip.compress(body) for name, body in contents.items()}
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with served(dict(files)) as first, served(dict(files)) as second:
        monkeypatch.setattr(fetch, "MIRRORS", (first.url, second.url))
        yield first, second


@pytest.fixture
def no_network(contents, cache, monkeypatch):
    """Mirrors at closed ports: the sockets are closed before anyone calls."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with served({}) as first, served({}) as second:
        urls = first.url, second.url
    monkeypatch.setattr(fetch, "MIRRORS", urls)
    return urls


@pytest.fixture
def lock(monkeypatch):
    """Refuse paths as a system does to a stranger; rights do not bind a superuser.

    A folder that is locked hides what is in it, a file still shows that it is there.
    """
    locked = []

    def guard(name, refuses):
        free = getattr(Path, name)

        def guarded(path, *args, **settings):
            if any(refuses(path, lock) for lock in locked):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return free(path, *args, **settings)

        monkeypatch.setattr(Path, name, guarded)

    guard("stat", lambda path, lock: lock in path.parents)
    for name in ("open", "unlink"):
        guard(name, lambda path, lock: path == lock or lock in path.parents)
    return locked.append


@pytest.fixture
def write_idx():
    """Return a function that writes an array of bytes in MNIST's format."""

    def write(path, array):
        sizes = np.array(array.shape, ">u4").tobytes()
        content = bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()
        path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
        return path

    return write
