"""The recorded explorers on their pages: moved, linked, pinned, read out, compared."""

import base64
import io
import json
import re
from html import unescape
from urllib.parse import urlencode

import numpy as np
import pytest
from chapter import HOMES, PAGES, WHOLE
from live.test_pixels import LOUD, stray
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from played import recorded, views, whole
from scipy import ndimage

from nb_lib.draw import style
from nb_lib.explore import EXPLORERS
from nb_lib.live.declare.controls import Choice, Toggle
from nb_lib.live.declare.grips import Grips

pytestmark = pytest.mark.browser

SAME = {page: page for page in PAGES}  # a page is known by its very string
PLAYED = [(SAME.get(home, home), name) for name, home in HOMES.items()]
FIRSTS = dict(reversed(PLAYED)).items()  # the first explorer of each page
# Explorers hold more text and thinner lines than the pictures of tests/live, where
# Agg and the browser differ at the edges: this many pixels may, and no more.
SHARE, STRAY = 0.06, 1e-3
GLYPH = 9  # pixels: blurred as far as a letter, other hinting leaves no difference
SOFT, INK = 2.5, 0.25  # most mean difference after that: of 255, of what is painted
FLAGSHIP = "sixty_lines"
HOME = [page for page, name in PLAYED if name == FLAGSHIP]
on_page = {"indirect": ["opened"], "scope": "package"}  # one load for all tests
each_explorer = pytest.mark.parametrize(("opened", "name"), PLAYED, **on_page)
each_page = pytest.mark.parametrize(("opened", "name"), FIRSTS, **on_page)
on_flagship = pytest.mark.parametrize("opened", HOME, **on_page)
FIGURE = re.compile(
    r'(?s)<figure class="nb-explorer" data-explorer="(\w+)" data-settings="([^"]*)"'
    r"(.*?)</figure>"
)
# No view may stand on the first screen where nearness is looked at.
PUSH_DOWN = """new MutationObserver((_, observer) => {
  if (!document.body) return;
  document.body.style.paddingTop = "5000px";
  observer.disconnect();
}).observe(document, { childList: true, subtree: true })"""
# What twins differ by is rounding, and its digits belong to the machine.
ROUNDING = re.compile(r"\d[\d.]*e-1[4-9]|\d[\d.]*(?= times the eps)")


def page_of(name):
    """Name the page of the section whose explorer this is."""
    return f"notebooks/{HOMES[name]}.html"


def is_list(control):
    return isinstance(control, Choice | Toggle)


def to_end(control, which):
    """Return the key that leads to one end of a control."""
    return {0: "Home", -1: "End"}[which]


@pytest.fixture
def play(visit, site):
    """Return a function that opens the page of an explorer and lets it play."""

    def start(name, fragment="", **options):
        here = visit(site.as_uri(), **options).open(page_of(name), fragment)
        return whole(here, name)

    return start


@pytest.fixture
def flagship(opened):
    """Give the flagship at its start, on the page that all its tests use."""
    here = whole(opened, FLAGSHIP)
    here.figure.get_by_role("button", name="Reset").click()
    here.wait_for_settings(EXPLORERS[FLAGSHIP].settings())
    return here


def computes(site, name):
    """Whether the page computes this explorer."""
    return (site / f"_static/programs/{name}.js").exists()


def reached(site, name, control):
    """List the stops of a control that a page can show."""
    return control.stops if computes(site, name) else control.recorded


def known_states(site, name):
    """Give the settings of all recorded states."""
    return [settings for settings, _ in recorded(site, name)]


def fragment(name, **settings):
    words = {
        k: str(v).lower() if isinstance(v, bool) else v for k, v in settings.items()
    }
    return f"#{name}?{urlencode(words)}"


