"""A recording: which states it holds, what it costs again, and that it is whole."""

import base64
import importlib.util
import json
import zlib
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from live import dummies

from nb_lib.data.atomic import appear_whole
from nb_lib.live import Choice, Slider
from nb_lib.live.declare.explorer import MOST_STATES
from nb_lib.live.page import recorder
from nb_lib.live.page.recorder import few, load, record
from nb_lib.live.page.recording import LAG, pack
from nb_lib.live.paint.painter import Painter

CONTROLS = {
    "noise": Slider("noise", low=0.0, high=1, start=0.1, step=0.1, recorded=(0.1, 1)),
    "kind": Choice("kind", ["tanh", ("He normal", "he")], start="tanh"),
}


def compute(noise, kind):
    """Return a wave; two more words for one kind."""
    return 4, 2, noise * np.sin(np.arange(50 if kind == "tanh" else 51) / 5)


def picture(figure):
    """Name the number of points in the title, which stands still."""
    show = dummies.picture(figure)

    def show_with_title(frame):
        show(frame)
        figure.axes[0].set_title(f"{len(frame[2])} points")

    return show_with_title


def explorer(**changes):
    parts = {"controls": CONTROLS, "compute": compute, "picture": picture}
    return dummies.explorer(**{**parts, "together": ("noise", "kind"), **changes})


@pytest.fixture(autouse=True)
def _code_that_stays(monkeypatch):
    """Read no sources, which takes longer than to record: ``test_sources`` does."""
    monkeypatch.setattr(recorder, "code_key", lambda explorer: "the same")


@pytest.fixture
def folders(tmp_path):
    return {"folder": tmp_path / "out", "cache": tmp_path / "cache"}


@pytest.fixture
def runs(monkeypatch):
    """Return a list that grows by the settings of each state that is calculated."""
    seen = []
    inner = recorder._record_state

    def watched(explorer, settings, path):
        seen.append(settings)
        return inner(explorer, settings, path)

    monkeypatch.setattr(recorder, "_record_state", watched)
    return seen


def record_here(explorer, folders):
    return record(explorer, **folders, jobs=1, progress=False)


def read(path):
    """Undo a script as recording.js does: head, stills, moving lists, sentences."""
    text = path.read_text("ascii")
    before, _, array = text.partition(" = ")
    assert before == '(window.nbRecordings ??= {})["dummy"]'
    assert array.endswith(";\n")
    head, payload = json.loads(array[:-2])
    packed = zlib.decompress(base64.b64decode(payload))
    sizes = [*head["stills"], *(state[2] for state in head["states"])]
    lists, at = [], 0
    for n in sizes:
        low, high = np.frombuffer(packed, np.uint8, 2 * n, at).reshape(2, n)
        words = low + 256 * high.astype(np.uint16)
        for lag in range(LAG):
            words[lag::LAG] = np.cumsum(words[lag::LAG], dtype=np.uint16)
        lists.append(words.tobytes())
        at += 2 * n
    cut = len(head["stills"])
    return head, lists[:cut], lists[cut:], json.loads(packed[at:])


# The grid -----------------------------------------------------------------------


def test_grid_begins_with_the_start_and_repeats_nothing():
    grid = dummies.explorer().grid()
    assert grid[0] == dummies.explorer().settings()
    assert len({tuple(s.values()) for s in grid}) == len(grid)


def test_grid_reaches_both_ends_of_each_control():
    grid = dummies.explorer().grid()
    for name, control in dummies.CONTROLS.items():
        assert {control.stops[0], control.stops[-1]} <= {s[name] for s in grid}


def test_grid_varies_alone_what_is_not_together():
    start = dummies.explorer().settings()
    for state in dummies.explorer().grid():
        assert sum(state[name] != start[name] for name in start) <= 1


def test_grid_holds_every_combination_of_what_is_together():
    grid = dummies.explorer(together=("kind", "skip")).grid()
    pairs = {(s["kind"], s["skip"]) for s in grid}
    assert pairs == {(k, s) for k in ("tanh", "he", "boom") for s in (False, True)}


def test_grid_too_large_for_a_page_is_refused():
    noise = Slider("noise", low=0, high=200, start=0, recorded=range(201))
    wide = CONTROLS | {"noise": noise}
    with pytest.raises(
        ValueError, match=f"402 recorded states, more than {MOST_STATES}"
    ):
        explorer(controls=wide)


# The script ---------------------------------------------------------------------


def test_script_holds_the_bytes_that_a_painter_gives(folders):
    here = explorer()
    head, stills, moving, sentences = read(record_here(here, folders))
    assert [s[0] for s in head["states"]] == [[1, 0], [1, 1], [10, 0], [10, 1]]
    for settings, (_, still, _), words, sentence in zip(
        here.grid(), head["states"], moving, sentences, strict=True
    ):
        painter, frame = Painter(picture, here.size), here.run(**settings)
        assert words == painter.paint(frame)
        assert stills[still] == painter.still
        assert sentence == here.describe(frame)


