"""matplotlib among threads: one lock, and parameters that one thread alone sees.

matplotlib looks a parameter up whenever it makes an artist, and often when it draws
one: sixty of them while a slider moves. ``matplotlib.rc_context`` sets them for the
whole process and puts all back at its end, so on a worker's thread it would undo what
the reader sets in the meantime.
"""

import contextlib
import threading

import matplotlib as mpl

MATPLOTLIB = threading.RLock()  # it is not thread-safe: one thread draws at a time


class _Thread(threading.local):
    held = None  # what this thread reads instead, if anything


_thread = _Thread()


class RcParams(mpl.RcParams):
    """The parameters of the process, behind those that a thread holds for itself.

    What is assigned goes to the process, as ever.
    """

    def __getitem__(self, key):
        held = _thread.held
        if held is None or key not in held:
            return super().__getitem__(key)
        return held[key]


def complete(changes):
    """Return all parameters of matplotlib as it comes, with some changed."""
    values = mpl.rcParamsDefault.copy()
    values.update(changes)
    return {key: value for key, value in values.items() if key != "backend"}


@contextlib.contextmanager
def held(values):
    """Let this thread, and no other, read these values from ``mpl.rcParams``."""
    if not isinstance(mpl.rcParams, RcParams):
        mpl.rcParams.__class__ = RcParams  # the reader's object stays what it is
    before, _thread.held = _thread.held, values
    try:
        yield
    finally:
        _thread.held = before
