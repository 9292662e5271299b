"""Explorers that the book's own pages compute, with the programs of its build.

What a page says is compared with what Python says of the same settings.
"""

import json

import pytest
from chapter import HOMES, LIVE
from firefox import firefox
from played import recorded, whole
from visits import PHONE, calm_down

from nb_lib.draw import style
from nb_lib.explore import EXPLORERS

pytestmark = pytest.mark.browser

XOR = EXPLORERS["xor"]
AIM = XOR.settings(**XOR.presets["aim at XOR"])
STEPS = [XOR.describe(frame) for frame in XOR.frames(**AIM)]
WATCH = """(figure) => {
  window.shown = [];
  const canvas = figure.querySelector("canvas");
  new MutationObserver(() => {
    const settings = canvas.dataset.settings;
    if (shown.at(-1) !== settings) shown.push(settings);
  }).observe(canvas, { attributes: true });
}"""
LISTEN = """(figure) => {
  window.said = [];
  const line = figure.querySelector(".nb-sentence");
  new MutationObserver(() => said.push(line.textContent))
    .observe(line, { childList: true });
}"""
# In a turn of its own: what a debugger evaluates may use eval at once.
REFUSED = """() => new Promise((said) => setTimeout(() => said(
  [() => eval("1"), () => new Function("1"),
    () => new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))]
    .map((act) => { try { act(); return false; } catch { return true; } }))))"""
CLIPPED = """(figure) => [...figure.querySelectorAll("*")]
  .filter((e) => e.getClientRects().length)
  .filter((e) => !e.closest(".nb-unseen, .nb-presets > *, option"))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.className || e.tagName)"""


def page_of(name):
    return f"notebooks/{HOMES[name]}.html"


def said_of(name, settings):
    """Return what Python says of these settings."""
    explorer = EXPLORERS[name]
    return explorer.describe(explorer.run(**settings))


@pytest.fixture(scope="module")
def pages(visits, site):
    """Return a function that gives the view of an explorer with most controls.

    Each page is opened once for all tests, from its folder.
    """
    known = {}
    with visits() as start:

        def view(name):
            path = page_of(name)
            if path not in known:
                known[path] = start(site.as_uri()).open(path)
            return whole(known[path], name)

        yield view


@pytest.fixture
def xor(pages):
    """Give the view of 9.2 whose rule aims at a table, at its start, computed."""
    here = pages("xor").visit.explorer("xor", 1)
    here.button("Reset").click()
    here.rest()
    yield here
    assert here.visit.troubles == []


# Every setting ------------------------------------------------------------------------


@pytest.mark.parametrize("name", LIVE)
def test_a_setting_that_was_not_recorded_is_computed(pages, name, site):
    here = pages(name)
    assert here.say(".nb-explorer-badge") == "live in this page"
    assert not here.figure.locator(".nb-how").is_visible()
    known, explorer, fresh = [s for s, _ in recorded(site, name)], EXPLORERS[name], 0
    for key in (key for key in here.view["only"] if key != "moved"):
        control = explorer.controls[key]
        for press in ("End", "ArrowLeft", "ArrowLeft"):
            here.press(control.label, press)
            settings = here.settings()
            fresh += settings not in known
            here.wait(said_of(name, settings))
            assert here.say(".nb-note") == ""
        assert settings[key] == control.stops[max(len(control.stops) - 3, 0)]
    assert fresh > 0
    assert here.visit.troubles == []


def test_a_drag_repaints_and_ends_where_the_mouse_does(pages):
    here = pages("kernel")
    field = here.figure.locator("input[type=range]").first
    field.press("Home")
    here.rest()
    field.scroll_into_view_if_needed()
    box, mouse = field.bounding_box(), here.visit.page.mouse
    here.figure.evaluate(WATCH)
    at = box["y"] + box["height"] / 2
    mouse.move(box["x"] + 9, at)
    mouse.down()
    mouse.move(box["x"] + box["width"] - 2, at, steps=25)
    mouse.up()
    here.rest()
    shown = [json.loads(each) for each in here.visit.page.evaluate("shown")]
    assert len(shown) > 2
    assert field.input_value() == field.get_attribute("max")
    assert shown[-1] == here.settings()
    here.wait(said_of("kernel", here.settings()))


def test_settings_travel_in_a_link(xor, visit, site):
    xor.field("rule's target").select_option("NAND")
    xor.rest()
    link = "#" + xor.visit.page.url.partition("#")[2]
    again = visit(site.as_uri()).open(page_of("xor"), link).explorer("xor", 1)
    again.wait(said_of("xor", xor.settings()))
    assert again.settings() == xor.settings()
    assert again.say(".nb-note") == ""


def test_buttons_name_reset_and_pin(xor):
    start, first = xor.settings(), xor.image()
    pin = xor.figure.locator("button.nb-pin")
    xor.button("aim at XOR").click()
    xor.rest()
    assert xor.settings() == json.loads(json.dumps(AIM))
    assert xor.button("aim at XOR").get_attribute("aria-pressed") == "true"
    alone = xor.image()
    pin.click()
    xor.button("XOR, from afar").click()
    xor.rest()
    assert "weight w1 0" in xor.say(".nb-pin-label")
    both = xor.image()
    pin.click()
    xor.visit.settle()
    assert len({first, alone, both, xor.image()}) == 4
    xor.button("Reset").click()
    xor.rest()
    assert xor.settings() == start


