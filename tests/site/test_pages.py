"""Every page of the built site: whole, quiet, at home with itself.

Each page is visited twice, from a folder and from a server. What a visit has shown
is kept, and every test asks one question about it.
"""

import re
from dataclasses import dataclass
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
# The dark page is the light one in other colours: only these can be wrong anew.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}
# Half of a page are the words of its code, a third the parts of its formulas. Three of
# each kind show its colour; a formula says itself to a screen reader by its element.
THIN = """() => {
  const seen = {};
  const again = (kind) => (seen[kind] = (seen[kind] ?? 0) + 1) > 3;
  for (const word of document.querySelectorAll("pre span[class]:not(:has(span))")) {
    const home = word.closest(".nb-card") ? "card" : "cell";
    if (again(`${home} ${word.className}`)) word.remove();
  }
  for (const part of document.querySelectorAll(".katex :is(.katex-html > *, math)")) {
    if (again(part.tagName)) part.replaceChildren(part.textContent);
  }
}"""
DARK = "() => document.documentElement.dataset.theme !== 'light'"  # 404 names none


class Links(HTMLParser):
    """Collects what a page points to, the anchors it offers, and its images."""

    def __init__(self, path):
        super().__init__()
        self.targets, self.anchors, self.images, self.icons = [], set(), [], []
        self.next = None
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.targets += [found[key] for key in ("href", "src") if found.get(key)]
        self.anchors |= {found[key] for key in ("id", "name") if found.get(key)}
        if tag == "img":
            self.images.append(found)
        if tag == "link" and "icon" in found.get("rel", ""):
            self.icons.append(found["href"])
        if tag == "a" and "right-next" in found.get("class", ""):
            self.next = found["href"]


links = cache(Links)  # each page points to all others


@dataclass(frozen=True)
class Seen:
    """What one visit of a page has shown."""

    foreign: list
    troubles: list
    formulas: dict
    serious: dict  # by scheme, what axe finds


def wake(here):
    """Scroll to every explorer and wait until nothing is loaded any more."""
    for figure in here.page.locator("figure.nb-explorer").all():
        figure.scroll_into_view_if_needed()
        figure.locator("canvas").wait_for()
    here.settle()
    here.page.wait_for_load_state("networkidle")


def formulas(page):
    """Count the formulas of a page, those that are set, and those that failed."""
    return {
        "written": page.locator("span.math, div.math").count(),
        "set": page.locator(".katex").count(),
        "failed": page.locator(".katex-error").count(),
    }


def serious(page, scheme):
    """List what axe finds serious on a page, in the theme that it has."""
    options = RULES[scheme] | {"resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:150]} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        if not any(part in node["html"] for part in THEMES_OWN)
    ]


def both_themes(here):
    """Ask axe about a page in light, then in dark."""
    here.page.evaluate(THIN)
    light = serious(here.page, "light")
    here.page.emulate_media(color_scheme="dark")
    here.page.wait_for_function(DARK)
    return {"light": light, "dark": serious(here.page, "dark")}


def look(start, origin, name, *, ask_axe):
    """Visit a page once and keep all that the tests ask about."""
    here = start(origin, color_scheme="light").open(name)
    wake(here)
    found = here.foreign(), here.troubles[:], formulas(here.page)
    return Seen(*found, both_themes(here) if ask_axe else {})


@pytest.fixture(scope="module", params=PAGES)
def from_folder(request, site, visits):
    with visits() as start:
        return look(start, site.as_uri(), request.param, ask_axe=True)


@pytest.fixture(scope="module", params=PAGES)
def from_server(request, server, visits):
    with visits() as start:
        return look(start, server, request.param, ask_axe=False)


def test_page_from_a_folder_asks_nobody_else_and_does_not_complain(from_folder):
    assert from_folder.foreign == []
    assert from_folder.troubles == []


def test_page_from_a_server_asks_nobody_else_and_does_not_complain(from_server):
    assert from_server.foreign == []
    assert from_server.troubles == []


def test_formulas_are_set_by_the_site_itself(from_folder):
    found = from_folder.formulas
    assert found["set"] >= found["written"]
    assert found["failed"] == 0


@pytest.mark.parametrize("scheme", RULES)
def test_axe_finds_nothing_serious(from_folder, scheme):
    assert from_folder.serious[scheme] == []


def test_axe_sees_what_is_wrong(visit, site):
    """Grey on grey, code and all: what is left out above hides no fault of colour."""
    here = visit(site.as_uri(), color_scheme="light").open(PAGES[0])
    wrong = "pre span, p, .katex { color: #ddd !important; background: #ccc }"
    here.page.add_style_tag(content=wrong)
    found = both_themes(here)
    for scheme in RULES:
        kinds = {re.search(r"<([\w-]+)", words)[1] for words in found[scheme]}
        assert {"p", "span"} <= kinds


def leads_nowhere(page, target, site):
    """Say whether a link of a page leads to what is not there."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return parts.scheme not in ("https", "http", "data", "mailto")
    path = page if not parts.path else page.parent / unquote(parts.path)
    if parts.path == "/":
        path = site / "index.html"
    if parts.fragment and path.is_file() and path.suffix == ".html":
        return unquote(parts.fragment) not in links(path).anchors
    return not path.is_file()


def test_links_lead_to_what_is_there(site):
    assert [
        f"{name}: {target}"
        for name in PAGES
        for target in links(site / name).targets
        if leads_nowhere(site / name, target, site)
    ] == []


def test_pages_name_their_icon(site):
    """Else a browser asks the server for /favicon.ico, which is not there."""
    assert [name for name in PAGES if not links(site / name).icons] == []


def test_images_have_words(site):
    """The parts of a picture in rows are told once, with its first part."""
    images = [(name, image) for name in PAGES for image in links(site / name).images]
    told = {(n, i["src"]) for n, i in images if is_told(i)}
    assert told
    assert [
        f"{name}: {image.get('src', '')[:80]} {image.get('alt')!r}"
        for name, image in images
        if not is_told(image)
        and (image.get("alt") != "" or (name, image["src"]) not in told)
    ] == []


def is_told(image):
    """Ask whether the words of an image are more than a name."""
    words = image.get("alt", "").strip()
    return len(words) >= 20 and " " in words


def test_root_leads_to_the_map(visit, origin):
    here = visit(origin).open("index.html")
    here.page.wait_for_url("**/notebooks/index.html")


def test_each_chapter_names_the_next(site):
    for name, following in zip(CHAPTERS, CHAPTERS[1:], strict=False):
        page = site / f"{name}.html"
        assert (page.parent / links(page).next) == site / f"{following}.html"


def test_button_turns_the_page(visit, origin):
    here = visit(origin).open(f"{CHAPTERS[0]}.html")
    here.page.locator("a.right-next").first.click()
    here.page.wait_for_url(f"**/{CHAPTERS[1]}.html")


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
