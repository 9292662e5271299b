"""The chapter's claims, measured. Each section's room has its own, ``CLAIMS``."""

from nb_lib.book import rooms
from nb_lib.book.claims.claim import Bound, Claim, Finding, about, find_out
from nb_lib.book.claims.report import Report

__all__ = ["Bound", "Claim", "Finding", "Report", "about", "claims", "find_out"]
__all__ += ["measured", "sections"]


def sections():
    """Name the sections that have claims, in the order of the chapter."""
    return [number for number, room in rooms.sections().items() if room.claims]


def claims(section=None):
    """List the claims of one section such as "9.8", or all of them.

    Raises ValueError for a section without claims.
    """
    known = sections()
    if section not in (None, *known):
        raise ValueError(f"No claims of {section!r}: there are {', '.join(known)}.")
    chosen = known if section is None else [section]
    found = rooms.sections()
    return [claim for number in chosen for claim in found[number].claims]


def measured(section=None):
    """Measure the claims of one section, or all; return a ``Report``."""
    return Report([find_out(claim) for claim in claims(section)])
