"""The engines of the notebooks: chapter, figures, listings, predictions, checks.

They know no section: each room brings its own exercises, predictions and claims.
"""

from nb_lib.book.chapter import Chapter
from nb_lib.book.exercises import check
from nb_lib.book.figures import setup, show
from nb_lib.book.listing import Listing
from nb_lib.book.predictions import Prediction, predict

__all__ = ["Chapter", "Listing", "Prediction", "check", "predict", "setup", "show"]
