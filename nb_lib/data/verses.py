"""A small text in the public domain, as numbers: one for each character.

``ecclesiastes.txt`` holds the 222 verses of Ecclesiastes in the King James Version of
1611, a verse on each line; ``data/README.md`` says where it comes from. ``TEXT`` is
the same in small letters, which leaves 36 different characters, ``ALPHABET``.
"""

from pathlib import Path

import numpy as np

from nb_lib.data._checks import generator, whole_number

TEXT = Path(__file__).with_name("ecclesiastes.txt").read_text("utf-8").lower()
ALPHABET = "".join(sorted(set(TEXT)))


def encode(text):
    """Turn a text into tokens (T,), the places of its characters in ``ALPHABET``.

    A character that is not among them is a ValueError.
    """
    strange = sorted(set(text.lower()) - set(ALPHABET))
    if strange:
        raise ValueError(
            f"encode wants the characters {ALPHABET!r}, got {strange[0]!r}"
        )
    return np.array([ALPHABET.index(letter) for letter in text.lower()], int)


def decode(tokens):
    """Turn tokens (T,) back into a text."""
    return "".join([ALPHABET[token] for token in tokens])


def passages(tokens, n, length, *, rng):
    """Draw n passages of a text and, for each place, the token that comes next.

    Shapes: tokens (T,), passages (n, length), targets (n length,) in the order of the
    passages. A text that is not longer than ``length`` is a ValueError.
    """
    whole_number(n, "n")
    whole_number(length, "length")
    if len(tokens) <= length:
        raise ValueError(
            f"passages wants more than {length} tokens for this length, "
            f"got {len(tokens)}"
        )
    starts = generator(rng).integers(0, len(tokens) - length, size=n)
    places = starts[:, None] + np.arange(length)
    return tokens[places], tokens[places + 1].reshape(-1)
