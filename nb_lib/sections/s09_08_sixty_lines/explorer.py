"""§9.8, the flagship: sixty lines of NumPy, retrained at every touch of a slider."""

from dataclasses import dataclass
from functools import partial
from itertools import count

import numpy as np

from nb_lib import words
from nb_lib.draw.training import grid_points
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.numpy.activations import SLOPES, softmax
from nb_lib.numpy.init import he_normal, normal, xavier_normal, zeros
from nb_lib.numpy.sixty_lines import MLP, fit
from nb_lib.numpy.train import Step
from nb_lib.runs.training import Training
from nb_lib.sections.s09_08_sixty_lines.picture import STEPS, picture
from nb_lib.sections.s09_08_sixty_lines.points import DATA, OWN, SETS, points

SCHEMES = {
    "zeros": zeros,
    "normal": normal,
    "xavier_normal": xavier_normal,
    "he_normal": he_normal,
    "standard_normal": partial(normal, std=1.0),
}
SIGMOIDS = {"activation": "sigmoid", "init": "xavier_normal", "depth": 16}
MOMENTUM = 0.9
WATCH = 5  # steps between two readings of the norms
DTYPE = "float64"  # in float32 the last bits of a sum decide too many runs
PARTS = 8  # of the plane: arrays of a whole plane are new memory each time
GRID = grid_points().astype(DTYPE).reshape(PARTS, -1, 2)


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    x: np.ndarray  # (N, 2), the reader's own points last
    labels: np.ndarray  # (N,)
    share: np.ndarray  # (cells, cells), probability of class 1
    losses: np.ndarray  # (steps so far,), nats
    watched: np.ndarray  # (T,), the steps at which the norms were read
    grad_norms: np.ndarray  # (T, layers), of dL/dw
    delta_norms: np.ndarray  # (layers,), of dL/dz, at the last reading
    accuracy: float  # share of the points
    own_right: tuple[bool, ...]  # for each point of the reader's own
    parameters: int
    diverged_at: int | None  # step


def compute(data, noise, width, depth, init, activation, lr, batch, own):
    """Train the sixty-line MLP; offer a frame after every step."""
    places, weights, order = np.random.default_rng(9).spawn(3)
    x, labels = points(data, noise, own, rng=places)
    sizes = (2, *[width] * depth, 2)
    model = MLP(sizes, rng=weights, activation=activation, init=SCHEMES[init])
    model.w = [w.astype(DTYPE) for w in model.w]
    model.b = [b.astype(DTYPE) for b in model.b]
    x = x.astype(DTYPE)
    run = Run(x, labels, model, len(own))
    if len(x) == 0:
        yield run.blank()
        return
    losses = fit(
        model, x, labels, rng=order, lr=lr, momentum=MOMENTUM, batch_size=batch
    )
    yield from run.offers(watched(model, losses), STEPS)


def watched(model, losses):
    """Make a ``Step`` of every loss; read the norms at the first and each WATCHth."""
    for step, loss in zip(count(1), losses):
        is_read = step == 1 or step % WATCH == 0
        seen = (norms(model.dw), norms(model.deltas)) if is_read else (None, None)
        yield Step(step, loss, *seen)


def norms(arrays):
    """Return the root of the sum of squares of each array."""
    return tuple(float(np.linalg.norm(array)) for array in arrays)


class Run(Training):
    """What has been seen of one training run so far."""

    def __init__(self, x, labels, model, n_own):
        super().__init__()
        self.x, self.labels, self.model = x, labels, model
        self.n_own = n_own

    def blank(self):
        """Look at the plane where there is no point to learn from."""
        layers = len(self.model.w)
        self.watched, self.norms, self.deltas = [0], [(0.0,) * layers], (0.0,) * layers
        return self.frame()

    def frame(self):
        """Look at the plane through the net as it is now."""
        shares = [softmax(self.model.forward(part))[:, 1] for part in GRID]
        logits = self.model.forward(self.x)
        is_known = np.isfinite(logits).all(axis=1)  # not after divergence
        right = is_known & (logits.argmax(axis=1) == self.labels)
        share = np.concatenate(shares)
        cells = round(len(share) ** 0.5)
        return Frame(
            x=self.x,
            labels=self.labels,
            share=share.reshape(cells, cells),
            losses=np.array(self.losses),
            watched=np.array(self.watched),
            grad_norms=np.array(self.norms),
            delta_norms=np.array(self.deltas),
            accuracy=float(right.mean()) if len(right) else 0.0,
            own_right=tuple(right[len(right) - self.n_own :].tolist()),
            parameters=sum(p.size for p in self.model.w + self.model.b),
            diverged_at=self.diverged_at,
        )


def describe(frame):
    """Say the numbers that matter in one sentence."""
    if not len(frame.x):
        return "There is no point to learn from yet: drop some of both colours."
    norms = frame.grad_norms[-1]
    if frame.diverged_at:
        return f"{words.diverged_because(frame.diverged_at)}."
    if not norms.any():
        size = "the weight gradients are exactly zero in every layer"
    else:
        ratio = norms[0] / norms[-1] if norms[-1] else 0.0
        size = (
            f"the first layer's gradient is {words.rounded(ratio)} times the last one's"
        )
    steps = words.counted(len(frame.losses), "step")
    return (
        f"After {steps} the net of {frame.parameters:,} parameters "
        f"classifies {frame.accuracy:.0%} of the points correctly at a loss of "
        f"{abs(frame.losses[-1]):.3f} nats; {size}{of_own(frame.own_right)}."
    )


def of_own(right):
    """Say how many of the reader's own points come out right, if there are any."""
    return f", and it gets {sum(right)} of your {len(right)} right" if right else ""


sixty_lines = Explorer(
    id="sixty_lines",
    title="Sixty lines",
    controls={
        "data": Choice("data set", SETS, start="spirals", recorded=tuple(DATA)),
        "noise": Slider("noise", low=0.0, high=0.4, start=0.05, step=0.05),
        "width": Slider("width", low=2, high=64, start=32, step=2),
        "depth": Slider(
            "hidden layers", low=1, high=16, start=4, recorded=(1, 2, 4, 8, 16)
        ),
        "init": Choice(
            "initialisation",
            words.options(words.SCHEMES, *SCHEMES),
            start="he_normal",
            recorded=("zeros", "xavier_normal", "he_normal", "standard_normal"),
        ),
        "activation": Choice(
            "activation",
            words.options(words.ACTIVATIONS, *SLOPES),
            start="relu",
            recorded=("tanh", "relu", "sigmoid"),
        ),
        "lr": LogSlider(
            "learning rate",
            low=1e-3,
            high=10,
            start=0.1,
            recorded=(0.01, 0.1, 1.0, 3.0),
        ),
        "batch": Choice("batch size", (8, 32, 128, 300), start=128),
        "own": OWN,
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 3.8),
    together=("init", "activation", "lr", "depth"),
    presets={
        "learning rate 1": {"lr": 1.0},
        "learning rate 3": {"lr": 3.0},
        "sixteen sigmoid layers": SIGMOIDS,
        "weights too large": {"init": "standard_normal"},
        "weights all zero": {"init": "zeros"},
    },
)
