"""How the explorers of 9.15 write numbers."""


def numeral(value):
    """Write a number in three digits with a true minus, and no minus before zero."""
    words = f"{value + 0.0:.3g}"
    if float(words) == 0:
        words = "0"
    return words.replace("-", "−")


def counted(number, word):
    """Write a number with its word, in the plural unless it is one."""
    if number == 1:
        return f"1 {word}"
    return f"{number} {word}{'es' if word == 'pass' else 's'}"