# The run ------------------------------------------------------------------------------


def test_a_run_plays_pauses_steps_and_looks_back(xor):
    last = len(STEPS) - 1
    xor.button("aim at XOR").click()
    xor.at_step(last)
    xor.wait(STEPS[-1])
    xor.speed("slow")
    xor.button("Play").click()
    xor.at_step(1)
    xor.button("Pause").click()
    at = xor.step()
    assert 0 < at < last
    xor.wait(STEPS[at])
    xor.button("Step").click()
    xor.at_step(at + 1)
    xor.wait(STEPS[at + 1])
    scrub = xor.figure.get_by_label("steps so far")
    for key, step in (("Home", 0), ("ArrowRight", 1)):
        scrub.press(key)
        assert (xor.step(), xor.say(".nb-sentence")) == (step, STEPS[step])
    xor.speed("fastest")
    xor.button("Play").click()
    xor.at_step(last)
    xor.wait(STEPS[-1])


def test_a_view_without_steps_has_no_bar(pages):
    here = pages("xor").visit.explorer("xor", 0)
    here.press("weight w1", "End")
    here.wait(said_of("xor", here.settings()))
    assert here.figure.locator(".nb-play").bounding_box() is None


def test_a_phone_in_the_dark_that_wants_no_motion(visit, site):
    here = visit(
        site.as_uri(), **PHONE, has_touch=True, color_scheme="dark",
        reduced_motion="reduce",
    ).open(page_of("xor")).explorer("xor", 1)  # fmt: skip
    first = here.say(".nb-sentence")
    here.figure.evaluate(LISTEN)
    here.button("aim at XOR").click()
    here.wait(STEPS[-1])
    assert set(here.visit.page.evaluate("said")) <= {first, STEPS[-1]}
    assert here.figure.evaluate(CLIPPED) == []
    paper = here.canvas.evaluate(
        "canvas => [...canvas.getContext('2d').getImageData(0, 0, 1, 1).data]"
    )
    assert "#{:02x}{:02x}{:02x}".format(*paper) == style.DARK[style.PAPER]
    assert here.visit.troubles == []


def test_controls_of_a_phone_stay_where_a_shorter_sentence_comes(visit, site):
    here = visit(site.as_uri(), **PHONE).open(page_of("xor")).explorer("xor", 1)
    line, first = here.figure.locator(".nb-sentence"), here.say(".nb-sentence")
    rooms = [line.bounding_box()["height"]]
    for name, words in (("aim at XOR", STEPS[-1]), ("Reset", first)):
        here.button(name).click()
        here.wait(words)
        rooms.append(line.bounding_box()["height"])
    assert rooms[0] < rooms[1] == rooms[2]


# Safety -------------------------------------------------------------------------------


def test_a_strict_server_changes_nothing(visit, strict_server):
    here = visit(strict_server).open(page_of("xor")).explorer("xor", 1)
    here.button("aim at XOR").click()
    here.wait(STEPS[-1])
    assert len(here.visit.page.workers) > 0
    assert here.visit.troubles == here.visit.foreign() == []
    assert here.visit.page.evaluate(REFUSED) == [True, True, True]


@pytest.mark.slow
def test_memory_is_flat_after_five_hundred_moves(visit, site):
    here = visit(site.as_uri()).open(page_of("kernel")).explorer("kernel", 0)

    def moved(moves=100):
        here.drag(moves)
        here.button("Reset").click()
        here.rest()

    moved(200)  # what is compiled takes room, too
    workers = len(here.visit.page.workers)
    calm_down(here.visit.held, moved)
    assert len(here.visit.page.workers) == workers


# Another browser ----------------------------------------------------------------------

ASKED = """async () => {
  const until = async (isSo) => {
    while (!isSo()) await new Promise((next) => setTimeout(next, 10));
  };
  const said = [];
  for (const figure of document.querySelectorAll(".nb-explorer")) {
    figure.scrollIntoView();
    await until(() => figure.querySelector(".nb-sentence"));
    const range = figure.querySelector("input[type=range], select");
    const line = figure.querySelector(".nb-sentence");
    range.value = range.value === "0" ? 1 : 0;
    range.dispatchEvent(new Event("input", { bubbles: true }));
    await until(() => figure.dataset.state === "done");
    await new Promise((next) => setTimeout(next, 400));
    const { settings } = figure.querySelector("canvas").dataset;
    const badge = figure.querySelector(".nb-explorer-badge").textContent;
    said.push([badge, settings, line.textContent]);
  }
  return said;
}"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["xor", "cost"])
def test_firefox_says_the_same_of_the_same_page(visit, site, name):
    here = visit(site.as_uri()).open(page_of(name))
    with firefox() as other:
        other.open(f"{site.as_uri()}/{page_of(name)}")
        said = other.evaluate(ASKED)
    assert said == here.page.evaluate(ASKED)
    assert {badge for badge, *_ in said} == {"live in this page"}
