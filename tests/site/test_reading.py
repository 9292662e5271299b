"""The pages as things to read: light, steady, no wider than the screen, easy to leave.

Each page is loaded once, on a phone; then the same screen grows wide, dark, and paper.
The tests ask what was seen on the way.
"""

import pytest
from chapter import HOMES, contents

pytestmark = pytest.mark.browser

CHAPTERS = [f"notebooks/{name}" for name in contents()]
SECTIONS = [name for name in CHAPTERS if "/09_" in name]
BUDGET = 1_500_000  # bytes of a page with all its pictures, before recordings
MEASURE = (55, 80)  # characters in a line of running text
SHIFT = 0.1  # what the web's own measure calls good
ROOM = 40  # pixels that a line more may cost: of a label, of the sentence

LOOK = r"""() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const article = document.querySelector("article");
  const style = (element) => getComputedStyle(element);
  const words = (element) => element.textContent.trim().slice(0, 60);
  const seen = (element) => element.getClientRects().length > 0;
  const links = (selector) => all(selector).map((a) => a.getAttribute("href"));
  const right = (element) => element.getBoundingClientRect().right;
  const left = (element) => element.getBoundingClientRect().left;
  const ruler = document.createElement("span");
  ruler.textContent = "The weights of a layer are all that it has learnt. ".repeat(9);
  ruler.style.whiteSpace = "nowrap";
  const text = all("article section > p").find((p) => p.textContent.length > 300);
  text?.append(ruler);
  const letter = ruler.getBoundingClientRect().width / ruler.textContent.length;
  ruler.remove();
  return {
    backslashes: all(".katex-html").filter((f) => /\\/.test(f.textContent)).map(words),
    raw: all("article :is(p, li, td):not(:has(pre, code))")
      .filter((p) => /\\[([]/.test(p.textContent)).map(words),
    covered: all(".katex-html > .tag").filter(seen).filter((tag) =>
      [...tag.parentElement.querySelectorAll(":scope > .base")].some((base) =>
        tag.offsetParent !== null && style(tag).position === "absolute"
          && right(base) > left(tag) + 1)).map(words),
    focusable: all("mjx-container, .katex[tabindex], .katex :is([tabindex], a)").length,
    letters: text ? text.getBoundingClientRect().width / letter : null,
    face: text ? style(text).fontFamily : null,
    loaded: [...document.fonts].filter((f) => f.status === "loaded")
      .map((f) => f.family),
    headings: ["h1", "h2", "h3"].map((h) => article.querySelector(h)).filter(Boolean)
      .map((h) => parseFloat(style(h).fontSize)),
    captions: [...new Set(all("article figcaption").map(style)
      .map((s) => `${s.fontSize} ${s.fontStyle} ${s.fontFamily}`))],
    unsized: all("article img:not([width][height])").length,
    pictures: all("img[src^='data:image/png']").length,
    wide: all("article pre").filter(seen)
      .filter((p) => p.scrollWidth > p.clientWidth + 1).map(words),
    beyond: all("article *").filter(seen)
      .filter((e) => !e.closest("table, .katex, svg, .nb-figure img, .nb-panels img"))
      .filter((e) => right(e) > innerWidth + 1)
      .map(words),
    page: document.documentElement.scrollWidth - innerWidth,
    stuck: all(".nb-figure").filter((f) => f.scrollWidth > f.clientWidth + 1
      && f.tabIndex < 0).map(words),
    near: links(".near-pages a"),
    ends: links(".prev-next-area a"),
  };
}"""
SHIFTS = """() => { window.nbShift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) window.nbShift += entry.value;
  })).observe({ type: "layout-shift", buffered: true }); }"""
