"""§9.18: what happens when neighbours mix, layer after layer."""

from nb_lib.live import Choice, Explorer, Slider
from nb_lib.sections.s09_18_beyond.smoothing import mixing
from nb_lib.sections.s09_18_beyond.smoothing.picture import picture

GRAPHS = (
    ("karate club", "club"),
    ("two cliques", "cliques"),
    ("star", "star"),
    ("line", "line"),
)
STARTS = (
    ("two vertices", "two"),
    ("one vertex", "one"),
    ("random", "random"),
)
SEEN = (0, 1, 2, 3, 8, 32)

smoothing = Explorer(
    id="smoothing",
    title="Until all vertices look alike",
    controls={
        "graph": Choice("graph", GRAPHS, start="club"),
        "start": Choice("numbers at first", STARTS, start="two"),
        "layers": Slider("layers", low=0, high=32, start=0, recorded=SEEN),
    },
    compute=mixing.compute,
    picture=picture,
    describe=mixing.describe,
    size=(9.2, 3.5),
    together=("graph", "layers"),
    also=({"start": ("two", "one", "random"), "layers": SEEN},),
)
