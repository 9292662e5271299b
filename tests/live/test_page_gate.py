"""The gate lets through what agrees with Python, and sees each planted error."""

import inspect
import platform
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from nb_lib.live import Explorer, Slider, Toggle, runtime
from nb_lib.live.page.gate import door, frames, nudge, run
from nb_lib.live.page.gate.door import Outcome, judge, judgement
from nb_lib.live.page.gate.node import node
from nb_lib.live.page.gate.run import in_page, in_python, is_chaotic, page_text
from nb_lib.live.translate import names

pytestmark = pytest.mark.skipif(node() is None, reason="no JavaScript engine")


@dataclass(frozen=True)
class Frame:
    """What the toy shows."""

    at: np.ndarray  # (points,)
    heights: np.ndarray  # (points,)
    unseen: float
    level: float


def compute(points, is_wild):
    """Draw heights; a wild run goes on where last bits decide."""
    rng = np.random.default_rng(points)
    heights = rng.uniform(size=points)
    level = abs(rng.normal(size=999) @ rng.normal(size=999)) % 1
    for _ in range(80 if is_wild else 0):
        level = 3.9 * level * (1 - level)
    return Frame(np.arange(points), heights, float(heights.sum()) / 8, float(level))


def picture(figure, size=6.0, ticks=(0, 0.5, 1)):
    """Lay out points, and a line at the level."""
    ax = figure.subplots()
    points = ax.plot([], [], "o", ms=size)[0]
    level = ax.plot([0, 20], [0, 0])[0]
    ax.set(xlim=(0, 20), ylim=(0, 1), yticks=ticks)

    def show(frame):
        points.set_data(frame.at, frame.heights)
        level.set_ydata([frame.level, frame.level])

    return show


def describe(frame):
    """Say how many points there are, and the level."""
    return f"{len(frame.at)} points, the level is {frame.level:.3f}."


toy = Explorer(
    id="toy",
    title="Toy",
    controls={
        "points": Slider("points", low=2, high=19, start=5),
        "is_wild": Toggle("wild"),
    },
    compute=compute,
    picture=picture,
    describe=describe,
)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """Translate this module, read no sources, draw one setting from each seed."""
    monkeypatch.setattr(names, "OWN", {"nb_lib", __name__.split(".")[0]})
    monkeypatch.setattr(door, "code_key", lambda explorer: "the same")
    monkeypatch.setattr(door, "DRAWN", 1)


def calm(points):
    return compute(points, False)


def slightly_off(points):
    frame = calm(points)
    return Frame(frame.at, frame.heights, frame.unseen * 1.001, frame.level)


def other_words(frame):
    return describe(frame).replace("points", "dots")


def a_float(frame):
    return f"The number of points is {float(len(frame.at))}."


def larger(figure):
    return picture(figure, size=6.4)


def other_ticks(figure):
    return picture(figure, ticks=(0, 0.4, 1))


WILD = {"points": 5, "is_wild": True}
CALM = replace(toy, compute=calm, controls={"points": toy.controls["points"]})
PLANTED = {
    "a wrong sentence": (replace(CALM, describe=other_words), "says '5 dots"),
    "a number": (replace(CALM, compute=slightly_off), "the frame's unseen has"),
    "a marker's size": (replace(CALM, picture=larger), "what moves otherwise"),
    "a tick": (replace(CALM, picture=other_ticks), "what stands still otherwise"),
}


def test_what_agrees_passes_and_is_not_compared_again(tmp_path, monkeypatch):
    verdict = judge(CALM, [{"points": 7}], cache=tmp_path, jobs=1)
    assert verdict.computes, verdict.why
    assert len(verdict.outcomes) == 5  # the start, the one asked for, one of each seed
    assert verdict.outcomes[1].settings == {"points": 7}
    assert "nbEngines" in verdict.program
    monkeypatch.setattr(door, "_compare", None)
    assert judge(CALM, [{"points": 7}], cache=tmp_path, jobs=1) == verdict


DEAR = ("a wrong sentence", "a marker's size")


@pytest.mark.parametrize(
    "what",
    [pytest.param(w, marks=[pytest.mark.slow] * (w in DEAR)) for w in PLANTED],
)
def test_a_planted_error_is_seen(what, tmp_path, monkeypatch):
    wrong, words = PLANTED[what]
    honest = door.program
    monkeypatch.setattr(door, "program", lambda explorer: honest(wrong))
    verdict = judge(CALM, cache=tmp_path, jobs=1)
    assert not verdict.computes
    assert words in verdict.why
    assert verdict.program == ""


@pytest.mark.slow
def test_a_float_written_as_a_whole_number_is_seen(tmp_path):
    verdict = judge(replace(CALM, describe=a_float), cache=tmp_path, jobs=1)
    assert not verdict.computes
    assert "says 'The number of points is 5.' for" in verdict.why


