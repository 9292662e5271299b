"""Every page of the built site: whole, quiet, at home with itself."""

import re
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from chapter import contents

pytestmark = pytest.mark.browser

CHAPTERS = [f"notebooks/{name}" for name in contents()]
PAGES = [f"{name}.html" for name in CHAPTERS]
PAGES += ["index.html", "search.html", "404.html"]
THEMES_OWN = ("search-button",)  # what the theme writes and no setting mends
each_page = pytest.mark.parametrize("name", PAGES)
# The dark page is the light one in other colours: only these can be wrong anew.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}
# Half of a page are the words of its code: three of each kind show its colour.
THIN = """() => {
  const seen = {};
  for (const word of document.querySelectorAll("pre span[class]:not(:has(span))")) {
    const home = word.closest(".nb-card") ? "card" : "cell";
    const key = `${home} ${word.className}`;
    seen[key] = (seen[key] ?? 0) + 1;
    if (seen[key] > 3) word.remove();
  }
}"""


class Links(HTMLParser):
    """Collects what a page points to, the anchors it offers, and its images."""

    def __init__(self, path):
        super().__init__()
        self.targets, self.anchors, self.images, self.icons = [], set(), [], []
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.targets += [found[key] for key in ("href", "src") if found.get(key)]
        self.anchors |= {found[key] for key in ("id", "name") if found.get(key)}
        if tag == "img":
            self.images.append(found)
        if tag == "link" and "icon" in found.get("rel", ""):
            self.icons.append(found["href"])


links = cache(Links)  # each page points to all others


@each_page
def test_page_asks_nobody_else_and_complains_of_nothing(visit, origin, name):
    here = visit(origin).open(name)
    for figure in here.page.locator("figure.nb-explorer").all():
        figure.scroll_into_view_if_needed()
    here.settle()
    here.page.wait_for_load_state("networkidle")
    assert here.foreign() == []
    assert here.troubles == []


@pytest.mark.parametrize("name", [f"{name}.html" for name in CHAPTERS])
def test_formulas_are_set_by_the_site_itself(visit, site, name):
    here = visit(site.as_uri()).open(name)
    wanted = here.page.locator("span.math, div.math").count()
    assert here.page.locator("mjx-container").count() >= wanted
    assert here.page.locator("mjx-merror").count() == 0


@each_page
def test_links_lead_to_what_is_there(site, name):
    page = site / name
    for target in links(page).targets:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            assert parts.scheme in ("https", "http", "data", "mailto"), target
            continue
        path = page if not parts.path else page.parent / unquote(parts.path)
        if parts.path == "/":
            path = site / "index.html"
        assert path.is_file(), target
        if parts.fragment and path.suffix == ".html":
            assert unquote(parts.fragment) in links(path).anchors, target


@each_page
def test_page_names_its_icon(site, name):
    """Else a browser asks the server for /favicon.ico, which is not there."""
    assert links(site / name).icons


@each_page
def test_images_have_words(site, name):
    for image in links(site / name).images:
        words = image.get("alt", "").strip()
        assert len(words) >= 20, image.get("src", "")[:80]
        assert " " in words, words


@pytest.mark.parametrize("scheme", RULES)
@each_page
def test_axe_finds_nothing_serious(visit, site, name, scheme):
    here = visit(site.as_uri(), color_scheme=scheme).open(name)
    for figure in here.page.locator("figure.nb-explorer").all():
        figure.scroll_into_view_if_needed()
        figure.locator("canvas").wait_for()
    here.page.evaluate(THIN)
    found = [
        f"{violation['id']}: {node['html'][:150]} {node['failureSummary']}"
        for violation in Axe()
        .run(here.page, options=RULES[scheme])
        .response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        if not any(part in node["html"] for part in THEMES_OWN)
    ]
    assert found == []


def test_root_leads_to_the_map(visit, origin):
    here = visit(origin).open("index.html")
    here.page.wait_for_url("**/notebooks/index.html")


def test_each_chapter_leads_to_the_next(visit, origin):
    here = visit(origin).open(f"{CHAPTERS[0]}.html")
    for name in CHAPTERS[1:]:
        here.page.locator("a.right-next").click()
        here.page.wait_for_url(f"**/{name}.html")


def test_search_finds_words_on_pages(visit, origin):
    here = visit(origin).open("search.html", "?q=spirals")
    results = here.page.locator("#search-results li a")
    results.first.wait_for()
    titles = " ".join(results.all_inner_texts())
    assert "9.8 Sixty lines of NumPy" in titles
    here.page.wait_for_load_state("networkidle")
    assert here.troubles == []


def test_code_can_be_copied(visit, server):
    here = visit(server, permissions=["clipboard-read", "clipboard-write"])
    here.open("notebooks/09_08_sixty_lines.html")
    cell = here.page.locator("div.cell_input").nth(1)
    cell.hover()
    cell.locator("button.copybtn").click()
    copied = here.page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == cell.locator("pre").inner_text().strip()


def test_no_button_leads_to_somebody_elses_repository(site):
    for name in CHAPTERS:
        text = (site / f"{name}.html").read_text()
        assert not re.search(r"mybinder|colab\.research|binder-examples|unpkg", text)
        assert "executablebooks/jupyter-book" not in text


def test_missing_page_is_explained_at_any_depth(visit, server):
    here = visit(server)
    here.page.goto(f"{server}/notebooks/deep/nowhere.html")
    assert "no page at this address" in here.page.inner_text("main")
    assert [url for url in here.requests if "nowhere" not in url] == []


def test_shared_link_has_a_title_and_a_picture(site):
    text = (site / "notebooks/09_08_sixty_lines.html").read_text()
    tags = dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)"', text))
    assert tags["og:title"] == "9.8 Sixty lines of NumPy"
    card = site / "notebooks" / tags["og:image"]
    assert card.read_bytes().startswith(b"\x89PNG")
    assert card.stat().st_size < 200_000


def test_page_has_an_icon(site):
    text = (site / "notebooks/index.html").read_text()
    assert re.search(r'<link rel="icon" href="../_static/favicon.svg', text)
