"""One JupyterLab for all tests of this folder; a browser for each module."""

import pytest
from browser import chromium, require_chromium
from lab_server import Notebook, jupyterlab, write_notebook


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Return the address and the root folder of a running JupyterLab."""
    require_chromium()
    with jupyterlab(tmp_path_factory.mktemp("lab")) as server:
        yield server


@pytest.fixture(scope="module")
def browser():
    with chromium() as handle:
        yield handle


@pytest.fixture
def open_notebook(lab, browser):
    """Return a function that opens a notebook of the root folder in a fresh page."""
    url, _ = lab
    opened = []

    def open_(name):
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        opened.append(Notebook(page, url, name))
        return opened[-1]

    yield open_
    for notebook in opened:
        notebook.close()


@pytest.fixture
def new_notebook(lab, open_notebook, request):
    """Return a function that writes a notebook of code cells and opens it."""
    _, root = lab

    def new(*cells):
        name = f"{request.node.name}.ipynb"
        write_notebook(root / name, *cells)
        return open_notebook(name)

    return new
