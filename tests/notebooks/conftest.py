"""Each test that asks for ``notebook`` runs once per notebook of the chapter."""

import nbformat
import pytest
from chapter import NOTEBOOKS, ROOT

FOLDER = ROOT / "notebooks"


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    """Give the path of one notebook."""
    return request.param


@pytest.fixture
def cells(notebook):
    """Give the cells of one notebook."""
    return nbformat.read(notebook, as_version=4).cells
