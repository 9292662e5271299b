"""The sections of the chapter, one room each, found by their folders.

A room is a package named like its notebook: ``s09_05_approximation`` belongs to
``notebooks/09_05_approximation.ipynb``. It holds the section's record, explorer,
picture, exercises, claims, and whatever only it needs. Rooms never import each other.
"""

from importlib import import_module
from pathlib import Path

from nb_lib.sections.section import Section

__all__ = ["SECTIONS", "Section"]


def _found():
    """Read the record of every room, in the order of the chapter."""
    rooms = sorted(path.parent.name for path in Path(__file__).parent.glob("s*_*/*.py")
                   if path.name == "__init__.py")  # fmt: skip
    records = (import_module(f"{__name__}.{room}").SECTION for room in rooms)
    return {record.number: record for record in records}


SECTIONS = _found()