def pixels(url):
    data = base64.b64decode(url.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


# Every control -------------------------------------------------------------------


@each_explorer
def test_every_control_of_every_view_moves_to_both_ends(opened, name, site):
    """And what is seen there was recorded, where the page does not compute it."""
    known, explorer = known_states(site, name), EXPLORERS[name]
    is_live = computes(site, name)
    controls = {c.label: (key, c) for key, c in explorer.controls.items()}
    shown, moves = views(opened, name), opened.page.evaluate("looks.move", name)
    moved = {(move["view"], controls[move["label"]][0]) for move in moves}
    assert shown
    assert moved == {
        (nth, key)
        for nth, view in enumerate(shown)
        for key in view["only"]
        if len(reached(site, name, explorer.controls[key])) > 1
    }
    for move in moves:
        key, control = controls[move["label"]]
        before, settings = move["before"], move["settings"]
        assert settings[key] == reached(site, name, control)[move["end"]], move
        assert is_live or settings in known, move
        assert move["isPainted"] or settings == before, move
    assert opened.troubles == []


@each_page
def test_keyboard_moves_every_control_to_both_ends(opened, name, site):
    here, explorer = whole(opened, name), EXPLORERS[name]
    for key in here.view["only"]:
        control = explorer.controls[key]
        stops = reached(site, name, control)
        for which in (-1, 0) if len(stops) > 1 else ():
            here.press(control.label, to_end(control, which))
            assert here.settings()[key] == stops[which]
    assert opened.troubles == []


@each_explorer
def test_two_states_look_as_on_paper(opened, name, site, rng):
    """At the size of the figure the canvas shows what Agg draws, as in tests/live."""
    explorer, here = EXPLORERS[name], whole(opened, name)
    here.figure.evaluate(
        "(figure, width) => figure.querySelector('.nb-stage')"
        ".setAttribute('style', `width: ${width}px !important; --nb-tall: 10000px`)",
        round(100 * explorer.size[0]),
    )
    for state in rng.choice(within(here.view, recorded(site, name)), 2):
        go_to(here, state)
        got, want = pixels(here.image()), on_paper(explorer.still(**state))
        assert got.shape == want.shape
        off = np.abs(got - want).max(axis=2)
        assert (off > LOUD).mean() < SHARE
        assert soft(got, want) < min(SOFT, INK * painted(want))
        assert stray(got, want) < STRAY
        assert stray(want, got) < STRAY
    here.figure.evaluate("f => f.querySelector('.nb-stage').removeAttribute('style')")


def painted(pixels):
    """Return how far a picture is from white paper on average, of 255."""
    return (255 - pixels).max(axis=2).mean()


def soft(got, want):
    """Return the mean difference of two pictures that are blurred by a letter."""
    off = ndimage.uniform_filter((got - want).astype(float), (GLYPH, GLYPH, 1))
    return np.abs(off).max(axis=2).mean()


def within(view, states):
    """List the settings that a view can show: what it hides stays at its start."""
    start, only = view["start"], view["only"]
    return [
        settings
        for settings, _ in states
        if all(settings[name] == start[name] for name in start if name not in only)
    ]


def go_to(here, state):
    """Lead an explorer to a state by the address."""
    label = here.figure.locator("label").first
    name = here.figure.get_attribute("data-explorer")  # where nothing has a label
    if label.count():
        name = label.get_attribute("for").removeprefix("nb-").rpartition("-")[0]
    link = fragment(name, **state)
    here.visit.page.evaluate("hash => location.hash = hash", link)
    here.wait_for_settings(state)


def on_paper(figure):
    canvas = FigureCanvasAgg(figure)
    with style.context():  # the number of ticks follows the size of their labels
        canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].astype(int)


@on_flagship
def test_controls_are_native_and_named(flagship):
    for name, control in EXPLORERS[FLAGSHIP].controls.items():
        if isinstance(control, Grips):
            continue
        field = flagship.field(control.label)
        kind = "SELECT" if is_list(control) else "INPUT"
        assert field.evaluate("field => field.tagName") == kind
        if kind == "INPUT":
            text = field.get_attribute("aria-valuetext")
            assert text == control.text(flagship.settings()[name])


@on_flagship
def test_move_is_painted_within_one_display_frame(flagship):
    late = flagship.field("hidden layers").evaluate(
        """async (field) => {
          const canvas = field.closest(".nb-explorer").querySelector("canvas");
          field.value = 0;
          field.dispatchEvent(new Event("input", { bubbles: true }));
          await new Promise(requestAnimationFrame);
          return JSON.parse(canvas.dataset.settings).depth;
        }"""
    )
    assert late == 1


