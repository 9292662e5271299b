"""The key of a recording: it changes with the code, and with nothing else."""

import importlib
import itertools
import sys

import pytest
from live import dummies

from nb_lib.live.page.sources import code_key, sources_of

COUNT = itertools.count()
MAIN = """\
from {package} import shapes
from {package}.deep.maths import square


def compute(depth, noise, lr, kind, skip):
    import {package}.late

    return square(depth)


def picture(figure):
    return lambda frame: None


def describe(frame):
    return "It is so."
"""
FILES = {
    "__init__": "",
    "main": MAIN,
    "shapes": "SIDES = 3\n",
    "late": "TIME = 1\n",
    "stranger": "NOBODY = 1\n",
    "deep/__init__": "",
    "deep/maths": "def square(x):\n    return x * x\n",
}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a folder with a package that holds an explorer's functions."""
    folder = tmp_path / f"package_{next(COUNT)}"
    for name, text in FILES.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text.format(package=folder.name))
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [n for n in sys.modules if n.split(".")[0] == folder.name]:
        del sys.modules[name]


def key(package, **changes):
    main = importlib.import_module(f"{package.name}.main")
    functions = {n: getattr(main, n) for n in ("compute", "picture", "describe")}
    return code_key(dummies.explorer(**{**functions, **changes}))


@pytest.mark.parametrize("name", ["main", "shapes", "late", "deep/maths", "__init__"])
def test_key_changes_with_every_source(package, name):
    before = key(package)
    path = package / f"{name}.py"
    path.write_text(path.read_text() + "\nMORE = 1\n")
    assert key(package) != before


def test_key_does_not_change_with_comments_and_line_breaks(package):
    before = key(package)
    path = package / "deep/maths.py"
    path.write_text("# the area\n\n" + path.read_text().replace("x * x", "(x\n * x)"))
    assert key(package) == before


def test_key_does_not_change_with_what_nobody_imports(package):
    before = key(package)
    (package / "stranger.py").write_text("NOBODY = 2\n")
    assert key(package) == before


def test_key_changes_with_the_size(package):
    assert key(package, size=(6, 4)) != key(package, size=(6, 3))


def test_key_changes_with_a_new_numpy(package, monkeypatch):
    (package / "shapes.py").write_text("import numpy as np\n")
    before = key(package)
    monkeypatch.setattr("nb_lib.live.page.sources.version", lambda name: "99")
    assert key(package) != before


def test_key_holds_the_engine_but_not_the_live_view():
    trees, foreign = sources_of(dummies.explorer())
    names = {path.name for path in trees}
    assert {"painter.py", "displaylist.py", "style.py", "dummies.py"} <= names
    assert {"numpy", "matplotlib"} <= foreign
    assert "widget.py" not in names
