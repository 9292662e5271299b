"""Which views a cell of a notebook shows: those of an earlier run are closed."""

from IPython import get_ipython

_shown = {}  # id of a cell -> (id of the request that ran it last, its views)


def remember(view):
    """Count a view among those of the running cell; close what an earlier run showed.

    Outside a kernel, and where a front end does not name its cells, nothing happens.
    """
    cell, request = _running()
    if cell is None:
        return
    last, views = _shown.get(cell, (None, []))
    if last != request:
        for old in views:
            old.close()
        views = []
    _shown[cell] = request, [*views, view]


def _running():
    """Return the id of the running cell and of the request that runs it, or None."""
    kernel = getattr(get_ipython(), "kernel", None)
    parent = kernel.get_parent("shell") if kernel else {}
    cell = parent.get("metadata", {}).get("cellId")
    return cell, parent.get("header", {}).get("msg_id")
