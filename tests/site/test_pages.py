"""The pages of the built site: whole, quiet, at home with each other.

What a parser can read off all pages is asked of all. One page of each kind is visited
from a server too, and axe looks at it; test_reading visits every page from its folder.
"""

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import quote, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from chapter import PAGES as CHAPTER
from chapter import ROOT

pytestmark = pytest.mark.browser

CHAPTERS = [f"notebooks/{name}" for name in CHAPTER]
BESIDE = ["index.html", "search.html", "404.html"]
PAGES = [f"{name}.html" for name in CHAPTERS] + BESIDE


def richest(call):
    """Name the section whose text makes a call most often."""
    texts = {name: (ROOT / f"notebooks/md/{name}.md") for name in CHAPTER}
    return max(texts, key=lambda name: texts[name].read_text().count(call))


KINDS = [
    "index",
    "set_up",
    "claims",
    "notation",
    richest(".show("),
    richest("backprop()"),
]
KINDS = [f"notebooks/{name}.html" for name in KINDS] + ["search.html", "404.html"]
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
    """Collects what a page points to, its anchors, images, headings and fields."""

    def __init__(self, path):
        super().__init__()
        self.targets, self.ids, self.images, self.icons = [], [], [], []
        self.headings, self.fields, self.named = [], [], set()
        self.anchors, self.is_text, self.is_labelled = set(), False, False
        self.lang = self.next = self.title = self.open = None
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.targets += [found[key] for key in ("href", "src") if found.get(key)]
        self.ids += [found["id"]] if "id" in found else []
        self.anchors |= {found[key] for key in ("id", "name") if found.get(key)}
        self.open, self.is_text = tag, self.is_text or tag == "article"
        if tag == "html":
            self.lang = found.get("lang")
        if tag == "img":
            self.images.append(found)
        if tag == "link" and "icon" in found.get("rel", ""):
            self.icons.append(found["href"])
        if tag == "a" and "right-next" in found.get("class", ""):
            self.next = found["href"]
        if self.is_text and re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden":
            self.fields.append(found | {"is_labelled": self.is_labelled})
        if tag == "label":
            self.named.add(found.get("for"))
            self.is_labelled = True

    def handle_endtag(self, tag):
        self.is_text = self.is_text and tag != "article"
        self.is_labelled = self.is_labelled and tag != "label"

    def handle_data(self, data):
        if self.open == "title" and not self.title:
            self.title = data.strip()


links = cache(Links)  # each page points to all others


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


@pytest.fixture(scope="module", params=KINDS)
def served(request, server, visits):
    """Visit a page of each kind from a server; wake all that it has."""
    with visits() as start:
        here = start(server, color_scheme="light").open(request.param)
        for figure in here.page.locator("figure.nb-explorer").all():
            figure.scroll_into_view_if_needed()
            figure.locator("canvas").wait_for()
        here.page.wait_for_load_state("networkidle")
        yield here


def test_page_from_a_server_asks_nobody_else_and_does_not_complain(served):
    assert served.foreign() == []
    assert served.troubles == []


def test_axe_finds_nothing_serious(served):
    assert both_themes(served) == {"light": [], "dark": []}


def test_pages_beside_the_chapter_ask_nobody_and_do_not_complain(visit, site):
    here = visit(site.as_uri())
    for name in BESIDE:
        here.open(name).page.wait_for_load_state("networkidle")
    assert here.foreign() == []
    assert here.troubles == []


def test_everything_is_answered_by_a_server(site, server):
    """Names with a plus, a blank or a capital too; what a page loads and links to."""
    host = urlsplit(server).netloc
    wanted = {site / name for name in PAGES} | {
        (site / name).parent.joinpath(unquote(urlsplit(target).path)).resolve()
        for name in PAGES
        for target in links(site / name).targets
        if not urlsplit(target).scheme and urlsplit(target).path not in ("", "/")
    }
    assert len(wanted) > len(PAGES)
    failed = {}
    for path in wanted:
        connection = HTTPConnection(host)
        connection.request("HEAD", f"/{quote(path.relative_to(site).as_posix())}")
        if (status := connection.getresponse().status) != 200:
            failed[path.name] = status
        connection.close()
    assert failed == {}


def test_axe_sees_what_is_wrong(visit, site):
    """Grey on grey, code and all: what is left out above hides no fault of colour."""
    here = visit(site.as_uri(), color_scheme="light").open(f"{CHAPTERS[0]}.html")
    wrong = "pre span, p, .katex { color: #ddd !important; background: #ccc }"
    here.page.add_style_tag(content=wrong)
    found = both_themes(here)
    for scheme in RULES:
        kinds = {re.search(r"<([\w-]+)", words)[1] for words in found[scheme]}
        assert {"p", "span"} <= kinds


def test_pages_say_what_they_are(site):
    """Language, title, one main heading, no level of headings left out."""
    for name in PAGES:
        page = links(site / name)
        assert page.title, name
        assert page.lang == "en" or name in BESIDE, name
        levels = page.headings
        steps = [
            after - before for before, after in zip(levels, levels[1:], strict=False)
        ]
        assert name in BESIDE or levels.count(1) == 1, name
        assert max(steps, default=0) <= 1, (name, levels)


def test_names_on_a_page_are_different(site):
    for name in PAGES:
        counts = Counter(links(site / name).ids)
        assert [word for word, n in counts.items() if n > 1] == [], name


def test_fields_have_names(site):
    """By a label around them or for them, or by words of their own."""
    fields = [(name, field) for name in PAGES for field in links(site / name).fields]
    assert fields
    assert [
        (name, field)
        for name, field in fields
        if not (field["is_labelled"] or field.get("aria-label"))
        and field.get("id", "") not in links(site / name).named
    ] == []


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


def test_root_leads_to_the_map(visit, server):
    here = visit(server).open("index.html")
    here.page.wait_for_url("**/notebooks/index.html")


def test_each_chapter_names_the_next(site):
    for name, following in zip(CHAPTERS, CHAPTERS[1:], strict=False):
        page = site / f"{name}.html"
        assert (page.parent / links(page).next) == site / f"{following}.html"


def test_button_turns_the_page(visit, site):
    here = visit(site.as_uri()).open(f"{CHAPTERS[0]}.html")
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
