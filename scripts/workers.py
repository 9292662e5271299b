"""Worker processes that end with the one that started them, however that one ended."""

import multiprocessing
import os
import threading


def end_with_parent():
    """Let this process end as soon as its parent is gone: nobody waits for it then."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait():
    multiprocessing.parent_process().join()
    os._exit(1)
