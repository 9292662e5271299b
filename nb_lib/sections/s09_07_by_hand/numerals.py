"""How the ledger writes numbers and the names of its cells."""

from fractions import Fraction

from nb_lib import words

_LOW = dict(zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True))


def numeral(value):
    """Write a number with a true minus: a fraction as such, a float in decimals.

    There are four decimals, fewer before long numbers, and powers of ten in the end.
    """
    if isinstance(value, Fraction):
        return words.minus(str(value))
    if abs(value) >= 1e4:
        return words.minus(f"{value:.1e}")
    places = sum(abs(value) < limit for limit in (10, 100, 1000)) + 1
    return words.minus(f"{value:.{places}f}")


def plain(value):
    """Write a starting number or an input as it is: 0.5, not 0.5000."""
    if isinstance(value, Fraction):
        return numeral(value)
    return words.minus(f"{value:g}")


def symbol(name):
    """Write the name of a cell: w₂₁ for w21, ∂w₂₁ for dw21."""
    head = "∂" if name[0] == "d" else ""
    letters = name.removeprefix("d")
    return head + "".join(_LOW.get(letter, letter) for letter in letters)
