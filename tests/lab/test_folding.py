"""A pair in a real JupyterLab: folded as its tags say, and still so when saved."""

import shutil
import subprocess
import sys

import pytest
from chapter import ROOT

pytestmark = pytest.mark.browser

NAME = "09_99_folded.ipynb"
TEXT = """\
# A title

```{code-cell} ipython3
0
```

```{code-cell} ipython3
:tags: [hide-input]

1
```

```{code-cell} ipython3
:tags: [hide-output]

2
```

```{code-cell} ipython3
:tags: [remove-input, hide-output]

3
```
"""
FOLDED = [[False, False], [False, False], [True, False], [False, True], [True, True]]
FOLDS = """() => jupyterapp.shell.currentWidget.content.widgets.map(
  (cell) => [Boolean(cell.inputHidden), Boolean(cell.outputHidden)])"""
IS_CHANGED = "() => jupyterapp.shell.currentWidget.context.model.dirty"
SAVE_EDITED_AND_READ_AGAIN = """async () => {
  const { content, context } = jupyterapp.shell.currentWidget;
  content.model.cells.get(0).sharedModel.setSource("# Edited");
  await context.save();
  await context.revert();
}"""


@pytest.fixture
def text(lab):
    """Store a pair as `make notebooks` does, in a chapter with our settings."""
    root = lab[1] / "chapter"
    text = root / "notebooks" / "md" / NAME.replace(".ipynb", ".md")
    for folder in (text.parent, root / "scripts"):
        folder.mkdir(parents=True, exist_ok=True)
    text.write_text(TEXT, encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", root)
    script = shutil.copy(ROOT / "scripts" / "notebooks.py", root / "scripts")
    subprocess.run([sys.executable, script, "--no-run", "09_99"], check=True)
    return text


def test_tagged_cells_are_folded_before_and_after_saving(text, open_notebook):
    stored = text.read_text(encoding="utf-8")
    page = open_notebook(f"chapter/notebooks/{NAME}").page
    assert page.evaluate(FOLDS) == FOLDED
    assert not page.evaluate(IS_CHANGED)
    page.evaluate(SAVE_EDITED_AND_READ_AGAIN)
    assert page.evaluate(FOLDS) == FOLDED
    assert not page.evaluate(IS_CHANGED)
    edited = stored.replace("# A title", "# Edited")
    assert text.read_text(encoding="utf-8") == edited
