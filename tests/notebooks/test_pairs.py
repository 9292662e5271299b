"""Every stored notebook: in line with its text, run to the end, clean, readable.

Each rule is a function from a notebook to its faults, so that it can be tried on a bad
notebook too.
"""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import jupytext
import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from jupytext.combine import combine_inputs_with_outputs
from jupytext.config import load_jupytext_config

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("09_*.ipynb"))
LEAST_WORDS = 1000
MOST_BYTES = 2_000_000
SHORTEST_ALT = 20
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
BOOTSTRAP = """\
try:
    import nb_lib
except ImportError:  # not installed here: on Colab, first %env NB_LIB_URL=git+https://…
    %pip install --quiet "$NB_LIB_URL"
"""
LOCAL_PATH = re.compile(r"(/home/|/root/|/Users/|/tmp/|[A-Z]:\\Users\\)\S+")


def inputs(notebook):
    """Give what the two sides of a pair must share: kinds, sources and tags."""
    return [
        (cell.cell_type, cell.source, cell.metadata.get("tags", []))
        for cell in notebook.cells
    ]


def code_cells(notebook):
    """Give the code cells with something in them."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [cell for cell in cells if cell.source.strip()]


def outputs(notebook):
    """Give all outputs of all code cells."""
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def html_outputs(notebook):
    """Give the text/html of all outputs."""
    data = (output.get("data", {}) for output in outputs(notebook))
    return ["".join(each["text/html"]) for each in data if "text/html" in each]


def errors(notebook):
    """Find stored tracebacks and whatever was written to stderr."""
    wrong = [o for o in outputs(notebook) if o.output_type == "error"]
    return wrong + [o for o in outputs(notebook) if o.get("name") == "stderr"]


def not_run(notebook):
    """Find code cells that are not counted 1, 2, 3 ... from the top."""
    counts = [cell.execution_count for cell in code_cells(notebook)]
    return [] if counts == list(range(1, len(counts) + 1)) else [counts]


def widget_views(notebook):
    """Find outputs that a front end without the kernel cannot show."""
    found = [o for o in outputs(notebook) if WIDGET_VIEW in o.get("data", {})]
    return found + ["metadata.widgets"] * ("widgets" in notebook.metadata)


def too_few_words(notebook):
    """Count the words of prose: formulas, code blocks and markup are not prose."""
    prose = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    for beside in (r"(?s)```.*?```", r"(?s)\$\$.*?\$\$", r"\$[^$\n]*\$", r"<[^>]*>"):
        prose = re.sub(beside, " ", prose)
    count = len(re.findall(r"[A-Za-zÀ-ž]{2,}|\b[aI]\b", prose))
    return [] if count >= LEAST_WORDS else [f"{count} words"]


class Images(HTMLParser):
    """Collect the alt texts of the images of a page; None where there is none."""

    def __init__(self, page):
        super().__init__()
        self.alts = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.alts.append(dict(attributes).get("alt"))


def images_without_words(notebook):
    """Find images whose alt text is missing or too short to say anything."""
    alts = [alt for page in html_outputs(notebook) for alt in Images(page).alts]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            alts += Images(cell.source).alts
            alts += re.findall(r"!\[([^\]]*)\]\(", cell.source)
    bare = [
        kind
        for output in outputs(notebook)
        for kind in output.get("data", {})
        if kind.startswith("image/") and "text/html" not in output.data
    ]
    return bare + [repr(alt) for alt in alts if len(alt or "") < SHORTEST_ALT]


def top_level_awaits(notebook):
    """Find cells that do not compile without a running event loop."""
    faults = []
    for cell in code_cells(notebook):
        source = TransformerManager().transform_cell(cell.source)
        try:
            compile(source, "cell", "exec")
        except SyntaxError as error:
            faults.append(error.msg)
    return faults


def missing_bootstrap(notebook):
    """Want the first code cell to begin with the bootstrap and to call setup()."""
    first = code_cells(notebook)[0].source
    is_complete = first.startswith(BOOTSTRAP) and re.search(r"^setup\(\)$", first, re.M)
    return [] if is_complete else [first]


def local_paths(notebook):
    """Find paths of the machine that ran the notebook."""
    return LOCAL_PATH.findall(nbformat.writes(notebook))


RULES = [
    errors,
    not_run,
    widget_views,
    too_few_words,
    images_without_words,
    top_level_awaits,
    missing_bootstrap,
    local_paths,
]


@cache
def read(path):
    return nbformat.read(path, 4)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_notebook_keeps_the_rules(path):
    stored = read(path)
    faults = {rule.__name__: rule(stored) for rule in RULES}
    assert {rule: found for rule, found in faults.items() if found} == {}
    assert path.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_pair_holds_the_same_cells_and_opens_as_folded_as_it_is_stored(path):
    stored, text = read(path), path.parent / "md" / f"{path.stem}.md"
    assert inputs(stored) == inputs(jupytext.read(text))
    fresh = jupytext.read(text, config=load_jupytext_config(str(text)))
    folds = [cell.metadata.get("jupyter") for cell in stored.cells]
    opened = combine_inputs_with_outputs(fresh, stored)  # as JupyterLab opens it
    assert [cell.metadata.get("jupyter") for cell in opened.cells] == folds
    assert any(folds)


def test_every_text_has_its_notebook():
    texts = {path.stem for path in FOLDER.glob("md/*.md")}
    assert texts == {path.stem for path in FOLDER.glob("*.ipynb")}


def good_notebook():
    """Build a small notebook that breaks no rule."""
    first = nbformat.v4.new_code_cell(f"{BOOTSTRAP}\nsetup()", execution_count=1)
    figure = '<img alt="The loss falls from 1 to 0.">'
    first.outputs = [nbformat.v4.new_output("display_data", {"text/html": figure})]
    prose = nbformat.v4.new_markdown_cell("a word " * LEAST_WORDS)
    return nbformat.v4.new_notebook(cells=[prose, first])


def output_of(notebook):
    return notebook.cells[1].outputs[0]


BREAKS = {
    errors: lambda n: n.cells[1].outputs.append(
        nbformat.v4.new_output("stream", name="stderr", text="a warning")
    ),
    not_run: lambda n: n.cells[1].update(execution_count=None),
    widget_views: lambda n: output_of(n).data.update({WIDGET_VIEW: {}}),
    too_few_words: lambda n: n.cells[0].update(source="$$ a word $$" * LEAST_WORDS),
    images_without_words: lambda n: output_of(n).data.update({"text/html": "<img>"}),
    top_level_awaits: lambda n: n.cells[1].update(source="await x"),
    missing_bootstrap: lambda n: n.cells[1].update(source="import nb_lib\nsetup()"),
    local_paths: lambda n: output_of(n).data.update({"text/plain": "/home/me/x.py"}),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_passes_a_good_notebook_and_finds_a_bad_one(rule):
    notebook = good_notebook()
    assert rule(notebook) == []
    BREAKS[rule](notebook)
    assert rule(notebook) != []


def test_image_without_html_has_no_words():
    notebook = good_notebook()
    output_of(notebook)["data"] = {"image/png": "iVBORw0KGgo=", "text/plain": "Figure"}
    assert images_without_words(notebook) == ["image/png"]
