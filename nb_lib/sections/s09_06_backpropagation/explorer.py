"""§9.6: a chain of knobs walked both ways, and what a walk back through a net costs."""

from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.sections.s09_06_backpropagation import cost as meter
from nb_lib.sections.s09_06_backpropagation import walk
from nb_lib.sections.s09_06_backpropagation.picture import picture
from nb_lib.sections.s09_06_backpropagation.walk_picture import picture as chain_picture

METHODS = (
    ("backpropagation", "backprop"),
    ("backpropagation, down to the data", "with_dx"),
    ("finite differences", "differences"),
)
NETWORKS = (
    ("layers all alike", "equal"),
    ("784 pixels, halving, 10 digits", "digits"),
)
WIDTHS, BATCHES = (8, 20, 50, 128, 300, 512), (1, 30, 1024)
MNIST = {"network": "digits", "depth": 3, "width": 128}

nudge = Explorer(
    id="nudge",
    title="Nudge, or walk back",
    controls={
        "knob": Slider(
            "knob to nudge",
            low=1,
            high=walk.MOST,
            start=1,
            recorded=tuple(range(1, walk.MOST + 1)),
        ),
        "links": Slider(
            "knobs in the chain",
            low=1,
            high=walk.MOST,
            start=4,
            recorded=tuple(range(1, walk.MOST + 1)),
        ),
    },
    compute=walk.compute,
    picture=chain_picture,
    describe=walk.describe,
    size=(7.8, 3.6),
    together=("knob", "links"),
)

cost = Explorer(
    id="cost",
    title="Cost meter",
    controls={
        "depth": Slider(
            "layers", low=1, high=meter.MOST, start=4, recorded=(1, 2, 3, 4, 8, 12)
        ),
        "width": LogSlider(
            "width", low=8, high=512, start=128, whole=True, recorded=WIDTHS
        ),
        "batch": LogSlider(
            "batch size", low=1, high=1024, start=1, whole=True, recorded=BATCHES
        ),
        "network": Choice("network", NETWORKS, start="equal"),
        "method": Choice("method", METHODS, start="backprop"),
    },
    compute=meter.compute,
    picture=picture,
    describe=meter.describe,
    size=(9.2, 4.2),
    together=("depth", "network", "method"),
    presets={
        "the MNIST net": MNIST,
        "the MNIST net by finite differences": {**MNIST, "method": "differences"},
    },
    also=(
        {
            "network": ("digits",),
            "depth": (3,),
            "width": WIDTHS,
            "method": ("backprop", "differences"),
        },
        {"network": ("digits",), "depth": (3,), "batch": BATCHES},
        {"width": WIDTHS, "method": ("backprop", "differences")},
    ),
)
