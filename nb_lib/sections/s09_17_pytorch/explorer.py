"""§9.17, Twins: the same net in NumPy and in PyTorch, trained side by side."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.data import minibatches, moons
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import descend, has_diverged
from nb_lib.runs.training import Training
from nb_lib.sections.s09_17_pytorch.picture import EPS, STEPS, picture

POINTS, NOISE, WIDTH, MOMENTUM = 256, 0.05, 16, 0.9
BEYOND = 1000  # times eps: no rounding is as large in the first steps
SHOWN = ("tanh", "relu", "leaky_relu", "gelu", "silu", "sigmoid")
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
    """Train the net twice, a step here and a step there; offer a frame each time."""
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
    run = Run(weights, others, dtype)
    yield from run.offers(zip(steps, other_steps, strict=False), STEPS)


class Run(Training):
    """What has been seen of both runs so far."""

    def __init__(self, weights, others, dtype):
        super().__init__()
        self.weights, self.others, self.dtype = weights, others, dtype
        self.gaps = [greatest_gap(weights, others)]

    def take(self, step):
        """Note a step of each twin."""
        self.losses.append([twin.loss for twin in step])
        self.gaps.append(greatest_gap(self.weights, self.others))
        if any(has_diverged(loss) for loss in self.losses[-1]):
            self.diverged_at = len(self.losses)

    def frame(self):
        """Freeze what is known so far."""
        losses, gaps = np.array(self.losses).T, np.array(self.gaps)
        return Frame(losses, gaps, self.dtype, self.diverged_at)


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
    model = MLP(**net, rng=weights)
    optimiser = SGD(model.params, lr=lr, momentum=MOMENTUM)
    drawn = batches(data, order, net["dtype"], batch)
    steps = descend(model, cross_entropy, drawn, optimiser, watch=STEPS + 1)
    return list(model.params.values()), steps


def torch_twin(net, data, weights, order, lr, batch):
    """Do the same in PyTorch, which is imported here and not before."""
    import torch

    from nb_lib.torch.losses import cross_entropy as torch_loss
    from nb_lib.torch.models import MLP as TorchMLP
    from nb_lib.torch.optimisers import SGD as TorchSGD
    from nb_lib.torch.train import descend as torch_descend

    model = TorchMLP(**net, rng=weights)
    optimiser = TorchSGD(model.params, lr=lr, momentum=MOMENTUM)
    drawn = batches(data, order, net["dtype"], batch)
    tensors = (tuple(map(torch.from_numpy, pair)) for pair in drawn)
    steps = torch_descend(model, torch_loss, tensors, optimiser, watch=STEPS + 1)
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


def describe(frame):
    """Say the numbers that matter in one sentence."""
    steps = frame.losses.shape[1]
    if frame.diverged_at:
        return (
            f"The run {words.diverged(frame.diverged_at)}; up to the step before, the "
            f"weights differed by at most {np.max(frame.gaps[:-1]):.2g}."
        )
    ours, theirs = frame.losses[:, -1]
    units = frame.gaps[-1] / EPS[frame.dtype]
    return (
        f"{opening(frame)} After {steps} steps the losses are {ours:.4g} nats in "
        f"NumPy and {theirs:.4g} nats in PyTorch; the weights differ by at most "
        f"{frame.gaps[-1]:.2g}, which is {units:.2g} times the eps of {frame.dtype}."
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