def test_equal_stills_are_stored_once(folders):
    head, stills, *_ = read(record_here(explorer(), folders))
    assert len(stills) == 2
    assert [state[1] for state in head["states"]] == [0, 1, 0, 1]


def test_script_names_controls_as_the_reader_sees_them(folders):
    head, *_ = read(record_here(explorer(), folders))
    noise, kind = head["controls"]
    assert [noise["texts"][k] for k in noise["recorded"]] == ["0.1", "1"]
    assert noise["stops"] == [k / 10 for k in range(11)]
    assert noise["stops"][noise["start"]] == 0.1
    assert (kind["kind"], kind["recorded"]) == ("Choice", [0, 1])
    assert kind["texts"] == ["tanh", "He normal"]


def test_words_of_every_value_survive():
    words = np.random.default_rng(9).integers(0, 2**16, 1001).astype("<u2").tobytes()
    low, high = np.frombuffer(pack(words), np.uint8).reshape(2, -1).astype("<u2")
    got = low + 256 * high
    for lag in range(LAG):
        got[lag::LAG] = np.cumsum(got[lag::LAG], dtype="<u2")
    assert got.tobytes() == words


# The cache ----------------------------------------------------------------------


def test_unchanged_explorer_calculates_nothing(folders, runs):
    first = record_here(explorer(), folders).read_bytes()
    assert len(runs) == 4
    assert record_here(explorer(), folders).read_bytes() == first
    assert len(runs) == 4


def test_changed_code_records_again_and_forgets_the_old(folders, runs, monkeypatch):
    record_here(explorer(), folders)
    monkeypatch.setattr(recorder, "code_key", lambda explorer: "new")
    record_here(explorer(), folders)
    assert len(runs) == 8
    assert len(list((folders["cache"] / "dummy").iterdir())) == 4


def test_new_stop_costs_its_own_states_only(folders, runs):
    record_here(explorer(), folders)
    more = Slider("noise", low=0.0, high=1, start=0.1, step=0.1, recorded=(0.1, 0.5, 1))
    record_here(explorer(controls=CONTROLS | {"noise": more}), folders)
    assert [s["noise"] for s in runs[4:]] == [0.5, 0.5]


def test_interrupted_recording_goes_on_where_it_stopped(folders, runs, monkeypatch):
    inner = recorder.save

    def full(path, state):
        if len(runs) == 3:
            raise KeyboardInterrupt
        inner(path, state)

    monkeypatch.setattr(recorder, "save", full)
    with pytest.raises(KeyboardInterrupt):
        record_here(explorer(), folders)
    assert not folders["folder"].exists()
    monkeypatch.setattr(recorder, "save", inner)
    record_here(explorer(), folders)
    assert len(runs) == 3 + 2