def test_chaos_is_told_from_an_error(tmp_path):
    (outcome,) = (
        each
        for each in judge(
            toy, [{"points": 5, "is_wild": True}], cache=tmp_path
        ).outcomes
        if each.settings == {"points": 5, "is_wild": True}
    )
    assert outcome.difference
    assert outcome.is_chaotic


def left_to_rounding(points):
    """Enlarge what an order of sums leaves of zero; nothing is drawn."""
    heights = np.sin(np.arange(points) / 7)
    left = np.ones(999) @ np.resize(np.sin(np.arange(999.0)), (999, 1))
    return Frame(np.arange(points), heights, 0.0, float(left[0] * 1e14 % 1))


@pytest.mark.slow
@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="one order")
def test_an_order_of_sums_that_decides_is_chaos_too():
    wild = replace(CALM, compute=left_to_rounding)
    settings = wild.settings()
    assert is_chaotic(wild, settings, in_python(wild, settings))
    assert not is_chaotic(CALM, settings, in_python(CALM, settings))


def test_a_little_chaos_passes_and_much_does_not():
    calm, wild = Outcome({}, None, False, 0.1), Outcome({"n": 1}, "x", True, 0.1)
    assert judgement([wild] + [calm] * 3)[0]
    computes, why = judgement([wild] + [calm] * 2)
    assert not computes
    assert why == "last bits decide 1 of 3 settings, as n = 1"


def test_a_page_that_is_slow_at_its_start_replays(tmp_path, monkeypatch):
    slow, quick = Outcome({}, None, False, 9.0), Outcome({}, None, False, 0.1)
    assert judgement([quick, slow])[0]
    assert judgement([slow]) == (False, "the page takes 9 s for its start")
    monkeypatch.setattr(door, "SLOWEST", -1)  # seconds
    verdict = judge(CALM, cache=tmp_path, jobs=1)
    assert not verdict.computes
    assert len(verdict.outcomes) == 1


def unlike(points):
    """Return what no page can compute, beside a frame that it can."""
    return slightly_off(points) if np.linalg.cond(np.eye(points)) else None


@pytest.mark.parametrize("in_page", [None, calm])
def test_the_page_is_held_to_what_is_declared_for_it(in_page, tmp_path):
    verdict = judge(replace(CALM, compute=unlike, in_page=in_page), cache=tmp_path)
    assert verdict.computes == (in_page is calm), verdict.why


def test_what_cannot_be_translated_replays_and_says_why(tmp_path):
    verdict = judge(replace(CALM, compute=unknown), cache=tmp_path, jobs=1)
    assert not verdict.computes
    assert "test_page_gate.py, line" in verdict.why
    assert "the page knows no Try statement" in verdict.why


def unknown(points):
    try:
        return calm(points)
    except ValueError:
        return None


def raising(points):
    if points == 7:
        raise ValueError("seven")
    return calm(points)


def falling(points):
    for n in range(2):
        if points == 7 and n:
            raise ValueError("seven")
        yield calm(points)


@pytest.mark.parametrize("function", [raising, falling])
def test_where_python_raises_nothing_agrees(function, tmp_path):
    explorer = replace(CALM, compute=function)
    verdict = judge(explorer, [{"points": 7}], cache=tmp_path, jobs=1)
    assert not verdict.computes
    wanted = "the page has nothing to agree with: Python raises ValueError: seven"
    assert verdict.why == f"at points = 7 {wanted}"
    assert not verdict.outcomes[1].is_chaotic


def waiting(points):
    while points == 7:
        pass
    return calm(points)


@pytest.fixture
def in_a_hurry(monkeypatch):
    """Wait one second for a setting, and let Python show all at once."""
    monkeypatch.setattr(run, "PATIENCE", 1)  # seconds
    honest = run.in_python
    quick = lambda explorer, settings: honest(CALM, settings)  # noqa: E731
    monkeypatch.setattr(door, "in_python", quick)


@pytest.mark.slow
def test_an_endless_setting_is_named_and_no_innocent_one(tmp_path, in_a_hurry):
    states = [{"points": points} for points in (6, 7, 8)]
    explorer = replace(CALM, compute=waiting)
    verdict = judge(explorer, states, cache=tmp_path, jobs=1)
    assert verdict.why == "at points = 7 the page gives no answer: not within 1 s"
    assert [each.fails for each in verdict.outcomes] == [False, False, True]
    assert judge(explorer, states, cache=tmp_path, jobs=1) == verdict


HALF = "process.stdin.on('data', () => require('node:fs').writeSync(1, '{\"sen'));"


