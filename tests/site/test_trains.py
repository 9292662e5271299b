"""The flagship trains on a page of its own, beside what could disturb it.

Its program is what the book's build writes; only the gate, which takes half an hour for
its settings, is left out.
"""

import computing
import pytest
from firefox import firefox
from live import dummies
from visits import PHONE, calm_down

from nb_lib.explore import sixty_lines, xor
from nb_lib.live import Choice, Explorer, Slider
from nb_lib.live.page.program import program
from nb_lib.live.runtime import runtime
from nb_lib.live.translate import names

pytestmark = pytest.mark.browser

STRICT = (
    "default-src 'self' 'unsafe-inline' data:; worker-src blob:; "
    "script-src 'self' 'unsafe-inline' blob:"
)
STEPS = 300
LATE = """() => {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message) {
    setTimeout(() => postMessage.call(this, message), 150);
  };
}"""
REMOVE = "Remove the point"
ROW = 30  # pixels that one line of a hint takes at most
HEAVY = {"width": 64, "depth": 16, "batch": 300}  # minutes, so it never ends here
EVIL = "</script><img src=x onerror=\"document.title='evil'\">${1}\\u2028'\"&amp;"


def compute(size, kind):
    """Return a frame that says what the reader chose."""
    if kind == "boom":
        raise ValueError(EVIL)
    return size, 1, [size / 9] * 50


def describe(frame):
    """Say what the frame holds, and what would be bad as markup."""
    return f"Size {frame[0]} {EVIL}"


def picture(figure):
    """Lay out one line under a title that would be bad as markup."""
    show = dummies.picture(figure)
    figure.axes[0].set(title=EVIL)
    return show


