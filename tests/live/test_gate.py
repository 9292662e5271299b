"""Runs that are paused, stepped and slowed down: worker, messages, canvas."""

import math
import threading

import pytest
from live import dummies, front
from live.test_worker import PATIENCE, Log

from nb_lib.live.kernel.gate import DISPLAY, Gate

STEPS = 40


class Steps(Log):
    """A log of a worker whose runs have many steps; ``came`` is set by each frame."""

    def __init__(self):
        self.came = threading.Event()
        super().__init__(self.compute)

    def compute(self, n):
        yield from range(STEPS)

    def paint(self, settings, frame, is_last):
        super().paint(settings, frame, is_last)
        self.came.set()

    def next(self):
        """Wait for the next frame; return its run and step."""
        assert self.came.wait(PATIENCE)
        self.came.clear()
        return self.worker.at


def test_shut_gate_lets_steps_through_one_by_one():
    log = Steps()
    log.worker.ask({"n": 1}, 0)
    assert log.next() == (1, 0)
    for step in (1, 2, 3):
        log.worker.gate.step()
        assert log.next() == (1, step)
    assert not log.worker.wait(0.05)
    assert [frame for _, frame, _ in log.painted] == [0, 1, 2, 3]
    log.worker.gate.open()
    log.settle()
    assert log.painted[-1] == (1, STEPS - 1, True)


def test_newer_settings_and_the_end_come_through_a_shut_gate():
    log = Steps()
    log.worker.ask({"n": 1}, 0)
    log.next()
    log.ask(2)
    log.settle()
    assert log.painted[-1] == (2, STEPS - 1, True)
    log.worker.ask({"n": 3}, 0)
    while log.next() != (3, 0):
        pass
    log.worker.close()
    log.settle()


def test_waiting_run_holds_nobody_to_one_thread():
    """BLAS has one limit for the process: a paused run must have given it back."""
    from nb_lib.live.declare.calculation import _one_thread

    log = Steps()
    log.worker.ask({"n": 1}, 0)
    log.next()
    log.worker.gate.step()
    log.next()
    deadline = threading.Event()
    while _one_thread.users and not deadline.wait(0.001):
        pass
    assert _one_thread.users == 0
    log.worker.close()


def test_pace_counts_steps_for_each_frame_of_a_display():
    gate = Gate()
    assert gate.is_free
    gate.open(1 / 8)
    assert gate.seconds == pytest.approx(8 / DISPLAY)
    gate.open(0)
    assert gate.is_shut
    gate.open(math.inf)
    assert gate.is_free


@pytest.fixture
def live(blank_stills):
    view = dummies.explorer().show()
    yield view
    view.close()


def send(live, **content):
    live.canvas._handle_msg(
        {"content": {"data": {"method": "custom", "content": content}}, "buffers": []}
    )


def test_messages_of_the_bar_move_the_run(live):
    assert live.canvas.plays
    assert live.canvas.state["step"] is None
    came = threading.Event()
    live.canvas.observe(lambda _: came.set(), names="state")
    send(live, want="again", pace=0)
    assert came.wait(PATIENCE)
    assert (live.canvas.state["step"], live.canvas.state["done"]) == (0, False)
    came.clear()
    send(live, want="step")
    assert came.wait(PATIENCE)
    assert live.canvas.state["sentence"] == "Depth 2 & step 2."
    send(live, want="play", pace=None)
    assert live.worker.wait(PATIENCE)
    assert (live.canvas.state["step"], live.canvas.state["done"]) == (2, True)
    for strange in ("fast", float("nan"), -1, [3]):
        send(live, want="play", pace=strange)
    assert live.worker.gate.is_free


