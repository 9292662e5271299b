"""Many small networks side by side: what one seed does, and what most seeds do.

Net s is ``models.MLP(sizes, rng=rngs[s])``, trained alone: the nets share
the data and no number else. Arrays carry the nets in front, (S, N, width), so that one
matrix product serves all of them.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nb_lib.numpy._checks import check_rows
from nb_lib.numpy._floats import floats, setting
from nb_lib.numpy._settings import check_number, check_rngs, check_sizes, pick
from nb_lib.numpy.activations import ACTIVATIONS, DERIVATIVES, sigmoid, softplus
from nb_lib.numpy.init import INITS


@dataclass(frozen=True, slots=True)
class ManyNetsStep:
    """What one update of all nets tells; ``losses`` (S,) are those before it."""

    count: int
    losses: np.ndarray  # (S,), nats
    delta_norms: np.ndarray | None  # (layers, S), of dL/dz, on a step that is watched
    grad_norms: np.ndarray | None = None  # (layers, S), of dL/dw, on the same steps


class ManyNets:
    """S networks z_l = h_(l-1) @ w_l + b_l, h_l = f(z_l), one for each of ``rngs``.

    ``sizes`` are (features, hidden..., outputs). ``params`` and ``grads`` map "0.w",
    "0.b", ... to arrays of shapes (S, fan_in, fan_out) and (S, 1, fan_out); ``deltas``
    holds dL/dz_l (S, N, sizes[l]) of every layer after ``backward``.

    Impossible sizes or an unknown name of ``activation`` or ``init`` are a ValueError.
    """

    def __init__(self, sizes, *, rngs, activation="relu", init="he_normal"):
        sizes, rngs = check_sizes(sizes), check_rngs(rngs)
        draw = pick(INITS, init, "init")
        self.f = pick(ACTIVATIONS, activation, "activation")
        self.derivative = DERIVATIVES[activation]
        nets = [[draw(*pair, rng=rng) for pair in pairwise(sizes)] for rng in rngs]
        self.depth, self.params = len(sizes) - 1, {}
        for layer, w in enumerate(zip(*nets, strict=True)):
            self.params[f"{layer}.w"] = np.stack(w)
            self.params[f"{layer}.b"] = np.zeros((len(w), 1, sizes[layer + 1]))
        self.grads, self.deltas = {}, []

    def forward(self, x):
        """Map features x (N, D), the same for all nets, to logits (S, N, outputs)."""
        self.h, self.z = [floats(x)], []
        for layer in range(self.depth):
            w, b = self.params[f"{layer}.w"], self.params[f"{layer}.b"]
            self.z.append(self.h[-1] @ w + b)
            self.h.append(self.f(self.z[-1]))  # the last one is not asked for
        return self.z[-1]

    def backward(self, dlogits):
        """Take dL/dlogits (S, N, outputs); keep all gradients."""
        delta, self.deltas = dlogits, []
        for layer in reversed(range(self.depth)):
            self.deltas.insert(0, delta)
            self.grads[f"{layer}.w"] = self.h[layer].swapaxes(-1, -2) @ delta
            self.grads[f"{layer}.b"] = delta.sum(axis=1, keepdims=True)
            if layer > 0:
                dh = delta @ self.params[f"{layer}.w"].swapaxes(1, 2)
                delta = dh * self.derivative(self.z[layer - 1])


def descend(nets, x, targets, optimiser, *, watch=1):
    """Update all nets on the full batch, for ever; yield a ``ManyNetsStep`` each time.

    Each net has its own loss, the mean over its N rows of the cross-entropy of its
    one logit z, with targets t of 0 and 1, shape (N, 1). Since no net sees another's,
    dL/dz = (σ(z) - t) / N. Norms are taken on the first and every ``watch``-th step.
    """
    check_number("descend", "watch", watch, 1)
    check_rows("descend", x, targets)
    count = 0
    while True:
        logits, count = nets.forward(x), count + 1
        losses = np.mean(softplus(logits) - targets * logits, axis=(1, 2))
        nets.backward((sigmoid(logits) - targets) / len(x))
        norms = None, None
        if count == 1 or count % watch == 0:
            grads = [nets.grads[f"{layer}.w"] for layer in range(nets.depth)]
            norms = _norms(nets.deltas), _norms(grads)
        optimiser.step(nets.grads)
        yield ManyNetsStep(count, losses, *norms)


def _norms(arrays):
    """Take one norm for each layer and net, (layers, S), of arrays (S, ., .)."""
    return np.array([np.sqrt(np.sum(a * a, axis=(1, 2))) for a in arrays])


def solved(nets, x, targets, *, least=0.6):
    """Ask of each net whether every row has its label at a probability of ``least``.

    A net that says one half everywhere is right or wrong by rounding alone, so the
    least is above one half. Shapes: x (N, D), targets (N, 1) of 0 and 1, result (S,).
    """
    x, targets, least = floats(x), floats(targets), setting(least)
    check_rows("solved", x, targets)
    right = sigmoid(nets.forward(x) * (2 * targets - 1))  # of each row's own label
    return (right > least).all(axis=(1, 2))


def wilson(successes, trials, *, z=1.96):
    """Give the ends of the interval for a share, 95% unless told.

    The shares q with (p - q)² <= z² q (1 - q) / n, for p = successes / n. Unlike
    p ± z √(p (1 - p) / n) it stays within [0, 1] and has a width at p = 0 and 1.

    Impossible counts are a ValueError.

    Source: Edwin Wilson (1927), "Probable inference, the law of succession".
    """
    successes, trials, z = floats(successes), floats(trials), setting(z)
    check_number("wilson", "trials", trials, 1)
    check_number("wilson", "successes", successes, 0, trials)
    p, n = successes / trials, trials
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
    return max(centre - half, 0.0), min(centre + half, 1.0)  # rounding aside
