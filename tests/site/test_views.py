"""Small views of a recorded explorer: a page of their own, played by the book's player.

The page holds several views of one small explorer, so that nothing but the player is
tested: what the book's own pages show, the other tests of this folder know.
"""

import itertools
import shutil
from pathlib import Path

import pytest
from live.dummies import describe, picture

import nb_lib.live
from nb_lib.live import Choice, Explorer, LogSlider, Slider, Toggle
from nb_lib.live.page.recorder import record
from nb_lib.live.page.script import PAINTERS, player

pytestmark = pytest.mark.browser

LIVE = Path(nb_lib.live.__file__).parent
CSS = Path(__file__).parents[2] / "site/static/player.css"
PAINT = tuple(f"{name}.js" for name in PAINTERS)
VIEWS = {
    "small": {},
    "small-2": {"only": ("width",), "presets": ("eight units", "fast")},
    "small-3": {"only": ("width", "lr"), "act": "relu"},
    "small-4": {"only": (), "presets": "fast"},
}


def compute(width, lr, act, skip):
    """Return a frame that the dummies' picture can show."""
    return width, 1, [lr * width / 100] * 50


EXPLORER = Explorer(
    id="small", title="Small", compute=compute, picture=picture, describe=describe,
    size=(4, 2), together=("width", "lr"),
    controls={
        "width": Slider("width", low=1, high=64, start=4, recorded=(1, 4, 8, 64)),
        "lr": LogSlider("learning rate", low=0.1, high=10, start=0.5,
                        recorded=(0.1, 0.5, 3.0)),
        "act": Choice("activation", ["tanh", "relu", "step"], start="tanh"),
        "skip": Toggle("skip"),
    },
    presets={"eight units": {"width": 8}, "fast": {"lr": 3.0, "act": "step"}},
    also=({"act": ("relu",), "width": (1, 4), "lr": (0.1, 0.5)},
          {"act": ("relu",), "width": (64,)},
          {"act": ("step",), "width": (8,), "lr": (3.0,)}),
)  # fmt: skip
START = EXPLORER.settings()
RESET = """() => {
  location.hash = "";
  document.querySelectorAll(".nb-reset").forEach((button) => button.click());
}"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Write a page with all views and their recording; return its folder."""
    folder = tmp_path_factory.mktemp("views")
    record(EXPLORER, folder / "recordings", cache=folder / "cache", jobs=1)
    for name in PAINT:
        shutil.copy(LIVE / "paint" / name, folder)
    (folder / "player.js").write_text(player())
    scripts = (
        f'<script src="{name}" defer></script>' for name in (*PAINT, "player.js")
    )
    faces = (EXPLORER.show(**view).html for view in VIEWS.values())
    (folder / "page.html").write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Views</title>"
        f"<style>{CSS.read_text()}</style><body>{''.join(scripts)}{'<hr>'.join(faces)}"
    )
    return folder


@pytest.fixture(scope="module")
def page(visits, book):
    """Open the page with all views, for all tests; let every view play."""
    with visits() as start:
        here = start(book.as_uri()).open("page.html")
        here.views = {
            name: here.explorer("small", nth) for nth, name in enumerate(VIEWS)
        }
        yield here


@pytest.fixture
def play(page):
    """Return a function that gives a view at its start, or where a link leads."""
    page.troubles.clear()
    page.page.evaluate(RESET)
    page.settle()

    def start(name, fragment=""):
        if fragment:
            page.page.evaluate("hash => { location.hash = hash; }", fragment)
            page.settle()
        return page.views[name]

    return start


def button(here, name):
    return here.figure.get_by_role("button", name=name, exact=True)


def press(here, name, key="Enter"):
    """Press a button by keyboard and let the canvas answer."""
    button(here, name).press(key)
    here.visit.settle()


def pressed(here):
    return here.figure.locator(".nb-preset[aria-pressed=true]").all_inner_texts()


def labels(here):
    return here.figure.locator(".nb-controls label").all_inner_texts()


def test_whole_shows_all_controls_and_all_presets(play):
    here = play("small")
    assert labels(here) == ["width", "learning rate", "activation", "skip"]
    presets = here.figure.locator(".nb-preset").all_inner_texts()
    assert presets == list(EXPLORER.presets)


# Where what the tab key reaches is seen, in its order: [bottom, left].
REACHED = """figure => [...figure.querySelectorAll("button, input, select")]
  .filter((part) => part.checkVisibility())
  .map((part) => part.getBoundingClientRect())
  .map(({ bottom, left }) => [Math.round(bottom), Math.round(left)])"""


