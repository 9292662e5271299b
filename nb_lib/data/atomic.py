"""Files that appear whole or not at all."""

import os
import secrets
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def appear_whole(path):
    """Yield a temporary path beside ``path`` that takes its name on success.

    The folder is made if need be, and the temporary file is hidden. Whatever goes wrong
    inside the block (an exception, Ctrl-C, a full disk), the temporary file is removed
    and a file already at ``path`` stays as it was.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    part.open("xb").close()  # with the rights that any new file gets, and no other's
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_whole(path, content, *, keep_same=False):
    """Write bytes, or text as UTF-8, through ``appear_whole``.

    With ``keep_same`` a file that already holds this content is left alone, its time of
    change included.
    """
    if isinstance(content, str):
        content = content.encode()
    path = Path(path)
    if keep_same and path.is_file() and path.read_bytes() == content:
        return
    with appear_whole(path) as part:
        part.write_bytes(content)