HOSTILE = Explorer(
    id="hostile", title=EVIL, compute=compute, picture=picture, describe=describe,
    controls={
        "size": Slider(f"size {EVIL}", low=1, high=9, start=2, recorded=(2, 9)),
        "kind": Choice("kind", ((EVIL, "plain"), "boom"), start="plain",
                       recorded=("plain",)),
    },
    presets={EVIL: {"size": 9}},
)  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Write a page with the flagship twice, 9.2, a hostile one; return its folder."""
    folder = tmp_path_factory.mktemp("training")
    computing.scripts(folder, runtime())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "OWN", {"nb_lib", "live", __name__.split(".")[0]})
        for each in (sixty_lines, xor, HOSTILE):
            computing.explorer(folder, each, program(each), [each.settings()])
    computing.page(folder, "page", [sixty_lines, xor, sixty_lines, HOSTILE], STRICT)
    return folder


@pytest.fixture(scope="module")
def page(visits, book):
    with visits() as start:
        yield start(book.as_uri()).open("page.html")


@pytest.fixture
def flagship(page):
    here = page.explorer("sixty_lines")
    yield here
    assert page.troubles == []


def said_of(settings):
    """Return what Python says of a run of the flagship."""
    return sixty_lines.describe(sixty_lines.run(**settings))


def test_a_setting_is_trained_to_what_python_says(flagship):
    flagship.press("learning rate", "ArrowLeft")
    flagship.wait(said_of(flagship.settings()))
    assert flagship.say(".nb-explorer-badge") == "live in this page"
    assert flagship.step() == STEPS - 1


def test_training_plays_pauses_steps_and_looks_back(flagship):
    flagship.button("Play").click()
    flagship.at_step(3)
    flagship.button("Pause").click()
    at = flagship.step()
    assert at < STEPS - 1
    flagship.wait(f"After {at + 1} steps")
    flagship.button("Step").click()
    flagship.wait(f"After {at + 2} steps")
    flagship.figure.get_by_label("steps so far").press("Home")
    flagship.wait("After 1 step")
    flagship.speed("fastest")
    flagship.button("Play").click()
    flagship.at_step(STEPS - 1)
    flagship.wait(f"After {STEPS} steps")


def test_a_pause_holds_what_is_seen_though_a_frame_is_on_its_way(visit, book):
    here = visit(book.as_uri()).open("page.html").explorer("sixty_lines")
    here.visit.page.evaluate(LATE)
    here.button("Play").click()
    here.at_step(3)
    here.button("Pause").click()
    at, scrub = here.step(), here.figure.get_by_label("steps so far")
    here.visit.page.wait_for_function(
        "([scrub, at]) => scrub.max > at", arg=[scrub.element_handle(), at]
    )
    here.wait(f"After {at + 1} steps")
    assert here.step() == at
    for step in (at + 1, at + 2, at + 3):
        here.button("Step").click()
        here.wait(f"After {step + 1} steps")
        assert here.step() == step


def test_a_run_that_diverges_at_once_leaves_its_bar_grey(flagship):
    bar = flagship.figure.locator(".nb-play")
    room, play = bar.bounding_box(), flagship.button("Play")
    flagship.field("hidden layers").press("End")
    flagship.field("initialisation").select_option("too large (std 1)")
    flagship.wait("Diverged at step 1:")
    assert play.is_visible()
    assert bar.bounding_box() == room
    assert bar.locator(":enabled").count() == 0
    flagship.button("Reset").click()
    flagship.wait(f"After {STEPS} steps")
    assert bar.locator(":disabled").count() == 0


def test_a_phone_keeps_the_buttons_of_points_in_one_row(visit, book):
    here = visit(book.as_uri(), **PHONE, has_touch=True).open("page.html")
    here = here.explorer("sixty_lines")
    hint, stage = (here.figure.locator(kind) for kind in (".nb-hint", ".nb-stage"))
    tops = "parts => parts.map((part) => part.getBoundingClientRect().top)"
    buttons, remove = here.figure.locator(".nb-tools button"), here.button(REMOVE)
    above = stage.bounding_box()["y"]
    assert not remove.is_visible()
    assert hint.bounding_box()["height"] < ROW
    here.button("Add a point").click()
    remove.wait_for()
    assert len(set(buttons.evaluate_all(tops))) == 1
    assert stage.bounding_box()["y"] == above
    assert here.figure.evaluate("figure => figure.scrollWidth") <= PHONE["width"]


def test_a_desk_in_large_letters_lets_go_of_the_edge_of_a_phone(visit, book):
    here = visit(book.as_uri(), **PHONE).open("page.html").explorer("sixty_lines")
    desk = here.figure.locator(".nb-desk")
    position = "desk => getComputedStyle(desk).position"
    assert desk.evaluate(position) == "sticky"
    here.visit.page.evaluate("document.documentElement.style.fontSize = '200%'")
    here.figure.locator(".nb-desk.nb-tall").wait_for()
    assert desk.evaluate(position) == "static"


# Of the row of controls that is cut, how much is seen; and at which edges more follows.
CUT = """controls => {
  const { bottom } = controls.getBoundingClientRect();
  const rows = [...controls.children].map((row) => row.getBoundingClientRect());
  const cut = rows.find((row) => row.bottom > bottom + 1);
  return [cut ? (bottom - cut.top) / cut.height : 1,
    ...["above", "below"].map((side) => controls.classList.contains(`nb-${side}`))];
}"""


@pytest.mark.parametrize("height", [667, 844])
def test_controls_of_a_phone_show_that_more_follow(visit, book, height):
    here = visit(book.as_uri(), width=390, height=height, has_touch=True)
    here = here.open("page.html").explorer("sixty_lines")
    controls = here.figure.locator(".nb-controls")
    share, *edges = controls.evaluate(CUT)
    assert 0.65 < share < 0.9  # a slider is seen, not its name alone
    assert edges == [False, True]
    assert "gradient" in controls.evaluate("each => getComputedStyle(each).maskImage")
    controls.evaluate("controls => controls.scrollTo(0, controls.scrollHeight)")
    here.visit.settle()
    assert controls.evaluate(CUT)[1:] == [True, False]


def test_a_run_that_takes_minutes_holds_nobody_up(page):
    """Neither the other explorers of the page, nor the next setting of its own."""
    heavy, other = page.explorer("sixty_lines", 1), page.explorer("xor")
    link = "&".join(f"{name}={value}" for name, value in HEAVY.items())
    page.page.evaluate("link => { location.hash = link; }", f"sixty_lines-2?{link}")
    heavy.at_step(0)
    assert heavy.figure.get_attribute("data-state") == "asked"
    other.press("weight w1", "ArrowLeft")
    other.wait(xor.describe(xor.run(**other.settings())))
    assert heavy.figure.get_attribute("data-state") == "asked"
    heavy.button("Reset").click()
    heavy.wait(f"After {STEPS} steps the net of")
    assert heavy.settings()["depth"] == sixty_lines.controls["depth"].start
    assert page.troubles == []


def test_words_of_a_program_are_never_markup(page):
    here = page.explorer("hostile")
    here.field(f"size {EVIL}").press("End")
    here.wait(f"Size 9 {EVIL}")
    assert here.button(EVIL).get_attribute("aria-pressed") == "true"
    here.figure.locator("select").select_option("boom")
    here.wait(f"ValueError: {EVIL}")
    here.button("Reset").click()
    here.wait(f"Size 2 {EVIL}")
    assert here.figure.locator("img, script").count() == 0
    assert page.page.title() == "Page"
    assert page.troubles == []


def test_vectors_are_asked_for_only_where_no_policy_can_forbid_them(visit, book, serve):
    """A refusal would be reported, by a server's policy or by that in a page's head."""
    computing.page(book, "free", [sixty_lines])
    for origin, name, may in (
        (book.as_uri(), "free", True),
        (book.as_uri(), "page", False),
        (serve(book), "free", False),
    ):
        here = visit(origin).open(f"{name}.html").explorer("sixty_lines")
        here.press("learning rate", "ArrowRight")
        here.wait(said_of(here.settings()))
        assert here.visit.page.workers[0].evaluate("nbMayAssemble") is may
        assert here.visit.troubles == []


@pytest.mark.slow
def test_memory_is_flat_while_it_trains_again_and_again(visit, book):
    here = visit(book.as_uri()).open("page.html").explorer("sixty_lines")
    link = "#sixty_lines?width=4&depth=1&batch=32"  # so that a run is short

    def moved():
        here.drag(100)
        here.visit.page.evaluate("link => { location.hash = link; }", link)
        here.rest()
        here.wait(f"After {STEPS} steps")

    moved()
    calm_down(here.visit.held, moved)


TRAINED = """async (wanted) => {
  const until = async (isSo) => {
    while (!isSo()) await new Promise((next) => setTimeout(next, 10));
  };
  const figure = document.querySelector(".nb-explorer");
  await until(() => figure.querySelector("canvas"));
  location.hash = "sixty_lines?lr=0.03&activation=tanh";
  await until(() => figure.querySelector("canvas").dataset.settings.includes("tanh"));
  await until(() => figure.dataset.state === "done");
  await new Promise((next) => setTimeout(next, 400));
  return [figure.querySelector(".nb-sentence").textContent,
    figure.querySelector("canvas").dataset.settings];
}"""


@pytest.mark.slow
def test_firefox_trains_to_the_same_numbers(visit, book):
    here = visit(book.as_uri()).open("page.html")
    with firefox() as other:
        other.open(f"{book.as_uri()}/page.html")
        said = other.evaluate(TRAINED)
    assert said == here.page.evaluate(TRAINED)
    assert said[0] == said_of({"lr": 0.03, "activation": "tanh"})
