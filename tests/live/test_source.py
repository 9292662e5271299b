"""What the live engine must not use: it would tie a slider to one kind of kernel."""

import ast
from pathlib import Path

import pytest

import nb_lib.live

FILES = sorted(Path(nb_lib.live.__file__).parent.glob("*.py"))
BANNED = {"asyncio", "pyplot", "Output", "ensure_future", "get_event_loop"}


def names_in(code):
    """Return every name, attribute and imported part that the code speaks of."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (getattr(node, "module", None) or "").split(".")
            for alias in node.names:
                yield from alias.name.split(".")
        elif isinstance(node, ast.Await | ast.AsyncFunctionDef):
            yield "asyncio"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_live_uses_no_event_loop_no_pyplot_no_output(path):
    assert not BANNED & set(names_in(path.read_text()))


def test_banned_names_are_seen():
    code = "import matplotlib.pyplot\nfrom ipywidgets import Output\nasync def f(): 0"
    assert set(names_in(code)) & BANNED == {"pyplot", "Output", "asyncio"}


def test_numbers_of_operations_agree_with_the_browser():
    """paint.js knows the operations by number: 1 to 6, and 7 to stop."""
    script = (Path(nb_lib.live.__file__).parent / "paint/paint.js").read_text()
    for number in range(1, 7):
        assert f"\n    {number}() {{" in script
    assert "words[at] !== 7" in script
