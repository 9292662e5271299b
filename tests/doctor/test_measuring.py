"""``make doctor``: runs are kept, stopped and resumed; broken files are refused."""

import importlib.util
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest
from clinic import ward

from nb_lib.doctor import measured

SCRIPT = Path(__file__).parents[2] / "scripts" / "doctor.py"
ONLY = ("--parts", "tuning", "--only", "regression", "L-BFGS", "--seeds", "1")


@pytest.fixture
def script(monkeypatch):
    """Give a fresh copy of scripts/doctor.py; what it adds to sys.path is undone."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location("doctor_script", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


class Here:
    """Run jobs in this process, when they are submitted."""

    def __init__(self, processes, context, **settings):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def submit(self, job, *args):
        done = Future()
        try:
            done.set_result(job(*args))
        except KeyboardInterrupt as stopped:
            done.set_exception(stopped)
        return done

    def shutdown(self, **settings):
        pass


def names(path):
    return [row["name"] for row in measured.read(path)]


@pytest.mark.slow
def test_a_measuring_that_was_stopped_goes_on(script, monkeypatch, tmp_path, capsys):
    path, calls = tmp_path / "kept.csv", []
    arguments = [*ONLY, "--path", str(path)]

    def stopped(*job):
        calls.append(job[2])
        if job[2] == "L-BFGS":
            raise KeyboardInterrupt
        return ward.measure(*job)

    monkeypatch.setattr(script, "ProcessPoolExecutor", Here)
    monkeypatch.setattr(script, "measure", stopped)
    assert script.main(arguments) == 130
    assert "goes on from here" in capsys.readouterr().out
    assert names(path) in ([], ["regression"])  # whichever was told of first
    first = len(names(path))

    calls.clear()
    monkeypatch.setattr(script, "measure", ward.measure)
    assert script.main(arguments) == 0
    assert names(path) == ["regression", "L-BFGS"]
    told = capsys.readouterr().out
    assert f"{2 - first} of {2 - first}" in told
    assert "looked at once" in told
    assert "0 of 2" in told  # false alarms

    monkeypatch.setattr(script, "measure", stopped)  # nothing is left to run
    assert script.main(arguments) == 0
    assert calls == []


@pytest.mark.slow
def test_again_counts_one_more_look(script, monkeypatch, tmp_path):
    path = tmp_path / "kept.csv"
    monkeypatch.setattr(script, "ProcessPoolExecutor", Here)
    arguments = ["--parts", "control", "--only", "counts", "--seeds", "1"]
    for more in ((), ("--again",), ("--again",)):
        assert script.main([*arguments, "--path", str(path), *more]) == 0
    assert [row["look"] for row in measured.read(path)] == ["3"]
    assert measured.looks(measured.read(path), "control") == "looked at 3 times"
    kept = measured.by_look(path)
    assert [(*look, len(rows)) for look, rows in kept.items()] == [
        ("control", look, 1) for look in (1, 2, 3)
    ]
    path.unlink()  # only the looks before it are left
    assert script.main([*arguments, "--path", str(path)]) == 0
    assert [row["look"] for row in measured.read(path)] == ["3"]
    assert measured.looks([], "fresh") == "looked at never"


def test_a_broken_file_is_refused_and_left_alone(script, tmp_path, capsys):
    header = ",".join(measured.FIELDS)
    cases = {
        "other columns": "half,kind\ntuning,fault\n",
        "line 2": f"{header}\ntuning,1,fault\n",
        "line 3": f"{header}\n{'tuning,1,healthy,x,,0,,,,,,,,1'}\nfresh,1,fault,nan,\n",
    }
    for message, text in cases.items():
        path = tmp_path / "kept.csv"
        path.write_text(text)
        assert script.main([*ONLY, "--path", str(path)]) == 1
        assert message in capsys.readouterr().err
        assert path.read_text() == text


def test_more_seeds_than_usual_are_kept(script, tmp_path):
    path, row = tmp_path / "kept.csv", dict.fromkeys(measured.FIELDS, "")
    row |= {"part": "control", "kind": "healthy", "name": "counts", "look": 1}
    script.write([row | {"seed": seed} for seed in (11, 3)], path)
    assert [row["seed"] for row in measured.read(path)] == ["3", "11"]


def test_a_name_that_nothing_has_is_refused(script, tmp_path, capsys):
    with pytest.raises(SystemExit):
        script.main(["--only", "counts", "recounts", "--path", str(tmp_path / "x")])
    assert "no fault or program is called recounts" in capsys.readouterr().err
