"""§9.11: fifty layers, four switches, and what becomes of the error signal."""

import math
from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.data import epochs
from nb_lib.live import Choice, Explorer, LogSlider, Slider, Toggle
from nb_lib.numpy.activations import ACTIVATIONS
from nb_lib.numpy.init import INITS, weight_variance
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD, Clipped
from nb_lib.numpy.train import descend
from nb_lib.runs.small_digits import shaded_digits
from nb_lib.runs.training import Training
from nb_lib.sections.s09_11_gradients import theory
from nb_lib.sections.s09_11_gradients.picture import STEPS, picture

WIDTH, BATCH, WATCH = 32, 32, 5


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at; layers are hidden, norms are of a batch."""

    theory: np.ndarray  # (depth,), of dL/dz, through the last layer at step 1
    first_deltas: np.ndarray  # (depth,), of dL/dz at step 1
    deltas: np.ndarray  # (depth,), at the last reading
    first_norms: np.ndarray  # (depth,), of dL/dw at step 1
    norms: np.ndarray  # (depth,), at the last reading
    losses: np.ndarray  # (steps so far,), nats
    totals: np.ndarray  # (steps so far,), norm of all gradients before clipping
    bound: float  # of the total norm; endless without clipping
    diverged_at: int | None  # step


def compute(depth, activation, init, gain, residual, norm, clip, bound, lr):
    """Train a deep narrow net on small digits; offer a frame after every step."""
    x, labels = shaded_digits()
    weights, order = np.random.default_rng(9).spawn(2)
    model = MLP(
        (x.shape[1], *[WIDTH] * depth, 10),
        rng=weights,
        activation=activation,
        init=init,
        gain=gain,
        skip=residual,
        norm=None if norm == "none" else norm,
    )
    batches = ((x[i], labels[i]) for i in epochs(len(x), BATCH, rng=order))
    sgd = SGD(model.params, lr=lr)
    optimiser = Clipped(sgd, max_norm=bound if clip else math.inf)
    steps = descend(model, cross_entropy, batches, optimiser, watch=WATCH)
    variance = gain**2 * weight_variance(init, WIDTH, WIDTH)
    how = {"activation": activation, "residual": residual, "norm": norm}
    how["weight_variance"] = variance
    first = gain**2 * weight_variance(init, x.shape[1], WIDTH)
    shape = theory.error_signals(theory.signals(first, depth=depth, **how), **how)
    run = Run(shape, optimiser)
    yield from run.offers(steps, STEPS)


class Run(Training):
    """What has been seen of one training, and the theory for its first step."""

    def __init__(self, shape, optimiser):
        super().__init__()
        self.shape, self.optimiser = shape, optimiser
        self.first_deltas, self.totals = (), []

    def take(self, step):
        """Note one step, and the norm of all its gradients."""
        super().take(step)
        self.totals.append(self.optimiser.total_norm)
        if step.count == 1:
            self.first_deltas = step.delta_norms

    def frame(self):
        """Freeze what is known so far; the last layer, the logits', is left out."""
        first = np.array(self.first_deltas[:-1])
        return Frame(
            theory=self.shape * first[-1],
            first_deltas=first,
            deltas=np.array(self.deltas[:-1]),
            first_norms=np.array(self.norms[0][:-1]),
            norms=np.array(self.norms[-1][:-1]),
            losses=np.array(self.losses),
            totals=np.array(self.totals),
            bound=self.optimiser.max_norm,
            diverged_at=self.diverged_at,
        )


def describe(frame):
    """Say the numbers that matter in one sentence."""
    depth, first = len(frame.first_deltas), frame.first_deltas
    ratio = words.rounded(first[0] / first[-1] if first[-1] else 0.0)
    start = (
        f"At step 1 the error signal arrives at layer 1 of {depth} with {ratio} "
        f"times the norm that it has in the last hidden layer"
    )
    if frame.diverged_at is not None:
        return f"{start}; training {words.diverged(frame.diverged_at)}."
    clipped = np.mean(frame.totals > frame.bound)
    cut = f", {clipped:.0%} of them clipped" if np.isfinite(frame.bound) else ""
    loss, steps = frame.losses[-10:].mean(), words.counted(len(frame.losses), "step")
    return f"{start}; after {steps}{cut}, the loss is {loss:.2f} nats (guessing: 2.30)."


HE = {"activation": "relu", "init": "he_normal"}
BLOCKS = {**HE, "residual": True}
NORMS = ("none", "layer", "batch")
DEPTHS, RATES = (10, 20, 50, 100), (0.1, 0.3, 1)
RELU = {name: (value,) for name, value in HE.items()}

switches = Explorer(
    id="switches",
    title="Four switches",
    controls={
        "activation": Choice(
            "activation",
            words.options(words.ACTIVATIONS, *ACTIVATIONS),
            start="sigmoid",
            recorded=("sigmoid", "tanh", "relu"),
        ),
        "residual": Toggle("residual connections"),
        "norm": Choice(
            "normalisation",
            (("none", "none"), ("layer norm", "layer"), ("batch norm", "batch")),
            start="none",
        ),
        "clip": Toggle("clipping"),
        "bound": LogSlider(
            "clipping bound", low=0.01, high=100, start=1, recorded=(0.1, 1)
        ),
        "depth": Slider("hidden layers", low=2, high=100, start=50, recorded=DEPTHS),
        "init": Choice(
            "initialisation",
            words.options(words.SCHEMES, *INITS),
            start="xavier_normal",
            recorded=("xavier_normal", "he_normal", "orthogonal"),
        ),
        "gain": Slider(
            "gain", low=0.05, high=3, start=1, step=0.05, recorded=(1.0, 2.0)
        ),
        "lr": LogSlider(
            "learning rate", low=1e-3, high=3, start=0.1, recorded=RATES
        ),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 4.2),
    together=("residual", "norm"),
    presets={
        "all switches off": {},
        "tanh, Xavier": {"activation": "tanh"},
        "tanh, orthogonal": {"activation": "tanh", "init": "orthogonal"},
        "ReLU": HE,
        "ReLU, batch norm": {**HE, "norm": "batch"},
        "a hundred layers, both": {**BLOCKS, "norm": "layer", "depth": 100},
    },
    also=(
        {"residual": (False, True), "norm": NORMS[:2], "clip": (True,)},
        {"activation": ("tanh",), "init": ("xavier_normal", "he_normal", "orthogonal")},
        {**RELU, "residual": (True,), "norm": ("layer",), "depth": DEPTHS[:2]},
        {**RELU, "residual": (False, True), "norm": NORMS, "depth": (20,)},
        {**RELU, "residual": (True,), "depth": (10,), "clip": (False, True),
         "lr": RATES},
        {**RELU, "residual": (True,), "depth": (10,), "clip": (True,),
         "bound": (0.1,)},
    ),
)  # fmt: skip
