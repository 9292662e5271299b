"""§9.18: nine weights slide over a digit."""

from nb_lib.live import Choice, Explorer, Slider
from nb_lib.sections.s09_18_beyond.kernel import sliding
from nb_lib.sections.s09_18_beyond.kernel.picture import picture

SEEN = (2, 6, 8, 10, 12)
KERNELS = (
    ("edge", "edge"),
    ("mean", "mean"),
    ("outline", "outline"),
    ("copy", "copy"),
)
NAMES = ("edge", "mean", "outline", "copy")

kernel = Explorer(
    id="kernel",
    title="Nine weights for a whole image",
    controls={
        "kernel": Choice("kernel", KERNELS, start="edge"),
        "angle": Slider(
            "angle of the edge",
            low=0,
            high=315,
            start=0,
            step=45,
            recorded=(0, 45, 90, 135, 180, 225, 270, 315),
        ),
        "row": Slider("row", low=0, high=13, start=6, recorded=SEEN),
        "column": Slider("column", low=0, high=13, start=8, recorded=SEEN),
        "shift": Slider("shift", low=0, high=6, start=0, recorded=(0, 1, 2, 3)),
        "edges": Choice(
            "beyond the edges",
            (("the other side", "circular"), ("zeros", "zeros")),
            start="circular",
        ),
    },
    compute=sliding.compute,
    picture=picture,
    describe=sliding.describe,
    size=(9.2, 2.7),
    together=("kernel", "shift", "edges"),
    also=({"row": SEEN, "column": SEEN},),
)
