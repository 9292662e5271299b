"""Canvas and pad in a browser, without Jupyter: what a reader does and reads."""

import numpy as np
import pytest
from live import dummies, front

from nb_lib.live.kernel.pad import INK, Pad

pytestmark = pytest.mark.browser
QUIET = """async () => {
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
}"""
PIXELS = """side => {
  const small = new OffscreenCanvas(side, side).getContext("2d");
  small.drawImage(document.querySelector(".nb-pad-paper"), 0, 0, side, side);
  const { data } = small.getImageData(0, 0, side, side);
  return Array.from({ length: side * side }, (_, i) => data[4 * i + 3]);
}"""
TINY = "The two agree to 6.7e-16, and their slopes to 1.25e-09 of their size."
BROKEN = r"""line => {
  const range = document.createRange();
  const isBroken = (part, { index, 0: number }) => {
    range.setStart(part, index);
    range.setEnd(part, index + number.length);
    return range.getClientRects().length > 1;
  };
  const numbers = (part) => [...part.data.matchAll(/\S+e-\S+/g)];
  return [...line.childNodes].map((node) => node.firstChild ?? node)
    .flatMap((part) => numbers(part).filter((it) => isBroken(part, it)).map(String));
}"""
PAINTED = "() => Number(document.querySelector('canvas').dataset.frame) > 0"


@pytest.fixture
def page(browser):
    """Open a page of a screen that can be touched."""
    context = browser.new_context(has_touch=True)
    yield context.new_page()
    context.close()


def test_pin_names_settings_as_the_page_does(page):
    live = dummies.explorer().show(kind="he", skip=True, lr=0.01)
    front.show(page, live.canvas)
    page.wait_for_function(PAINTED)
    page.get_by_role("button", name="Pin these curves").click()
    state = {**live.canvas.state, "settings": live.explorer.settings()}
    page.evaluate("state => model.set('state', state)", state)
    page.wait_for_function(
        "() => document.querySelector('.nb-pin-label').textContent.startsWith('Pale')"
    )
    label = page.locator(".nb-pin-label").inner_text()
    assert label == "Pale: learning rate 0.01, kind He normal, skip on."


def test_a_small_number_of_a_sentence_is_never_broken(page):
    live = dummies.explorer(describe=lambda frame: TINY).show()
    front.show(page, live.canvas)
    broken = []
    for width in range(200, 300, 5):
        page.set_viewport_size({"width": width, "height": 700})
        broken.append(page.locator(".nb-sentence").evaluate(BROKEN))
    assert not any(broken)
    assert page.locator(".nb-sentence").inner_text() == TINY


class Paper:
    """The paper of a pad, touched by fingers at shares of its width and height."""

    def __init__(self, page, pad):
        front.show(page, pad)
        page.evaluate("model.set('answer', {probs: [], sentence: '', label: null})")
        self.page, self.tool = page, page.context.new_cdp_session(page)
        self.box = page.locator(".nb-pad-paper").bounding_box()

    def touch(self, kind, **fingers):
        """Send one event: where each finger is, or at an end, which of them lift."""
        points = [
            {
                "id": ord(name),
                "x": self.box["x"] + u * self.box["width"],
                "y": self.box["y"] + v * self.box["height"],
            }
            for name, (u, v) in fingers.items()
        ]
        event = {"type": kind, "touchPoints": points}
        self.tool.send("Input.dispatchTouchEvent", event)
        self.page.evaluate(QUIET)  # movements come with the next display frame

    def ink(self):
        """Return what is drawn, (INK, INK), as shares of full ink."""
        return np.reshape(self.page.evaluate(PIXELS, INK), (INK, INK)) / 255

    def has_ink(self, u, v):
        """Say whether there is ink at a place."""
        return self.ink()[int(v * INK), int(u * INK)] > 0.5


@pytest.fixture
def paper(page, rng):
    pad = Pad(lambda x: np.full(10, 0.1), (np.zeros((1, 784)), [0]), rng=rng)
    yield Paper(page, pad)
    pad.close()


LEFT, MIDDLE, RIGHT = (0.2, 0.5), (0.5, 0.5), (0.8, 0.5)
CORNER, EDGE = (0.1, 0.1), (0.9, 0.1)


def test_stroke_goes_on_when_another_finger_comes_and_lifts(paper):
    paper.touch("touchStart", a=LEFT)
    paper.touch("touchMove", a=MIDDLE)
    paper.touch("touchStart", a=MIDDLE, b=CORNER)
    paper.touch("touchEnd", b=CORNER)
    paper.touch("touchMove", a=RIGHT)
    assert paper.has_ink(0.65, 0.5)


def test_second_finger_draws_nothing_and_no_jump(paper):
    paper.touch("touchStart", a=LEFT)
    paper.touch("touchStart", a=LEFT, b=CORNER)
    paper.touch("touchMove", a=LEFT, b=EDGE)
    paper.touch("touchMove", a=RIGHT, b=EDGE)
    paper.touch("touchEnd")
    drawn = np.flatnonzero(paper.ink().any(axis=1))
    assert drawn.min() > 0.4 * INK
    assert paper.has_ink(*MIDDLE)


def test_finger_that_stays_after_the_stroke_draws_nothing(paper):
    paper.touch("touchStart", a=LEFT)
    paper.touch("touchStart", a=LEFT, b=CORNER)
    paper.touch("touchEnd", a=LEFT)
    paper.touch("touchMove", b=EDGE)
    assert not paper.has_ink(0.5, 0.1)
    paper.touch("touchEnd")
    paper.touch("touchStart", c=MIDDLE)
    paper.touch("touchMove", c=RIGHT)
    assert paper.has_ink(0.65, 0.5)


def test_cancelled_stroke_ends_and_the_next_begins_anew(paper):
    paper.touch("touchStart", a=LEFT)
    paper.touch("touchCancel")
    paper.touch("touchStart", b=RIGHT)
    paper.touch("touchMove", b=(0.8, 0.8))
    assert not paper.has_ink(*MIDDLE)
    assert paper.has_ink(0.8, 0.7)


def test_stroke_whose_end_was_lost_keeps_nobody_from_drawing(paper):
    paper.touch("touchStart", a=LEFT)
    paper.touch("touchMove", a=EDGE)  # a capture takes effect with the next event
    paper.page.evaluate(
        """() => {
          const canvas = document.querySelector(".nb-pad-paper");
          for (let id = 0; id < 99; id++) {
            if (canvas.hasPointerCapture(id)) canvas.releasePointerCapture(id);
          }
        }"""
    )
    paper.touch("touchMove", a=CORNER)  # and ends with the next but one
    paper.touch("touchStart", a=CORNER, b=MIDDLE)
    paper.touch("touchMove", a=CORNER, b=RIGHT)
    assert paper.has_ink(0.65, 0.5)


def test_first_stroke_clears_a_digit_that_somebody_else_drew(paper):
    """A drawing begins on empty paper; the next stroke goes on with it."""
    answer = "model.set('answer', {probs: [], sentence: '', label: 7})"
    paper.page.evaluate(f"model.get('seen').setUint8(28 * 14 + 4, 255); {answer}")
    assert paper.has_ink(4.5 / 28, 14.5 / 28)
    paper.touch("touchStart", a=MIDDLE)
    paper.touch("touchMove", a=RIGHT)
    paper.touch("touchEnd")
    assert not paper.has_ink(4.5 / 28, 14.5 / 28)
    paper.touch("touchStart", a=CORNER)
    assert paper.has_ink(0.65, 0.5)
