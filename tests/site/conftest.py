"""One built site for all tests of this folder, from a folder and from a server."""

import contextlib
import functools
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import chromium, require_chromium
from chapter import WHOLE
from filelock import FileLock

ROOT = Path(__file__).parents[2]
# what a page may do only after its explorers are there, painted and at rest
PAINTED = """() => [...document.querySelectorAll(".nb-explorer canvas")]
  .every((canvas) => Number(canvas.dataset.frame) > 0)"""
SETTLED = """async () => {
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
}"""
TYPESET = "() => document.readyState === 'complete'"  # deferred scripts ran


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

    One explorer is recorded whole. Of the others the pages hold what moves every
    control: all their states together take five minutes.
    """
    folder.mkdir()
    command = [sys.executable, "scripts/book.py", "--output", folder, "--whole", WHOLE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    said = done.stdout[-3000:] + done.stderr[-3000:]
    (folder / "trouble.txt").write_text(said if done.returncode else "")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, shows its 404 page, and says nothing."""

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


@pytest.fixture(scope="session")
def server(site):
    """Serve the site; return its address."""
    handler = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture(params=["file", "http"])
def origin(request, site):
    """Give the address of the site's folder, by double-click and from a server."""
    if request.param == "file":
        return site.as_uri()
    return request.getfixturevalue("server")


@pytest.fixture(scope="module")
def browser():
    with chromium() as handle:
        yield handle


class Visit:
    """A page in a fresh browser, with all that went wrong on it."""

    def __init__(self, context, origin):
        self.page, self.origin = context.new_page(), origin
        self.requests, self.troubles = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", lambda r: self.troubles.append(f"failed {r.url}"))
        self.page.on("response", self._answered)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def _answered(self, response):
        if response.status >= 400:
            self.troubles.append(f"{response.status} {response.url}")

    def _said(self, message):
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    def open(self, name, fragment=""):
        """Open a page by its name and wait until its formulas are set."""
        self.page.goto(f"{self.origin}/{quote(name)}{fragment}")
        self.page.wait_for_function(TYPESET)
        return self

    def foreign(self):
        """List the requests that left the page's own origin."""
        own = (f"{self.origin}/", "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]

    def explorer(self, name, nth=0):
        """Scroll to an explorer of this page, wait until it plays, return it."""
        figure = self.page.locator(f'.nb-explorer[data-explorer="{name}"]').nth(nth)
        figure.scroll_into_view_if_needed()
        figure.locator("canvas").wait_for()
        self.page.wait_for_function(PAINTED)
        self.settle()
        return Played(self, figure)

    def settle(self):
        """Let everything asked for be painted."""
        self.page.evaluate(SETTLED)


class Played:
    """One explorer on a page: its controls, its canvas, its words."""

    def __init__(self, visit, figure):
        self.visit, self.figure, self.canvas = visit, figure, figure.locator("canvas")

    def data(self):
        return self.canvas.evaluate("canvas => ({...canvas.dataset})")

    def frame(self):
        return int(self.data()["frame"])

    def settings(self):
        return json.loads(self.data()["settings"])

    def wait_for_settings(self, wanted):
        """Wait until the frame on the canvas shows these settings, and is painted."""
        self.visit.page.wait_for_function(
            "([canvas, wanted]) => Object.entries(wanted).every(([name, value]) =>"
            " JSON.parse(canvas.dataset.settings)[name] === value)",
            arg=[self.canvas.element_handle(), wanted],
        )
        self.visit.settle()
        assert self.settings() == wanted

    def field(self, label):
        return self.figure.get_by_label(label, exact=True)

    def press(self, label, key):
        """Press a key on a control and wait until the canvas has answered."""
        before = self.frame()
        self.field(label).press(key)
        self.visit.settle()
        return self.frame() - before

    def image(self):
        return self.canvas.evaluate("canvas => canvas.toDataURL()")

    def say(self, kind):
        return self.figure.locator(kind).inner_text()


@pytest.fixture(scope="module")
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


@pytest.fixture
def visit(visits):
    """Return a function that starts a visit; each is closed after the test."""
    with visits() as start:
        yield start
