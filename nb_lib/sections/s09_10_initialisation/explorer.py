"""§9.10: what initial weights do to signals and deltas, then to training."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.data import epochs
from nb_lib.live import Choice, Explorer, LogSlider, Slider, Toggle
from nb_lib.numpy.activations import ACTIVATIONS
from nb_lib.numpy.init import INITS, weight_variance
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.propagation import backward_variances, forward_variances
from nb_lib.numpy.train import descend
from nb_lib.runs import tunnel
from nb_lib.runs.small_digits import shaded_digits
from nb_lib.runs.training import Training
from nb_lib.sections.s09_10_initialisation.picture import STEPS, picture

BATCH, WATCH = 32, 5
WIDEST = 64  # the width that is trained at most


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at; measured layers not yet reached are nan."""

    forward: np.ndarray  # (depth,), mean of z²
    backward: np.ndarray  # (depth,), mean of (dL/dz)², 1 at the top
    forward_theory: np.ndarray  # (depth,)
    backward_theory: np.ndarray  # (depth,)
    width: int
    trained_width: int
    losses: np.ndarray  # (steps so far,), nats
    first_norms: np.ndarray  # (depth + 1,), of dL/dw at step 1
    norms: np.ndarray  # (depth + 1,), of dL/dw at the last reading
    diverged_at: int | None  # step


def compute(activation, init, gain, depth, width, skip, lr):
    """Offer the theory, then what is measured, then a training as it goes."""
    run = Run(activation, init, gain, depth, width, skip)
    measuring, weights, order = np.random.default_rng(9).spawn(3)
    yield run.frame
    yield from run.measure(measuring)
    yield from run.train(lr, weights, order)


class Run(Training):
    """What is known so far about one choice of settings."""

    def __init__(self, activation, init, gain, depth, width, skip):
        super().__init__()
        self.how = {"activation": activation, "skip": skip}
        self.init, self.gain, self.depth, self.width = init, gain, depth, width
        variance = gain**2 * weight_variance(init, width, width)
        how = {**self.how, "weight_variance": variance}
        self.forward_theory = forward_variances(variance, depth=depth, **how)
        self.backward_theory = backward_variances(self.forward_theory, **how)
        self.forward, self.backward = np.full((2, depth), np.nan)

    def measure(self, rng):
        """Send normal x up and normal deltas down; offer a frame after each layer."""
        examples = int(np.clip(2**14 // self.width, 16, 256))
        layers = tunnel.Layers(
            self.width, depth=self.depth, init=self.init, gain=self.gain, rng=rng
        )
        x, dz = rng.normal(size=(2, examples, self.width))
        below = []
        for z in tunnel.signals(x, layers, **self.how):
            self.forward[len(below)] = tunnel.mean_square(z)
            below.append(z)
            yield self.frame
        layer = self.depth
        for delta in tunnel.deltas(dz, layers, below, **self.how):
            layer -= 1
            self.backward[layer] = tunnel.mean_square(delta)
            yield self.frame

    def train(self, lr, weights, order):
        """Train on small digits at ``WIDEST`` or less; offer a frame at every step."""
        x, labels = shaded_digits()
        model = MLP(
            (x.shape[1], *[self.trained_width] * self.depth, 10),
            rng=weights,
            init=self.init,
            gain=self.gain,
            **self.how,
        )
        drawn = ((x[i], labels[i]) for i in epochs(len(x), BATCH, rng=order))
        optimiser = SGD(model.params, lr=lr)
        steps = descend(model, cross_entropy, drawn, optimiser, watch=WATCH)
        yield from self.offers(steps, STEPS)

    @property
    def trained_width(self):
        """The width of the net that is trained."""
        return min(self.width, WIDEST)

    def frame(self):
        """Freeze what is known so far."""
        nothing = np.full(self.depth + 1, np.nan)
        return Frame(
            forward=self.forward.copy(),
            backward=self.backward.copy(),
            forward_theory=np.array(self.forward_theory),
            backward_theory=np.array(self.backward_theory),
            width=self.width,
            trained_width=self.trained_width,
            losses=np.array(self.losses),
            first_norms=np.array(self.norms[0]) if self.norms else nothing,
            norms=np.array(self.norms[-1]) if self.norms else nothing,
            diverged_at=self.diverged_at,
        )


def describe(frame):
    """Say the numbers that matter in one sentence."""
    depth = len(frame.forward)
    layers = f"{words.counted(depth, 'layer')} of width {frame.width}"
    if np.isnan(frame.backward[0]):
        return (
            f"Theory takes the variance of z through {layers} to "
            f"{words.rounded(frame.forward_theory[-1])}; it is being measured."
        )
    if frame.diverged_at is not None:
        end = f"training {words.diverged(frame.diverged_at)}"
    elif len(frame.losses):
        steps = words.counted(len(frame.losses), "step")
        end = (
            f"after {steps} at width {frame.trained_width} the loss "
            f"is {frame.losses[-10:].mean():.2f} nats (guessing: 2.30)"
        )
    else:
        end = "training begins"
    z, in_theory = frame.forward[-1], frame.forward_theory[-1]
    back, back_in_theory = frame.backward[0], frame.backward_theory[0]
    return (
        f"Through {layers} the variance of z becomes {words.rounded(z)} "
        f"(theory {words.rounded(in_theory)}) and that of dL/dz comes back as "
        f"{words.rounded(back)} (theory {words.rounded(back_in_theory)}); {end}."
    )


GAINS, DEPTHS = (0.5, 1.0, 1.2, 1.4, 1.65, 2.0, 3.0), (2, 10, 20, 50)
TANH = {"activation": "tanh", "init": "xavier_normal"}
SKIPS = {"skip": True, "depth": 20}

variance = Explorer(
    id="variance",
    title="Variance tunnel",
    controls={
        "activation": Choice(
            "activation",
            words.options(words.ACTIVATIONS, *ACTIVATIONS),
            start="relu",
            recorded=("sigmoid", "tanh", "relu", "gelu"),
        ),
        "init": Choice(
            "initialisation",
            words.options(words.SCHEMES, *INITS),
            start="he_normal",
            recorded=(
                "normal",
                "xavier_normal",
                "he_normal",
                "orthogonal",
                "torch_default",
            ),
        ),
        "gain": Slider("gain", low=0.5, high=3, start=1, step=0.05, recorded=GAINS),
        "depth": Slider("hidden layers", low=1, high=100, start=10, recorded=DEPTHS),
        "width": LogSlider(
            "width",
            low=16,
            high=1024,
            start=500,
            whole=True,
            recorded=(16, 50, 200, 500, 1024),
        ),
        "skip": Toggle("skip connections"),
        "lr": LogSlider("learning rate", low=1e-3, high=3, start=0.03),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 4.2),
    together=("activation", "init", "depth"),
    presets={
        "PyTorch default": {"init": "torch_default", "depth": 20},
        "He": {"init": "he_normal", "depth": 20},
        "tanh, gain 1": {**TANH, "depth": 50},
        "tanh, gain 1.65": {**TANH, "gain": 1.65, "depth": 50},
        "narrow": {"width": 16, "depth": 50},
        "1/fan_in with skips": {"init": "xavier_normal", **SKIPS},
        "PyTorch default with skips": {"init": "torch_default", **SKIPS},
        "He with skips": SKIPS,
    },
    also=(
        {"init": ("xavier_normal",), "gain": GAINS, "depth": DEPTHS},
        {name: (value,) for name, value in TANH.items()}
        | {"gain": GAINS, "depth": DEPTHS},
        {"width": (16, 50, 200, 500, 1024), "depth": (50,)},
    ),
)
