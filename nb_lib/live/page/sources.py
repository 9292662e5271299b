"""What a recorded state depends on: the code that it came from, as one digest."""

import ast
import hashlib
import importlib.util
from importlib.metadata import version
from pathlib import Path

_NUMERICAL = {"numpy", "scipy", "matplotlib", "torch"}  # another version, new numbers
# imported on show(): no recorded state knows it
_LIVE_ONLY = {"nb_lib.live.kernel.widget"}


def code_key(explorer):
    """Digest the functions of an explorer and every source that they import.

    Own sources count as what Python reads, so that a comment or another line break
    changes nothing; of numerical packages the version counts.
    """
    functions = _functions(explorer)
    trees, foreign = sources_of(explorer)
    parts = [f"{f.__module__}.{f.__qualname__}" for f in functions]
    parts += [repr(explorer.size)]
    parts += [f"{name} {version(name)}" for name in sorted(foreign & _NUMERICAL)]
    parts += [ast.dump(trees[path]) for path in sorted(trees)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def sources_of(explorer):
    """Return the parsed files, by path, and the names of foreign packages."""
    trees, foreign = {}, set()
    for name in sorted({function.__module__ for function in _functions(explorer)}):
        _collect(name, {name.split(".")[0], "nb_lib"}, trees, foreign)
    return trees, foreign


def _functions(explorer):
    return explorer.compute, explorer.picture, explorer.describe


def _collect(module, own, trees, foreign):
    """Parse a module and all its imports within the packages ``own``.

    The others' names go to ``foreign``. What cannot be found is left out.
    """
    top = module.split(".")[0]
    if top not in own:
        foreign.add(top)
        return
    path = _path(module)
    if module in _LIVE_ONLY or path is None or path in trees:
        return
    trees[path] = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(trees[path]):
        for name in _imported(node):
            _collect(name, own, trees, foreign)


def _imported(node):
    """Name what an import may load: modules, and members that may be modules."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _path(module):
    try:
        spec = importlib.util.find_spec(module)
    except (ModuleNotFoundError, ValueError):  # a member, no module; or __main__
        return None
    path = Path(spec.origin) if spec and spec.origin else None
    return path if path and path.suffix == ".py" else None
