"""What Jupyter loads of ours, without a front end: stored and converted notebooks."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from lab_server import SHIPPED, write_notebook

from nb_lib import jupyter
from nb_lib.jupyter import WIDGET_VIEW

ROOT = Path(__file__).parents[1]
VIEW = {"model_id": "1"}
SHOW = """
from nb_lib.explore import perceptron
perceptron.show()
"""


def notebook(html, **metadata):
    """Return a notebook with one output, as a server receives it."""
    data = {WIDGET_VIEW: VIEW, "text/html": html}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    cells = [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": [output]}]
    return {"cells": cells, "metadata": metadata}


def kept(notebook):
    return WIDGET_VIEW in notebook["cells"][1]["outputs"][0]["data"]


@pytest.mark.parametrize(
    "html", ['<figure class="nb-explorer">', ["<figure\n", ' class="nb-pad">']]
)
def test_saved_notebook_keeps_the_still_only(html):
    model = {"type": "notebook", "content": notebook(html)}
    jupyter.before_saving(model, path="a.ipynb", contents_manager=None)
    assert not kept(model["content"])
    assert model["content"]["cells"][1]["outputs"][0]["data"]["text/html"] == html


def test_widgets_of_others_are_saved_as_they_are():
    model = {"type": "notebook", "content": notebook("<b>theirs</b>", widgets={})}
    jupyter.before_saving(model)
    assert kept(model["content"])
    content, _ = jupyter.before_converting(model["content"], {})
    assert kept(content)
    assert "widgets" in content["metadata"]


@pytest.mark.parametrize(
    "model", [{"type": "file", "content": "text"}, {"type": "notebook"}]
)
def test_what_holds_no_notebook_is_let_be(model):
    before = dict(model)
    jupyter.before_saving(model)
    assert model == before


def test_installation_puts_every_file_where_jupyter_looks():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["shared-data"] == {"jupyter/etc": "etc"}
    files = {path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.json")}
    assert files == {
        "ipython/ipython_kernel_config.json",
        "jupyter/jupyter_nbconvert_config.json",
        "jupyter/jupyter_server_config.d/nb_lib.json",
    }
    for file in files:
        assert "nb_lib.jupyter" in json.dumps(json.loads((SHIPPED / file).read_text()))


@pytest.mark.notebooks
def test_conversion_that_runs_the_notebook_shows_the_still(tmp_path):
    write_notebook(tmp_path / "a.ipynb", SHOW)
    places = {"JUPYTER_CONFIG_PATH": str(SHIPPED / "jupyter")}
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "a.ipynb"],
        env={**os.environ, **places, "JUPYTER_PREFER_ENV_PATH": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "a.html").read_text()
    assert '<figure class="nb-explorer" data-explorer="perceptron"' in page
    assert "widget-view" not in page
    assert "html-manager" not in page
