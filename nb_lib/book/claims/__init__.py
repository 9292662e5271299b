"""The chapter's claims, measured: one module a section, ``c9_08`` for 9.8.

A module of claims has a tuple ``CLAIMS``; putting the file here is all it takes.
"""

from importlib import import_module
from pathlib import Path

from nb_lib.book.claims.claim import Bound, Claim, Finding, about, find_out
from nb_lib.book.claims.report import Report

__all__ = ["Bound", "Claim", "Finding", "Report", "about", "claims", "find_out"]
__all__ += ["measured", "sections"]


def sections():
    """Name the sections that have claims, in the order of the chapter."""
    files = sorted(Path(__file__).parent.glob("c9_*.py"))
    return [f"9.{int(path.stem.removeprefix('c9_'))}" for path in files]


def claims(section=None):
    """List the claims of one section such as "9.8", or all of them.

    Raises ValueError for a section without claims.
    """
    known = sections()
    if section not in (None, *known):
        raise ValueError(f"No claims of {section!r}: there are {', '.join(known)}.")
    found = []
    for name in known if section is None else [section]:
        number = int(name.removeprefix("9."))
        found += import_module(f"{__name__}.c9_{number:02d}").CLAIMS
    return found


def measured(section=None):
    """Measure the claims of one section, or all; return a ``Report``."""
    return Report([find_out(claim) for claim in claims(section)])
