"""CONTRIBUTING's recipe adds a section, and all that lists sections has it."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from chapter import contents

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FILE = re.compile(r"^# (nb_lib/\S+)\n(.*?)(?=^# nb_lib|^```)", re.DOTALL | re.MULTILINE)
TEXT = """\
# 9.99 A toy

```{code-cell} ipython3
from nb_lib.explore import toy as explorer

explorer.show()
```
"""
ASK = """
import json
from nb_lib.book import check
from nb_lib.book.claims import measured, sections
from nb_lib.explore import EXPLORERS, toy
print(json.dumps({
    "explorers": list(EXPLORERS),
    "sentence": toy.describe(toy.run(slope=2)),
    "right": check("9.99.1", lambda x: x + x).passed,
    "slip": repr(check("9.99.1", lambda x: 3 * x)),
    "claims": sections(),
    "verdict": measured("9.99").findings[0].verdict,
}))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Copy the project and add the section that the recipe makes."""
    root = tmp_path_factory.mktemp("house")
    for name in ("nb_lib", "scripts", "tests", "notebooks", "data"):
        beside = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, root / name, ignore=beside)
    for name in ("README.md", "_toc.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    recipe = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for file, code in FILE.findall(recipe):
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(code, encoding="utf-8")
    (root / "nb_lib/sections/s09_99_toy/claims.md").write_text("True by counting.\n")
    (root / "notebooks/md/09_99_toy.md").write_text(TEXT)
    run(root, "scripts/tables.py")
    run(root, "scripts/notebooks.py", "--no-run", "09_99")
    return root


def run(root, *words):
    """Run Python on the copy, and only on it; return what it printed."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_library_finds_explorer_exercise_and_claim(house):
    found = json.loads(run(house, "-c", ASK))
    assert found["explorers"][-1] == "toy"
    assert found["sentence"] == "The line ends at 18."
    assert found["right"]
    assert "added to itself once too often" in found["slip"]
    assert (found["claims"][-1], found["verdict"]) == ("9.99", "holds")


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("README.md", "| 9.99 A toy | [09_99](notebooks/09_99_toy.ipynb) | `losses` |"),
        ("notebooks/md/notation.md", "| 9.99 | $a$ | the slope of the line | `slope`"),
        ("notebooks/md/claims.md", 'reports["9.99"] = measured("9.99")'),
        ("notebooks/md/claims.md", "True by counting."),
    ],
)
def test_tables_list_it(house, page, line):
    assert line in (house / page).read_text(encoding="utf-8")


def test_front_page_has_a_card_for_it(house):
    last = "from nb_lib.book.chapter import *; print(card(Chapter().sections[-1]))"
    page = run(house, "-c", last)
    assert '<a href="09_99_toy.ipynb">9.99 A toy</a>' in page
    assert "data:image/png" in page


def test_contents_of_the_site_list_it(house):
    assert "09_99_toy" in contents(house)


def test_tests_take_it_up_and_pass(house):
    files = (
        "tests/sections/test_every_explorer.py",
        "tests/sections/test_exercises.py",
        "tests/book/test_claims.py",
    )
    only = ("-k", "toy or 9.99.1 or C99.1", "-p", "no:cacheprovider")
    printed = run(house, "-m", "pytest", "-v", *only, *files)
    for file, id in zip(files, ("toy", "9.99.1", "C99.1"), strict=True):
        name = re.escape(file)
        assert re.search(rf"{name}::\S*\[[^]]*{re.escape(id)}.*PASSED", printed), file


def test_jupyterlab_is_to_move_its_slider(house):
    chapter = "tests/lab/test_chapter.py"
    listed = run(house, "-m", "pytest", "--collect-only", "-q", chapter)
    assert "[toy]" in listed
