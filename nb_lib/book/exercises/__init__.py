"""Exercises that check themselves: what one declares, and how an answer is judged.

``exercise`` declares, ``checking`` judges. An answer runs under ``guard``, ``limit``
and ``answer``; ``reading``, ``form``, ``agreement``, ``naming`` and ``slips`` look at
what it gave; ``showing``, ``telling`` and ``verdict`` put that into words.
"""

from nb_lib.book.exercises.checking import check
from nb_lib.book.exercises.exercise import Exercise

__all__ = ["Exercise", "check"]
