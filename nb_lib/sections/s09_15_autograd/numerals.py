"""How the explorers of 9.15 write numbers."""

from nb_lib import words


def numeral(value):
    """Write a number in three digits with a true minus, and no minus before zero."""
    return words.minus(f"{value:.3g}")