def test_recording_holds_the_whole_grid_in_its_order(site):
    states = [settings for settings, _ in recorded(site, WHOLE)]
    explorer = EXPLORERS[WHOLE]
    assert [explorer.settings(**state) for state in states] == explorer.grid()


# What is not recorded, and links ---------------------------------------------------


@on_flagship
def test_missing_neighbour_snaps_and_says_so(flagship):
    flagship.press("width", "Home")
    assert flagship.say(".nb-note") == ""
    flagship.press("hidden layers", "End")
    assert flagship.settings()["depth"] == 16
    assert flagship.settings()["width"] == 32
    assert "not recorded together" in flagship.say(".nb-note")
    assert "width 32" in flagship.say(".nb-note")


@on_flagship
def test_settings_stand_in_the_address_and_a_link_leads_there(flagship, visit, site):
    here = flagship
    here.press("hidden layers", "End")
    here.press("activation", "Home")
    link = "#" + here.visit.page.url.partition("#")[2]
    assert link.startswith(f"#{FLAGSHIP}")
    again = visit(site.as_uri()).open(page_of(FLAGSHIP), link)
    again.page.wait_for_function(
        "() => [...document.querySelectorAll('.nb-explorer canvas')].some((canvas) => {"
        " const r = canvas.getBoundingClientRect();"
        " return r.top < innerHeight && r.bottom > 0; })"
    )
    again = whole(again, FLAGSHIP)
    assert again.settings() == here.settings()
    assert again.image() == here.image()


# Pin -------------------------------------------------------------------------------


@on_flagship
def test_pin_keeps_the_curves_behind_the_next_and_lets_them_go(flagship):
    here = flagship
    pin = here.figure.locator("button.nb-pin")
    first = here.image()
    pin.click()
    assert pin.get_attribute("aria-pressed") == "true"
    here.press("learning rate", "Home")
    both = here.image()
    assert "learning rate 0.1" in here.say(".nb-pin-label")
    pin.click()
    here.visit.settle()
    assert pin.get_attribute("aria-pressed") == "false"
    assert here.say(".nb-pin-label") == ""
    assert len({first, both, here.image()}) == 3


@on_flagship
def test_reset_lets_pinned_curves_go(flagship):
    here = flagship
    first = here.image()
    here.figure.locator("button.nb-pin").click()
    here.press("learning rate", "Home")
    here.button("Reset").click()
    here.rest()
    assert here.say("button.nb-pin") == "Pin these curves"
    assert here.say(".nb-pin-label") == ""
    assert here.image() == first


def test_pin_is_offered_once_a_curve_stands_in_the_picture(play):
    here = play("ledger")
    pin = here.figure.locator("button.nb-pin")
    assert not pin.is_visible()  # of the losses one dot
    here.press("stage", "End")
    assert pin.is_visible()


# Words, theme, room ------------------------------------------------------------------


def test_sentence_is_said_when_the_movement_has_ended(play):
    here, explorer = play(FLAGSHIP), EXPLORERS[FLAGSHIP]
    here.visit.page.clock.install()
    line = here.figure.locator("[aria-live=polite]")
    first = line.inner_text()
    assert first == explorer.describe(explorer.run())
    here.figure.evaluate(
        """(figure) => {
          window.said = [];
          const line = figure.querySelector("[aria-live=polite]");
          new MutationObserver(() => said.push(line.textContent))
            .observe(line, { childList: true, characterData: true, subtree: true });
        }"""
    )
    field = here.field("hidden layers")
    field.evaluate(
        """(field) => {
          for (const stop of [0, 1, 2, 3, 4]) {
            field.value = stop;
            field.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }"""
    )
    here.visit.page.clock.run_for(1000)  # ms, by a clock that only we move
    said = here.visit.page.evaluate("said")
    assert said == [explorer.describe(explorer.run(depth=16))]
    assert said[0] in here.canvas.get_attribute("aria-label")


@on_flagship
def test_badge_says_recorded_and_how_to_get_the_live_one(flagship):
    assert flagship.say(".nb-explorer-badge") == "recorded"
    assert "make lab" in flagship.say(".nb-how")


