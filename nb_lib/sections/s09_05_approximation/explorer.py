"""§9.5: a net built by hand against a trained one of the same width."""

from dataclasses import dataclass
from itertools import repeat

import numpy as np

from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.numpy.losses import mse
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import Adam
from nb_lib.numpy.train import descend
from nb_lib.runs.training import SCHEMES, Watched
from nb_lib.sections.s09_05_approximation import targets
from nb_lib.sections.s09_05_approximation.picture import describe, picture

NETS = (
    ("trained", "trained"),
    ("built: ReLU pieces", "pieces"),
    ("built: sigmoid steps", "steps"),
)
ACTIVATIONS = ("relu", "leaky_relu", "gelu", "silu", "tanh", "sigmoid")
WATCH = 10  # steps between two readings of the norms
MOST = 1e6  # microseconds of steps in one run


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
    """Build a net, or train one on 256 places; yield frames as it learns."""
    width = round(width)
    if net != "trained":
        yield built_frame(function, net, width, round(steps))
        return
    x, y = targets.examples(function)
    sizes = (1, *[width] * depth, 1)
    rng = np.random.default_rng(9)
    model = MLP(sizes, rng=rng, activation=activation, init=init)
    each = microseconds(width, depth, activation)
    steps = min(round(steps), int(MOST / each))
    every = max(4, int(22_000 / each))  # a frame costs as much as two or three steps
    stops = {max(1, int(6_000 / each)), *range(every, steps, every)}
    optimiser = Adam(model.params, lr=lr)
    run = Run(function, model, width, steps)
    for step in descend(model, mse, repeat((x, y), steps), optimiser, watch=WATCH):
        run.take(step)
        optimiser.lr = lr * (1 - step.count / steps)  # falls to 0 in a straight line
        if step.count in stops or step.count == steps or run.diverged_at:
            yield run.frame()
        if run.diverged_at:
            return


def microseconds(width, depth, activation):
    """Estimate the work of one step on one core; counted, never timed."""
    slope = {"relu": 1, "gelu": 12}.get(activation, 1.6)
    return 50 + depth * (10 + slope * width) + (depth - 1) * 0.03 * width**2


def built_frame(function, net, width, steps):
    """Look at a built net, and at the gradient that training would start from."""
    model = targets.built(function, net, width)
    step = next(descend(model, mse, [targets.examples(function)], Adam({}, lr=0)))
    run = Run(function, model, width, steps, net)
    run.take(step)
    return run.frame()


class Run(Watched):
    """What has been seen of one net so far."""

    def __init__(self, function, model, width, steps, net="trained"):
        super().__init__()
        self.what = {"net": net, "function": function, "width": width, "steps": steps}
        self.model, self.errors = model, []

    def frame(self):
        """Look at the net as it is now."""
        function, first = self.what["function"], self.model.params["0.w"]
        error, outside = targets.both_errors(function, self.model)
        if self.what["net"] != "trained":  # known on a finer grid
            error = targets.built_error(function, self.what["net"], self.what["width"])
        self.errors.append(error)
        slopes = np.where(first[0] == 0, np.nan, first[0])
        return Frame(
            **self.what,
            curve=self.model.forward(targets.PLACES)[:, 0],
            centres=-self.model.params["0.b"] / slopes,
            errors=np.array(self.errors),
            outside=outside,
            losses=np.array(self.losses),
            grad_norms=self.norms[-1],
            delta_norms=self.deltas,
            diverged_at=self.diverged_at,
        )


approximation = Explorer(
    id="approximation",
    title="Build it or train it",
    controls={
        "function": Choice("function", tuple(targets.TARGETS), start="sin"),
        "net": Choice("net", NETS, start="trained"),
        "width": targets.WIDTH,
        "depth": Slider("hidden layers", low=1, high=3, start=1),
        "init": Choice("initialisation", SCHEMES, start="he_normal"),
        "activation": Choice("activation", ACTIVATIONS, start="relu"),
        "lr": LogSlider(
            "learning rate",
            low=1e-3,
            high=3,
            start=0.03,
            recorded=(0.001, 0.03, 3),
        ),
        "steps": LogSlider(
            "steps", low=100, high=10_000, start=500, recorded=(100, 500, 2000, 10_000)
        ),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.6, 4.2),
    together=("function", "net", "width", "lr"),
)
