"""Bring each notebook and its paired text in line, run it, store it clean.

One rule: the text in notebooks/md is the source. ``--from ipynb`` turns it round for
those who edited in JupyterLab: then the cells of the .ipynb are written to the text
first. Either way the notebook is executed from top to bottom and stored without
widget views, times and versions, so that equal runs leave equal files.
"""

import argparse
import hashlib
import os
import re
import sys
from pathlib import Path

import jupytext
import nbformat
from ipykernel.ipkernel import IPythonKernel
from jupytext.config import load_jupytext_config
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from nb_lib.arithmetic import ARITHMETIC
from nb_lib.data.atomic import write_whole

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
TIMEOUT = 300  # seconds a cell
NO_RUN = "pair, but do not run; outputs are kept if only prose has changed"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python"}
FOLDED = {  # what the pages fold or leave out for a tag, JupyterLab folds as well
    "hide-input": "source_hidden",
    "remove-input": "source_hidden",
    "hide-output": "outputs_hidden",
}
METADATA = {  # all that a kernel says: else to open a notebook would change it
    "kernelspec": {**KERNEL, "name": "python3"},
    "language_info": IPythonKernel.language_info,
}
# A text holds tags, its notebook the folds as well. JupyterLab opens both as one, and
# keeps the folds only if the text itself says that it has tags and nothing else.
HEADER = {"jupytext": {"cell_metadata_filter": "tags,-all"}}


class NotebookError(Exception):
    """One sentence that names the notebook, the cell and what went wrong."""


def text_of(path):
    """Give the paired text of a notebook."""
    return path.parent / "md" / f"{path.stem}.md"


def read(path):
    """Read either side of a pair."""
    if not path.is_file():
        raise NotebookError(f"{path.name} does not exist in {path.parent.name}/.")
    try:
        config = load_jupytext_config(str(path.resolve()))
        return jupytext.read(path, config=config)
    except Exception as error:
        raise NotebookError(f"{path.name} cannot be read: {error}") from error


def text(notebook):
    """Write the inputs of a notebook as MyST text."""
    bare = nbformat.v4.new_notebook(
        cells=[clean_input(cell) for cell in notebook.cells],
        metadata={**METADATA, **HEADER},
    )
    written = jupytext.writes(bare, fmt="md:myst")
    return re.sub(r"^ *jupytext_version: .*\n", "", written, count=1, flags=re.M)


def clean_input(cell):
    """Copy a cell without its outputs; of its metadata only tags remain."""
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }[cell.cell_type]
    tags = cell.metadata.get("tags")
    return make(cell.source, metadata={"tags": list(tags)} if tags else {})


def prepare(notebook):
    """Make the notebook that will run: clean inputs, ids that depend on the text."""
    cells = [clean_input(cell) for cell in notebook.cells]
    for number, cell in enumerate(cells):
        folds = {
            FOLDED[tag]: True for tag in cell.metadata.get("tags", ()) if tag in FOLDED
        }
        if folds:
            cell.metadata["jupyter"] = folds
        digest = hashlib.sha256(cell.source.encode()).hexdigest()
        cell["id"] = f"{number:02d}-{digest[:8]}"
    return nbformat.from_dict(
        {
            "cells": cells,
            "metadata": METADATA,
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def execute(notebook, name, folder):
    """Run all cells in the kernel of this Python, in the notebooks' folder."""
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # this .venv's kernel, not the user's
    os.environ |= ARITHMETIC
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
    )
    client.reset_execution_trackers()
    try:
        with client.setup_kernel():
            for index, cell in enumerate(notebook.cells):
                run_cell(client, cell, index, name)
    except DeadKernelError as error:
        raise NotebookError(f"{name}: the kernel died.") from error
    return notebook


def run_cell(client, cell, index, name):
    """Run one cell; say in one sentence which failed and why."""
    place = f"{name}, cell {index + 1} ({first_line(cell.source)})"
    try:
        client.execute_cell(cell, index)
    except CellTimeoutError as error:
        raise NotebookError(f"{place} ran longer than {TIMEOUT} s.") from error
    except CellExecutionError as error:
        words = f"{error.ename}: {first_line(error.evalue)}"
        raise NotebookError(f"{place} raised {words}") from error


def first_line(words):
    """Give the first line that is not blank."""
    return next((line.strip() for line in words.splitlines() if line.strip()), "")


def strip(notebook):
    """Drop what a stored notebook must not hold, count the code cells from 1."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for count, cell in enumerate(code_cells(notebook), start=1):
        cell.execution_count = count
        cell.metadata.pop("execution", None)
        for output in cell.outputs:
            strip_output(output, count)
    return notebook


def strip_output(output, count):
    """Drop the widget view; what shows without a kernel stays."""
    if "execution_count" in output:
        output.execution_count = count
    if "data" in output:
        output.data.pop(WIDGET_VIEW, None)
        output.metadata.pop(WIDGET_VIEW, None)


def keep_outputs(notebook, stored):
    """Keep what a stored notebook printed, if its code is still the same."""
    new, old = map(code_cells, (notebook, stored))
    is_same = [cell.source for cell in new] == [cell.source for cell in old]
    if not is_same or not any(cell.outputs for cell in old):
        return notebook
    for cell, known in zip(new, old, strict=True):
        cell.outputs = known.outputs
    return strip(notebook)


def code_cells(notebook):
    """List the cells that can have outputs."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def renew(path, source, *, run=True):
    """Bring one pair in line and execute it."""
    notebook = read(path if source == "ipynb" else text_of(path))
    write_whole(text_of(path), text(notebook), keep_same=True)
    notebook = prepare(notebook)
    if run:
        notebook = strip(execute(notebook, path.name, path.parent))
    elif source == "md" and path.is_file():
        notebook = keep_outputs(notebook, read(path))
    nbformat.validate(notebook)
    write_whole(path, nbformat.writes(notebook) + "\n", keep_same=True)


def all_notebooks(folder=FOLDER):
    """List the notebooks by their texts and files, in the order of the chapter."""
    stems = {path.stem for path in [*folder.glob("*.ipynb"), *folder.glob("md/*.md")]}
    return [folder / f"{stem}.ipynb" for stem in sorted(stems)]


def main(arguments=None):
    """Renew all notebooks, or those named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="e.g. 09_08 or 09_08_sixty_lines")
    parser.add_argument("--from", dest="source", choices=["md", "ipynb"], default="md")
    parser.add_argument("--no-run", action="store_true", help=NO_RUN)
    chosen = parser.parse_args(arguments)
    try:
        for path in picked(chosen.names):
            print(path.name, flush=True)
            renew(path, chosen.source, run=not chosen.no_run)
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def picked(names):
    """Find the notebooks whose names begin as asked; all if none is named."""
    known = all_notebooks()
    stems = [Path(name).stem for name in names]
    for stem in stems:
        if not any(path.stem.startswith(stem) for path in known):
            have = ", ".join(path.stem for path in known) or "none"
            raise NotebookError(
                f"There is no notebook {stem}: the notebooks are {have}."
            )
    return [p for p in known if not stems or any(p.stem.startswith(s) for s in stems)]


if __name__ == "__main__":
    sys.exit(main())
