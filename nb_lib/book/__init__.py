"""The engines of the notebooks: set-up, figures with words, listings, checks, claims.

They know no section: each room brings its own exercises and claims.
"""

from nb_lib.book.exercises import check
from nb_lib.book.figures import setup, show
from nb_lib.book.listing import Listing

__all__ = ["Listing", "check", "setup", "show"]
