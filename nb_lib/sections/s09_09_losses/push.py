"""Three logits, their probabilities, and which way a loss pulls them."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.numpy.activations import d_softmax, softmax
from nb_lib.numpy.classification_losses import (
    cross_entropy,
    d_cross_entropy,
    d_focal,
    focal,
)

CLASSES = ("cat", "dog", "owl")
OTHERS = (2.0, 0.0)  # the logits of dog and owl
LABEL = np.array([0])  # it is a cat
SWEEP = np.linspace(-12, 12, 97)  # logits of the cat
SMOOTHING, FOCUS = 0.1, 2.0
NAMES = {
    "cross_entropy": "cross-entropy",
    "smoothed": "smoothed, s = 0.1",
    "focal": "focal, γ = 2",
    "squared": "squared error",
}


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    loss: str
    logit: float
    probs: np.ndarray  # (3,)
    pushes: np.ndarray  # (3,), minus the slopes of the loss by the logits
    targets: np.ndarray  # (3,), where the loss is at rest
    value: float  # of the loss
    values: np.ndarray  # (97,), of the loss over SWEEP
    cat_pushes: np.ndarray  # (97,), of the cat's logit over SWEEP


def compute(logit, loss, temperature):
    """Take the softmax and the loss of a cat; minus the gradient is the push."""
    sweep = [value_and_pushes(z, loss, temperature) for z in SWEEP]
    value, pushes = value_and_pushes(logit, loss, temperature)
    targets = np.array([1.0, 0.0, 0.0])
    if loss == "smoothed":
        targets = (1 - SMOOTHING) * targets + SMOOTHING / 3
    return Frame(
        loss=loss,
        logit=logit,
        probs=softmax(logits_of(logit), temperature=temperature)[0],
        pushes=pushes,
        targets=targets,
        value=value,
        values=np.array([pair[0] for pair in sweep]),
        cat_pushes=np.array([pair[1][0] for pair in sweep]),
    )


def logits_of(logit):
    """Give the logits of the one example, (1, 3)."""
    return np.array([[logit, OTHERS[0], OTHERS[1]]])


def value_and_pushes(logit, loss, temperature):
    """Give the loss and minus its slopes by the three logits, (3,)."""
    z = logits_of(logit) / temperature
    if loss == "squared":
        p = softmax(z)
        miss = p - np.array([[1.0, 0.0, 0.0]])
        value, slopes = np.sum(miss * miss), d_softmax(z, 2 * miss)
    elif loss == "focal":
        value, slopes = focal(z, LABEL, gamma=FOCUS), d_focal(z, LABEL, gamma=FOCUS)
    else:
        s = SMOOTHING if loss == "smoothed" else 0.0
        value = cross_entropy(z, LABEL, label_smoothing=s)
        slopes = d_cross_entropy(z, LABEL, label_smoothing=s)
    return float(value), -slopes[0] / temperature


def describe(frame):
    """Say the probabilities, the loss and the pushes."""
    shares = ", ".join(
        f"{name} {p:.3f}" for name, p in zip(CLASSES, frame.probs, strict=True)
    )
    moves = ", ".join(
        f"{name} {words.minus(f'{round(float(push), 3) + 0.0:+.3f}')}"
        for name, push in zip(CLASSES, frame.pushes, strict=True)
    )
    unit = "" if frame.loss == "squared" else " nats"
    return (
        f"It is a cat. The probabilities are {shares}; the loss, {NAMES[frame.loss]}, "
        f"is {frame.value:.3f}{unit} and pulls the logits by {moves}."
    )
