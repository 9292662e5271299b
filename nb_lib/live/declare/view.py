"""What one place of a text shows of an explorer: some controls, some named settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """One showing of an explorer: where it starts, what a reader can move in it.

    ``settings`` holds every control; ``only`` names those that are shown, in the order
    of the declaration; ``presets`` maps the words of a button to the settings that it
    sets, every control included.
    """

    settings: dict
    only: tuple[str, ...]
    presets: dict


def view_of(explorer, only, presets, changes):
    """Return the view that a reader asked for with ``show``.

    Without ``only`` all controls and all presets are shown; with it, those named.
    Raises ValueError for a control, a preset or a value that the explorer lacks.
    """
    chosen = tuple(explorer.controls) if only is None else _names(only)
    if presets is None:
        presets = tuple(explorer.presets) if only is None else ()
    named = _names(presets)
    _check(explorer, "control", chosen, explorer.controls)
    _check(explorer, "preset", named, explorer.presets)
    return View(
        settings=explorer.settings(**changes),
        only=tuple(name for name in explorer.controls if name in chosen),
        presets={
            words: explorer.settings(**{**changes, **explorer.presets[words]})
            for words in named
        },
    )


def _names(names):
    """Take one name for a tuple of one: a forgotten comma means no harm."""
    return (names,) if isinstance(names, str) else tuple(names)


def _check(explorer, kind, names, known):
    for name in names:
        if name not in known:
            raise ValueError(
                f"explorer {explorer.id!r} has no {kind} {name!r}; it has {list(known)}"
            )
