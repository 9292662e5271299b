"""Points grabbed on the canvas, without Jupyter: pointers, keys, what is sent."""

import dataclasses

import numpy as np
import pytest
from live import front

from nb_lib.live import Drops, Explorer, Ink, Moves, grab_on, moved_to, segments

pytestmark = pytest.mark.browser
X = np.array([[0.0, 0.0], [1.0, 0.5], [-1.0, -0.5]])
PAINTED = "n => Number(document.querySelector('canvas').dataset.frame) > n"
LAST = "sent.filter(s => s.want === 'grab').at(-1)?.rows"
FRAME = "() => new Promise(resolve => requestAnimationFrame(() => resolve()))"


def compute(moved, own):
    """The points as the reader has them: those of the picture, then the own ones."""
    return np.array([*moved_to(X, moved).tolist(), *[row[:2] for row in own]])


def picture(figure):
    """One plane with its dots, beside a panel that takes room."""
    left, right = figure.subplots(1, 2)
    (dots,) = left.plot([], [], "o")
    left.set(xlim=(-2, 2), ylim=(-1, 1))
    right.set(xlim=(0, 1), ylim=(0, 1))
    grab_on(left, "moved")
    return lambda x: dots.set_data(*x.T)


def places(x):
    """Give the points of the picture's own."""
    return x[: len(X)]


MOVED = Moves(label="points moved", x=(-2, 2), y=(-1, 1), places=places)
OWN = Drops(
    label="your points", x=(-2, 2), y=(-1, 1), classes=("blue", "orange"), most=3
)
MANY = dataclasses.replace(OWN, most=15)  # more than a finger may drag at once


def explorer(**kept):
    """Declare a picture with one of the two controls shown, or both."""
    return Explorer(
        id="dots", title="Dots", controls={"moved": MOVED, "own": kept.get("own", OWN)},
        compute=compute, picture=kept.get("picture", picture),
        describe=lambda x: f"{len(x)} dots.", size=(6, 3),
    )  # fmt: skip


def plane_of_drops(figure):
    """The same plane, on which points are dropped."""
    show = picture(figure)
    grab_on(figure.axes[0], "own")
    return show


def paper(figure):
    """A sheet to draw on."""
    ax = figure.subplots()
    (line,) = ax.plot([], [])
    ax.set(xlim=(0, 1), ylim=(0, 1))
    grab_on(ax, "ink")
    return lambda rows: line.set_data(*segments(rows)[1].T)


SHEET = Explorer(
    id="sheet", title="Sheet", controls={"ink": Ink(label="strokes", most=9)},
    compute=lambda ink: ink, picture=paper,
    describe=lambda rows: f"{len(rows)} places.", size=(3, 3),
)  # fmt: skip


