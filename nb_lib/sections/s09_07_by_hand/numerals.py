"""How the ledger writes numbers and the names of its cells."""

from fractions import Fraction

_LOW = dict(zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True))


def numeral(value):
    """Write a number with a true minus: a fraction as such, a float in decimals.

    There are four decimals, fewer before long numbers, and powers of ten in the end.
    """
    if isinstance(value, Fraction):
        words = str(value)
    elif abs(value) >= 1e4:
        words = f"{value:.1e}"
    else:
        places = sum(abs(value) < limit for limit in (10, 100, 1000)) + 1
        words = f"{value:.{places}f}"
        if float(words) == 0:
            words = words.removeprefix("-")
    return words.replace("-", "−")


def plain(value):
    """Write a starting number or an input as it is: 0.5, not 0.5000."""
    if isinstance(value, Fraction):
        return numeral(value)
    return f"{value:g}".replace("-", "−")


def symbol(name):
    """Write the name of a cell: w₂₁ for w21, ∂w₂₁ for dw21."""
    head = "∂" if name[0] == "d" else ""
    letters = name.removeprefix("d")
    return head + "".join(_LOW.get(letter, letter) for letter in letters)
