"""Notebook glue: one set-up call, live listings, figures with words, checks."""

from nb_lib.book.checking import check
from nb_lib.book.figures import setup, show
from nb_lib.book.listing import Listing

__all__ = ["Listing", "check", "setup", "show"]
