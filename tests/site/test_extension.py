"""The site's Sphinx extension: buttons and words that depend on the settings."""

import importlib
from pathlib import Path
from types import SimpleNamespace

import pytest

SITE = Path(__file__).parents[2] / "site"


@pytest.fixture
def extension(monkeypatch):
    pytest.importorskip("docutils", reason="the site needs the extra [book]")
    monkeypatch.syspath_prepend(str(SITE))
    return importlib.import_module("book_site")


def launch(extension, url):
    places = {"binderhub_url": "https://b", "colab_url": "https://c"}
    options = {"repository_url": url, "launch_buttons": places}
    config = SimpleNamespace(html_theme_options=options)
    extension.leave_out_buttons(None, config)
    return options["launch_buttons"]


@pytest.mark.parametrize("url", ["", None])
def test_launch_buttons_need_a_repository(extension, url):
    assert launch(extension, url) == {}


def test_launch_buttons_appear_with_a_repository(extension):
    places = {"binderhub_url": "https://b", "colab_url": "https://c"}
    assert launch(extension, "https://github.com/a/b") == places


def test_colab_opens_what_is_on_github_only(extension):
    places = {"binderhub_url": "https://b"}
    assert launch(extension, "https://gitlab.example.edu/a/b") == places


@pytest.mark.parametrize("base", ["", "https://book.example/chapter/"])
def test_card_has_a_full_address_where_the_site_has_one(extension, base):
    app = SimpleNamespace(config=SimpleNamespace(html_baseurl=base, html_title="B"))
    context = {"title": 'A "b" & c', "pathto": lambda name, _: f"../{name}"}
    extension.share_words(app, "notebooks/x", "page.html", context, None)
    tags = context["metatags"]
    address = f"{base}_static/card.png" if base else "../_static/card.png"
    assert f'"og:image" content="{address}"' in tags
    assert 'content="A &quot;b&quot; &amp; c"' in tags
    assert ("og:url" in tags) == bool(base)
