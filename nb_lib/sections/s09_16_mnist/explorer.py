"""§9.16, MNIST live: a network learns to read digits while one looks on."""

import numpy as np

from nb_lib import words
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.sections.s09_16_mnist.picture import picture
from nb_lib.sections.s09_16_mnist.run import compute

CHANCE = 0.13  # three standard errors above one in ten


def describe(frame):
    """Say the numbers that matter in one sentence."""
    if frame.diverged_at:
        return f"{words.diverged_because(frame.diverged_at)}."
    share = frame.accuracies[-1]
    error = np.sqrt(share * (1 - share) / 1000)
    digits = f"{share:.1%} ± {error:.1%} of 1,000 test digits"
    if share < CHANCE:
        digits += ", no better than chance"
    norms = frame.grad_norms[-1]
    ratio = norms[0] / norms[-1] if norms[-1] else 0.0
    return (
        f"After {frame.steps:,} steps ({frame.at[-1]:.1f} epochs of 4,000 images) the "
        f"net of {frame.parameters:,} parameters reads {digits}; the first layer's "
        f"gradient is {ratio:.2g} times the last one's."
    )


mnist = Explorer(
    id="mnist",
    title="MNIST live",
    controls={
        "depth": Slider("hidden layers", low=1, high=10, start=2),
        "width": Slider("width", low=8, high=128, start=64, step=8),
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
        "lr": LogSlider("learning rate", low=1e-3, high=3, start=0.05),
        "batch": Choice("batch size", (16, 64, 256), start=64),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 4.4),
    together=("init", "activation"),
)
