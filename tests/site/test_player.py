"""The recorded explorers on their pages: moved, linked, pinned, read out, compared."""

import base64
import io
import re

import numpy as np
import pytest
from chapter import HOMES
from live.test_pixels import LOUD, stray
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from nb_lib.draw import style
from nb_lib.explore import EXPLORERS
from nb_lib.live.declare.controls import Choice, Toggle

pytestmark = pytest.mark.browser

each_explorer = pytest.mark.parametrize("name", HOMES)
# Explorers hold more text and thinner lines than the pictures of tests/live, where
# Agg and the browser differ at the edges: this many pixels may, and no more.
SHARE, MEAN, STRAY = 0.06, 8, 1e-3
FLAGSHIP = "sixty_lines"
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
def play(visit, origin):
    """Return a function that opens the page of an explorer and lets it play."""

    def start(name, fragment="", **options):
        return visit(origin, **options).open(page_of(name), fragment).explorer(name)

    return start


@pytest.fixture
def play_file(visit, site):
    """The same, opened from a folder only: for what no server can change."""

    def start(name, fragment="", **options):
        here = visit(site.as_uri(), **options).open(page_of(name), fragment)
        return here.explorer(name)

    return start


def fragment(name, **settings):
    words = {
        k: str(v).lower() if isinstance(v, bool) else v for k, v in settings.items()
    }
    return f"#{name}?" + "&".join(f"{k}={v}" for k, v in words.items())


def pixels(url):
    data = base64.b64decode(url.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


# Every control -------------------------------------------------------------------


@each_explorer
def test_keyboard_moves_every_control_to_both_ends(play, name):
    here, explorer = play(name), EXPLORERS[name]
    assert here.settings() == explorer.settings()
    for setting, control in explorer.controls.items():
        if len(control.recorded) == 1:
            continue
        for which in (-1, 0, -1):
            before = here.frame()
            moved = here.settings()[setting] != control.recorded[which]
            here.press(control.label, to_end(control, which))
            assert here.settings()[setting] == control.recorded[which]
            assert (here.frame() > before) or not moved
    assert here.visit.troubles == []


@each_explorer
def test_every_state_on_screen_is_one_that_was_recorded(play_file, name):
    here, explorer = play_file(name), EXPLORERS[name]
    for control in explorer.controls.values():
        here.press(control.label, "End")
        assert here.settings() in explorer.grid()


@each_explorer
def test_three_states_look_as_on_paper(play_file, name, rng):
    """At the size of the figure the canvas shows what Agg draws, as in tests/live."""
    explorer = EXPLORERS[name]
    here = play_file(name)
    width = round(100 * explorer.size[0])
    here.visit.page.add_style_tag(
        content=f".nb-stage {{ width: {width}px !important }}"
    )
    here.visit.settle()
    for state in rng.choice(explorer.grid(), 3, replace=False):
        here.visit.page.evaluate(
            "hash => location.hash = hash", fragment(name, **state)
        )
        here.wait_for_settings(state)
        got, want = pixels(here.image()), on_paper(explorer.still(**state))
        assert got.shape == want.shape
        off = np.abs(got - want).max(axis=2)
        assert (off > LOUD).mean() < SHARE
        assert off.mean() < MEAN
        assert stray(got, want) < STRAY
        assert stray(want, got) < STRAY


def on_paper(figure):
    canvas = FigureCanvasAgg(figure)
    with style.context():  # the number of ticks follows the size of their labels
        canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].astype(int)


def test_controls_are_native_and_named(play_file):
    here = play_file(FLAGSHIP)
    for control in EXPLORERS[FLAGSHIP].controls.values():
        field = here.field(control.label)
        kind = "SELECT" if is_list(control) else "INPUT"
        assert field.evaluate("field => field.tagName") == kind
        if kind == "INPUT":
            text = field.get_attribute("aria-valuetext")
            assert text == control.text(here.settings()[key_of(control)])


def key_of(control):
    controls = EXPLORERS[FLAGSHIP].controls
    return next(name for name, other in controls.items() if other is control)


def test_move_is_painted_within_one_display_frame(play_file):
    here = play_file(FLAGSHIP)
    late = here.field("hidden layers").evaluate(
        """async (field) => {
          const canvas = field.closest(".nb-explorer").querySelector("canvas");
          field.value = 0;
          field.dispatchEvent(new Event("input", { bubbles: true }));
          await new Promise(requestAnimationFrame);
          return JSON.parse(canvas.dataset.settings).depth;
        }"""
    )
    assert late == 1


# What is not recorded, and links ---------------------------------------------------


