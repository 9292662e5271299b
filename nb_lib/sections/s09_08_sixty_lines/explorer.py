"""§9.8, the flagship: sixty lines of NumPy, retrained at every touch of a slider."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.data import circles, epochs, moons, spirals, xor
from nb_lib.draw.training import grid_points
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.numpy.activations import softmax
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.sixty_lines import ACTIVATIONS, MLP, cross_entropy
from nb_lib.numpy.train import accuracy, descend
from nb_lib.runs.training import Training
from nb_lib.sections.s09_08_sixty_lines.picture import STEPS, picture

DATA = {"spirals": spirals, "moons": moons, "circles": circles, "xor": xor}
SCHEMES = ("zeros", "normal", "xavier_normal", "he_normal", "standard_normal")
POINTS, MOMENTUM = 300, 0.9
WATCH = 5  # steps between two readings of the norms
DTYPE = "float32"  # a third less time a step than float64, and no eye sees the rest
GRID = grid_points().astype(DTYPE)


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    x: np.ndarray  # (N, 2)
    labels: np.ndarray  # (N,)
    share: np.ndarray  # (cells, cells), probability of class 1
    losses: np.ndarray  # (steps so far,), nats
    watched: np.ndarray  # (T,), the steps at which the norms were read
    grad_norms: np.ndarray  # (T, layers), of dL/dw
    delta_norms: np.ndarray  # (layers,), of dL/dz, at the last reading
    accuracy: float  # share of the points
    parameters: int
    diverged_at: int | None  # step


def compute(data, noise, width, depth, init, activation, lr, batch):
    """Train the sixty-line MLP; offer a frame after every step."""
    points, weights, order = np.random.default_rng(9).spawn(3)
    x, labels = DATA[data](POINTS, rng=points, noise=noise)
    sizes = (2, *[width] * depth, 2)
    model = MLP(sizes, rng=weights, activation=activation, init=init)
    x = x.astype(DTYPE)
    model.params = {name: w.astype(DTYPE) for name, w in model.params.items()}
    optimiser = SGD(model.params, lr=lr, momentum=MOMENTUM)
    drawn = ((x[i], labels[i]) for i in epochs(POINTS, batch, rng=order))
    run = Run(x, labels, model)
    steps = descend(model, cross_entropy, drawn, optimiser, watch=WATCH)
    yield from run.offers(steps, STEPS)


class Run(Training):
    """What has been seen of one training run so far."""

    def __init__(self, x, labels, model):
        super().__init__()
        self.x, self.labels, self.model = x, labels, model

    def frame(self):
        """Look at the plane through the net as it is now."""
        share = softmax(self.model.forward(GRID))[:, 1]
        cells = round(len(GRID) ** 0.5)
        return Frame(
            x=self.x,
            labels=self.labels,
            share=share.reshape(cells, cells),
            losses=np.array(self.losses),
            watched=np.array(self.watched),
            grad_norms=np.array(self.norms),
            delta_norms=np.array(self.deltas),
            accuracy=accuracy(self.model, self.x, self.labels),
            parameters=sum(p.size for p in self.model.params.values()),
            diverged_at=self.diverged_at,
        )


def describe(frame):
    """Say the numbers that matter in one sentence."""
    norms = frame.grad_norms[-1]
    if frame.diverged_at:
        return f"{words.diverged_because(frame.diverged_at)}."
    ratio = norms[0] / norms[-1] if norms[-1] else 0.0
    return (
        f"After {len(frame.losses)} steps the net of {frame.parameters:,} parameters "
        f"has {frame.accuracy:.0%} of the points right at a loss of "
        f"{frame.losses[-1]:.3f} nats; the first layer's gradient is "
        f"{ratio:.2g} times the last one's."
    )


sixty_lines = Explorer(
    id="sixty_lines",
    title="Sixty lines",
    controls={
        "data": Choice("data set", tuple(DATA), start="spirals"),
        "noise": Slider("noise", low=0.0, high=0.4, start=0.05, step=0.05),
        "width": Slider("width", low=2, high=64, start=32, step=2),
        "depth": Slider(
            "hidden layers", low=1, high=16, start=4, recorded=(1, 2, 4, 8, 16)
        ),
        "init": Choice(
            "initialisation",
            words.options(words.SCHEMES, *SCHEMES),
            start="he_normal",
            recorded=("zeros", "normal", "he_normal", "standard_normal"),
        ),
        "activation": Choice(
            "activation",
            words.options(words.ACTIVATIONS, *ACTIVATIONS),
            start="relu",
            recorded=("tanh", "relu", "sigmoid"),
        ),
        "lr": LogSlider(
            "learning rate",
            low=1e-3,
            high=10,
            start=0.1,
            recorded=(0.001, 0.01, 0.1, 3.0),
        ),
        "batch": Choice("batch size", (8, 32, 128, 300), start=128),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 3.9),
    together=("init", "activation", "lr", "depth"),
)
