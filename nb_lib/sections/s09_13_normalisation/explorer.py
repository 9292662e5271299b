"""§9.13: which axis a norm averages over, and where the norm is in a block."""

from nb_lib import words
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.sections.s09_13_normalisation import places, table
from nb_lib.sections.s09_13_normalisation.places_picture import (
    picture as places_picture,
)
from nb_lib.sections.s09_13_normalisation.table_picture import picture

NORMS = (
    ("batch norm", "batch"),
    ("layer norm", "layer"),
    ("group norm", "group"),
    ("RMSNorm", "rms"),
)
TRAINED = (("no norm", "none"), NORMS[0], NORMS[1], NORMS[3])
PLACES = (("plain stack", "plain"), ("pre-norm", "pre"), ("post-norm", "post"))
NAMES, SPOTS = ("batch", "layer", "group", "rms"), ("plain", "pre", "post")
OFFSETS, FACTORS, SEEN = (-3, 0, 3, 10), (1.0, 2.0, 3.0, 4.0), (0, 1, 5, 20, 100)
DEPTHS, RATES = (2, 8, 20), (0.01, 0.1, 1.0)
EVALUATED = {"mode": ("evaluation",)}

norms = Explorer(
    id="norms",
    title="Which axis?",
    controls={
        "norm": Choice("norm", NORMS, start="batch"),
        "nudge": Slider(
            "add to the first number", low=0, high=6, start=0, recorded=(0, 2, 4, 6)
        ),
        "factor": Slider(
            "first row times", low=1, high=4, start=1, step=0.5, recorded=FACTORS
        ),
        "offset": Slider("offset", low=-3, high=10, start=0, recorded=OFFSETS),
        "batch": Slider("examples", low=1, high=6, start=6, recorded=(1, 2, 4, 6)),
        "features": Slider("features", low=2, high=6, start=6, step=2),
        "mode": Choice(
            "mode",
            (("training", "training"), ("evaluation", "evaluation")),
            start="training",
        ),
        "seen": Slider("batches seen", low=0, high=100, start=20, recorded=SEEN),
        "momentum": Slider(
            "momentum", low=0.01, high=1, start=0.1, step=0.01, recorded=(0.01, 0.1, 1)
        ),
        "eps": LogSlider("ε", low=1e-5, high=1, start=1e-5),
    },
    compute=table.compute,
    picture=picture,
    describe=table.describe,
    size=(8.2, 5.4),
    together=("norm", "nudge"),
    presets={
        "one example": {"batch": 1},
        "evaluation, nothing seen": {"mode": "evaluation", "seen": 0},
        "evaluation, 100 seen": {"mode": "evaluation", "seen": 100},
    },
    also=(
        {"norm": NAMES, "nudge": (0, 6), "factor": FACTORS},
        {"norm": NAMES, "offset": OFFSETS},
        {"norm": NAMES, "batch": (1, 2, 4, 6)},
        {**EVALUATED, "seen": SEEN, "momentum": (0.01, 0.1, 1)},
        {**EVALUATED, "nudge": (0, 2, 4, 6), "seen": (20,)},
        {**EVALUATED, "batch": (1, 2, 4, 6)},
    ),
)

norm_places = Explorer(
    id="norm_places",
    title="Where does the norm go?",
    controls={
        "norm": Choice("norm", TRAINED, start="layer"),
        "place": Choice("place", PLACES, start="pre"),
        "depth": Slider("hidden layers", low=1, high=40, start=20, recorded=DEPTHS),
        "lr": LogSlider("learning rate", low=1e-3, high=3, start=0.1, recorded=RATES),
        "batch": LogSlider(
            "batch size", low=1, high=128, start=32, whole=True, recorded=(2, 10, 32)
        ),
        "activation": Choice(
            "activation",
            words.USUAL_ACTIVATIONS,
            start="relu",
            recorded=("relu", "tanh"),
        ),
        "init": Choice(
            "initialisation",
            words.USUAL_SCHEMES,
            start="he_normal",
            recorded=("he_normal", "torch_default"),
        ),
    },
    compute=places.compute,
    picture=places_picture,
    describe=places.describe,
    size=(9.2, 3.7),
    together=("norm", "place", "depth"),
    presets={
        "batches of ten": {"norm": "batch", "depth": 2, "batch": 10},
        "batches of 32": {"norm": "batch", "depth": 2},
        "no norm": {"norm": "none", "place": "plain", "depth": 8},
    },
    also=(
        {"norm": ("batch",), "depth": (2,), "batch": (2, 10, 32)},
        {"place": SPOTS, "lr": RATES},
    ),
)
