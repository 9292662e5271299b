"""One module per section's explorer; ``EXPLORERS`` holds them all by id.

The modules are imported when ``EXPLORERS`` is first asked for, so that a notebook
that shows one explorer pays for one.
"""

import importlib

_MODULES = (
    "perceptron",
    "xor",
    "fold",
    "slope",
    "approximation",
    "sixty_lines",
    "variance",
    "mnist",
    "twins",
)


def _load():
    from nb_lib.live import Explorer

    found = {}
    for name in _MODULES:
        module = importlib.import_module(f"nb_lib.explore.{name}")
        for member in vars(module).values():
            if isinstance(member, Explorer):
                found[member.id] = member
    return found


def __getattr__(name):
    if name != "EXPLORERS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()["EXPLORERS"] = _load()
    return globals()["EXPLORERS"]
