"""Find and start Chromium, for all tests that need a real browser.

It is looked for at ``$CHROMIUM``, then on PATH; nothing is installed. Where it is
missing such tests are skipped, unless ``NB_REQUIRE_BROWSER=1`` makes that a failure.
"""

import contextlib
import os
import shutil

import pytest

PASSED = pytest.StashKey[bool]()  # whether a test has, for what it leaves to the next

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
]


def find_chromium():
    """Return the path of Chromium, or None."""
    wanted = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [wanted] if wanted else NAMES)), None)


def require_chromium():
    """Return the path of Chromium; where there is none, skip or fail."""
    path = find_chromium()
    if path is None:
        required = os.environ.get("NB_REQUIRE_BROWSER") == "1"
        refuse = pytest.fail if required else pytest.skip
        refuse(f"needs Chromium: set $CHROMIUM or put one of {NAMES} on PATH")
    return path


_open = []  # the browser of this process, while there is one


@contextlib.contextmanager
def chromium():
    """Run headless Chromium; give Playwright's handle of it.

    Who comes while one is open gets the same: Playwright keeps an event loop on this
    thread as long as it runs, and neither a second one nor ``asyncio.run`` works
    beside it.
    """
    if _open:
        yield _open[0]
        return
    path = require_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        _open.append(browser)
        try:
            yield browser
        finally:
            _open.clear()
            browser.close()
