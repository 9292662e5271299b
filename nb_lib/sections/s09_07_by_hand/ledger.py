"""The ledger: backpropagation through nine parameters, one number at a time.

Numbers may be floats or fractions; with ReLU, fractions stay exact. Each cell of the
ledger is an entry of a dict, named as in the text: ``z1`` is z₁, and ``dw21`` the
derivative of the loss by w₂₁, the weight from input 2 to hidden unit 1.
"""

import math
from dataclasses import dataclass

PARAMETERS = ("w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c")
EXAMPLES = {"A": ((2, 1), 1 / 2), "B": ((0, -1), -1)}  # name: (x1, x2), target
STARTS = {
    "mixed": (1 / 2, 3 / 2, 1, -2, 0, -1 / 2, -1 / 2, 1, 0),
    "twins": (1 / 2, 1 / 2, 1, 1, 0, 0, -1 / 2, -1 / 2, 0),
    "zeros": (0, 0, 0, 0, 0, 0, 0, 0, 0),
}
RATE = 1 / 4
FAR = 700.0  # beyond it e^-z overflows, and the sigmoid is 0 or 1 long before


def sigmoid(z):
    """Return 1 / (1 + e^-z)."""
    return 1 / (1 + math.exp(-min(max(z, -FAR), FAR)))


def relu(z):
    """Return max(0, z)."""
    return z if z > 0 else 0 * z


# name: the activation, and its slope computed from its value h
ACTIVATIONS = {
    "sigmoid": (sigmoid, lambda h: h * (1 - h)),
    "tanh": (math.tanh, lambda h: 1 - h * h),
    "relu": (relu, lambda h: 1 if h > 0 else 0),
}


@dataclass(frozen=True)
class Epoch:
    """One epoch: nine numbers, what both examples say of them, nine new numbers.

    ``forward`` and ``backward`` hold a dict of cells for each example; ``gradient`` is
    the sum of their derivatives by the parameters.
    """

    params: dict
    forward: dict
    backward: dict
    loss: object
    gradient: dict
    updated: dict


def forward(p, x, activation):
    """Compute the output of the network for one example x = (x1, x2)."""
    f, _ = ACTIVATIONS[activation]
    z1 = x[0] * p["w11"] + x[1] * p["w21"] + p["b1"]
    z2 = x[0] * p["w12"] + x[1] * p["w22"] + p["b2"]
    h1, h2 = f(z1), f(z2)
    y = h1 * p["v1"] + h2 * p["v2"] + p["c"]
    return {"z1": z1, "z2": z2, "h1": h1, "h2": h2, "y": y}


def backward(p, x, t, cells, activation):
    """Compute what one example with target t says of every parameter."""
    _, slope = ACTIVATIONS[activation]
    dy = cells["y"] - t
    dv1, dv2, dc = cells["h1"] * dy, cells["h2"] * dy, dy
    dh1, dh2 = dy * p["v1"], dy * p["v2"]
    dz1, dz2 = dh1 * slope(cells["h1"]), dh2 * slope(cells["h2"])
    dw11, dw12 = x[0] * dz1, x[0] * dz2
    dw21, dw22 = x[1] * dz1, x[1] * dz2
    return {
        "dy": dy,
        "dv1": dv1,
        "dv2": dv2,
        "dc": dc,
        "dh1": dh1,
        "dh2": dh2,
        "dz1": dz1,
        "dz2": dz2,
        "dw11": dw11,
        "dw12": dw12,
        "dw21": dw21,
        "dw22": dw22,
        "db1": dz1,
        "db2": dz2,
    }


def update(p, gradient, lr):
    """Move every parameter against its derivative."""
    return {name: p[name] - lr * gradient[name] for name in PARAMETERS}


def start(name, kind=float):
    """Return one of the named starts, as numbers of one kind."""
    return dict(zip(PARAMETERS, map(kind, STARTS[name]), strict=True))


def examples(kind=float):
    """Return both examples, name: (x, target), as numbers of one kind."""
    return {name: (tuple(map(kind, x)), kind(t)) for name, (x, t) in EXAMPLES.items()}


def epoch(p, data, lr, activation):
    """Go through both examples as one batch, then update once.

    The loss is the mean of the two squared errors, ½ (y - t)² of each.
    """
    run = {name: forward(p, x, activation) for name, (x, _) in data.items()}
    said = {
        name: backward(p, x, t, run[name], activation) for name, (x, t) in data.items()
    }
    gradient = {
        name: sum(cells["d" + name] for cells in said.values()) for name in PARAMETERS
    }
    return Epoch(p, run, said, loss(said), gradient, update(p, gradient, lr))


def loss(said):
    """Return the mean squared error of two examples, from their dy = y - t."""
    return sum(cells["dy"] * cells["dy"] for cells in said.values()) / 2


def epochs(lr=RATE, init="mixed", activation="sigmoid", *, count=2, kind=float):
    """Return the ledger: so many epochs, one after the other."""
    p, data, rate = start(init, kind), examples(kind), kind(lr)
    pages = []
    for _ in range(count):
        pages.append(epoch(p, data, rate, activation))
        p = pages[-1].updated
    return pages


def losses(lr=RATE, init="mixed", activation="sigmoid", *, kind=float):
    """Return the loss at the start and after each of the two epochs."""
    pages = epochs(lr, init, activation, count=3, kind=kind)
    return [page.loss for page in pages]


def falls_twice(lr, init="mixed", activation="sigmoid"):
    """Whether the loss falls in both epochs."""
    first, second, third = losses(lr, init, activation)
    return first > second > third


def largest_rate(init="mixed", activation="sigmoid", *, low=0.01, high=4.0, steps=50):
    """Return the largest rate with which the loss falls twice, by halving.

    ``low`` must be small enough and ``high`` too large; between them the answer to
    "does it fall twice?" must change once, which ``changes`` counts.
    """
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if falls_twice(middle, init, activation) else (low, middle)
        )
    return low


def changes(rates, init="mixed", activation="sigmoid"):
    """Count how often the answer to "does it fall twice?" changes along the rates."""
    answers = [falls_twice(lr, init, activation) for lr in rates]
    return sum(a != b for a, b in zip(answers, answers[1:], strict=False))