def paper_of(theme):
    """Return the colour of the canvas in a theme, as three numbers."""
    paper = style.DARK[style.PAPER] if theme == "dark" else style.PAPER
    return [int(paper[i : i + 2], 16) for i in (1, 3, 5)]


@on_flagship
def test_canvas_takes_the_light_theme_of_the_page(flagship):
    assert pixels(flagship.image())[0, 0].tolist() == paper_of("light")


def test_canvas_takes_the_dark_theme_and_the_button_repaints(play):
    here = play(FLAGSHIP, color_scheme="dark")
    assert pixels(here.image())[0, 0].tolist() == paper_of("dark")
    before = here.frame()
    button = here.visit.page.locator("button.theme-switch-button:visible").first
    for _ in range(2):
        button.click()
    here.visit.page.wait_for_function(
        "([canvas, n]) => Number(canvas.dataset.frame) > n",
        arg=[here.canvas.element_handle(), before],
    )
    here.visit.settle()
    theme = here.visit.page.evaluate("document.documentElement.dataset.theme")
    assert theme in ("light", "dark")
    assert pixels(here.image())[0, 0].tolist() == paper_of(theme)


@on_flagship
def test_nothing_moves_by_itself(flagship):
    """No animation and no transition, so there is nothing to reduce."""
    flagship.press("hidden layers", "End")
    moving = "f => f.getAnimations({ subtree: true }).length"
    assert flagship.figure.evaluate(moving) == 0


# Loading -----------------------------------------------------------------------------


def test_recording_is_loaded_only_when_it_is_near(visit, site):
    here = visit(site.as_uri(), height=600)
    here.page.add_init_script(PUSH_DOWN)
    here.open(page_of(FLAGSHIP))
    here.settle()
    assert not [url for url in here.requests if "/recordings/" in url]
    here.explorer(FLAGSHIP)
    assert [url for url in here.requests if "/recordings/" in url]


def test_missing_recording_leaves_the_still_picture(visit, site):
    here = visit(site.as_uri())
    here.page.route("**/recordings/*.js", lambda route: route.abort())
    here.open(page_of(FLAGSHIP))
    figure = here.page.locator(".nb-explorer").first
    figure.scroll_into_view_if_needed()
    figure.locator(".nb-note").wait_for()
    assert "The still picture stays" in figure.inner_text()
    assert figure.locator("> img").is_visible()


def test_without_a_script_there_are_still_sentence_and_formulas(visit, site):
    here = visit(site.as_uri(), java_script_enabled=False)
    here.page.goto(f"{site.as_uri()}/{page_of(FLAGSHIP)}")
    figure = here.page.locator(f'.nb-explorer[data-explorer="{FLAGSHIP}"]').first
    assert figure.locator("> img").is_visible()
    assert figure.locator("figcaption").is_visible()
    assert here.page.locator(".katex-html").first.is_visible()
    assert figure.locator(".nb-foot-place, .nb-controls").count() == 2
    assert not figure.locator(".nb-foot-place, .nb-controls").first.is_visible()
    text = " ".join(here.page.locator("article p").all_inner_texts())
    assert not re.search(r"\\[(\[]", text)


def test_pages_hold_still_and_sentence_of_every_view(site):
    """What is written on a page is what the recording says of these settings."""
    for name in HOMES:
        states, text = recorded(site, name), (site / page_of(name)).read_text()
        found = [view[1:] for view in FIGURE.findall(text) if view[0] == name]
        assert found, name
        for settings, inside in found:
            start = json.loads(unescape(settings))
            words = next(told for state, told in states if state == start)
            assert "<img" in inside
            told = unescape(inside.partition("<figcaption>")[2].partition("<")[0])
            assert ROUNDING.sub("…", told) == ROUNDING.sub("…", words), name


def test_recordings_are_light_enough(site):
    sizes = {
        path.name: path.stat().st_size
        for path in (site / "_static/recordings").iterdir()
    }
    assert {f"{name}.js" for name in HOMES} <= set(sizes)
    assert {name: size for name, size in sizes.items() if size > 500_000} == {}
