"""Progress of a check that takes long, for a reader who is there to see it."""

import sys

from tqdm import tqdm

PATIENCE = 2.0  # seconds without a bar


def watched(steps, total):
    """Pass the steps on; after two seconds show how many of them are done.

    The bar goes away at the end. Where a notebook is run from a file, to be stored or
    tested, none is shown, because it would be stored too.
    """
    hidden = not has_a_reader()
    return tqdm(
        steps, "training", total, leave=False, delay=PATIENCE, disable=hidden, ncols=70
    )


def has_a_reader():
    """Whether someone watches: a terminal, or a front end that can ask questions.

    The programs that run a notebook from a file say that nobody can be asked.
    """
    kernel = getattr(running_ipython(), "kernel", None)
    if kernel is None:
        return sys.stderr is not None and sys.stderr.isatty()
    request = kernel.get_parent() or {}
    return bool(request.get("content", {}).get("allow_stdin", False))


def running_ipython():
    """Give the IPython shell in which this runs, or None, without loading it."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
