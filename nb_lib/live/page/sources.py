"""What a recorded state depends on: code, packages and data, as one digest.

The code is that of the definitions which ``compute``, ``picture`` and ``describe``
reach by name, and those that run an explorer and paint it. Comments, docstrings and
whatever none of them mentions change nothing.
"""

import hashlib
import re
from importlib.metadata import version

from nb_lib.data.mnist import SUBSET_FOLDERS
from nb_lib.live.page.definitions import Reach
from nb_lib.live.paint.painter import Painter

_NUMERICAL = {"numpy", "scipy", "matplotlib", "torch"}  # another version, new numbers
_FILE = re.compile(r"[\w-]+\.\w+")


def code_key(explorer):
    """Digest all that the states of an explorer depend on, but for the settings.

    Of numerical packages the version counts, and of a file of data that the code names
    its bytes. Raises ValueError for a function that is not at the top of a module.
    """
    reach = reach_of(explorer)
    parts = [f"{f.__module__}.{f.__qualname__}" for f in _functions(explorer)]
    parts += [repr(explorer.size)]
    parts += [f"{name} {version(name)}" for name in sorted(reach.foreign & _NUMERICAL)]
    parts += [f"{place} {text}" for place, text in sorted(reach.texts.items())]
    parts += [f"{path.name} {_digest(path)}" for path in files_of(reach)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def reach_of(explorer):
    """Follow an explorer's functions and the engine through their sources."""
    functions = _functions(explorer)
    reach = Reach({"nb_lib", *(f.__module__.split(".")[0] for f in functions)})
    reach.path(f"{Painter.__module__}.{Painter.__qualname__}")
    reach.method(type(explorer).__module__, type(explorer).__name__, "run")
    for function in functions:
        module, name = function.__module__, function.__qualname__
        if "." in name or reach.module(module) is None:
            raise ValueError(
                f"a recording wants the functions of explorer {explorer.id!r} at the "
                f"top of a module, where their code can be read: got {module}.{name}"
            )
        reach.path(f"{module}.{name}")
    return reach


def files_of(reach):
    """Return the files that the code names: beside it, or among the data."""
    named = {(folder, text) for folder, text in reach.strings if _FILE.fullmatch(text)}
    places = {
        place / text for folder, text in named for place in (folder, *SUBSET_FOLDERS)
    }
    return sorted(path for path in places if path.is_file())


def _functions(explorer):
    return explorer.compute, explorer.picture, explorer.describe


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
