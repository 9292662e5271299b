"""All numbers of a frame in one row, and what each of them is called.

``frames.js`` does the same with the page's frames, in the same order: fields of a
record as declared, items of a list, values of a dictionary, rows of an array.
"""

from dataclasses import fields, is_dataclass

import numpy as np

DEEPEST = 6  # records within records that are looked into


def numbers_of(frame):
    """Return (layout, numbers): names with shapes or words, and float64 (N,).

    What is neither number, word nor a container of such stands there by the name of
    its type, which is never the page's: an explorer that shows it replays.
    """
    layout, parts = [], []
    _visit("", frame, layout, parts, DEEPEST)
    numbers = np.concatenate([*parts, np.empty(0)])
    return layout, numbers


def _visit(name, value, layout, parts, deepest):
    if value is None or isinstance(value, str):
        layout.append([name, "None" if value is None else value])
    elif isinstance(value, (bool, np.bool_, int, float, np.number, np.ndarray)):
        _keep(name, np.asarray(value), layout, parts)
    elif deepest and is_dataclass(value):
        for field in fields(value):
            part = getattr(value, field.name)
            _visit(f"{name}.{field.name}", part, layout, parts, deepest - 1)
    elif deepest and isinstance(value, (list, tuple)):
        for i, part in enumerate(value):
            _visit(f"{name}[{i}]", part, layout, parts, deepest - 1)
    elif deepest and isinstance(value, dict):
        for i, part in enumerate(value.values()):
            _visit(f"{name}{{{i}}}", part, layout, parts, deepest - 1)
    elif deepest and isinstance(value, (set, frozenset)):
        _visit(name, sorted(value), layout, parts, deepest)
    else:
        layout.append([name, f"Python's {type(value).__name__}"])


def _keep(name, array, layout, parts):
    if array.dtype.kind in "bif":
        layout.append([name, list(array.shape)])
        parts.append(array.astype(float).ravel())
    else:
        layout.append([name, f"Python's array of {array.dtype}"])
