"""§9.16, MNIST live: a network learns to read digits while one looks on."""

import numpy as np

from nb_lib import words
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.sections.s09_16_mnist.hand import digit
from nb_lib.sections.s09_16_mnist.picture import picture
from nb_lib.sections.s09_16_mnist.run import compute

__all__ = ["digit", "mnist"]

RATES = (0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3)
CHANCE = 0.13  # three standard errors above one in ten


def describe(frame):
    """Say the numbers that matter in one sentence."""
    if frame.diverged_at:
        return f"{words.diverged_because(frame.diverged_at)}."
    share = frame.accuracies[-1]
    error = np.sqrt(share * (1 - share) / 1000)
    digits = f"{share:.1%} ± {error:.1%} of 1,000 held-out digits"
    if share < CHANCE:
        digits += ", no better than chance"
    steps = words.counted(frame.steps, "step")
    return (
        f"After {steps} ({frame.at[-1]:.1f} epochs of 3,000 images) the "
        f"net of {frame.parameters:,} parameters reads {digits}; "
        f"{of_gradients(frame.grad_norms[-1])}."
    )


def of_gradients(norms):
    """Compare the first layer's gradient with the last one's, if there are any."""
    if not norms[-1]:  # then none reaches the layers before it
        return "all gradients of its weights are zero"
    ratio = norms[0] / norms[-1]
    return f"the first layer's gradient is {words.rounded(ratio)} times the last one's"


mnist = Explorer(
    id="mnist",
    title="MNIST live",
    controls={
        "depth": Slider("hidden layers", low=1, high=10, start=2),
        "first": Slider("width of the first", low=8, high=128, start=128, step=8),
        "width": Slider("width of the others", low=8, high=128, start=64, step=8),
        "init": Choice(
            "initialisation",
            words.USUAL_SCHEMES,
            start="he_normal",
            recorded=("he_normal", "torch_default", "normal", "zeros"),
        ),
        "activation": Choice(
            "activation",
            words.USUAL_ACTIVATIONS,
            start="relu",
            recorded=("relu", "tanh", "sigmoid"),
        ),
        "lr": LogSlider("learning rate", low=1e-3, high=3, start=0.05, recorded=RATES),
        "batch": Choice("batch size", (16, 64, 256), start=64),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 4.4),
    together=("init", "activation"),
    presets={
        "ten layers, He": {"depth": 10, "lr": 0.02},
        "ten layers, PyTorch's default": {
            "depth": 10,
            "lr": 0.02,
            "init": "torch_default",
        },
        "a rate of 1": {"lr": 1},
        "all zeros": {"init": "zeros"},
    },
)
