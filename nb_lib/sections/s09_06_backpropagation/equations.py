"""The four equations put to the test: a net whose every array can be moved."""

from dataclasses import dataclass, field

import numpy as np

from nb_lib.autograd.check import central_difference
from nb_lib.numpy.activations import ACTIVATIONS
from nb_lib.numpy.losses import d_mse, mse
from nb_lib.numpy.models import MLP

NAMES = ("output error", "error of a layer", "weights", "biases")


@dataclass(frozen=True)
class Case:
    """A net of any shape with a batch, and what the library's backward pass gave.

    Each equation has its arrays: what it gave, and how to move what it is a slope of.
    """

    net: MLP
    x: np.ndarray  # (N, D)
    targets: np.ndarray  # (N, C)
    activation: str
    given: dict = field(default_factory=dict)  # equation -> arrays

    @property
    def layers(self):
        """The number of layers with weights."""
        return len(self.net.linears)

    def arrays(self):
        """Return w, b and an offset of zeros for z, for each layer."""
        w, b = ([lin.params[k] for lin in self.net.linears] for k in "wb")
        return w, b, [np.zeros((len(self.x), len(bias))) for bias in b]


def random_case(rng, *, activation="tanh"):
    """Draw sizes, weights, biases and a batch; run backward."""
    sizes = rng.integers(1, 8, size=rng.integers(2, 6))
    net = MLP(tuple(int(n) for n in sizes), rng=rng, activation=activation)
    for linear in net.linears:
        linear.params["b"] += rng.normal(size=linear.params["b"].shape)
    n = int(rng.integers(1, 8))
    x, targets = rng.normal(size=(n, sizes[0])), rng.normal(size=(n, sizes[-1]))
    net.backward(d_mse(net.forward(x), targets))
    given = {
        "output error": net.deltas[-1:],
        "error of a layer": net.deltas[:-1],
        "weights": [lin.grads["w"] for lin in net.linears],
        "biases": [lin.grads["b"] for lin in net.linears],
    }
    return Case(net, x, targets, activation, given)


def loss(case, w, b, offsets, *, f=None, mean_square=mse):
    """Return the loss with an offset (N, fan_out) added to each layer's z."""
    f = f or ACTIVATIONS[case.activation]
    h = case.x
    for layer in range(case.layers):
        z = h @ w[layer] + b[layer] + offsets[layer]
        h = f(z)
    return mean_square(z, case.targets)


def places(case):
    """Say for each equation which of w, b, offsets it is a slope of, layer by layer."""
    last = case.layers - 1
    return {
        "output error": [(2, last)],
        "error of a layer": [(2, layer) for layer in range(last)],
        "weights": [(0, layer) for layer in range(case.layers)],
        "biases": [(1, layer) for layer in range(case.layers)],
    }


def gap_by_differences(case, equation, rng):
    """Move all arrays of an equation along one random direction; return the gap.

    It is relative to the norm of the slopes; None where the net has no such array.
    """
    where, given = places(case)[equation], case.given[equation]
    if not where:
        return None
    v = [rng.normal(size=g.shape) for g in given]

    def moved(*arrays):
        groups = [list(group) for group in case.arrays()]
        for (group, layer), array in zip(where, arrays, strict=True):
            groups[group][layer] = array
        return loss(case, *groups)

    start = [case.arrays()[group][layer] for group, layer in where]
    found = central_difference(moved, start, v)
    wanted = sum(np.sum(g * u) for g, u in zip(given, v, strict=True))
    return share(abs(found - wanted), norm(given))


def gap_by_autograd(case, equation):
    """Let PyTorch differentiate the same net; return the gap, relative to the norm."""
    import torch

    groups = [
        [torch.tensor(a, requires_grad=True) for a in group] for group in case.arrays()
    ]
    f = getattr(torch, case.activation)
    x, targets = torch.tensor(case.x), torch.tensor(case.targets)
    own = Case(case.net, x, targets, case.activation)
    value = loss(own, *groups, f=f, mean_square=torch.nn.functional.mse_loss)
    value.backward()
    where, given = places(case)[equation], case.given[equation]
    if not where:
        return None
    found = [groups[group][layer].grad.numpy() for group, layer in where]
    gap = norm([a - g for a, g in zip(found, given, strict=True)])
    return share(gap, norm(given))


def share(gap, size):
    """Divide; where all slopes are 0, as behind dead units, the gap itself counts."""
    return float(gap / size) if size else float(gap)


def norm(arrays):
    """Return the root of the sum of all squares."""
    return np.sqrt(sum(np.sum(a * a) for a in arrays))


def worst_gaps(cases, gap):
    """Return the greatest gap of each equation over the cases."""
    found = {name: [gap(case, name) for case in cases] for name in NAMES}
    return {name: max(g for g in gaps if g is not None) for name, gaps in found.items()}
