"""§9.17, Twins: the same net in NumPy and in PyTorch, trained side by side."""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from nb_lib.data import minibatches, moons
from nb_lib.draw import style, training
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.numpy.train import has_diverged
from nb_lib.runs.training import SCHEMES

POINTS, NOISE, WIDTH, STEPS, MOMENTUM = 256, 0.05, 16, 240, 0.9
LOSS, GAP = (1e-4, 100), (1e-18, 1e2)  # what the axes span
EPS = {"float64": 2.0**-52, "float32": 2.0**-23}  # from 1 to the next number
FIRST = 8  # steps before the first frame
WORK = 120  # layers passed between two frames: about 25 ms
ACTIVATIONS = ("tanh", "relu", "leaky_relu", "gelu", "silu", "sigmoid")
INJECTED = {
    "none": "nothing",
    "no bias": "bias",
    "other initialisation": "initialisation",
    "other batch order": "batches",
}


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    losses: np.ndarray  # (2, steps so far), nats: NumPy, PyTorch
    gaps: np.ndarray  # (steps + 1,), greatest difference of a weight; before step 1 too
    dtype: str
    diverged_at: int | None  # step


def compute(seed, dtype, init, activation, lr, depth, batch, injected):
    """Train the net twice, a step here and a step there; yield a frame now and then."""
    net = {
        "sizes": (2, *[WIDTH] * depth, 2),
        "activation": activation,
        "init": init,
        "dtype": dtype,
    }
    weights, steps = numpy_twin(net, *streams(seed, "nothing"), lr, batch)
    others, other_steps = torch_twin(net, *streams(seed, injected), lr, batch)
    if injected == "bias":
        other_steps = without_bias(other_steps, others)
    losses, gaps, diverged_at = [], [greatest_gap(weights, others)], None
    every = max(1, WORK // (depth + 1))
    for pair in islice(zip(steps, other_steps, strict=False), STEPS):
        losses.append([step.loss for step in pair])
        gaps.append(greatest_gap(weights, others))
        count = len(losses)
        if any(has_diverged(loss) for loss in losses[-1]):
            diverged_at = count
        if diverged_at or count % every == FIRST % every or count == STEPS:
            yield Frame(np.array(losses).T, np.array(gaps), dtype, diverged_at)
        if diverged_at:
            return


def streams(seed, injected):
    """Return the generators of data, weights and batch orders; one may be another."""
    data, weights, order, other = np.random.default_rng(seed).spawn(4)
    if injected == "initialisation":
        weights = other
    if injected == "batches":
        order = other
    return data, weights, order


def batches(data, order, dtype, size):
    """Yield (x, labels) of the moons without end."""
    x, labels = moons(POINTS, rng=data, noise=NOISE)
    return minibatches(x.astype(dtype), labels, size, rng=order)


def numpy_twin(net, data, weights, order, lr, batch):
    """Return live views of the parameters, and the steps that will change them."""
    from nb_lib.numpy import losses, models, optimisers, train

    model = models.MLP(**net, rng=weights)
    optimiser = optimisers.SGD(model.params, lr=lr, momentum=MOMENTUM)
    drawn = batches(data, order, net["dtype"], batch)
    steps = train.descend(
        model, losses.cross_entropy, drawn, optimiser, watch=STEPS + 1
    )
    return list(model.params.values()), steps


def torch_twin(net, data, weights, order, lr, batch):
    """Do the same in PyTorch, which is imported here and not before."""
    import torch

    from nb_lib.torch import losses, models, optimisers, train

    model = models.MLP(**net, rng=weights)
    optimiser = optimisers.SGD(model.params, lr=lr, momentum=MOMENTUM)
    drawn = batches(data, order, net["dtype"], batch)
    tensors = (tuple(map(torch.from_numpy, pair)) for pair in drawn)
    steps = train.descend(
        model, losses.cross_entropy, tensors, optimiser, watch=STEPS + 1
    )
    return [p.detach().numpy() for p in model.params.values()], steps


def without_bias(steps, parameters):
    """Set every bias back to 0 after each step."""
    for step in steps:
        for parameter in parameters:
            if parameter.ndim == 1:
                parameter[:] = 0
        yield step


def greatest_gap(parameters, others):
    """Return the greatest difference between two entries of the weight matrices."""
    return max(
        np.abs(w - other).max()
        for w, other in zip(parameters, others, strict=True)
        if w.ndim == 2
    )


def picture(figure):
    """Lay out both losses, one over the other, and the difference of the weights."""
    left, right = figure.subplots(1, 2)
    names = ("NumPy", "PyTorch")
    update = training.losses(left, steps=STEPS, low=LOSS[0], high=LOSS[1], labels=names)
    for line in (left.lines[0], left.get_legend().get_lines()[0]):
        line.set_linewidth(4)  # so that it shows on both sides of the other
    verdict = left.text(0.03, 0.04, "", transform=left.transAxes, color=style.RED)
    (curve,) = right.plot([], [], color=style.PURPLE)
    right.set(xlim=(0, STEPS), xlabel="step", ylabel="greatest |difference|")
    right.set_title("Difference of the weights, NumPy − PyTorch")
    style.log_axis(right, "y", low=GAP[0], high=GAP[1])
    for (dtype, eps), dash in zip(EPS.items(), style.DASHES[1:], strict=False):
        right.axhline(eps, color=style.MUTED, lw=1, ls=dash)
        right.text(STEPS, eps / 2, f"eps of {dtype}", ha="right", va="top")

    def show(frame):
        at = np.arange(1, frame.losses.shape[1] + 1)
        update(*((at, losses) for losses in frame.losses))
        curve.set_data([0, *at], training.inside(frame.gaps, *GAP))
        is_off = frame.diverged_at is not None
        verdict.set_text(f"diverged at step {frame.diverged_at}" if is_off else "")

    return show


def describe(frame):
    """Say the numbers that matter in one sentence."""
    steps = frame.losses.shape[1]
    if frame.diverged_at:
        return (
            f"Diverged at step {frame.diverged_at}; up to the step before, the weights "
            f"differed by at most {np.max(frame.gaps[:-1]):.2g}."
        )
    ours, theirs = frame.losses[:, -1]
    units = frame.gaps[-1] / EPS[frame.dtype]
    return (
        f"After {steps} steps the losses are {ours:.4g} nats in NumPy and "
        f"{theirs:.4g} nats in PyTorch; the weights differ by at most "
        f"{frame.gaps[-1]:.2g}, which is {units:.2g} times the eps of {frame.dtype}."
    )


twins = Explorer(
    id="twins",
    title="Twins",
    controls={
        "injected": Choice(
            "injected difference", tuple(INJECTED.items()), start="nothing"
        ),
        "dtype": Choice("dtype", tuple(EPS), start="float64"),
        "init": Choice("initialisation", SCHEMES, start="he_normal"),
        "activation": Choice("activation", ACTIVATIONS, start="tanh"),
        "lr": LogSlider(
            "learning rate", low=1e-3, high=10, start=0.1, recorded=(0.01, 0.1, 0.3, 3)
        ),
        "depth": Slider("hidden layers", low=1, high=8, start=2, recorded=(2, 4, 6)),
        "batch": Choice("batch size", (16, 32, 64, 128), start=64),
        "seed": Slider("seed", low=1, high=20, start=9),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    together=("injected", "dtype", "lr", "depth"),
)
