"""The first cell of a notebook brings nb_lib to where it is missing, as on Colab."""

import os
import subprocess
import sys
import zipfile

import nbformat
import pytest
from notebooks.conftest import FOLDER

NAME = "nb_lib-0.1.0"
WHEEL = {
    "nb_lib/__init__.py": "origin = 'the wheel'\n",
    f"{NAME}.dist-info/METADATA": (
        "Metadata-Version: 2.1\nName: nb_lib\nVersion: 0.1.0\n"
    ),
    f"{NAME}.dist-info/WHEEL": (
        "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    ),
    f"{NAME}.dist-info/RECORD": "",
}
# A kernel as on Colab: there is everything but nb_lib.
RUN = """
import sys
from IPython.core.interactiveshell import InteractiveShell

cell, target = sys.argv[1:]
sys.path.insert(0, target)
sys.modules["nb_lib"] = None
shell = InteractiveShell()
shell.run_cell(cell).raise_error()
del sys.modules["nb_lib"]
shell.run_cell("import nb_lib; print(nb_lib.origin)").raise_error()
"""


def first_import(path):
    """Return what the first code cell of a notebook does before all else."""
    cells = nbformat.read(path, as_version=4).cells
    return next(c for c in cells if c.cell_type == "code").source.split("\n\n")[0]


@pytest.fixture
def wheel(tmp_path):
    """Write a package that is called nb_lib; return its path."""
    path = tmp_path / f"{NAME}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in WHEEL.items():
            archive.writestr(name, text)
    return path


def test_all_notebooks_begin_alike(notebook):
    assert first_import(notebook) == first_import(FOLDER / "index.ipynb")


@pytest.mark.slow
def test_first_cell_installs_what_is_missing(wheel, tmp_path):
    target = tmp_path / "installed"
    target.mkdir()
    known = {"NB_LIB_URL": str(wheel), "PIP_TARGET": str(target), "PIP_NO_INDEX": "1"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, first_import(FOLDER / "index.ipynb"), target],
        env={**os.environ, **known, "IPYTHONDIR": str(tmp_path / "ipython")},
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "the wheel"