@pytest.fixture
def page(browser):
    context = browser.new_context(has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def shown(page):
    """Return a function that shows one of the three controls and returns the view."""

    def show(name):
        kind = picture if name == "moved" else plane_of_drops
        shown = SHEET if name == "ink" else explorer(picture=kind)
        live = shown.show(only=name)
        front.show(page, live.canvas)
        page.wait_for_function(PAINTED, arg=0)
        return live

    return show


def at(page, live, x, y):
    """Return where a place of the plane is on the page."""
    (axes,) = live.canvas.screen["grabs"].values()
    left, top, right, bottom = axes["box"]
    box = page.locator("canvas").bounding_box()
    zoom = box["width"] / live.canvas.screen["width"]
    across = (x - axes["x"][0]) / (axes["x"][1] - axes["x"][0])
    up = (y - axes["y"][0]) / (axes["y"][1] - axes["y"][0])
    return (
        box["x"] + zoom * (left + across * (right - left)),
        box["y"] + zoom * (bottom - up * (bottom - top)),
    )


def rows(page):
    """Return the rows that were sent last, once the display frame is over."""
    page.evaluate(FRAME)
    return page.evaluate(LAST)


def said(page):
    """Return what a screen reader hears."""
    return page.locator(".nb-grips [role=status]").inner_text()


def test_a_dragged_point_sends_where_it_is(page, shown):
    live = shown("moved")
    page.mouse.move(*at(page, live, 1, 0.5))
    page.mouse.down()
    page.mouse.move(*at(page, live, -0.5, 0.25), steps=5)
    page.mouse.up()
    assert rows(page) == [[1, -0.5, 0.25]]
    assert "point 2, at −0.50, 0.25" in said(page)


def test_a_point_stays_inside_the_axes_and_empty_ground_holds_none(page, shown):
    live = shown("moved")
    page.mouse.move(*at(page, live, -0.5, 0.6))
    page.mouse.down()
    page.mouse.move(*at(page, live, 0.5, 0.6))
    page.mouse.up()
    assert rows(page) is None
    page.mouse.move(*at(page, live, 0, 0))
    page.mouse.down()
    page.mouse.move(*at(page, live, 5, 3))
    assert rows(page) == [[0, 2, 1]]


def test_keys_choose_move_and_put_back(page, shown):
    shown("moved")
    ring = page.locator(".nb-grip")
    ring.press("PageDown")
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowUp"):
        ring.press(key)
    assert rows(page) == [[1, 0.95, 0.8]]
    assert ring.get_attribute("aria-label") == "point 2, at 0.95, 0.80"
    ring.press("Delete")
    assert rows(page) == []


def test_a_frame_that_lags_does_not_take_the_point_away(page, shown):
    live = shown("moved")
    page.locator(".nb-grip").press("ArrowRight")
    page.locator(".nb-grip").press("ArrowRight")
    late = {**live.canvas.state, "settings": {"moved": [[0, 0.05, 0]], "own": []}}
    page.evaluate("state => model.set('state', state)", late)
    page.locator(".nb-grip").press("ArrowRight")
    assert rows(page) == [[0, 0.15, 0]]


def test_reset_counts_whatever_was_asked(page, shown):
    live = shown("moved")
    page.locator(".nb-grip").press("ArrowRight")
    page.get_by_role("button", name="Reset").click()
    page.evaluate("state => model.set('state', state)", live.canvas.state)
    page.locator(".nb-grip").press("ArrowUp")
    assert rows(page) == [[0, 0, 0.05]]


def test_a_click_drops_a_point_of_the_chosen_class(page, shown):
    live = shown("own")
    page.get_by_role("button", name="orange").click()
    page.mouse.click(*at(page, live, 0.5, -0.5))
    assert rows(page) == [[0.5, -0.5, 1]]
    page.get_by_role("button", name="Add a point").press("Enter")
    ring = page.locator(".nb-grip")
    ring.press("ArrowUp")
    assert rows(page)[1] == [0, 0.05, 1]
    assert ring.get_attribute("aria-label") == "point 2, orange, at 0.00, 0.05"
    page.mouse.click(*at(page, live, -1, 0.5))
    page.mouse.click(*at(page, live, -1, -0.5))
    assert len(rows(page)) == 3
    assert "room for 3" in said(page)
    page.get_by_role("button", name="Remove the point").click()
    assert [row[:2] for row in rows(page)] == [[0.5, -0.5], [0, 0.05]]


@pytest.fixture
def swipe(page):
    """Return a function that moves a finger from one place to another."""
    touch = page.context.new_cdp_session(page)

    def swipe(start, end):
        for kind, place in (("Start", start), ("Move", end), ("End", None)):
            points = [{"x": place[0], "y": place[1]}] if place else []
            touch.send(
                "Input.dispatchTouchEvent",
                {"type": f"touch{kind}", "touchPoints": points},
            )

    return swipe


def test_a_finger_drags_a_point_and_scrolls_everywhere_else(page, shown, swipe):
    live = shown("moved")
    page.evaluate("document.body.style.height = '3000px'")
    swipe(at(page, live, 0, 0), at(page, live, 0.5, 0.25))
    assert rows(page) == [[0, 0.5, 0.25]]
    assert page.evaluate("scrollY") == 0
    held = "event => { window.kept = event.defaultPrevented; }"
    page.evaluate(f"document.addEventListener('touchstart', {held})")
    swipe(at(page, live, -0.5, 0.6), at(page, live, -0.5, 0.9))
    assert page.evaluate("kept") is False
    assert len(rows(page)) == 1


def test_a_finger_taps_one_of_many_points_and_then_drags_it(page, swipe):
    crowd = [(0.25 * k - 1.5, 0, 0) for k in range(13)]
    live = explorer(picture=plane_of_drops, own=MANY).show(only="own", own=crowd)
    front.show(page, live.canvas)
    page.wait_for_function(PAINTED, arg=0)
    assert "Keys" not in page.locator(".nb-hint").inner_text()
    page.touchscreen.tap(*at(page, live, 0.5, 0))
    swipe(at(page, live, 0.5, 0), at(page, live, 0.5, 0.75))
    assert rows(page)[8] == [0.5, 0.75, 0]
    page.touchscreen.tap(*at(page, live, 1.5, -0.5))  # empty ground: a new point
    swipe(at(page, live, 1.5, -0.5), at(page, live, 1.5, 0.5))
    assert rows(page)[13] == [1.5, 0.5, 0]


def test_code_names_the_points(page, shown):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live = shown("moved")
    state = {**live.canvas.state, "settings": {"moved": [[1, 0.5, -1]], "own": []}}
    page.evaluate("state => model.set('state', state)", state)
    page.get_by_role("button", name="Copy as code").click()
    code = page.locator(".nb-copied").inner_text().removeprefix("copied: ")
    if "shut" in code:
        code = page.locator(".nb-code").input_value().splitlines()[-1]
    assert code == 'dots.show(only=("moved",), moved=((1, 0.5, -1),))'
    again = eval(code, {"dots": explorer()})
    assert again.canvas.state["settings"]["moved"] == ((1, 0.5, -1.0),)


def test_a_pen_leaves_strokes_and_takes_them_back(page, shown):
    live = shown("ink")
    for y in (0.25, 0.75):
        page.mouse.move(*at(page, live, 0.25, y))
        page.mouse.down()
        page.mouse.move(*at(page, live, 0.75, y), steps=3)
        page.mouse.up()
    drawn = rows(page)
    assert [stroke for *_, stroke in drawn] == [0] * 4 + [1] * 4
    assert [(x, y) for x, y, _ in drawn[::3]][:2] == [(0.25, 0.25), (0.75, 0.25)]
    page.get_by_role("button", name="Undo the stroke").click()
    assert rows(page) == drawn[:4]
    page.get_by_role("button", name="Clear").click()
    assert rows(page) == []


def test_a_pen_is_led_by_keys_until_there_is_no_more_ink(page, shown):
    shown("ink")
    ring = page.locator(".nb-grip")
    ring.press("ArrowUp")
    page.evaluate(FRAME)
    assert page.evaluate(LAST) is None
    ring.press(" ")
    ring.press("ArrowRight")
    ring.press(" ")
    assert rows(page) == [[0.5, 0.54, 0], [0.54, 0.54, 0]]
    assert said(page) == "pen up, at 0.540, 0.540"
    ring.press(" ")
    for _ in range(9):
        ring.press("ArrowDown")
    assert len(rows(page)) == 9
    ring.press("Delete")
    assert len(rows(page)) == 2