@pytest.mark.parametrize("width", [390, 195, 1300])
def test_tab_key_goes_as_the_eye_does(visit, book, width):
    """On a phone, zoomed to twice its size, and on a wide screen."""
    here = visit(book.as_uri(), width=width, height=844).open("page.html")
    places = here.explorer("small").figure.evaluate(REACHED)
    assert len(places) > 6
    assert places == sorted(places)


def test_view_shows_its_own_controls_and_buttons(play):
    here = play("small-2")
    assert labels(here) == ["width"]
    assert here.figure.locator(".nb-preset").all_inner_texts() == [
        "eight units", "fast",
    ]  # fmt: skip
    assert here.settings() == START
    assert labels(play("small-3")) == ["width", "learning rate"]
    assert button(play("small-3"), "fast").count() == 0


@pytest.mark.parametrize("name", ["small", "small-2", "small-3"])
def test_corners_of_a_view_keep_what_it_hides(play, name):
    here, view = play(name), VIEWS[name]
    only = view.get("only", tuple(EXPLORER.controls))
    hidden = {k: v for k, v in here.settings().items() if k not in only}
    for keys in itertools.product(("Home", "End"), repeat=len(only)):
        for setting, key in zip(only, keys, strict=True):
            control = EXPLORER.controls[setting]
            here.press(control.label, key)
            wanted = control.recorded[-(key == "End")]
            is_told = f"instead of {control.text(wanted)}" in here.say(".nb-note")
            assert is_told == (here.settings()[setting] != wanted)
        assert here.settings() in EXPLORER.grid()
        assert {k: here.settings()[k] for k in hidden} == hidden
    assert here.visit.troubles == []


def test_preset_sets_everything_and_is_marked(play):
    here = play("small")
    here.press("skip", "End")
    press(here, "fast", "Space")
    assert here.settings() == {**START, "lr": 3.0, "act": "step"}
    assert (pressed(here), here.say(".nb-note")) == (["fast"], "")
    here.press("learning rate", "Home")
    assert pressed(here) == []


def test_hidden_controls_follow_a_preset_and_stay_there(play):
    here = play("small-2")
    press(here, "fast")
    assert here.settings() == {**START, "lr": 3.0, "act": "step"}
    here.press("width", "ArrowRight")
    assert here.settings() == {**START, "lr": 3.0, "act": "step", "width": 8}
    press(here, "eight units")
    assert here.settings() == {**START, "width": 8}
    press(here, "Reset")
    assert here.settings() == START
    assert pressed(here) == []


def test_view_without_controls_has_buttons_all_the_same(play):
    here = play("small-4")
    assert labels(here) == []
    press(here, "fast")
    assert here.settings() == {**START, "lr": 3.0, "act": "step"}


def test_several_views_load_the_recording_once(page):
    assert page.page.locator("script[src*=recordings]").count() == 1


def test_copied_code_shows_this_view(play):
    here = play("small-3")
    here.press("width", "End")
    here.visit.page.evaluate("navigator.clipboard.writeText = undefined")
    press(here, "Copy as code")
    field = here.figure.get_by_label("the code of this view")
    assert field.input_value().splitlines() == [
        "from nb_lib.explore import small",
        'small.show(only=("width", "lr"), width=64, act=\'relu\')',
    ]
    assert field.evaluate("field => field.selectionEnd") > 60


# Gaps of the recording ---------------------------------------------------------------


def test_snapped_control_is_told_and_tried_again(play):
    here = play("small-3")
    here.press("width", "End")
    here.press("learning rate", "Home")
    assert here.settings() == {**START, "act": "relu", "lr": 0.1, "width": 4}
    assert "width 4 instead of 64" in here.say(".nb-note")
    assert here.figure.locator(".nb-wanted").all_inner_texts() == ["wanted: 64", ""]
    here.press("learning rate", "ArrowRight")
    assert here.settings() == {**START, "act": "relu", "width": 64}
    assert here.say(".nb-note") == ""


def test_control_that_cannot_move_says_so_and_stays(play):
    here = play("small-2")
    press(here, "fast")
    here.press("width", "Home")
    assert here.settings() == {**START, "lr": 3.0, "act": "step"}
    assert "width 4 instead of 1" in here.say(".nb-note")


# Links -------------------------------------------------------------------------------


def test_link_leads_a_view_to_its_preset(play, visit, book):
    here = play("small-2")
    press(here, "fast")
    link = "#" + here.visit.page.url.partition("#")[2]
    again = visit(book.as_uri()).open("page.html", link).explorer("small", 1)
    assert again.settings() == here.settings()
    assert (pressed(again), again.say(".nb-note")) == (["fast"], "")


