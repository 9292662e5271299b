"""Files that appear whole or not at all."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def appear_whole(path):
    """Yield a temporary path beside ``path`` that takes its name on success.

    Whatever goes wrong inside the block (an exception, Ctrl-C, a full disk), the
    temporary file is removed and a file already at ``path`` stays as it was.
    """
    path = Path(path)
    handle, name = tempfile.mkstemp(
        prefix=f"{path.name}.", suffix=".part", dir=path.parent
    )
    os.close(handle)
    try:
        yield Path(name)
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