@pytest.mark.slow
def test_the_page_of_the_gate_multiplies_in_vectors():
    (answer,) = in_page(
        CALM, page_text("PAIRS.product;\n" + door.program(CALM)), [{"points": 5}]
    )
    assert not answer[0].is_failure, answer[0].sentence


def test_half_a_line_is_no_answer(monkeypatch):
    monkeypatch.setattr(run, "PATIENCE", 1)  # seconds
    text = f"{HALF} setInterval(() => 0, 1000);"
    ((shown, seconds),) = run.in_page(CALM, text, [{"points": 7}])
    assert shown.is_failure
    assert "gives no answer: not within 1 s" in shown.sentence


def broken(figure):
    raise ZeroDivisionError("no picture")


def unsaid(frame):
    if len(frame.at) == 7:
        raise ZeroDivisionError("no words")
    return describe(frame)


@pytest.mark.parametrize(
    ("changed", "place"),
    [({"picture": broken}, "toy, its program"), ({"describe": unsaid}, "points = 7")],
)
def test_what_stops_the_build_names_explorer_and_settings(changed, place, tmp_path):
    with pytest.raises(ZeroDivisionError) as caught:
        judge(replace(CALM, **changed), [{"points": 7}], cache=tmp_path, jobs=1)
    (note,) = caught.value.__notes__
    assert note.startswith("explorer toy")
    assert place in note


def test_another_gate_compares_again(tmp_path, monkeypatch):
    judge(CALM, cache=tmp_path, jobs=1)
    before = {*tmp_path.rglob("*.gate")}
    monkeypatch.setattr(door, "own_code", lambda: b"other")
    judge(CALM, cache=tmp_path, jobs=1)
    assert len(before) == len({*tmp_path.rglob("*.gate")} - before)


def test_the_gate_s_own_code_is_read():
    assert (inspect.getsource(nudge)).encode() in door.own_code()


def test_nudged_draws_keep_their_kind():
    for dtype in ("float32", "float64"):
        plain = np.random.default_rng(1).standard_normal(5, dtype=dtype)
        with nudge.nudged(2, dtype):
            moved = np.random.default_rng(1).standard_normal(5, dtype=dtype)
            kind = type(np.random.default_rng(1).random())
        assert moved.dtype == dtype
        assert (moved != plain).all()
        np.testing.assert_allclose(moved, plain, rtol=4 * np.finfo(dtype).eps)
        assert kind is float


def test_all_that_the_page_draws_in_reals_is_nudged():
    source = (Path(runtime.__file__).parent / "random.js").read_text()
    cls = source[source.index("class Generator") :]
    drawn = re.findall(r"(?m)^  (\w+)\(.*size = null", cls)
    assert {*drawn} - {"integers", "choice"} == {*nudge.DRAWS}


@dataclass(frozen=True)
class Odd:
    """A frame with what is not compared by number."""

    thing: object


ODD = {
    "a complex number": (lambda: np.array([1j]), "array of complex128"),
    "an object": (lambda: (len(FLAGS), FLAGS.add)[1], "builtin_function"),
}
FLAGS = {1}


@pytest.mark.parametrize("what", ODD)
def test_what_a_frame_holds_besides_is_said(what):
    make, word = ODD[what]
    layout, numbers = frames.numbers_of(Odd(make()))
    assert word in layout[0][1]
    assert len(numbers) == 0


def test_sets_of_a_frame_are_compared(tmp_path):
    layout, numbers = frames.numbers_of(Odd({3, 1, 2}))
    assert numbers.tolist() == [1, 2, 3]
    assert layout[0][0] == ".thing[0]"


def in_sets(points):
    frame = calm(points)
    return More(frame.at, frame.heights, frame.unseen, frame.level, {points, 1, 12})


def in_other_sets(points):
    return replace_more(in_sets(points), {points, 1, 13})


def in_no_set(points):
    return replace_more(in_sets(points), None)


def replace_more(frame, more):
    return More(frame.at, frame.heights, frame.unseen, frame.level, more)


@dataclass(frozen=True)
class More(Frame):
    """A toy's frame, and a set."""

    some: object


@pytest.mark.slow
def test_a_set_that_differs_is_seen(tmp_path, monkeypatch):
    explorer = replace(CALM, compute=in_sets)
    assert judge(explorer, cache=tmp_path, jobs=1).computes
    honest = door.program
    for function, words in (
        (in_other_sets, "the frame's some[2] has 13 for 12"),
        (in_no_set, "the frame has ['.some', 'None'] for ['.some[0]', []]"),
    ):
        wrong = replace(CALM, compute=function)
        monkeypatch.setattr(door, "program", lambda _, wrong=wrong: honest(wrong))
        verdict = judge(explorer, cache=tmp_path, jobs=1)
        assert words in verdict.why
