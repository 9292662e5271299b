"""Explorers that the page computes itself, on a page of their own.

Their programs are a small one that is written by hand (engine.js), so that nothing but
the player is tested: whether translated programs are right, the gate knows.
"""

from dataclasses import replace
from pathlib import Path

import computing
import numpy as np
import pytest
from firefox import firefox
from live.dummies import describe, picture
from visits import calm_down

from nb_lib.live import Choice, Explorer, LogSlider, Slider

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
POLICY = "default-src 'self' 'unsafe-inline' data:; "
STRICT = POLICY + "script-src 'self' 'unsafe-inline' blob:; worker-src blob:"
NO_WORKER = POLICY + "script-src 'self' 'unsafe-inline'; worker-src 'none'"
ACTS = ("tanh", "relu", "slow", "boom", "broken", "runaway", "single")
VIEWS = ("train", "once", "train-2", "train-3", "train-4", "single", "fuller")


def compute(width, lr, act):
    """Yield frames that the dummies' picture can show; the page has its own way."""
    for _ in range(1 if act == "single" else 2):
        yield width, 1, [lr * width / 100] * 50


def one(width, lr, act):
    """Return a frame at once."""
    return width, 1, [lr * width / 100] * 50


TRAIN = Explorer(
    id="train", title="Train", compute=compute, picture=picture, describe=describe,
    size=(4, 2),
    controls={
        "width": Slider("width", low=1, high=64, start=4, recorded=(1, 4, 64)),
        "lr": LogSlider("learning rate", low=0.1, high=10, start=0.5,
                        recorded=(0.5, 3)),
        "act": Choice("activation", ACTS, start="tanh", recorded=("tanh", "relu")),
    },
    presets={"wide": {"width": 64}},
)  # fmt: skip
ONCE = replace(TRAIN, id="once", title="Once", compute=one)
SINGLE = replace(
    TRAIN, id="single", title="Single",
    controls=TRAIN.controls | {
        "act": Choice("activation", ACTS, start="single", recorded=("single", "tanh")),
    },
)  # fmt: skip
FULLER = replace(TRAIN, id="fuller", title="Fuller", in_page=compute)
EXPLORERS = {each.id: each for each in (TRAIN, ONCE, SINGLE, FULLER)}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Write pages with all views, each under another policy; return their folder."""
    folder = tmp_path_factory.mktemp("computing")
    computing.scripts(folder, "const theRuntime = 1;")
    for explorer in EXPLORERS.values():
        text = (HERE / "engine.js").read_text().replace("NAME", f'"{explorer.id}"')
        computing.explorer(folder, explorer, text)
    shown = [EXPLORERS[name.partition("-")[0]] for name in VIEWS]
    for name, policy in (("open", ""), ("strict", STRICT), ("alone", NO_WORKER)):
        computing.page(folder, name, shown, policy)
    return folder


@pytest.fixture(scope="module")
def pages(visits, book):
    """Return a function that opens the page under a policy, once for all tests."""
    known = {}
    with visits() as start:

        def page(policy):
            if policy not in known:
                known[policy] = start(book.as_uri()).open(f"{policy}.html")
            return known[policy]

        yield page


@pytest.fixture
def page(pages):
    """Give the page without a policy; no test cares for where others left it."""
    here = pages("open")
    here.troubles.clear()
    return here


def view(page, name):
    kind, _, nth = name.partition("-")
    return page.explorer(kind, int(nth or 1) - 1)


def fresh(page, name):
    """Return a view at its start, computed."""
    here = view(page, name)
    reset(here)
    return here


def reset(here):
    here.button("Reset").click()
    here.wait("Width 4, step")


# Sources ----------------------------------------------------------------------------


def test_page_shows_what_is_recorded_and_computes_what_is_asked(visit, book):
    here = view(visit(book.as_uri()).open("open.html"), "train")
    assert (
        here.say(".nb-sentence") == "Depth 4 & step 1."
    )  # Python's, from the recording
    assert here.say(".nb-explorer-badge") == "live in this page"
    assert not here.figure.locator(".nb-how").is_visible()
    for key, words in (
        ("End", "Width 64, step 640"),
        ("ArrowLeft", "Width 63, step 630"),
    ):
        here.press("width", key)
        here.wait(words)
        assert here.say(".nb-note") == ""
    assert here.settings() == {"width": 63, "lr": 0.5, "act": "tanh"}
    assert here.visit.page.url.endswith("#train?width=63&lr=0.5&act=tanh")
    assert here.visit.troubles == []


@pytest.mark.parametrize("policy", ["strict", "alone"])
def test_policy_without_eval_or_workers_changes_nothing(pages, policy):
    here = view(pages(policy), "train")
    here.press("width", "ArrowRight")
    here.wait("Width 5, step 50")
    assert here.say(".nb-explorer-badge") == "live in this page"
    assert here.settings() == {"width": 5, "lr": 0.5, "act": "tanh"}
    here.button("Play").click()
    here.at_step(0)
    here.button("Pause").click()
    assert 0 < here.step() < 50
    is_blocked = ["worker-src" in trouble for trouble in here.visit.troubles]
    assert (policy == "alone") == bool(is_blocked)
    assert all(is_blocked)


def test_what_is_recorded_more_fully_is_shown_and_not_computed(page):
    here = view(page, "fuller")
    for key, words, badge in (
        ("Home", "Depth 1 & step 1.", "recorded"),
        ("ArrowRight", "Width 2, step 20", "live in this page"),
        ("End", "Depth 64 & step 1.", "recorded"),
    ):
        here.press("width", key)
        here.wait(words)
        assert here.say(".nb-explorer-badge") == badge
    here.speed("fastest")
    here.button("Play").click()
    here.at_step(640)
    here.wait("Depth 64 & step 1.")  # at the end, the recorded frame again
    here.figure.get_by_label("steps so far").press("Home")
    here.wait("Width 64, step ")
    assert here.say(".nb-explorer-badge") == "live in this page"


def test_a_run_that_is_under_way_does_not_cover_what_is_recorded(page):
    here = view(page, "fuller")
    page.page.evaluate("location.hash = '#fuller?width=40&lr=0.5&act=slow'")
    here.at_step(1)
    assert here.figure.evaluate(LEFT) == [64]
    here.wait("Depth 64 & step 1.")
    assert here.figure.locator(".nb-play[data-state=rest]").count() == 1


@pytest.fixture
def waiting(visit, book):
    """Give a visit whose recordings come when asked; how to open it, and how to ask."""
    here, held, asked = visit(book.as_uri()), [], []
    here.page.route(
        "**/recordings/*.js",
        lambda route: route.continue_() if asked else held.append(route),
    )

    def start():  # what waits for a script is not loaded
        here.page.goto(f"{here.origin}/open.html", wait_until="commit")

    def release():
        asked.append(True)
        for each in held:
            each.continue_()

    return here, start, release


def test_what_computes_starts_while_the_recording_comes(waiting):
    here, start, release = waiting
    with here.page.expect_worker():
        start()
    assert here.page.locator("canvas").count() == 0
    release()
    each = view(here, "once")
    each.press("width", "ArrowRight")
    each.wait("Width 5, step 0")
    assert here.troubles == []


def test_program_that_failed_before_the_recording_came_is_told_of(waiting):
    here, start, release = waiting
    here.page.route("**/programs/*.js", lambda route: route.abort())
    with here.page.expect_event("requestfailed"):
        start()
    here.settle()
    release()
    each = view(here, "train")
    each.wait("cannot compute any more (the program train.js is missing)", ".nb-note")
    assert each.say(".nb-explorer-badge") == "recorded"


def test_link_leads_to_any_setting(page):
    here = fresh(page, "train-2")
    page.page.evaluate("location.hash = 'train-2?width=37&lr=0.7&act=relu'")
    here.wait("Width 37, step 370")
    assert here.settings() == {"width": 37, "lr": 0.7, "act": "relu"}
    assert here.say(".nb-note") == ""
    page.page.evaluate("location.hash = 'train-2?width=3.3&act=nothing'")
    here.wait("width 3.3, which is none of its values", ".nb-note")
    here.wait("Width 3, step 30")


def test_words_of_programs_are_text(page):
    here = fresh(page, "once")
    here.press("width", "ArrowRight")
    here.wait("Width 5, step 0 & <i>no markup</i>.")
    here.field("activation").select_option("boom")
    here.wait("ValueError: this went <b>wrong</b>")
    assert here.figure.locator(".nb-failed, .nb-error").count() == 2
    assert here.figure.locator("i, b").count() == 0
    here.field("activation").select_option("tanh")
    here.wait("Width 5")
    assert here.figure.locator(".nb-failed, .nb-error").count() == 0
    assert not here.figure.locator(".nb-play").count()


def test_program_that_breaks_leaves_the_recording(visit, book):
    here = view(visit(book.as_uri()).open("open.html"), "train")
    here.press("width", "ArrowRight")
    here.field("activation").select_option("broken")
    here.wait("This page cannot compute any more (TypeError", ".nb-note")
    assert here.say(".nb-explorer-badge") == "recorded"
    assert here.figure.locator(".nb-how").is_visible()
    here.press("width", "End")
    assert here.settings() == {"width": 64, "lr": 0.5, "act": "tanh"}
    assert here.figure.locator(".nb-play :enabled").count() == 0


def test_setting_that_never_ends_is_left_by_the_next(page):
    """And the other explorers of the page answer meanwhile."""
    here, other = fresh(page, "train-3"), fresh(page, "train-4")
    here.field("activation").select_option("runaway")
    assert other.press("width", "End")
    other.wait("Width 64, step 640")
    here.field("activation").select_option("tanh")
    here.wait("Width 4, step 40")
    assert page.troubles == []


# Drag a range along, a value for each display frame, until `count` of them were seen.
DRAG = """async ([figure, count]) => {
  const range = figure.querySelector("input[type=range]");
  const canvas = figure.querySelector("canvas"), shown = [];
  new MutationObserver(() => {
    const { width } = JSON.parse(canvas.dataset.settings);
    if (shown.at(-1) !== width) shown.push(width);
  }).observe(canvas, { attributes: true });
  for (let k = 10; shown.length < count && k < 60; k++) {
    range.value = k;
    range.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
  }
  return shown;
}"""
# Move on before there is a frame of what was asked first.
TWICE = """(figure) => {
  const move = (kind, value) => {
    const field = figure.querySelector(kind);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  move("select", 2);
  setTimeout(() => move("input[type=range]", 0), 20);
}"""


# Leave a run for a setting that is recorded; return the widths that are seen then.
LEFT = """async (figure) => {
  const canvas = figure.querySelector("canvas"), seen = new Set();
  figure.querySelector(".nb-presets button").click();
  await new Promise(requestAnimationFrame);
  for (let k = 0; k < 30; k++) {
    await new Promise(requestAnimationFrame);
    seen.add(JSON.parse(canvas.dataset.settings).width);
  }
  return [...seen];
}"""


def test_drag_that_is_faster_than_frames_repaints_in_order(page):
    here = fresh(page, "train-2")
    here.field("activation").select_option("slow")  # 40 ms until there is a frame
    here.at_step(1)
    shown = page.page.evaluate(DRAG, [here.figure.element_handle(), 5])
    assert len(shown) == 5
    assert shown == sorted(shown)


def test_what_stands_still_follows_a_setting_that_was_passed_by(page):
    here = fresh(page, "train")
    page.page.evaluate("location.hash = '#train?width=1&lr=0.5&act=slow'")
    here.wait("Width 1, step 10")
    wanted = here.image()
    reset(here)
    here.wait("Width 4, step 40")
    here.figure.evaluate(TWICE)
    here.wait("Width 1, step 10")
    assert here.settings() == {"width": 1, "lr": 0.5, "act": "slow"}
    assert here.image() == wanted


# The run ----------------------------------------------------------------------------


def test_run_plays_pauses_steps_and_goes_back(page):
    here = fresh(page, "train")
    here.press("width", "End")
    here.at_step(640)
    here.button("Play").click()
    here.at_step(0)
    here.button("Pause").press("Enter")
    first = here.step()
    page.settle()
    assert here.step() == first < 640
    here.button("Step").press("Space")
    here.at_step(first + 1)
    assert f"step {first + 1} &" in here.say(".nb-sentence")
    scrub = here.figure.get_by_label("steps so far")
    scrub.press("Home")
    assert here.step() == 0
    back = here.image()
    here.button("Step").click()
    assert here.step() == 1
    assert here.image() != back
    here.speed("fastest")
    here.button("Play").click()
    here.at_step(640)
    here.wait("Width 64, step 640")
    assert here.button("Play").is_visible()


def test_bar_fits_half_a_small_phone(visit, book):
    size = {"width": 667, "height": 375, "has_touch": True}
    here = view(visit(book.as_uri(), **size).open("open.html"), "train")
    here.press("width", "End")
    here.at_step(640)
    right = "part => part.getBoundingClientRect().right"
    desk, speed = map(here.figure.locator, (".nb-desk", ".nb-speed"))
    assert speed.evaluate(right) <= desk.evaluate(right)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_range_leads_through_a_run_that_was_jumped_over(visit, book, motion):
    here = view(visit(book.as_uri(), reduced_motion=motion).open("open.html"), "train")
    here.press("width", "End")
    here.at_step(640)
    scrub = here.figure.get_by_label("steps so far")
    scrub.press("Home")
    page = here.figure.page
    page.wait_for_function("range => range.max >= 20", arg=scrub.element_handle())
    here.rest()
    scrub.press("Home")
    seen = [here.step()]
    for _ in range(9):
        scrub.press("ArrowRight")
        seen.append(here.step())
        assert f"step {seen[-1]} &" in here.say(".nb-sentence")
    assert seen[0] == 0
    # what was painted on the way is enough, and need not lie evenly
    most = 40 if motion == "reduce" else 160
    assert 0 < min(np.diff(seen)) <= max(np.diff(seen)) < most
    scrub.press("End")
    assert here.step() == 640
    here.press("width", "Home")  # and the next run is shown as ever
    here.at_step(10)
    here.wait("Width 1, step 10")


def test_run_waits_while_nobody_looks(page):
    """Far away its worker ends; who comes back sees it go on from the same step."""
    here = fresh(page, "train")
    here.press("width", "End")
    here.at_step(640)
    here.speed("slow")
    here.button("Play").click()
    here.at_step(2)
    workers = len(page.page.workers)
    page.page.evaluate("document.body.style.paddingBottom = '5000px'")
    page.page.evaluate("scrollTo(0, 4000)")
    page.page.wait_for_timeout(300)
    left = here.step()
    assert len(page.page.workers) < workers  # none waits so far away
    page.page.wait_for_timeout(300)
    assert here.step() <= left + 1
    page.page.evaluate("scrollTo(0, 0)")
    here.at_step(left + 3)
    page.page.evaluate("document.body.style.paddingBottom = ''")


def test_reader_who_wants_less_motion_sees_the_end(visit, book):
    here = view(
        visit(book.as_uri(), reduced_motion="reduce").open("open.html"), "train"
    )
    here.figure.evaluate(
        """(figure) => {
          window.seen = [];
          const place = figure.querySelector(".nb-sentence");
          new MutationObserver(() => seen.push(place.textContent))
            .observe(place, { childList: true });
        }"""
    )
    here.press("width", "End")
    here.wait("Width 64, step 640")
    said = here.visit.page.evaluate("seen")
    assert set(said) <= {"Depth 64 & step 1.", here.say(".nb-sentence")}


def test_reader_who_wants_less_motion_does_not_wait_for_each_step(visit, book):
    here = view(
        visit(book.as_uri(), reduced_motion="reduce").open("open.html"), "train"
    )
    here.press("width", "End")
    here.wait("Width 64, step 640")
    bar = here.figure.locator(".nb-play")
    bar.evaluate(
        """(bar) => {
          window.steps = 0;
          new MutationObserver((changes) => { steps += changes.length; })
            .observe(bar, { attributeFilter: ["data-step"] });
        }"""
    )
    here.button("Play").click()
    here.figure.locator(".nb-play[data-state=paused][data-step='640']").wait_for()
    assert here.visit.page.evaluate("steps") < 640


def test_bar_comes_with_the_first_run_that_has_steps(page):
    """And keeps its room where there is nothing to play."""
    here = view(page, "single")
    bar, stage = here.figure.locator(".nb-play"), here.figure.locator(".nb-stage")
    here.press("width", "End")
    here.wait("Width 64, step 0")
    assert bar.bounding_box() is None
    here.field("activation").select_option("tanh")
    here.wait("Width 64, step 640")
    assert here.button("Play").is_visible()
    top = stage.evaluate("stage => stage.offsetTop")
    here.field("activation").select_option("single")
    here.wait("Width 64, step 0")
    assert here.button("Play").is_visible()
    assert bar.locator(":enabled").count() == 0
    assert stage.evaluate("stage => stage.offsetTop") == top


def test_nothing_moves_when_a_run_plays(page):
    here = fresh(page, "train")
    box = (
        "f => JSON.stringify([...f.children].map((c) => [c.offsetTop, c.offsetHeight]))"
    )
    before = here.figure.evaluate(box)
    here.speed("slow")
    here.button("Play").click()
    here.at_step(2)
    assert here.figure.evaluate(box) == before


# Memory -----------------------------------------------------------------------------


@pytest.mark.slow
def test_memory_is_flat_after_five_hundred_moves(page):
    here = fresh(page, "train")

    def moved(moves=100):
        here.drag(moves)
        reset(here)

    moved(200)  # what is compiled takes room, too
    workers = len(page.page.workers)
    calm_down(page.held, moved)
    assert len(page.page.workers) == workers


# Another browser --------------------------------------------------------------------

TRAINED = """async () => {
  const figure = document.querySelector(".nb-explorer");
  const until = async (isSo) => {
    while (!isSo()) await new Promise((next) => setTimeout(next, 10));
  };
  figure.scrollIntoView();
  await until(() => figure.querySelector("canvas"));
  const width = figure.querySelector("input[type=range]");
  width.value = 36;
  width.dispatchEvent(new Event("input", { bubbles: true }));
  const line = figure.querySelector(".nb-sentence");
  await until(() => line.textContent.startsWith("Width 37, step 370"));
  const { settings } = figure.querySelector("canvas").dataset;
  const [badge, note] = [".nb-explorer-badge", ".nb-note"]
    .map((kind) => figure.querySelector(kind).textContent);
  return [line.textContent, JSON.parse(settings), badge, note];
}"""


@pytest.mark.slow
def test_firefox_runs_the_same_page_and_agrees(visit, book):
    here = visit(book.as_uri()).open("strict.html")
    with firefox() as other:
        other.open(f"{book.as_uri()}/strict.html")
        assert other.evaluate(TRAINED) == here.page.evaluate(TRAINED)
