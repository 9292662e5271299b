"""A display list as operations that can be compared: what is exact, what is measured.

``displaylist.py`` says what the words mean.
"""

from dataclasses import dataclass

import numpy as np

NAMES = {
    1: "line",
    2: "fill",
    3: "markers",
    4: "image",
    5: "text",
    6: "clip",
    7: "split",
}


@dataclass(frozen=True)
class Operation:
    """One operation of a display list."""

    name: str
    exact: tuple  # counts, words: equal or different
    places: np.ndarray  # (N,), in sixteenths of a pixel
    tones: np.ndarray  # (M,), parts of colours and levels of an image, 0 to 255


class Reader:
    """Reads the words of a display list one after the other."""

    def __init__(self, data):
        self.words, self.at = np.frombuffer(data, "<i2"), 0

    def __iter__(self):
        while self.at < len(self.words):
            name = NAMES[int(self.take(1)[0])]
            self.exact, self.places, self.tones = [], [], []
            getattr(self, name)()
            tones = np.concatenate([*self.tones, np.empty(0, np.uint8)])
            places = np.concatenate([*self.places, np.empty(0, np.int16)])
            yield Operation(name, tuple(self.exact), places, tones)

    def take(self, n):
        """Return the next n words."""
        self.at += n
        return self.words[self.at - n : self.at]

    def count(self):
        """Take a word that must be equal."""
        self.exact.append(int(self.take(1)[0]))
        return self.exact[-1]

    def lengths(self, n):
        """Take n words that are places or lengths."""
        self.places.append(self.take(n))

    def octets(self, n):
        """Take n bytes of tones."""
        self.tones.append(self.take((n + 1) // 2).view(np.uint8)[:n])

    def paths(self):
        """Take the number of paths, and each with its points."""
        for _ in range(self.count()):
            self.lengths(2 * abs(self.count()))

    def line(self):
        """Take colour, width, dashes, paths."""
        self.octets(4)
        self.lengths(1)
        self.lengths(self.count())
        self.paths()

    def fill(self):
        """Take two colours, width, paths."""
        self.octets(8)
        self.lengths(1)
        self.paths()

    def markers(self):
        """Take what a fill has, and the places of the markers."""
        self.fill()
        self.lengths(2 * self.count())

    def image(self):
        """Take the corners, the size, the table of colours, the levels."""
        self.lengths(4)
        columns, rows, _, colours = (self.count() for _ in range(4))
        self.octets(4 * colours)
        self.octets(columns * rows * (1 if colours else 4))

    def text(self):
        """Take colour, place, size, angle, alignment, weight, width, letters."""
        self.octets(4)
        self.lengths(4)
        self.exact += self.take(2).tolist()
        self.lengths(1)
        n = int(self.take(1)[0])
        self.exact.append(self.take(n).tobytes().decode("utf-16-le"))

    def clip(self):
        """Take a box."""
        self.lengths(4)

    def split(self):
        """Take nothing."""


def operations(data):
    """Return all operations of a display list."""
    return list(Reader(data))
