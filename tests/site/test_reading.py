"""The pages as things to read: light, steady, no wider than the screen, easy to leave.

Each page is loaded once, on a phone; then the same screen grows wide, dark, and paper.
The tests ask what was seen on the way.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from chapter import HOMES, PAGES
from visits import PHONE

pytestmark = pytest.mark.browser

FIRST = next(name for name in PAGES if name.startswith("09_"))
SIDEWAYS = {"width": PHONE["height"], "height": PHONE["width"]}
BUDGET = 1_500_000  # bytes of a page with all its pictures, before its explorers wake
ASLEEP = {"recordings", "programs"}  # they come when an explorer nears the screen
MEASURE = (55, 80)  # characters in a line of running text
SHIFT = 0.1  # what the web's own measure calls good
PICTURE = 300  # pixels of a picture that a phone shows while a control is moved
ROWS = 4  # controls that are seen beside it
BESIDE = 240, 2  # the same of a phone held sideways
ROOM = 40  # pixels that a line more may cost: of a label, of the sentence

each_page = pytest.mark.parametrize("opened", PAGES, indirect=True)


def weights(here, site):
    """Map the files that a page asks for, before explorers wake, to their bytes."""
    names = {unquote(urlsplit(url).path) for url in here.requests}
    files = [Path(name) for name in names if not name.startswith("data:")]
    own = [path for path in files if path.is_file() and not ASLEEP & {*path.parts}]
    return {str(path.relative_to(site)): path.stat().st_size for path in own}


@each_page
def test_page_asks_nobody_else_and_does_not_complain(opened):
    assert opened.foreign() == []
    assert opened.troubles == []


@each_page
def test_page_weighs_little_before_its_explorers_wake(opened, site):
    own = weights(opened, site)
    heaviest = sorted(own.items(), key=lambda pair: -pair[1])[:9]
    assert len(own) > 9
    assert sum(own.values()) < BUDGET, heaviest


@each_page
def test_formulas_are_set_and_show_no_source(opened):
    wide = opened.seen["wide"]
    assert wide["formulas"]["set"] >= wide["formulas"]["written"]
    assert wide["formulas"]["failed"] == 0
    assert wide["backslashes"] == wide["raw"] == []
    assert wide["covered"] == []  # no number lies on its formula
    assert wide["focusable"] == 0  # no stops of the tab key


@each_page
def test_lines_have_about_seventy_characters(opened):
    wide = opened.seen["wide"]
    if wide["letters"] is not None:
        least, most = MEASURE
        assert least < wide["letters"] < most
        assert wide["face"].startswith('"Source Serif 4"')
        assert "Source Serif 4" in " ".join(wide["loaded"])


@each_page
def test_headings_and_captions_show_what_they_are(opened):
    wide = opened.seen["wide"]
    assert wide["headings"] == sorted(set(wide["headings"]), reverse=True)
    assert len(wide["captions"]) <= 1


@each_page
def test_pictures_are_files_of_known_size(opened):
    assert opened.seen["wide"]["pictures"] == 0
    assert opened.seen["wide"]["unsized"] == 0


@each_page
def test_nothing_is_wider_than_a_phone(opened):
    phone = opened.seen["phone"]
    assert phone["wide"] == []  # code wraps
    assert phone["beyond"] == []
    assert phone["page"] <= 0
    assert phone["stuck"] == []  # wide figures can be moved by keys


@each_page
def test_page_stands_still_while_it_loads(opened):
    assert opened.seen["shift"] < SHIFT


@pytest.mark.parametrize("size", [PHONE, SIDEWAYS])
def test_no_button_comes_over_the_pictures_of_a_phone(visit, site, size):
    page = visit(site.as_uri(), **size).open(f"notebooks/{FIRST}.html").page
    for down in (3000, 3000, -400, -400):
        page.mouse.wheel(0, down)
        page.wait_for_function("() => scrollY > 0")
    up = "new Promise((next) => setTimeout(() => next(scrollY), 300))"
    assert page.evaluate(up) > 0
    assert not page.locator("#pst-back-to-top").is_visible()


@each_page
def test_neighbours_are_linked_at_the_top_as_at_the_end(opened):
    assert opened.seen["wide"]["near"] == opened.seen["wide"]["ends"] != []


@each_page
def test_words_and_drawings_stand_out_in_both_themes(opened):
    assert opened.seen["pale"] == []
    assert opened.seen["pale in the dark"] == []
    assert opened.seen["light"] == 0


@each_page
def test_paper_cuts_nothing(opened):
    assert opened.seen["cut"] == []
    assert opened.seen["folded"] == []


@each_page
def test_paper_breaks_long_code(opened):
    """A cell kept whole would leave the better part of a sheet white."""
    assert opened.seen["kept"] == []


@each_page
def test_explorers_start_as_written_and_fit_a_phone(opened):
    for view in opened.seen["views"]:
        assert view["shown"] == view["wanted"]
        assert view["width"] <= PHONE["width"]
        assert view["height"] > view["width"]  # the panels stand below one another


@each_page
def test_a_phone_shows_picture_sentence_and_controls_together(opened):
    for view in opened.seen["desks"]:
        assert view["hasSentence"], view
        assert view["picture"] >= min(view["whole"], PICTURE), view
        assert view["controls"] >= min(view["all"], ROWS), view


@each_page
def test_a_phone_held_sideways_shows_the_controls_beside_the_picture(opened):
    picture, rows = BESIDE
    for view in opened.seen["sideways"]:
        assert view["isBeside"], view
        assert view["hasSentence"], view
        assert view["picture"] >= min(view["whole"], picture), view
        assert view["controls"] >= min(view["all"], rows), view


@each_page
def test_a_laptop_shows_whole_explorers(opened):
    for view in opened.seen["laptop"]:
        assert view["hasSentence"], view
        assert view["picture"] == pytest.approx(view["whole"], abs=1), view
        assert view["controls"] == view["all"], view


@each_page
def test_explorers_take_the_room_that_was_held(opened):
    """The first view plays at once; the others are measured before and after."""
    held, rooms = opened.seen["held"], opened.seen["rooms"]
    assert all(state == "played" for state, _ in rooms)
    for (state, before), (_, after) in zip(held, rooms, strict=True):
        assert state == "played" or abs(after - before) < ROOM


@pytest.mark.parametrize("opened", [FIRST], indirect=True)
def test_pale_words_are_seen(opened):
    """Grey on grey, in code, text and formulas."""
    wrong = "pre span, p, .katex { color: #ddd !important; background: #ccc }"
    sheet = opened.page.add_style_tag(content=wrong)
    found = " ".join(words.split(">")[0] for words in opened.look("pale"))
    sheet.evaluate("sheet => sheet.remove()")
    assert all(kind in found for kind in ("<p", "<span", 'class="k', 'class="mord'))


def test_menu_opens_the_chapter_on_a_phone(visit, server):
    here = visit(server, width=390, height=844).open(f"notebooks/{FIRST}.html")
    assert not here.page.locator("#pst-primary-sidebar nav").is_visible()
    here.page.locator("button.primary-toggle:visible").click()
    here.page.get_by_role("link", name="9.8 Sixty lines").first.click()
    here.page.wait_for_url("**/09_08_sixty_lines.html")


def test_menu_opens_the_page_on_a_phone(visit, server):
    here = visit(server, width=390, height=844).open(f"notebooks/{FIRST}.html")
    here.page.locator("button.secondary-toggle:visible").click()
    here.page.get_by_role("link", name="Summary").last.click()
    here.page.wait_for_url("**#summary")


def test_menu_is_put_away_on_a_wide_screen(visit, server):
    here = visit(server).open(f"notebooks/{FIRST}.html")
    side = here.page.locator("#pst-primary-sidebar")
    assert side.is_visible()
    here.page.locator("button.primary-toggle:visible").click()
    side.wait_for(state="hidden")


@pytest.mark.parametrize(("name", "width"), [("nudge", 390), ("push", 360)])
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