@pytest.mark.parametrize(
    ("link", "settings", "words"),
    [
        ("width=9", {"width": 8}, "asks for width 9, which is not recorded"),
        ("act=boom", {}, "asks for activation boom, which is not recorded"),
        ("depth=9&width=8", {"width": 8}, "“depth”, which is no setting"),
        ("width=64&act=relu&lr=0.1", {"act": "relu", "width": 64},
         "learning rate 0.5 instead of 0.1"),
        ("width=boom&nobody=%E0%A4%A&lr=0.1", {"lr": 0.1},
         "width boom, which is not recorded"),
    ],
)  # fmt: skip
def test_link_that_cannot_be_followed_is_answered(play, link, settings, words):
    here = play("small", f"#small?{link}")
    assert here.settings() == {**START, **settings}
    assert words in here.say(".nb-note")
    assert here.visit.troubles == []


def test_a_phone_says_beside_the_sentence_what_of_a_link_it_cannot_do(visit, book):
    here = visit(book.as_uri(), width=390, height=844).open(
        "page.html", "#small-2?act=relu"
    ).explorer("small", 1)  # fmt: skip
    parts = here.figure.locator(":is(.nb-note, .nb-sentence, .nb-controls)")
    tops = "parts => parts.map((part) => Math.round(part.getBoundingClientRect().top))"
    note, line, controls = parts.evaluate_all(tops)
    assert "which this view keeps at tanh" in here.say(".nb-note")
    assert note < line < controls < note + 200
    here.press("width", "End")
    assert here.say(".nb-note") == ""
    assert parts.evaluate_all(tops)[-1] == controls  # nothing moves under a finger


def test_text_below_keeps_its_place_when_less_is_said(visit, book):
    here = visit(book.as_uri(), width=600).open(
        "page.html", "#small-2?act=relu&depth=2"
    ).explorer("small", 1)  # fmt: skip
    foot = here.figure.locator(".nb-foot")
    top = foot.evaluate("foot => foot.offsetTop")
    assert "which this view keeps at tanh" in here.say(".nb-note")
    here.press("width", "End")
    assert here.say(".nb-note") == ""
    assert foot.evaluate("foot => foot.offsetTop") == top


SIDEWAYS, UPRIGHT = {"width": 844, "height": 390}, {"width": 390, "height": 844}
# How far all parts lie from both edges of the box that cuts them, at least: pixels.
AROUND = """([box, ...parts]) => Math.min(...parts.flatMap((part) => {
  const [inner, outer] = [part, box].map((each) => each.getBoundingClientRect());
  return [inner.top - outer.top, outer.bottom - inner.bottom];
}))"""


@pytest.mark.parametrize("size", [SIDEWAYS, UPRIGHT])
def test_a_phone_has_room_for_the_ring_of_focus(visit, book, size):
    figure = visit(book.as_uri(), **size).open("page.html").explorer("small").figure
    parts = figure.locator(".nb-controls, .nb-control")
    assert parts.evaluate_all(AROUND) >= 4


# Whether picture and controls of a figure are on the screen.
TOGETHER = """figure => {
  const [stage, rows] = [".nb-stage", ".nb-controls"].map((part) =>
    figure.querySelector(part).getBoundingClientRect());
  const isSeen = ({ top, bottom }) => top >= -1 && bottom <= innerHeight + 1;
  return isSeen(stage) && isSeen(rows);
}"""


def test_a_phone_that_is_turned_keeps_the_explorer_in_sight(visit, book):
    here = visit(book.as_uri(), **UPRIGHT).open("page.html").explorer("small", 2)
    here.figure.evaluate("figure => figure.scrollIntoView()")
    here.visit.settle()
    here.field("width").focus()
    for size in (SIDEWAYS, UPRIGHT, SIDEWAYS):
        here.visit.grow(size)
        assert here.figure.evaluate(TOGETHER), size
    held = here.field("width").evaluate("field => field === document.activeElement")
    assert held  # the keys go where they went


def test_a_phone_that_is_turned_leaves_a_reader_of_the_text_alone(visit, book):
    here = visit(book.as_uri(), **UPRIGHT).open("page.html")
    here.explorer("small", 2)
    space = (
        "document.body.insertAdjacentHTML('afterbegin', '<p style=\"height: 2000px\">')"
    )
    here.page.evaluate(space)
    here.page.evaluate("scrollTo(0, 700)")
    here.settle()
    here.grow(SIDEWAYS)
    assert here.page.evaluate("scrollY") == 700


def test_link_moves_no_control_that_the_view_hides(play):
    here = play("small-2", "#small-2?width=8&act=relu")
    assert here.settings() == {**START, "width": 8}
    told = here.say(".nb-note")
    assert "activation relu, which this view keeps at tanh" in told
