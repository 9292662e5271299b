"""§9.5: a net built by hand against a trained one of the same width."""

from dataclasses import dataclass
from itertools import repeat

import numpy as np

from nb_lib import words
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.numpy.losses import mse
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import Adam
from nb_lib.numpy.train import descend
from nb_lib.runs.training import Training
from nb_lib.sections.s09_05_approximation import targets
from nb_lib.sections.s09_05_approximation.picture import brief, picture

NETS = (
    ("trained", "trained"),
    ("built: ReLU pieces", "pieces"),
    ("built: sigmoid steps", "steps"),
)
WATCH = 10  # steps between two readings of the norms
READINGS = 40  # of the error in one run
MOST = 1e6  # microseconds of steps in one run: a reader does not wait longer


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    net: str  # "trained", "pieces" or "steps"
    function: str
    width: int
    curve: np.ndarray  # (places,), the net over the wider interval
    centres: np.ndarray  # (units,), inputs at which first-layer units switch
    errors: np.ndarray  # (frames so far,), greatest inside the interval
    outside: float  # greatest error beyond the interval, up to twice as far
    losses: np.ndarray  # (steps so far,) mean square; of a built net one number
    grad_norms: tuple  # of dL/dw, one a layer
    delta_norms: tuple  # of dL/dz
    steps: int  # to take
    diverged_at: int | None  # step


def compute(function, net, width, depth, init, activation, lr, steps):
    """Build a net, or train one on 256 places; offer a frame after every step."""
    if net != "trained":
        yield built_frame(function, net, width, steps)
        return
    x, y = targets.examples(function)
    sizes = (1, *[width] * depth, 1)
    rng = np.random.default_rng(9)
    model = MLP(sizes, rng=rng, activation=activation, init=init)
    steps = min(steps, int(MOST / microseconds(width, depth, activation)))
    optimiser = Adam(model.params, lr=lr)
    run = Run(function, model, width, steps, optimiser)
    descent = descend(model, mse, repeat((x, y)), optimiser, watch=WATCH)
    yield from run.offers(descent, steps)


def microseconds(width, depth, activation):
    """Estimate the work of one step on one core; counted, never timed."""
    slope = {"relu": 1, "gelu": 12}.get(activation, 1.6)
    return 50 + depth * (10 + slope * width) + (depth - 1) * 0.03 * width**2


def built_frame(function, net, width, steps):
    """Look at a built net, and at the gradient that training would start from."""
    model = targets.built(function, net, width)
    optimiser = Adam({}, lr=0)
    run = Run(function, model, width, steps, optimiser, net=net)
    run.take(next(descend(model, mse, [targets.examples(function)], optimiser)))
    return run.frame()


class Run(Training):
    """What has been seen of one net so far; its error is read now and then."""

    def __init__(self, function, model, width, steps, optimiser, *, net="trained"):
        super().__init__()
        self.what = {"net": net, "function": function, "width": width, "steps": steps}
        self.model, self.optimiser, self.lr = model, optimiser, optimiser.lr
        self.errors = []

    def take(self, step):
        """Note one step, after which the rate falls, to 0 in a straight line."""
        super().take(step)
        steps = self.what["steps"]
        self.optimiser.lr = self.lr * (1 - step.count / steps)
        is_due = step.count % -(-steps // READINGS) == 0
        if is_due or step.count in (1, steps) or self.is_over:
            self.read()

    def read(self):
        """Note the greatest errors inside the interval and outside."""
        function, net, width = (self.what[k] for k in ("function", "net", "width"))
        error, self.outside = targets.both_errors(function, self.model)
        if net != "trained":  # known on a finer grid
            error = targets.built_error(function, net, width)
        self.errors.append(error)

    def frame(self):
        """Look at the net as it is now."""
        first = self.model.params["0.w"]
        slopes = np.where(first[0] == 0, np.nan, first[0])
        return Frame(
            **self.what,
            curve=self.model.forward(targets.PLACES)[:, 0],
            centres=-self.model.params["0.b"] / slopes,
            errors=np.array(self.errors),
            outside=self.outside,
            losses=np.array(self.losses),
            grad_norms=self.norms[-1],
            delta_norms=self.deltas,
            diverged_at=self.diverged_at,
        )


def describe(frame):
    """Say the numbers that matter in one sentence."""
    pieces = targets.built_error(frame.function, "pieces", frame.width)
    bound = targets.bound(frame.function, frame.width)
    limit = "" if np.isnan(bound) else f" (bound {bound:.4g})"
    by_hand = f"{frame.width} ReLU pieces built by hand: {brief(pieces, 4)}{limit}"
    if frame.diverged_at:
        return f"{words.diverged_because(frame.diverged_at)}; {by_hand}."
    steps = words.counted(len(frame.losses), "step")
    made = {
        "trained": f"After {steps} the trained net of width {frame.width}",
        "pieces": f"The net of {frame.width} ReLU pieces",
        "steps": f"The net of {frame.width} sigmoid steps",
    }[frame.net]
    end = f"; {by_hand}" if frame.net != "pieces" else limit
    inside, outside = brief(frame.errors[-1], 4), brief(frame.outside, 3)
    return (
        f"{made} errs on {frame.function} by at most {inside} inside the interval and "
        f"by {outside} outside, up to twice as far{end}."
    )


approximation = Explorer(
    id="approximation",
    title="Build it or train it",
    controls={
        "function": Choice("function", tuple(targets.TARGETS), start="sin"),
        "net": Choice("net", NETS, start="trained"),
        "width": targets.WIDTH,
        "depth": Slider("hidden layers", low=1, high=3, start=1),
        "init": Choice("initialisation", words.USUAL_SCHEMES, start="he_normal"),
        "activation": Choice("activation", words.USUAL_ACTIVATIONS, start="relu"),
        "lr": LogSlider(
            "learning rate",
            low=1e-3,
            high=3,
            start=0.03,
            recorded=(0.001, 0.03, 3),
        ),
        "steps": LogSlider(
            "steps",
            low=100,
            high=10_000,
            start=500,
            whole=True,
            recorded=(100, 500, 2000, 10_000),
        ),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.6, 4.2),
    together=("function", "net", "width", "lr"),
    also=({"lr": (0.001, 0.03, 3), "steps": (100, 500, 2000, 10_000)},),
    presets={
        "built": {"net": "pieces"},
        "trained": {},
        "trained longer": {"steps": 10_000},
        "tanh, trained longer": {"activation": "tanh", "steps": 10_000},
        "learning rate 3": {"lr": 3},
        "a knot at the kink": {"net": "pieces", "function": "|x|", "width": 20},
        "a knot beside it": {"net": "pieces", "function": "|x|", "width": 5},
        "a jump": {"net": "pieces", "function": "jump", "width": 256},
    },
)
