"""§9.9: what a loss makes of a misread number, and which way it pushes a class."""

from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.sections.s09_09_losses import forge, forge_picture, push, push_picture

OUTLIERS = (-5.0, 0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0)
LOGITS = (-12.0, -10.0, -8.0, -6.0, -4.0, -3.0, -2.0, -1.0)
LOGITS += (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0)

losses = Explorer(
    id="losses",
    title="Loss forge",
    controls={
        "loss": Choice(
            "loss",
            tuple((name, key) for key, name in forge.NAMES.items()),
            start="mse",
        ),
        "outlier": Slider(
            "misread by (cm)",
            low=-5.0,
            high=20.0,
            start=0.0,
            step=0.5,
            recorded=OUTLIERS,
        ),
        "model": Choice("model", ("line", "constant"), start="line"),
        "delta": Slider(
            "Huber's threshold (cm)",
            low=0.1,
            high=5.0,
            start=1.0,
            step=0.1,
            recorded=(0.1, 0.5, 1.0, 2.0, 5.0),
        ),
        "quantile": Slider(
            "pinball's quantile",
            low=0.05,
            high=0.95,
            start=0.9,
            step=0.05,
            recorded=(0.1, 0.25, 0.5, 0.75, 0.9),
        ),
    },
    compute=forge.compute,
    picture=forge_picture.picture,
    describe=forge.describe,
    size=(9.6, 3.6),
    together=("loss", "outlier", "model"),
    also=(
        {"loss": ("huber",), "outlier": OUTLIERS, "delta": (0.1, 0.5, 2.0, 5.0)},
        {"loss": ("huber",), "outlier": (10.0,), "quantile": (0.1, 0.25, 0.5, 0.75)},
        {
            "loss": ("pinball",),
            "model": ("constant",),
            "quantile": (0.1, 0.25, 0.5, 0.75, 0.9),
        },
    ),
    presets={
        "misread by 20 cm": {"outlier": 20.0},
        "nine times one length": {"model": "constant", "outlier": 10.0},
        "the 0.9 quantile": {
            "loss": "pinball",
            "model": "constant",
            "outlier": 0.0,
        },
    },
)

push_down = Explorer(
    id="push",
    title="The pull on each class",
    controls={
        "logit": Slider(
            "logit of the cat",
            low=-12.0,
            high=12.0,
            start=1.0,
            step=0.5,
            recorded=LOGITS,
        ),
        "loss": Choice(
            "loss",
            tuple((name, key) for key, name in push.NAMES.items()),
            start="cross_entropy",
        ),
        "temperature": LogSlider(
            "temperature", low=0.5, high=10, start=1, recorded=(0.5, 1, 2, 5, 10)
        ),
    },
    compute=push.compute,
    picture=push_picture.picture,
    describe=push.describe,
    size=(9.2, 3.6),
    together=("logit", "loss"),
    also=({"logit": LOGITS, "temperature": (0.5, 2, 5, 10)},),
    presets={
        "sure and wrong": {"logit": -10.0},
        "sure and wrong, squared error": {"logit": -10.0, "loss": "squared"},
        "sure and right": {"logit": 8.0},
        "sure and right, smoothed": {"logit": 8.0, "loss": "smoothed"},
    },
)
