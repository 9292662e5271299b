"""The worker: the newest settings win, and an older frame never comes later."""

import contextlib
import threading
from functools import partial
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from live.dummies import threads_since

from nb_lib.live.kernel import rhythm, worker
from nb_lib.live.kernel.worker import Worker

PATIENCE = 30  # seconds until a test gives up; none waits for it


class Held:
    """A compute that stops before each frame until it is let go."""

    def __init__(self, n_frames=1):
        self.started, self.gate = threading.Event(), threading.Event()
        self.n_frames, self.asked = n_frames, []

    def __call__(self, n):
        self.asked.append(n)
        self.started.set()
        for step in range(self.n_frames):
            assert self.gate.wait(PATIENCE)
            yield n, step


class Log:
    """A worker with the list of all that it painted and failed at."""

    def __init__(self, compute):
        self.painted, self.failed = [], []
        self.worker = Worker(compute, self.paint, self.failed.append, name="log")

    def paint(self, settings, frame, is_last):
        self.painted.append((settings["n"], frame, is_last))

    def ask(self, *numbers):
        for n in numbers:
            self.worker.ask({"n": n})

    def settle(self):
        assert self.worker.wait(PATIENCE)


class Offers:
    """Offers of the numbers below n, and which of them were built."""

    def __init__(self, n):
        self.n, self.built = n, []

    def __iter__(self):
        for i in range(self.n):
            self.now = i
            yield self.build

    def build(self):
        self.built.append(self.now)
        return self.now


@pytest.fixture
def clock(monkeypatch):
    """A clock for the worker that goes only when a test moves it."""
    clock = SimpleNamespace(now=100.0)
    fake = SimpleNamespace(perf_counter=lambda: clock.now)
    monkeypatch.setattr(rhythm, "time", fake)
    return clock


def ticking(clock, offers):
    """Yield the offers, the first at once and a millisecond before each other one."""
    for i, offer in enumerate(offers):
        clock.now += 0.001 * (i > 0)
        yield offer


def test_one_frame_is_painted_once_as_the_last():
    log = Log(lambda n: n * 10)
    log.ask(3)
    log.settle()
    assert log.painted == [(3, 30, True)]


def test_stream_paints_some_of_its_frames_and_its_last(clock):
    """1,000 frames, a millisecond apart: after 2, after 100, then each 1/25 s."""
    log = Log(lambda n: ticking(clock, range(1000)))
    log.ask(3)
    log.settle()
    assert [frame for _, frame, _ in log.painted[:4]] == [2, 100, 140, 180]
    assert log.painted[-2:] == [(3, 980, False), (3, 999, True)]


def test_run_of_a_moment_paints_its_last_frame_alone(clock):
    log = Log(lambda n: ticking(clock, range(2)))
    log.ask(3)
    log.settle()
    assert log.painted == [(3, 1, True)]


def test_short_run_paints_its_first_frame_and_its_last(clock):
    log = Log(lambda n: ticking(clock, range(100)))
    log.ask(3)
    log.settle()
    assert log.painted == [(3, 2, False), (3, 99, True)]


def test_run_that_is_held_back_has_no_quiet_start(clock):
    log = Log(lambda n: ticking(clock, range(100)))
    log.worker.ask({"n": 3}, pace=1e9)  # a wait of nothing after each step
    log.settle()
    assert [frame for _, frame, _ in log.painted] == [2, 42, 82, 99]


def test_frames_take_no_more_time_than_the_steps_between_them(clock):
    def paint(_settings, frame, _is_last):
        painted.append(frame)
        clock.now += 0.25

    painted, log = [], Log(lambda n: ticking(clock, range(1000)))
    log.worker.paint = paint
    log.ask(3)
    log.settle()
    assert painted == [2, 252, 502, 752, 999]


def test_first_frame_waits_for_the_run_not_for_its_first_offer(clock):
    """What comes before the first offer counts: nothing is held back after it."""

    def compute(n):
        clock.now += 1
        yield from "ab"

    log = Log(compute)
    log.ask(3)
    log.settle()
    assert log.painted == [(3, "a", False), (3, "b", True)]