def test_missing_neighbour_snaps_and_says_so(play_file):
    here = play_file(FLAGSHIP)
    here.press("width", "Home")
    assert here.say(".nb-note") == ""
    here.press("hidden layers", "End")
    assert here.settings()["depth"] == 16
    assert here.settings()["width"] == 32
    assert "not recorded together" in here.say(".nb-note")
    assert "width 32" in here.say(".nb-note")


def test_settings_stand_in_the_address(play):
    here = play(FLAGSHIP)
    here.press("hidden layers", "End")
    here.press("activation", "Home")
    address = here.visit.page.url
    assert "#sixty_lines?" in address
    again = play(FLAGSHIP, "#" + address.partition("#")[2])
    assert again.settings() == here.settings()
    assert again.image() == here.image()


def test_linked_explorer_is_scrolled_to(visit, site):
    here = visit(site.as_uri()).open(page_of(FLAGSHIP), fragment(FLAGSHIP, depth=16))
    here.page.locator(".nb-explorer canvas").wait_for()
    here.page.wait_for_function(
        "() => { const r = document.querySelector('.nb-explorer canvas')"
        ".getBoundingClientRect(); return r.top < innerHeight && r.bottom > 0; }"
    )


def test_strange_address_is_survived(play_file):
    here = play_file(FLAGSHIP, "#sixty_lines?depth=boom&nobody=%E0%A4%A&lr=0.1")
    assert here.settings() == EXPLORERS[FLAGSHIP].settings()
    assert here.visit.troubles == []


# Pin -------------------------------------------------------------------------------


def test_pin_keeps_the_curves_behind_the_next_and_lets_them_go(play_file):
    here = play_file(FLAGSHIP)
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


# Words, theme, room ------------------------------------------------------------------


def test_sentence_is_said_when_the_movement_has_ended(play_file):
    here, explorer = play_file(FLAGSHIP), EXPLORERS[FLAGSHIP]
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


def test_badge_says_recorded_and_how_to_get_the_live_one(play_file):
    here = play_file(FLAGSHIP)
    assert here.say(".nb-explorer-badge") == "recorded"
    assert "make lab" in here.say(".nb-how")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_canvas_takes_the_theme_of_the_page(play_file, scheme):
    here = play_file(FLAGSHIP, color_scheme=scheme)
    paper = style.PAPER if scheme == "light" else style.DARK[style.PAPER]
    wanted = [int(paper[i : i + 2], 16) for i in (1, 3, 5)]
    assert pixels(here.image())[0, 0].tolist() == wanted


def test_theme_button_repaints(play_file):
    here = play_file(FLAGSHIP, color_scheme="light")
    before = here.frame()
    button = here.visit.page.locator("button.theme-switch-button:visible").first
    for _ in range(2):
        button.click()
    here.visit.page.wait_for_function(
        "n => Number(document.querySelector('canvas').dataset.frame) > n", arg=before
    )
    assert here.visit.page.evaluate("document.documentElement.dataset.theme") in (
        "light", "dark")  # fmt: skip
    here.visit.settle()
    dark = here.visit.page.evaluate("document.documentElement.dataset.theme") == "dark"
    paper = style.DARK[style.PAPER] if dark else style.PAPER
    assert pixels(here.image())[0, 0].tolist() == [
        int(paper[i : i + 2], 16) for i in (1, 3, 5)
    ]


@each_explorer
def test_narrow_page_holds_everything(play_file, name):
    here = play_file(name, width=380)
    wide = here.visit.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 380
    box = here.canvas.bounding_box()
    assert box["width"] <= 380
    assert box["height"] > box["width"]  # the panels stand below one another


def test_nothing_moves_by_itself(play_file):
    """No animation and no transition, so there is nothing to reduce."""
    here = play_file(FLAGSHIP, reduced_motion="reduce")
    here.press("hidden layers", "End")
    assert here.figure.evaluate("f => f.getAnimations({ subtree: true }).length") == 0


# Loading -----------------------------------------------------------------------------


def test_recording_is_loaded_only_when_it_is_near(visit, origin):
    here = visit(origin, height=600).open(page_of(FLAGSHIP))
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
    assert figure.locator("img").is_visible()


@each_explorer
def test_without_a_script_there_are_still_and_sentence(visit, site, name):
    here = visit(site.as_uri(), java_script_enabled=False)
    here.page.goto(f"{site.as_uri()}/{page_of(name)}")
    figure = here.page.locator(f'.nb-explorer[data-explorer="{name}"]').first
    assert figure.locator("img").is_visible()
    sentence = figure.locator("figcaption").inner_text()
    wanted = EXPLORERS[name].describe(EXPLORERS[name].run())
    assert ROUNDING.sub("…", sentence) == ROUNDING.sub("…", wanted)


@each_explorer
def test_recording_is_light_enough(site, name):
    path = site / f"_static/recordings/{name}.js"
    assert path.stat().st_size <= 500_000
