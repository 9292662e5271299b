"""Where the engines of the book find the sections: by name, as plug-ins are found.

No engine may lean on a section, so this is the one place that names their package, and
nothing of it is loaded before it is asked for.
"""

from importlib import import_module

ROOMS = "nb_lib.sections"


def sections():
    """Return the records of all sections by number, in the order of the chapter."""
    return import_module(ROOMS).SECTIONS