def test_offer_is_built_only_where_it_is_painted(clock):
    offers = Offers(100)
    log = Log(lambda n: ticking(clock, offers))
    log.ask(3)
    log.settle()
    assert offers.built == [frame for _, frame, _ in log.painted] == [2, 99]


def test_last_offer_that_was_painted_is_not_built_again(clock):
    offers = Offers(3)
    log = Log(lambda n: ticking(clock, offers))
    log.ask(3)
    log.settle()
    assert log.painted == [(3, 2, False), (3, 2, True)]
    assert offers.built == [2]


def test_one_offer_that_is_returned_is_built_and_painted_once(clock):
    def compute(n):
        clock.now += 1
        return lambda: n * 10

    log = Log(compute)
    log.ask(3)
    log.settle()
    assert log.painted == [(3, 30, True)]


def test_stale_offer_is_not_built():
    compute, built = Held(), []
    log = Log(lambda n: ((lambda: built.append(n)) for _ in compute(n)))
    log.ask(1)
    assert compute.started.wait(PATIENCE)
    log.ask(2)
    compute.gate.set()
    log.settle()
    assert built == [2]


def test_generator_without_a_frame_fails_with_a_sentence():
    log = Log(lambda n: iter(()))
    log.ask(1)
    log.settle()
    (error,) = log.failed
    assert isinstance(error, ValueError)
    assert str(error).startswith("explorer 'log': compute yielded no frame")


def test_calculation_is_entered_once_for_a_run(monkeypatch):
    entered = []

    @contextlib.contextmanager
    def calculation():
        entered.append("in")
        yield
        entered.append("out")

    monkeypatch.setattr(worker, "calculation", calculation)
    log = Log(lambda n: iter(range(100)))
    log.ask(1)
    log.settle()
    assert entered == ["in", "out"]


def test_burst_leaves_only_the_newest():
    compute = Held()
    log = Log(compute)
    log.ask(0)
    assert compute.started.wait(PATIENCE)
    log.ask(*range(1, 41))
    compute.gate.set()
    log.settle()
    assert compute.asked == [0, 40]
    assert {n for n, _, _ in log.painted} == {40}


def test_stale_run_stops_at_its_next_slice():
    compute = Held(n_frames=1000)
    log = Log(compute)
    log.ask(1)
    assert compute.started.wait(PATIENCE)
    log.ask(2)
    compute.n_frames = 1
    compute.gate.set()
    log.settle()
    assert [n for n, _, is_last in log.painted if is_last] == [2]
    assert all(n == 2 for n, _, _ in log.painted)


