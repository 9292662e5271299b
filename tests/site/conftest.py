"""One built site for all tests of this folder, from a folder and from a server."""

import contextlib
import functools
import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from browser import chromium, require_chromium
from chapter import LIVE, WHOLE
from filelock import FileLock
from visits import PHONE, Visit, look_around

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(common_folder):
    """Build the book as ``make book`` does, elsewhere; return its folder.

    The first worker builds it, the others wait. With ``$NB_SITE`` the site in that
    folder is tested as it is.
    """
    require_chromium()
    if os.environ.get("NB_SITE"):
        return Path(os.environ["NB_SITE"]).resolve()
    pytest.importorskip("jupyter_book", reason="the site needs the extra [book]")
    folder = common_folder / "site"
    with FileLock(common_folder / "site.lock"):
        if not folder.exists():
            build(folder)
    trouble = (folder / "trouble.txt").read_text()
    assert not trouble, trouble
    return folder / "_build/html"


def build(folder):
    """Build the book in a new folder; say in ``trouble.txt`` what went wrong.

    One explorer is recorded whole, and some compute in their pages. Of the others the
    pages hold what moves every control: all their states together take five minutes,
    and to judge them all takes an hour.
    """
    folder.mkdir()
    command = [sys.executable, "scripts/book.py", "--output", folder]
    command += ["--whole", WHOLE, "--live", *LIVE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    said = done.stdout[-3000:] + done.stderr[-3000:]
    (folder / "trouble.txt").write_text(said if done.returncode else "")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under a policy, shows its 404 page, and says nothing."""

    policy = ""

    def end_headers(self):
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *_):
        pass

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        if code != 404:
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def served(folder, answer=Handler):
    """Serve a folder; give its address."""
    handler = functools.partial(answer, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def serve():
    """Give a function that serves a folder as long as the test, and its address."""
    with contextlib.ExitStack() as running:
        yield lambda folder: running.enter_context(served(folder))


@pytest.fixture(scope="session")
def server(site):
    """Serve the site; return its address."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def strict_server(site):
    """Serve the site as those do who forbid eval, WebAssembly and foreign scripts."""

    class Strict(Handler):
        policy = (
            "default-src 'self' 'unsafe-inline' data:; worker-src blob:; "
            "script-src 'self' 'unsafe-inline' blob:"
        )

    with served(site, Strict) as address:
        yield address


@pytest.fixture(params=["file", "http"])
def origin(request, site):
    """Give the address of the site's folder, by double-click and from a server."""
    if request.param == "file":
        return site.as_uri()
    return request.getfixturevalue("server")


@pytest.fixture(scope="package")  # without an __init__ there, to the very end
def browser():
    with chromium() as handle:
        yield handle


@pytest.fixture(scope="package")
def visits(browser):
    """Return a context whose function starts visits; at its end they are closed."""

    @contextlib.contextmanager
    def open_():
        contexts = []

        def start(origin, *, width=1300, height=900, **options):
            size = {"width": width, "height": height}
            contexts.append(browser.new_context(viewport=size, **options))
            return Visit(contexts[-1], origin)

        try:
            yield start
        finally:
            for context in contexts:
                context.close()

    return open_


@pytest.fixture(scope="package")
def opened(request, site, visits):
    """Load a page of the chapter, for all tests about it; keep what was seen on it."""
    with visits() as start:
        here = start(site.as_uri(), color_scheme="light", **PHONE)
        here.seen = look_around(here, f"notebooks/{request.param}.html")
        yield here


@pytest.fixture
def visit(visits):
    """Return a function that starts a visit; each is closed after the test."""
    with visits() as start:
        yield start
