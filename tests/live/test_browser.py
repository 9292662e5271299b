"""Where Chromium is missing, browser tests are skipped, or fail if told to."""

import pytest
from browser import chromium, find_chromium, require_chromium


def test_missing_chromium_skips(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    monkeypatch.delenv("NB_REQUIRE_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"needs Chromium: set \$CHROMIUM"):
        require_chromium()


def test_missing_chromium_fails_where_it_is_required(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    monkeypatch.setenv("NB_REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception, match=r"needs Chromium: set \$CHROMIUM"):
        require_chromium()


def test_chromium_is_looked_for_at_its_variable_first(monkeypatch, tmp_path):
    own = tmp_path / "own-chromium"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(own))
    assert find_chromium() == str(own)


def test_chromium_is_looked_for_on_path(monkeypatch, tmp_path):
    (tmp_path / "chromium-browser").write_text("#!/bin/sh\n")
    (tmp_path / "chromium-browser").chmod(0o755)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium() == str(tmp_path / "chromium-browser")


@pytest.mark.browser
def test_a_process_has_one_browser():
    """A second Playwright would refuse to start beside the first."""
    with chromium() as first, chromium() as second:
        assert first is second
        page = second.new_page()
        assert page.evaluate("1 + 1") == 2
        page.close()
