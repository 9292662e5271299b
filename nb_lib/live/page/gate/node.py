"""A JavaScript engine outside a browser: Playwright brings one, or one is installed."""

import shutil
from importlib.util import find_spec
from pathlib import Path


def node():
    """Return the path of an engine, Playwright's own first, or None."""
    found = find_spec("playwright")
    if found and found.origin:
        own = Path(found.origin).parent / "driver" / "node"
        if own.exists():
            return own
    installed = shutil.which("node")
    return Path(installed) if installed else None
