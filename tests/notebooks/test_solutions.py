"""The folded solution of each exercise is one that ``check`` accepts.

The fourth exercise of a section is open: it may go without.

A solution is what a reader will paste: it may lean on the notebook's imports and on
nothing else that the notebook defines.
"""

import ast
import re
from dataclasses import dataclass

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nb_lib.book import check

pytestmark = pytest.mark.notebooks

FOLDED = re.compile(
    r"<details>\s*<summary>Solution</summary>(.*?)</details>", re.DOTALL
)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
CHECK = re.compile(r"^check\(.*\)$", re.MULTILINE)
OPEN = re.compile(r'check\("9\.\d+\.4"')  # the last rung of the ladder


@dataclass(frozen=True)
class Exercise:
    """A call of ``check`` in a notebook with the solution folded below it."""

    call: str
    solution: str | None


def exercises(cells):
    """Pair each call of ``check`` with the Python of the next folded solution."""
    found = []
    for cell in cells:
        if cell.cell_type == "code":
            found += [Exercise(call, None) for call in CHECK.findall(cell.source)]
            continue
        for folded in FOLDED.findall(cell.source):
            code = "\n".join(PYTHON.findall(folded))
            if code and found and found[-1].solution is None:
                found[-1] = Exercise(found[-1].call, code)
    return found


def imports(cells):
    """Run the imports that stand at the top level of a notebook's cells."""
    namespace = {}
    for cell in cells:
        if cell.cell_type != "code":
            continue
        body = ast.parse(TransformerManager().transform_cell(cell.source)).body
        kept = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
        exec(compile(ast.Module(kept, []), "<imports>", "exec"), namespace)
    return namespace


def judge(exercise, cells):
    """Run a solution after the imports; return what ``check`` says."""
    namespace = imports(cells)
    exec(compile(exercise.solution, "<solution>", "exec"), namespace)
    return eval(exercise.call, namespace | {"check": check})


def test_every_exercise_but_the_open_one_has_a_folded_solution(cells):
    unsolved = [e.call for e in exercises(cells) if e.solution is None]
    assert [call for call in unsolved if not OPEN.match(call)] == []


def test_check_accepts_every_folded_solution(cells):
    for exercise in (e for e in exercises(cells) if e.solution is not None):
        verdict = judge(exercise, cells)
        assert verdict.passed, f"{exercise.call}\n{verdict}"


def test_every_section_has_exercises(notebook, cells):
    if not notebook.stem.startswith("09_"):
        pytest.skip("only sections have exercises")
    assert len(exercises(cells)) == 4


def one_exercise(solution):
    """Write a notebook with exercise 9.8.2 and the solution given."""
    return new_notebook(
        cells=[
            new_code_cell("def merge(g, k, lr):\n    ..."),
            new_code_cell('check("9.8.2", merge)'),
            new_markdown_cell(
                "<details>\n<summary>Solution</summary>\n\n```python\n"
                f"{solution}```\n\n</details>"
            ),
        ]
    ).cells


def test_a_wrong_solution_is_seen():
    right = "def merge(g, k, lr):\n    return k * g, lr / k, k * lr\n"
    wrong = right.replace("lr / k", "lr")
    verdicts = []
    for solution in (right, wrong):
        cells = nbformat.from_dict(one_exercise(solution))
        (exercise,) = exercises(cells)
        verdicts.append(judge(exercise, cells).passed)
    assert verdicts == [True, False]
