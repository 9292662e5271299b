"""§9.17, Twins: the same net in NumPy and in PyTorch, trained side by side."""

import numpy as np

from nb_lib import words
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.sections.s09_17_pytorch.picture import EPS, picture
from nb_lib.sections.s09_17_pytorch.run import compute, compute_alone

BEYOND = 1000  # times eps: no rounding is as large in the first steps
SHOWN = ("tanh", "relu", "leaky_relu", "gelu", "silu", "sigmoid")
INJECTED = {
    "none": "nothing",
    "no bias": "bias",
    "other initialisation": "initialisation",
    "other batch order": "batches",
}


def describe(frame):
    """Say the numbers that matter in one sentence."""
    steps = words.counted(frame.losses.shape[1], "step")
    if frame.is_alone:
        return f"{of_one(frame, steps)}. {to_see_both(frame)}"
    if frame.diverged_at:
        return (
            f"The run {words.diverged(frame.diverged_at)}; up to the step before, the "
            f"weights differed by at most {words.rounded(np.max(frame.gaps[:-1]))}."
        )
    ours, theirs = frame.losses[:, -1]
    units = frame.gaps[-1] / EPS[frame.dtype]
    return (
        f"{opening(frame)} After {steps} the losses are {ours:.4g} nats in "
        f"NumPy and {theirs:.4g} nats in PyTorch; the weights differ by at most "
        f"{words.rounded(frame.gaps[-1])}, which is {words.rounded(units)} times the "
        f"eps of {frame.dtype}."
    )


def of_one(frame, steps):
    """Say where NumPy's twin has come, without a full stop."""
    if frame.diverged_at:
        return f"The run {words.diverged(frame.diverged_at)}"
    return f"After {steps} the loss is {frame.losses[0, -1]:.4g} nats in NumPy"


def to_see_both(frame):
    """Say where PyTorch's twin is seen, and the difference if one is injected."""
    if not frame.is_over:
        return "PyTorch's twin joins it at the end, if its run was recorded."
    into = ", into which the difference is injected,"
    return (
        "PyTorch does not run in a page: run the notebook to see its twin"
        f"{'' if frame.injected == 'nothing' else into} beside this one."
    )


def opening(frame):
    """Say when the weights first differ by far more than rounding."""
    opened = np.flatnonzero(frame.gaps > BEYOND * EPS[frame.dtype])
    if not len(opened):
        return f"The weights never differ by more than {BEYOND:,} eps."
    when = f"after step {opened[0]}" if opened[0] else "before the first step"
    return f"The weights first differ by more than {BEYOND:,} eps {when}."


twins = Explorer(
    id="twins",
    title="Twins",
    controls={
        "injected": Choice(
            "injected difference", tuple(INJECTED.items()), start="nothing"
        ),
        "dtype": Choice("dtype", tuple(EPS), start="float64"),
        "init": Choice("initialisation", words.USUAL_SCHEMES, start="he_normal"),
        "activation": Choice(
            "activation", words.options(words.ACTIVATIONS, *SHOWN), start="tanh"
        ),
        "lr": LogSlider(
            "learning rate", low=1e-3, high=10, start=0.1, recorded=(0.01, 0.1, 0.3, 3)
        ),
        "depth": Slider("hidden layers", low=1, high=8, start=2, recorded=(2, 4, 6)),
        "batch": Choice("batch size", (16, 32, 64, 128), start=64),
        "seed": Slider("seed", low=1, high=20, start=9),
    },
    compute=compute,
    in_page=compute_alone,
    picture=picture,
    describe=describe,
    together=("injected", "dtype", "lr", "depth"),
    presets={
        "nothing, float64": {},
        "nothing, float32": {"dtype": "float32"},
        "no bias": {"injected": "bias"},
        "other batch order": {"injected": "batches"},
        "other initialisation": {"injected": "initialisation"},
        "fast and deep": {"lr": 0.3, "depth": 6},
    },
)