@pytest.mark.browser
@pytest.mark.parametrize("depth", [1, 2])
def test_bar_comes_with_the_first_run_that_has_steps(browser, blank_stills, depth):
    def compute(depth, noise, lr, kind, skip):
        yield from list(dummies.compute(depth, noise, lr, kind, skip))[:depth]

    live = dummies.explorer(compute=compute).show(depth=depth)
    assert live.canvas.plays
    page = browser.new_page()
    front.show(page, live.canvas)
    bar = page.locator(".nb-play")
    assert bar.is_visible() == live.canvas.has_steps == (depth == 2)
    for step in range(2):
        state = {**live.canvas.state, "run": 1, "step": step, "done": step == 1}
        page.evaluate("state => model.set('state', state)", state)
    assert bar.is_visible()
    assert bar.locator(":disabled").count() == 0
    state |= {"run": 2, "step": 0}
    page.evaluate("state => model.set('state', state)", state)
    assert bar.is_visible()
    assert bar.locator(":is(button, input, select):enabled").count() == 0
    page.context.close()
    live.close()


@pytest.mark.browser
def test_bar_of_a_canvas_asks_and_shows_what_comes(browser, live):
    page = browser.new_page()
    front.show(page, live.canvas)
    for name in ("Play", "Pause", "Step"):
        page.get_by_role("button", name=name).click()
    asked = "sent.map(({ want, pace }) => [want, pace ?? null])"
    sent = page.evaluate(asked)
    assert sent == [["again", 1], ["play", 0], ["step", None]]
    for step in range(3):
        state = {**live.canvas.state, "run": 1, "step": step, "done": step == 2}
        page.evaluate("state => model.set('state', state)", state)
    bar, scrub = page.locator(".nb-play"), page.get_by_label("steps so far")
    assert bar.get_attribute("data-step") == "0"
    for step in ("1", "2"):  # each press shows one more of those that came
        page.get_by_role("button", name="Step").click()
        assert bar.get_attribute("data-step") == step
    assert page.evaluate(asked) == sent
    scrub.press("Home")
    assert bar.get_attribute("data-step") == "0"
    sentence = live.canvas.state["sentence"]
    assert scrub.get_attribute("aria-valuetext") == sentence
    assert page.get_by_role("group", name="training").is_visible()
    page.context.close()


@pytest.mark.browser
def test_range_leads_back_into_a_run_of_a_single_frame(browser, live):
    page = browser.new_page()
    front.show(page, live.canvas)
    bar, scrub = page.locator(".nb-play"), page.get_by_label("steps so far")

    def come(run, step):
        state = {**live.canvas.state, "run": run, "step": step, "done": step == 9}
        page.evaluate("state => model.set('state', state)", state)

    come(1, 9)
    assert scrub.evaluate("range => [range.value, range.max]") == ["1", "1"]
    scrub.press("ArrowLeft")
    for step in range(10):
        come(2, step)
    assert bar.get_attribute("data-step") == "9"
    scrub.press("ArrowLeft")
    assert bar.get_attribute("data-step") == "8"
    page.context.close()


@pytest.mark.browser
def test_range_of_a_canvas_asks_for_what_was_jumped_over(browser, live):
    page = browser.new_page()
    front.show(page, live.canvas)
    bar, scrub = page.locator(".nb-play"), page.get_by_label("steps so far")

    def come(run, steps):
        for step in steps:
            state = {**live.canvas.state, "run": run, "step": step, "done": step == 80}
            page.evaluate("state => model.set('state', state)", state)

    come(1, [0, 80])
    scrub.press("Home")
    come(2, range(0, 80, 2))
    assert bar.get_attribute("data-step") == "0"
    come(2, [80])
    sent = [{k: s[k] for k in s if k != "buffers"} for s in page.evaluate("sent")]
    assert sent == [{"want": "again", "pace": 1}, {"want": "play", "pace": 2}]
    scrub.press("ArrowRight")
    assert bar.get_attribute("data-step") == "2"
    come(3, [0, 80])  # other settings
    assert bar.get_attribute("data-step") == "80"
    page.context.close()
