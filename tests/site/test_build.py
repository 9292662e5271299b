"""The site is built, and holds one page for each notebook; the first test builds it."""

import pytest
from chapter import NOTEBOOKS

pytestmark = pytest.mark.browser
BESIDE = {"index.html", "search.html", "404.html"}


def test_every_notebook_is_a_page_and_nothing_else(site):
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    wanted = {f"notebooks/{path.stem}.html" for path in NOTEBOOKS} | BESIDE
    assert {name for name in built if not name.startswith("_static/")} == wanted


def test_no_half_written_file_is_served(site):
    assert not list(site.rglob("*.part"))
