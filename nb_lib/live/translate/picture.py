"""The figure of an explorer as data, and stand-ins for the artists that it moves.

``show`` is translated as the closure that it is. Wherever it reaches an artist, the
program has a stand-in, known by its number, which writes in the page the words that
the painter writes in the kernel. Axes that no frame reaches keep the words of their
frame, ticks and names; the others are described, and the page draws them.
"""

import re
from pathlib import Path

from matplotlib.artist import Artist
from matplotlib.colors import LinearSegmentedColormap

from nb_lib.draw import style
from nb_lib.draw.rc import MATPLOTLIB
from nb_lib.live.translate.figure import Figure
from nb_lib.live.translate.refusal import Refused

RUNTIME = Path(__file__).parents[1] / "runtime" / "picture"


def known_methods():
    """Return the names of all methods that the page's artists have."""
    text = "".join(path.read_text() for path in RUNTIME.glob("*.js"))
    return {*re.findall(r"^  (?:get )?([a-z_]+)\(", text, re.MULTILINE)}


class StandIns:
    """Stand-ins for the artists of one painter's figure, numbered as they are met."""

    def __init__(self, painter):
        self.painter, self.figure = painter, painter.figure
        self.numbers = {}  # id of an artist or a colour map -> its number
        self.maps = []  # the colour maps, with their numbers
        self.kinds = set()

    def __call__(self, thing):
        """Return the expression of a stand-in, or None for what is no artist."""
        is_map = isinstance(thing, LinearSegmentedColormap)
        if not (is_map or isinstance(thing, Artist)):
            return None
        is_new = id(thing) not in self.numbers
        number = self.numbers.setdefault(id(thing), len(self.numbers))
        self.kinds.add(type(thing))
        if is_map and is_new:
            self.maps.append({"number": number, "anchors": anchors(thing)})
        return f"$$({number})"

    def check(self, program):
        """Raise Refused for what show asks of an artist and the page does not know."""
        asked = {
            name for name in program.attributes if name.startswith(("set_", "get_"))
        }
        for name in sorted(asked - known_methods()):
            kinds = [kind.__name__ for kind in self.kinds if hasattr(kind, name)]
            if kinds:
                raise Refused(f"the page knows no {name} of {sorted(kinds)[0]}")

    def data(self, text, attributes):
        """Return the figure as data for JSON.

        ``text`` is the program, which names markers, sizes and formulas that artists
        may yet take, ``attributes`` what it asks of objects.
        """
        with MATPLOTLIB, style.context():
            return Figure(self, text, attributes).data()

    def number(self, artist):
        """Return the number of an artist that show reaches, or None."""
        return self.numbers.get(id(artist))


def anchors(cmap):
    """Return the anchors of a linear colour map: place, red, green, blue, alpha."""
    data = cmap._segmentdata
    places = [row[0] for row in data["red"]]
    columns = [[row[1] for row in data[name]] for name in ("red", "green", "blue")]
    columns.append([row[1] for row in data["alpha"]])
    if cmap.N != 256 or any(
        [row[0] for row in part] != places for part in data.values()
    ):
        raise Refused(f"the page knows no colour map {cmap.name}")
    return [[*map(float, row)] for row in zip(places, *columns, strict=True)]