WALK = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
}"""
DARK_PAPER = """() => [...document.querySelectorAll(".nb-drawing img")]
  .filter((image) => !getComputedStyle(image).filter.includes("invert")).length"""
CUT = """() => [...document.querySelectorAll("article :is(pre, canvas, img, .math)")]
  .filter((e) => e.getClientRects().length)
  .filter((e) => e.scrollWidth > e.clientWidth + 1
    || e.getBoundingClientRect().right > innerWidth + 1).length"""

FOLDED = """() => [...document.querySelectorAll("article details > :not(summary)")]
  .filter((e) => !e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module", params=CHAPTERS, ids=lambda name: name[10:])
def seen(server, browser, request):
    """Visit a page; return what was seen on the phone, wide, in the dark, on paper."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page, answers = context.new_page(), []
    page.on("requestfinished", lambda request: answers.append(request))
    page.add_init_script(f"({SHIFTS})()")
    page.goto(f"{server}/{request.param}.html")
    page.wait_for_load_state("networkidle")
    shift = page.evaluate("window.nbShift")
    page.evaluate(WALK)
    page.wait_for_load_state("networkidle")
    weights = {each.url: each.sizes()["responseBodySize"] for each in answers}
    facts = {"weights": weights, "shift": shift, "phone": page.evaluate(LOOK)}
    page.set_viewport_size({"width": 1400, "height": 900})
    facts["wide"] = page.evaluate(LOOK)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    facts["light in the dark"] = page.evaluate(DARK_PAPER)
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dots per inch
    page.emulate_media(media="print")
    facts["cut"], facts["folded"] = page.evaluate(CUT), page.evaluate(FOLDED)
    context.close()
    return facts


def test_page_weighs_little_before_recordings(seen):
    own = {u: n for u, n in seen["weights"].items() if "/recordings/" not in u}
    heaviest = sorted(own.items(), key=lambda pair: -pair[1])[:9]
    assert sum(own.values()) < BUDGET, heaviest


def test_no_formula_shows_its_source(seen):
    assert seen["wide"]["backslashes"] == []
    assert seen["wide"]["raw"] == []


def test_no_number_of_a_formula_lies_on_it(seen):
    assert seen["wide"]["covered"] == []


def test_formulas_are_no_stops_of_the_tab_key(seen):
    assert seen["wide"]["focusable"] == 0


def test_lines_have_about_seventy_characters(seen):
    if seen["wide"]["letters"] is not None:
        least, most = MEASURE
        assert least < seen["wide"]["letters"] < most
        assert seen["wide"]["face"].startswith('"Source Serif 4"')
        assert "Source Serif 4" in " ".join(seen["wide"]["loaded"])


def test_headings_show_their_order(seen):
    sizes = seen["wide"]["headings"]
    assert sizes == sorted(set(sizes), reverse=True)


def test_captions_have_one_style(seen):
    assert len(seen["wide"]["captions"]) <= 1


def test_pictures_are_files_of_known_size(seen):
    assert seen["wide"]["pictures"] == 0
    assert seen["wide"]["unsized"] == 0


def test_code_wraps(seen):
    assert seen["phone"]["wide"] == []


def test_nothing_is_wider_than_a_phone(seen):
    assert seen["phone"]["beyond"] == []
    assert seen["phone"]["page"] <= 0


def test_page_stands_still_while_it_loads(seen):
    assert seen["shift"] < SHIFT


def test_neighbours_are_linked_at_the_top_as_at_the_end(seen):
    assert seen["wide"]["near"] == seen["wide"]["ends"] != []


def test_drawings_are_dark_on_dark_pages(seen):
    assert seen["light in the dark"] == 0


def test_paper_cuts_nothing(seen):
    assert seen["cut"] == 0
    assert seen["folded"] == []


def test_figures_that_are_wider_than_a_phone_can_be_moved_by_keys(seen):
    assert seen["phone"]["stuck"] == []


def test_menu_opens_the_chapter_on_a_phone(visit, server):
    here = visit(server, width=390, height=844).open(f"{SECTIONS[0]}.html")
    assert not here.page.locator("#pst-primary-sidebar nav").is_visible()
    here.page.locator("button.primary-toggle:visible").click()
    here.page.get_by_role("link", name="9.8 Sixty lines").first.click()
    here.page.wait_for_url("**/09_08_sixty_lines.html")


def test_menu_opens_the_page_on_a_phone(visit, server):
    here = visit(server, width=390, height=844).open(f"{SECTIONS[0]}.html")
    here.page.locator("button.secondary-toggle:visible").click()
    here.page.get_by_role("link", name="Summary").last.click()
    here.page.wait_for_url("**#summary")


def test_menu_is_put_away_on_a_wide_screen(visit, server):
    here = visit(server).open(f"{SECTIONS[0]}.html")
    side = here.page.locator("#pst-primary-sidebar")
    assert side.is_visible()
    here.page.locator("button.primary-toggle:visible").click()
    side.wait_for(state="hidden")


@pytest.mark.parametrize(
    ("name", "width"), [("nudge", 390), ("sixty_lines", 390), ("push", 360)]
)
def test_explorer_takes_the_room_that_was_held_on_a_phone(visit, server, name, width):
    heights = []
    for scripts in (False, True):
        here = visit(server, width=width, height=844)
        if not scripts:
            here.page.route("**/player.js*", lambda route: route.abort())
        here.page.goto(f"{server}/notebooks/{HOMES[name]}.html")
        figure = here.page.locator(f'figure[data-explorer="{name}"]').first
        if scripts:
            figure.scroll_into_view_if_needed()
            figure.locator("canvas").wait_for()
        heights.append(figure.bounding_box()["height"])
    assert abs(heights[0] - heights[1]) < ROOM


def test_verdicts_of_claims_are_seen_on_a_phone(visit, server):
    here = visit(server, width=390, height=844).open("notebooks/claims.html")
    verdicts = here.page.locator(".nb-card > table td:last-child")
    rights = verdicts.evaluate_all(
        "cells => cells.map((cell) => cell.getBoundingClientRect().right)"
    )
    assert rights
    assert max(rights) <= 390
