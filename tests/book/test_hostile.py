"""Whatever an answer does, one readable verdict comes back, and nothing remains."""

import random
import signal
import sys
import threading
import time
import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from nb_lib.book.exercises import answer, checking
from nb_lib.book.exercises.exercise import Exercise
from nb_lib.book.exercises.limit import TimeLimit


def half(x):
    """Give half of x."""
    return x / 2


def exercise(**changes):
    """Declare a small exercise."""
    parts = {"reference": half, "cases": lambda: [(4.0,), (6.0,)]}
    return Exercise("9.8.0", "A toy", **(parts | changes))


@pytest.fixture
def verdict(monkeypatch):
    """Judge an answer to the small exercise, or to another one."""

    def judge(given, **changes):
        monkeypatch.setattr(checking, "find", lambda id: exercise(**changes))
        return checking.check("9.8.0", given)

    return judge


class Rude:
    """An object each of whose methods raises."""

    def __getattr__(self, name):
        raise ValueError(name)

    def __repr__(self):
        raise ValueError("repr")

    __eq__ = __len__ = __iter__ = __array__ = __bool__ = __float__ = __str__ = __repr__
    __hash__ = None


def endless_list():
    """Give a list that contains itself."""
    entries = [1.0]
    entries.append(entries)
    return entries


def leave(x):
    """End the program in the middle of the answer."""
    raise SystemExit(3)


def wide(depth):
    """Give a list whose entries double at each level."""
    return [wide(depth - 1)] * 2 if depth else [1.0]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (leave, "raised   SystemExit: 3 (line 3 of leave)"),
        (leave, "let it return its result"),
        (lambda x: endless_list(), "Does a list contain itself?"),
        (lambda x: wide(19), "The result has more than 200,000 entries"),
        (lambda x: np.broadcast_to(1.0, (10**6, 10**6)), "far more than were wanted"),
        (lambda x: range(10**9), "more than 200,000 entries"),
        (lambda x: Rude(), "the type: a Rude came where a number was wanted"),
        (lambda x: (y for y in [x]), "the type: a generator (from yield"),
        (lambda x: 10**5000, "the size: this whole number is larger than any float"),
        (lambda x: 10**5000, "got      a whole number of about 5001 digits"),
        (lambda x: "a" * 10**6, "the type: a string came where a number"),
        (lambda x: [x] * 2000, "got      [4, 4, 4, ..., 4] of 2,000"),
        (lambda x: dict.fromkeys(range(2000)), "...} of 2,000"),
        (lambda x: {1, 2}, "the type: a set came"),
        (lambda x: half, "the type: a function came"),
        (lambda x: x / 2 + 0j * x + 1, "got      3+0j"),
        (Rude, "takes no arguments"),
        (endless_list(), "Does a list contain itself?"),
        (Rude(), "wanted   a function, without calling it\n  got      <Rude>"),
    ],
    ids=map(str, range(19)),  # pytest would ask the objects for their names
)
def test_strange_answers_get_a_short_sentence(verdict, given, words):
    judged = verdict(given)
    assert judged.state == "wrong"
    assert words in repr(judged)
    assert len(repr(judged)) < 1500


def test_an_exception_without_a_readable_message_is_shown(verdict):
    class Mute(Exception):
        def __str__(self):
            raise ValueError

    def silent(x):
        raise Mute

    assert dict(verdict(silent).rows)["raised"] == "Mute (line 2 of silent)"


def test_a_result_of_another_exact_kind_is_read_as_a_number(verdict):
    for kind in (Fraction, Decimal, np.float32, np.longdouble, np.array):
        assert verdict(lambda x, kind=kind: kind(x / 2)).passed
    assert not verdict(lambda x: str(x / 2)).passed


def test_interrupting_by_hand_still_interrupts(verdict):
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verdict(interrupted)


# -------------------------------------------------------------- whose fault it is
def broken(*case):
    """Fail as code of ours would."""
    raise ValueError("a bug of ours")


