"""§9.12: a net that can learn its examples by heart, and what keeps it from that."""

from nb_lib import words
from nb_lib.live import Choice, Explorer, LogSlider, Slider, Toggle
from nb_lib.sections.s09_12_regularisation import lab
from nb_lib.sections.s09_12_regularisation.picture import picture

DECAYS = (0.0, 0.005, 0.01, 0.02, 0.05)
WRONGS = (0.0, 0.15, 0.3)

overfit = Explorer(
    id="overfit",
    title="Overfit lab",
    controls={
        "examples": LogSlider(
            "examples", low=20, high=500, start=50, whole=True,
            recorded=(20, 50, 200, 500),
        ),
        "width": LogSlider(
            "width", low=2, high=100, start=50, whole=True, recorded=(2, 5, 20, 50)
        ),
        "depth": Slider("hidden layers", low=1, high=4, start=2, recorded=(1, 2, 4)),
        "wrong": Slider(
            "wrong labels", low=0.0, high=0.4, start=0.15, step=0.05, recorded=WRONGS
        ),
        "decay": Slider(
            "weight decay", low=0.0, high=0.05, start=0.0, step=0.005, recorded=DECAYS
        ),
        "dropout": Slider(
            "dropout", low=0.0, high=0.8, start=0.0, step=0.1, recorded=(0.0, 0.2, 0.5)
        ),
        "patience": Slider(
            "patience (0: never stop)", low=0, high=10, start=0, recorded=(0, 1, 3, 10)
        ),
        "smoothing": Slider(
            "label smoothing", low=0.0, high=0.4, start=0.0, step=0.1,
            recorded=(0.0, 0.1, 0.2, 0.4),
        ),
        "mixup": Toggle("mixup"),
        "init": Choice(
            "initialisation", words.USUAL_SCHEMES, start="he_normal",
            recorded=("he_normal", "xavier_normal"),
        ),
        "activation": Choice(
            "activation", words.options(words.ACTIVATIONS, "relu", "tanh"), start="relu"
        ),
        "lr": LogSlider(
            "learning rate", low=0.01, high=3, start=0.2, recorded=(0.02, 0.2, 1.0)
        ),
        "seed": Slider("seed", low=0, high=9, start=0, recorded=(0, 1, 2, 3)),
    },
    compute=lab.compute,
    picture=picture,
    describe=lab.describe,
    size=(9.6, 4.4),
    also=(
        {"decay": DECAYS, "seed": (0, 1, 2, 3)},
        {"decay": DECAYS, "wrong": WRONGS},
        {"patience": (0, 1, 3, 10), "seed": (0, 1, 2, 3)},
        {"decay": DECAYS, "dropout": (0.2, 0.5)},
    ),
    presets={
        "ten times the examples": {"examples": 500},
        "five units a layer": {"width": 5},
        "no wrong labels": {"wrong": 0.0},
        "a little of everything": {
            "decay": 0.005, "dropout": 0.2, "smoothing": 0.1, "mixup": True,
        },
    },
)  # fmt: skip
