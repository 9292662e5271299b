"""``make notebooks``: pairs in line, executed, stored clean, faults in one sentence."""

import importlib.util
import os
from pathlib import Path

import nbformat
import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "notebooks.py"
TEXT = """\
# A title

```{code-cell} ipython3
:tags: [hide-input]

from IPython.display import display

view = {"application/vnd.jupyter.widget-view+json": {}, "text/html": "<b>a still</b>"}
display(view, raw=True)
6 * 7
```
"""


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("notebooks_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def pair(tmp_path):
    (tmp_path / "md").mkdir()
    (tmp_path / "md" / "09_99_try.md").write_text(TEXT, encoding="utf-8")
    return tmp_path / "09_99_try.ipynb"


def both(script, pair):
    return pair.read_bytes(), script.text_of(pair).read_bytes()


@pytest.mark.notebooks
def test_renewed_pair_is_executed_clean_and_stays_as_it_is(script, pair):
    script.renew(pair, "md")
    first = both(script, pair)
    title, code = nbformat.read(pair, 4).cells
    assert [list(output.data) for output in code.outputs] == [
        ["text/html"],
        ["text/plain"],
    ]
    assert (code.execution_count, code.outputs[1].data["text/plain"]) == (1, "42")
    folded = {"jupyter": {"source_hidden": True}}  # as the page folds it
    assert code.metadata == {"tags": ["hide-input"], **folded}
    script.renew(pair, "ipynb")
    assert both(script, pair) == first


@pytest.mark.notebooks
def test_outputs_are_kept_without_a_run_while_only_prose_changes(script, pair):
    script.renew(pair, "md")
    stored = nbformat.read(pair, 4).cells[1]
    text = TEXT.replace("A title", "Another")
    script.text_of(pair).write_text(text, encoding="utf-8")
    script.renew(pair, "md", run=False)
    title, code = nbformat.read(pair, 4).cells
    assert (title.source, code) == ("# Another", stored)
    script.text_of(pair).write_text(text.replace("6 * 7", "6 * 8"), encoding="utf-8")
    script.renew(pair, "md", run=False)
    assert not nbformat.read(pair, 4).cells[1].outputs


def test_text_is_the_source_unless_told(script, pair):
    script.renew(pair, "md", run=False)
    notebook = nbformat.read(pair, 4)
    notebook.cells[0].source = "# Edited in JupyterLab"
    nbformat.write(notebook, pair)
    script.renew(pair, "ipynb", run=False)
    assert "# Edited in JupyterLab" in script.text_of(pair).read_text(encoding="utf-8")
    script.text_of(pair).write_text(TEXT, encoding="utf-8")
    script.renew(pair, "md", run=False)
    assert nbformat.read(pair, 4).cells[0].source == "# A title"


@pytest.mark.notebooks
def test_failing_cell_is_named_in_one_sentence(script, pair, monkeypatch, capsys):
    text = TEXT.replace("6 * 7", "1 / 0")
    script.text_of(pair).write_text(text, encoding="utf-8")
    monkeypatch.setattr(script, "picked", lambda names: [pair])
    assert script.main([]) == 1
    line = "09_99_try.ipynb, cell 2 (from IPython.display import display) raised "
    assert capsys.readouterr().err == f"{line}ZeroDivisionError: division by zero\n"
    assert not pair.exists()


def test_text_without_jupytext_version_or_times(script, pair):
    script.renew(pair, "md", run=False)
    assert "version: 1." not in script.text_of(pair).read_text(encoding="utf-8")
    assert set(nbformat.read(pair, 4).metadata) == {"kernelspec", "language_info"}


def test_interrupted_renewal_leaves_the_old_pair(script, pair, monkeypatch):
    def broken(source, target):
        raise OSError("no space left")

    script.renew(pair, "md", run=False)
    first = both(script, pair)
    script.text_of(pair).write_text(TEXT.replace("A title", "Another"), "utf-8")
    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="no space left"):
        script.renew(pair, "md", run=False)
    assert pair.read_bytes() == first[0]
    assert [path.name for path in pair.parent.rglob(".*")] == []


def test_unknown_name_lists_the_notebooks(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "all_notebooks", lambda: [tmp_path / "09_08_x.ipynb"])
    assert [path.stem for path in script.picked(["09_08"])] == ["09_08_x"]
    with pytest.raises(script.NotebookError, match="no notebook 09_77.*09_08_x"):
        script.picked(["09_77"])
