"""How the explorers of 9.15 write numbers."""


def numeral(value):
    """Write a number in three digits with a true minus, and no minus before zero."""
    words = f"{value + 0.0:.3g}"
    if float(words) == 0:
        words = "0"
    return words.replace("-", "−")
