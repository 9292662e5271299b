"""Every stored output is what its cell gives: nbval, strict, in a fresh kernel.

nbval runs in a process of its own, so that plain ``pytest`` needs no options.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import measured
import nbformat
import pytest
from nb_lib.arithmetic import ARITHMETIC, HAS_KINDS
from nbformat.v4 import new_code_cell, new_notebook, new_output

HERE = Path(__file__).parent
SETTINGS = HERE.parents[1] / "pyproject.toml"

pytestmark = pytest.mark.notebooks


def validate(path, **extra):
    """Run nbval over one notebook; return its exit status and what it printed."""
    # What is printed must not depend on who looks on: pytest says more where CI is set.
    outside = {"PYTEST_ADDOPTS", "CI", "BUILD_NUMBER"}
    environment = {k: v for k, v in os.environ.items() if k not in outside}
    environment |= ARITHMETIC | extra
    options = [
        "-pnbval.plugin",
        "--nbval",
        "--nbval-current-env",
        "--nbval-cell-timeout=120",
        f"--nbval-sanitize-with={HERE / 'sanitize.cfg'}",
    ]
    quiet = ["-q", "--color=no", "-p", "no:cacheprovider", "-c", str(SETTINGS)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *quiet, str(path)],
        env=environment,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def needs_full_mnist(cells):
    """Whether the stored outputs were made with the full set."""
    return any("load_mnist(" in c.source for c in cells if c.cell_type == "code")


@pytest.fixture
def sharing(tmp_path, measurements):
    """Let a kernel take the numbers of the claims that this run has measured."""
    startup = tmp_path / "profile_default/startup/share.py"
    startup.parent.mkdir(parents=True)
    tests, folder = str(HERE.parent), str(measurements)
    startup.write_text(measured.STARTUP.format(tests=tests, folder=folder))
    return {"IPYTHONDIR": str(tmp_path)}


def test_stored_outputs_are_what_the_cells_give(notebook, cells, request):
    if needs_full_mnist(cells):
        request.getfixturevalue("full_mnist")
    is_claims = notebook.stem == "claims"
    extra = request.getfixturevalue("sharing") if is_claims else {}
    status, printed = validate(notebook, **extra)
    assert status == 0, printed


def test_every_cell_was_run(cells):
    """Nbval lets a cell pass that was never run; we do not."""
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


@pytest.fixture
def store(tmp_path):
    """Store a notebook whose cells claim the outputs given, true or not."""

    def write(*claims):
        cells = []
        for count, (source, data) in enumerate(claims, 1):
            output = new_output("execute_result", data=data, execution_count=count)
            cells.append(new_code_cell(source, outputs=[output], execution_count=count))
        nbformat.write(new_notebook(cells=cells), tmp_path / "claims.ipynb")
        return tmp_path / "claims.ipynb"

    return write


def page(image, alt):
    """Give the HTML of a picture."""
    return f'<img src="data:image/png;base64,{image}" alt="{alt}">'


def displayed(html):
    """Give a cell that displays some HTML, and what is stored of it."""
    source = f"from IPython.display import HTML\nHTML({html!r})"
    return source, "<IPython.core.display.HTML object>"


def test_other_bytes_of_a_picture_pass_and_other_numbers_and_words_fail(store):
    """The first two outputs are true, the others are not."""
    claims = []
    for number, words in (("42", "falls"), ("43", "rises")):
        source, plain = displayed(page("iVBORw0KGgo=", f"the loss {words}"))
        stored = {"text/html": page("AAAA", "the loss falls"), "text/plain": plain}
        claims += [("6 * 7", {"text/plain": number}), (source, stored)]
    status, printed = validate(store(*claims))
    assert status == 1
    assert "2 failed, 2 passed" in printed
    assert re.findall(r"Cell (\d): Cell outputs differ", printed) == ["2", "3"]


KIND = """from numpy.lib.introspect import opt_func_info
from threadpoolctl import threadpool_info
import numpy, torch
blas, = (found for found in threadpool_info() if "numpy" in found["filepath"])
loops = opt_func_info("exp", "float64")["exp"]["dd"]["current"]
blas["architecture"], loops, torch.backends.cpu.get_cpu_capability()
"""


@pytest.mark.skipif(not HAS_KINDS, reason="this processor is of another kind")
def test_arithmetic_is_that_of_one_processor(store):
    wanted = {"text/plain": "('Haswell', 'X86_V3', 'AVX2')"}
    status, printed = validate(store((KIND, wanted)))
    assert status == 0, printed
