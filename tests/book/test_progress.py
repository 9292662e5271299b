"""A bar is shown to a reader who waits, and to nobody else."""

import sys
from types import SimpleNamespace

import pytest

from nb_lib.book.exercises import progress


class Terminal:
    """A place to write to that says whether it is a terminal."""

    def __init__(self, is_terminal):
        self.text, self.is_terminal = "", is_terminal

    def write(self, text):
        self.text += text

    def flush(self):
        pass

    def isatty(self):
        return self.is_terminal


@pytest.fixture
def shown(monkeypatch):
    """Count ten steps; give what a terminal, or another place, shows meanwhile."""

    def run(*, is_terminal, patience=0.0):
        place = Terminal(is_terminal)
        monkeypatch.setattr(sys, "stderr", place)
        monkeypatch.setattr(progress, "PATIENCE", patience)
        monkeypatch.setattr(progress, "running_ipython", lambda: None)
        assert list(progress.watched(iter(range(10)), 10)) == list(range(10))
        return place.text

    return run


def test_a_terminal_sees_a_bar_that_goes_away(shown):
    text = shown(is_terminal=True)
    assert "training" in text
    assert "10/10" in text or "0/10" in text
    assert text.rsplit("\r", 1)[-1].strip() == ""


def test_a_short_check_shows_nothing(shown):
    assert shown(is_terminal=True, patience=60) == ""


def test_a_file_sees_nothing(shown):
    assert shown(is_terminal=False) == ""


@pytest.mark.parametrize(
    ("request_", "is_there"),
    [
        ({"content": {"allow_stdin": True}}, True),
        ({"content": {"allow_stdin": False}}, False),
        ({}, False),
        (None, False),
    ],
)
def test_a_front_end_that_can_ask_has_a_reader(monkeypatch, request_, is_there):
    kernel = SimpleNamespace(get_parent=lambda: request_)
    shell = SimpleNamespace(kernel=kernel)
    monkeypatch.setattr(progress, "running_ipython", lambda: shell)
    assert progress.has_a_reader() is is_there


@pytest.mark.slow
def test_a_stored_notebook_holds_no_bar():
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    code = (
        "import sys\nfrom nb_lib.book.exercises import progress\n"
        "progress.PATIENCE = 0\n"
        "print(len(list(progress.watched(range(5), 5))), progress.has_a_reader())"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    client.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    (output,) = notebook.cells[0].outputs
    assert (output.name, output.text) == ("stdout", "5 False\n")