def test_two_threads_never_bring_an_older_frame_after_a_newer_one():
    log = Log(lambda n: iter([(n, 0), (n, 1), (n, 2)]))
    order, lock = iter(range(400)), threading.Lock()

    def move():
        for _ in range(200):
            with lock:  # so that "newer" has a meaning
                log.ask(next(order))

    threads = [threading.Thread(target=move) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.settle()
    numbers = [n for n, _, _ in log.painted]
    assert numbers == sorted(numbers)
    assert log.painted[-1] == (399, (399, 2), True)


def test_exception_fails_once_and_the_next_ask_works():
    log = Log(lambda n: 1 / n)
    log.ask(0)
    log.settle()
    log.ask(4)
    log.settle()
    assert [type(error) for error in log.failed] == [ZeroDivisionError]
    assert log.painted == [(4, 0.25, True)]


def test_exception_in_the_middle_of_a_stream_fails_once(clock):
    def compute(n):
        clock.now += 1
        yield n
        raise RuntimeError("late")

    log = Log(compute)
    log.ask(1)
    log.settle()
    assert [str(error) for error in log.failed] == ["late"]
    assert log.painted == [(1, 1, False)]


def test_exception_in_paint_fails_and_the_next_ask_works():
    log = Log(lambda n: n)
    log.worker.paint = lambda *_: 1 / 0
    log.ask(1)
    log.settle()
    log.worker.paint = log.paint
    log.ask(2)
    log.settle()
    assert [type(error) for error in log.failed] == [ZeroDivisionError]
    assert log.painted == [(2, 2, True)]


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_exit_in_compute_fails_and_the_next_ask_works(error):
    """A reader's ``exit()`` must not end the thread in silence."""

    def compute(n):
        if n == 0:
            raise error("leave")
        return n

    log = Log(compute)
    log.ask(0)
    log.settle()
    log.ask(2)
    log.settle()
    assert [type(failed) for failed in log.failed] == [error]
    assert log.painted == [(2, 2, True)]


@pytest.mark.parametrize("second", [ValueError, SystemExit])
def test_error_in_fail_is_logged_with_its_cause_and_the_next_ask_works(second, caplog):
    def fail(_error):
        raise second("no words for it")

    log = Log(lambda n: 1 / n)
    log.worker.fail = fail
    log.ask(0)
    log.settle()
    log.ask(2)
    log.settle()
    assert log.painted == [(2, 0.5, True)]
    assert "ZeroDivisionError" in caplog.text
    assert f"{second.__name__}: no words for it" in caplog.text


def test_ask_that_comes_while_fail_breaks_is_answered(caplog):
    def fail(_error):
        log.ask(2)
        raise ValueError("no words for it")

    log = Log(lambda n: 1 / n)
    log.worker.fail = fail
    log.ask(0)
    log.settle()
    assert log.painted == [(2, 0.5, True)]


def test_thread_that_cannot_start_fails_and_the_next_ask_works():
    def start(_thread):
        raise RuntimeError("can't start new thread")

    log = Log(lambda n: n)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading.Thread, "start", start)
        log.ask(1)
    log.settle()
    assert [str(error) for error in log.failed] == ["can't start new thread"]
    log.ask(2)
    log.settle()
    assert log.painted == [(2, 2, True)]


def test_exception_of_stale_work_is_not_shown():
    started, gate = threading.Event(), threading.Event()

    def compute(n):
        started.set()
        assert gate.wait(PATIENCE)
        return 1 / n

    log = Log(compute)
    log.ask(0)
    assert started.wait(PATIENCE)
    log.ask(2)
    gate.set()
    log.settle()
    assert (log.failed, log.painted) == ([], [(2, 0.5, True)])


def test_thread_starts_at_the_first_ask_and_ends_when_idle():
    before = threading.enumerate()
    compute = Held()
    log = Log(compute)
    assert threads_since(before) == []
    log.ask(1)
    (thread,) = threads_since(before)
    assert thread.daemon
    compute.gate.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    log.ask(2)  # and another takes its place
    log.settle()
    assert log.painted[-1][0] == 2


def test_burst_has_one_thread():
    before = threading.enumerate()
    compute = Held()
    log = Log(compute)
    log.ask(*range(40))
    assert len(threads_since(before)) == 1
    compute.gate.set()
    log.settle()


def test_stop_drops_what_is_in_hand_and_what_waits():
    compute = Held()
    log = Log(compute)
    log.ask(1)
    assert compute.started.wait(PATIENCE)
    log.ask(2)
    log.worker.stop()
    compute.gate.set()
    log.settle()
    assert log.painted == []
    assert compute.asked == [1]


def test_run_that_is_stopped_after_its_last_offer_is_not_painted_as_done(clock):
    started, gate = threading.Event(), threading.Event()

    def compute(n):
        yield n
        started.set()
        assert gate.wait(PATIENCE)

    log = Log(compute)
    log.ask(1)
    assert started.wait(PATIENCE)
    log.worker.stop()
    gate.set()
    log.settle()
    assert log.painted == []


def test_stopped_worker_starts_again():
    log = Log(lambda n: n)
    log.worker.stop()
    log.ask(5)
    log.settle()
    assert log.painted == [(5, 5, True)]


