"""The reader's door to the explorers: ``from nb_lib.explore import fold``.

``EXPLORERS`` maps the id of each to the explorer, in the order of the chapter. Both
are lazy: the ids are read from the sections' records, and a section is imported when
its explorer is asked for, so that a notebook that shows one pays for one.
"""

from collections.abc import Mapping

from nb_lib.sections import SECTIONS


class _Explorers(Mapping):
    """All explorers by id; to list the ids imports none of them."""

    def __init__(self):
        self.homes = {id: s for s in SECTIONS.values() for id in s.explorers}

    def __getitem__(self, id):
        if id not in self.homes:
            raise KeyError(f"no explorer {id!r}: there are {', '.join(self)}")
        return self.homes[id].explorer(id)

    def __iter__(self):
        return iter(self.homes)

    def __len__(self):
        return len(self.homes)


EXPLORERS = _Explorers()


def __getattr__(name):
    if name in EXPLORERS:
        return EXPLORERS[name]
    raise AttributeError(
        f"module {__name__!r} has no explorer {name!r}: it has {', '.join(EXPLORERS)}"
    )


def __dir__():
    return sorted([*globals(), *EXPLORERS])
