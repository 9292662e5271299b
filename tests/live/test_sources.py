"""The key of a recording: it changes with what its states depend on, and only then."""

import importlib
import itertools
import sys

import pytest
from live import dummies

from nb_lib.explore import EXPLORERS
from nb_lib.live.page import sources
from nb_lib.live.page.sources import code_key, files_of, reach_of
from nb_lib.numpy.train import Step

COUNT = itertools.count()
MAIN = '''\
"""An explorer's functions."""

from {package} import shapes, whole
from {package}.deep import square as area


def compute(depth, noise, lr, kind, skip):
    """Do the sum."""
    import {package}.late
    from {package} import marks

    nobody = shapes.Square(depth)
    return area(nobody.side) + {package}.late.TIME + marks.KIND, whole


def picture(figure):
    return lambda frame: None


def describe(frame):
    return "It is so."
'''
FILES = {
    "__init__": "",
    "main": MAIN,
    "shapes": '''\
"""Shapes."""

from {package}.marks import kept

SIDES = [3]
SIDES[0] = 4
UNUSED = 1
nobody = 5


class Shape:
    """What has a side."""

    def __init__(self, side):
        self.side = side * SIDES[0]


@kept
class Square(Shape):
    """The simplest."""


def fetch(timeout=3):
    return timeout
''',
    "whole": "PART = 1\n",
    "late": "TIME = 1\n",
    "marks": "KIND = 'points.csv'\n\n\ndef kept(thing):\n    return thing\n",
    "stranger": "NOBODY = 1\n",
    "deep/__init__": "from .maths import cube, square\n",
    "deep/maths": "def square(x):\n    return x * x\n\n\ncube = square\n",
}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a folder with a package that holds an explorer's functions."""
    folder = tmp_path / f"package_{next(COUNT)}"
    for name, text in FILES.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text.replace("{package}", folder.name))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sources, "Painter", Step)  # quick to follow
    yield folder
    for name in [n for n in sys.modules if n.split(".")[0] == folder.name]:
        del sys.modules[name]


def key(package, **changes):
    main = importlib.import_module(f"{package.name}.main")
    functions = {n: getattr(main, n) for n in ("compute", "picture", "describe")}
    return code_key(dummies.explorer(**{**functions, **changes}))


def key_moves(package, name, old, new):
    """Say whether the key changes when a source does."""
    before, path = key(package), package / f"{name}.py"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    return key(package) != before


MATTERS = {
    "function": ("deep/maths", "x * x", "x * x * x"),
    "function itself": ("main", "It is so.", "It is not."),
    "constant": ("shapes", "SIDES = [3]", "SIDES = [4]"),
    "element of a constant": ("shapes", "SIDES[0] = 4", "SIDES[0] = 5"),
    "base class": ("shapes", "side * SIDES", "side + SIDES"),
    "decorator": ("marks", "return thing", "return thing or thing"),
    "decorator gone": ("shapes", "@kept\n", ""),
    "late import": ("late", "TIME = 1", "TIME = 2"),
    "import within a function": ("marks", "points", "lines"),
    "module passed on": ("whole", "PART = 1", "PART = 2"),
    "other function of the same name": ("main", "import square as", "import cube as"),
    "statement that binds nothing": ("shapes", "UNUSED = 1\n", "print(1)\n"),
}
DOES_NOT = {
    "docstring of a module": ("shapes", "Shapes.", "All shapes."),
    "docstring of a class": ("shapes", "What has a side.", "What has sides."),
    "docstring of a function": ("main", "Do the sum.", "Do all sums."),
    "comment": ("deep/maths", "def square", "# the area\n\ndef square"),
    "line break": ("deep/maths", "x * x", "(x\n * x)"),
    "constant that nobody reads": ("shapes", "UNUSED = 1", "UNUSED = 2"),
    "constant behind a local name": ("shapes", "nobody = 5", "nobody = 6"),
    "function that nobody calls": ("shapes", "timeout=3", "timeout=4"),
    "module that nobody imports": ("stranger", "NOBODY = 1", "NOBODY = 2"),
}


@pytest.mark.parametrize("change", MATTERS.values(), ids=MATTERS)
def test_key_changes_with_what_is_reached(package, change):
    assert key_moves(package, *change)


@pytest.mark.parametrize("change", DOES_NOT.values(), ids=DOES_NOT)
def test_key_does_not_change_with_what_is_not(package, change):
    assert not key_moves(package, *change)


def test_key_changes_with_the_data_that_the_code_names(package):
    bare = key(package)
    (package / "points.csv").write_text("1,2")
    before = key(package)
    assert before != bare
    (package / "points.csv").write_text("1,3")
    assert key(package) != before


def test_key_changes_with_the_size(package):
    assert key(package, size=(6, 4)) != key(package, size=(6, 3))


def test_key_changes_with_a_new_numpy(package, monkeypatch):
    (package / "whole.py").write_text("import numpy as np\n\nPART = np.ones(3)\n")
    before = key(package)
    monkeypatch.setattr("nb_lib.live.page.sources.version", lambda name: "99")
    assert key(package) != before


def test_function_out_of_sight_is_refused():
    with pytest.raises(ValueError, match="at the top of a module.*<lambda>"):
        code_key(dummies.explorer(describe=lambda frame: "It is so."))


# The library itself -------------------------------------------------------------


@pytest.fixture(scope="module")
def reached():
    """Return (module, definition) of all that the states of the flagship depend on."""
    return set(reach_of(EXPLORERS["variance"]).texts)


@pytest.mark.parametrize("place", [
    "numpy.classification_losses.cross_entropy",
    "numpy.activations.ACTIVATIONS",
    "data.mnist.mnist_subset",
    "draw.style.RC",
    "live.paint.painter.Painter",
    "live.paint.displaylist.DisplayList",
    "live.paint.encode.flattened",
    "live.declare.explorer.Explorer.run",
])  # fmt: skip
def test_states_depend_on_model_data_and_paint(reached, place):
    path = f"nb_lib.{place}"
    assert any(f"{module}.{name}" == path for module, name in reached)


@pytest.mark.parametrize("module", [
    "data.fetch", "live.kernel.widget", "live.kernel.pad", "live.paint.canvas",
    "live.page.recording", "live.declare.controls", "book", "explore",
])  # fmt: skip
def test_states_depend_on_no_download_no_widget_and_no_page(reached, module):
    assert not [m for m, _ in reached if m.startswith(f"nb_lib.{module}")]


def test_frame_rate_is_not_reached(reached):
    assert not [name for _, name in reached if name in ("FRAME_S", "Worker")]


def test_shipped_digits_are_among_the_data():
    names = {path.name for path in files_of(reach_of(EXPLORERS["variance"]))}
    assert names == {"mnist_5k.npz"}
    assert not files_of(reach_of(EXPLORERS["xor"]))


@pytest.mark.slow
def test_new_digits_change_the_key(monkeypatch, tmp_path):
    (tmp_path / "mnist_5k.npz").write_bytes(b"other digits")
    before = code_key(EXPLORERS["mnist"])
    monkeypatch.setattr(sources, "SUBSET_FOLDERS", [tmp_path])
    assert code_key(EXPLORERS["mnist"]) != before
