"""What Jupyter takes of ours: its server, nbconvert and each kernel load one part.

The files in ``jupyter/etc`` say so; an installation puts them where Jupyter looks.
"""

from pathlib import Path

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
STILLS = tuple(  # outputs that hold a still picture
    f'class="{kind}"' for kind in ("nb-explorer", "nb-pad", "nb-card nb-walk")
)
FIRST_CELL = (
    "The first code cell of this notebook defines such names: run it, then this cell "
    "again (in JupyterLab: Run, Run All Above Selected Cell)."
)


def without_views(notebook):
    """Drop, in place, the live view of each output that also holds a still picture.

    A live view is lost with its kernel: what is stored or converted would show an
    error, or a gap, instead of the still.
    """
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if any(still in "".join(data.get("text/html", "")) for still in STILLS):
                data.pop(WIDGET_VIEW, None)


def before_saving(model, **_):
    """Keep live views out of a notebook that the server saves."""
    if model["type"] == "notebook" and model.get("content"):
        without_views(model["content"])


def before_converting(notebook, resources):
    """Keep live views, and what they would load from the net, out of a conversion."""
    without_views(notebook)
    if WIDGET_VIEW not in str(notebook["cells"]):
        notebook["metadata"].pop("widgets", None)
    return notebook, resources


def _jupyter_server_extension_points():
    return [{"module": __name__}]


def _load_jupyter_server_extension(server):
    server.contents_manager.register_pre_save_hook(before_saving)


def load_ipython_extension(shell):
    """Let a NameError lead to the first cell, as long as that has not been run."""

    def explain(shell, kind, error, trace, tb_offset=None):
        is_chapter = any(Path().glob("09_*.ipynb"))  # where a kernel starts
        if is_chapter and "nb_lib" not in shell.user_ns:
            error.args = (f"{error}. {FIRST_CELL}",)
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)

    shell.set_custom_exc((NameError,), explain)