@pytest.mark.parametrize("damage", ["empty", "short", "changed", "unreadable"])
def test_damaged_state_is_recorded_again(folders, runs, damage):
    whole = record_here(explorer(), folders).read_bytes()
    victim = sorted((folders["cache"] / "dummy").iterdir())[1]
    data = bytearray(victim.read_bytes())
    if damage == "changed":
        data[-9] ^= 1
    cut = {"empty": 0, "short": len(data) // 2, "unreadable": 70}.get(damage, len(data))
    victim.write_bytes(data[:cut])
    assert load(victim) is None
    assert record_here(explorer(), folders).read_bytes() == whole
    assert len(runs) == 5


def test_half_written_script_takes_no_name(folders, monkeypatch):
    whole = record_here(explorer(), folders)
    before = whole.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        record_here(explorer(title="other"), folders)
    assert whole.read_bytes() == before
    assert list(folders["folder"].iterdir()) == [whole]  # and no .part beside it


def test_half_written_state_of_another_process_is_left_alone(folders):
    record_here(explorer(), folders)
    with appear_whole(folders["cache"] / "dummy" / "new") as other:
        record_here(explorer(), folders)
        assert other.exists()


def test_error_in_compute_reaches_the_caller_and_says_where(folders):
    with pytest.raises(RuntimeError, match="went") as raised:
        record_here(dummies.explorer(), folders)
    (note,) = raised.value.__notes__
    assert note.startswith("This was explorer 'dummy' at {'")


def test_cache_is_read_without_unpickling(folders, monkeypatch):
    """A pickle runs code when it is read; a file of a cache must not."""
    record_here(explorer(), folders)
    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(f"pickle.{name}", None)
    record_here(explorer(), folders)
    for path in (folders["cache"] / "dummy").iterdir():
        digest, head, words = path.read_bytes().split(b"\n", 2)
        assert len(digest) == 64
        assert json.loads(head)[1] < len(words)
        assert len(words) % 2 == 0


@pytest.mark.slow
def test_two_processes_record_the_same_bytes(folders, tmp_path):
    alone = record_here(explorer(), folders).read_bytes()
    other = record(
        explorer(), tmp_path / "b", cache=tmp_path / "c", jobs=2, progress=False
    )
    assert other.read_bytes() == alone


# A part of the grid ------------------------------------------------------------------


def small(**changes):
    """Declare an explorer with stops between the ends, a preset and a product.

    The product is of no use to those who only move what the views show.
    """
    noise = Slider("noise", low=0.0, high=1, start=0.5, step=0.1,
                   recorded=(0, 0.1, 0.2, 0.3, 0.5, 1))  # fmt: skip
    parts = {
        "controls": CONTROLS | {"noise": noise},
        "presets": {"low": {"noise": 0.1, "kind": "he"}},
        "also": ({"noise": (0.2,), "kind": ("tanh", "he")},),
    }
    return explorer(**{**parts, **changes})


def test_few_states_hold_ends_presets_and_what_views_show():
    states = few(small(), views=[({"noise": 0.3, "kind": "he"}, ("noise",))])
    pairs = [(state["noise"], state["kind"]) for state in states]
    assert pairs[0] == (0.5, "tanh")
    assert sorted(pairs) == [
        (0, "he"), (0, "tanh"), (0.1, "he"), (0.3, "he"), (0.5, "he"), (0.5, "tanh"),
        (1, "he"), (1, "tanh"),
    ]  # fmt: skip


def test_recording_a_part_forgets_no_state_of_the_whole(folders, runs):
    record(small(), **folders, jobs=1, progress=False)
    record(small(), **folders, states=few(small()), jobs=1, progress=False)
    runs.clear()
    record(small(), **folders, jobs=1, progress=False)
    assert runs == []


def test_what_the_text_asks_for_is_recorded_of_one_that_computes():
    asked, strange = {"noise": 0.2, "kind": "tanh"}, {"noise": 0.77, "kind": "he"}
    start, *others = recorder.asked_for(small(), [asked, strange])
    assert start == small().settings()
    assert others == [{"noise": 0.1, "kind": "he"}, asked]


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Load scripts/record.py for one small explorer and a folder of its own."""
    path = Path(__file__).parents[2] / "scripts/record.py"
    monkeypatch.syspath_prepend(str(path.parent))
    spec = importlib.util.spec_from_file_location("record_script", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "BUILD", tmp_path)
    monkeypatch.setattr(script, "EXPLORERS", {"dummy": small()})
    monkeypatch.setattr(script, "notebooks", list)
    monkeypatch.setattr(script, "record", partial(record, jobs=1))
    return script


def test_what_passes_the_gate_becomes_a_program(script, tmp_path, monkeypatch, capsys):
    passed = script.Verdict(True, "31 settings agree", "const a = 1;")
    monkeypatch.setattr(script, "judge", lambda *_, cache: passed)
    script.record_all(["dummy"], ["dummy"], live=["dummy"])
    said = capsys.readouterr().out
    assert "dummy: 2 states" in said
    assert "computes: 31 settings agree; program 0 kB" in said
    program = tmp_path / "static/programs/dummy.js"
    assert program.read_text().startswith('(window.nbPrograms ??= {})["dummy"] = ')
    assert (tmp_path / "static/runtime.js").exists()
    failed = script.Verdict(False, "at noise = 1 the page says 'x' for 'y'")
    monkeypatch.setattr(script, "judge", lambda *_, cache: failed)
    script.record_all(["dummy"], [], live=["dummy"])
    said = capsys.readouterr().out
    assert "dummy: 5 states" in said
    assert "replays: at noise = 1 the page says 'x' for 'y'" in said
    assert not program.exists()


def test_of_what_a_page_computes_in_part_the_whole_grid_is_recorded(
    script, tmp_path, monkeypatch, capsys
):
    passed = script.Verdict(True, "31 settings agree", "const a = 1;")
    monkeypatch.setattr(script, "judge", lambda *_, cache: passed)
    monkeypatch.setattr(script, "EXPLORERS", {"dummy": small(in_page=small().compute)})
    script.record_all(["dummy"], ["dummy"], live=["dummy"])
    said = capsys.readouterr().out
    assert f"dummy: {len(small().grid())} states" in said
    assert "computes: 31 settings agree" in said
    assert read(tmp_path / "static/recordings/dummy.js")[0]["isFuller"]


def test_heavy_recording_is_refused(script, monkeypatch, capsys):
    script.record_all(["dummy"], [])
    monkeypatch.setattr(script, "MOST_BYTES", 100)
    with pytest.raises(SystemExit, match="dummy: a page takes 0 kB, record less"):
        script.record_all(["dummy"], ["dummy"])
    assert "dummy: 5 states" in capsys.readouterr().out