def test_closed_worker_never_starts_again():
    compute = Held()
    log = Log(compute)
    log.ask(1)
    assert compute.started.wait(PATIENCE)
    log.worker.close()
    log.ask(2)
    compute.gate.set()
    log.settle()
    log.ask(3)
    log.settle()
    assert (compute.asked, log.painted, log.failed) == ([1], [], [])


def test_wait_says_whether_it_came_in_time():
    compute = Held()
    log = Log(compute)
    log.ask(1)
    assert not log.worker.wait(0)
    compute.gate.set()
    assert log.worker.wait(PATIENCE)


@pytest.mark.parametrize("n_asks", [1, 40])
def test_ask_returns_while_work_is_in_hand(n_asks):
    """It would hang here, were it to wait for the compute that nobody lets go."""
    compute = Held()
    log = Log(compute)
    log.ask(*range(n_asks))
    assert log.painted == []
    log.worker.stop()
    compute.gate.set()
    log.settle()


class Gated:
    """A compute that waits for a ticket before each of its offers."""

    def __init__(self):
        self.tickets = threading.Semaphore(0)

    def __call__(self, n, length, kind):
        return (n, 0) if kind == "frame" else self.stream(n, length, kind)

    def stream(self, n, length, kind):
        for step in range(length):
            assert self.tickets.acquire(timeout=PATIENCE)
            yield partial(tuple, (n, step)) if kind == "offer" else (n, step)
        if kind == "error":
            raise RuntimeError(n)


KINDS = ("frame", "stream", "offer", "error")
asks = st.tuples(st.integers(0, 4), st.sampled_from(KINDS))  # length, kind
acts = st.one_of(asks, st.integers(1, 3), st.sampled_from(["stop", "close"]))


def last_step(settings):
    """Return the step of the last frame for these settings, None where they fail."""
    if settings["kind"] == "frame":
        return 0
    is_good = settings["kind"] != "error" and settings["length"] > 0
    return settings["length"] - 1 if is_good else None


def perform(log, compute, acts):
    """Let the acts happen; return the settings that must be answered in the end."""
    newest, is_closed = None, False
    for n, act in enumerate(acts):
        if isinstance(act, tuple):
            settings = {"n": n, "length": act[0], "kind": act[1]}
            log.worker.ask(settings)
            newest = None if is_closed else settings
        elif isinstance(act, int):
            compute.tickets.release(act)
        else:
            getattr(log.worker, act)()
            newest, is_closed = None, is_closed or act == "close"
    return newest


@pytest.mark.parametrize("is_free", [True, False])
@given(st.lists(acts, max_size=12), st.sampled_from([0, 1]))
def test_newest_is_answered_last_whatever_happens_in_between(is_free, acts, pause):
    """Long and short runs, dropped, stopped and closed; free, or a step at a time."""
    compute = Gated()
    if is_free:
        compute.tickets.release(1000)
    log = Log(compute)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FIRST_S", "FRAME_S", "SHORT_S"):
            patch.setattr(rhythm, name, pause)  # paint every offer, or the last alone
        newest = perform(log, compute, acts)
        compute.tickets.release(1000)
        log.settle()
    numbers = [n for n, _, _ in log.painted]
    assert numbers == sorted(numbers)
    assert all(frame[0] == n for n, frame, _ in log.painted)
    if newest and (step := last_step(newest)) is None:
        assert isinstance(log.failed[-1], RuntimeError | ValueError)
        assert (newest["n"], True) not in [(n, last) for n, _, last in log.painted]
    elif newest:
        assert log.painted[-1] == (newest["n"], (newest["n"], step), True)


@given(st.lists(acts, max_size=9))
def test_closed_worker_paints_and_fails_no_more(acts):
    compute = Gated()
    log = Log(compute)
    perform(log, compute, ["close", *acts])
    compute.tickets.release(1000)
    log.settle()
    assert (log.painted, log.failed) == ([], [])