@pytest.mark.parametrize(
    "changes",
    [
        {"reference": lambda x: broken()},
        {"cases": lambda: broken()},
        {"run": lambda function, x: broken(function(x))},
        {"judge": broken},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_fault_of_ours_is_not_the_readers(verdict, changes):
    judged = verdict(half, **changes)
    assert judged.state == "fault"
    assert repr(judged).startswith("! not judged · 9.8.0 A toy\n  Your answer was not")
    assert "ValueError: a bug of ours in broken" in repr(judged)
    assert "please report it" in repr(judged)
    assert "var(--nb-wrong)" in judged._repr_html_()


def test_an_unwritten_branch_of_ours_is_not_the_readers(verdict):
    def unwritten(function, x):
        function(x)
        raise NotImplementedError

    def reference_only(function, x):
        return half(x) if function is half else unwritten(function, x)

    assert verdict(lambda x: x, run=reference_only).state == "fault"


# ------------------------------------------------------------- what None may mean
def with_a_body(x):
    x / 2


def without(x):
    """Say what is wanted."""
    ...


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (with_a_body, "Your function ran but returned None. Did you forget `return`?"),
        (print, "Your function ran but returned None. Did you forget `return`?"),
        (without, "Nothing is written yet. In a running notebook (see Set up), write"),
        (lambda x: (..., ...), "Your function returned (..., ...). Put your results"),
    ],
)
def test_nothing_is_told_apart_by_the_body(verdict, given, words):
    judged = verdict(given)
    assert (judged.state, words in repr(judged)) == ("empty", True)


def test_the_end_of_a_long_message_is_kept(verdict):
    def mismatched(x):
        return np.ones((3, 4)) @ np.ones((5, 2))

    raised = dict(verdict(mismatched).rows)["raised"]
    assert "(size 5 is different from 4)" in raised

    def longer(x):
        raise ValueError("\n" + "start" + 900 * "-" + "end")

    raised = dict(verdict(longer).rows)["raised"]
    assert raised.startswith("ValueError: start--")
    assert "--end (line 2 of longer)" in raised
    assert len(raised) < 400


# -------------------------------------------------------------------- time runs out
@pytest.fixture
def _in_a_hurry(monkeypatch):
    monkeypatch.setattr(answer, "SECONDS", 0.3)


def sleepy(x):
    while True:
        pass


def careless(x):
    while True:
        try:  # noqa: SIM105
            sum(range(1000))
        except Exception:
            pass


def stubborn(x):
    while True:
        try:  # noqa: SIM105
            sum(range(1000))
        except BaseException:
            pass


@pytest.mark.usefixtures("_in_a_hurry")
@pytest.mark.parametrize("given", [sleepy, careless, stubborn])
def test_an_endless_loop_is_interrupted(verdict, given):
    before = signal.getsignal(signal.SIGALRM)
    start = time.monotonic()
    judged = verdict(given)
    assert time.monotonic() - start < 10
    assert "interrupted because it ran for more than" in repr(judged)
    assert "Does one of its loops never end?" in repr(judged)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.usefixtures("_in_a_hurry")
def test_the_time_is_that_of_all_cases(verdict):
    slow = lambda x: time.sleep(0.2) or x / 2  # noqa: E731
    assert "interrupted" in repr(verdict(slow))


def test_a_second_bell_on_the_way_out_leaves_no_alarm_on():
    """On a busy machine it rings before the limit has been left."""
    limit = TimeLimit(60).__enter__()
    limit.lines = 0
    sys.settrace(limit.trace)  # what a second bell does
    try:
        limit.__exit__()
    finally:
        sys.settrace(None)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_an_earlier_alarm_goes_on(verdict):
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 100)
        assert verdict(half).passed
        assert 90 < signal.getitimer(signal.ITIMER_REAL)[0] <= 100
        signal.raise_signal(signal.SIGALRM)
        assert rung == [1]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_elsewhere_than_in_the_main_thread_an_answer_runs_on(verdict):
    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.append(verdict(half)))
    thread.start()
    thread.join(20)
    assert verdicts[0].passed


# --------------------------------------------------------- the session is as before
def settings_of_the_session():
    """List what an answer could change for all code after it."""
    return [
        np.geterr(),
        np.get_printoptions(),
        list(warnings.filters),
        np.random.get_state()[1].tolist(),  # noqa: NPY002
        random.getstate(),
    ]


def test_an_answer_leaves_the_session_as_it_was(verdict):
    def meddling(x):
        np.seterr(all="raise")
        np.set_printoptions(precision=1)
        warnings.simplefilter("error")
        np.random.seed(1)  # noqa: NPY002
        random.seed(1)
        return x / 2

    before = settings_of_the_session()
    assert verdict(meddling).passed
    assert settings_of_the_session() == before


def test_printing_is_the_same_whatever_the_reader_has_set(verdict):
    def wrong(x):
        return np.array([1e-9, 2 / 3])

    before = repr(verdict(wrong))
    with np.printoptions(precision=1, suppress=True, linewidth=20):
        assert repr(verdict(wrong)) == before
