"""Both twins on the same batches, step by step: how long do they stay equal?"""

from copy import deepcopy
from dataclasses import dataclass
from itertools import islice

import numpy as np
import torch
from torch.nn import functional

from nb_lib.data import epochs
from nb_lib.numpy import models, optimisers, train
from nb_lib.numpy.losses import cross_entropy
from nb_lib.torch import models as torch_models
from nb_lib.torch import train as torch_train

BATCH, RATES = 64, {"lr": 0.05, "momentum": 0.9}


@dataclass(frozen=True)
class Comparison:
    """What was seen of two runs that should be one."""

    net: models.MLP
    twin: torch_models.MLP
    losses: np.ndarray  # (2, steps), nats: NumPy, PyTorch
    gaps: np.ndarray  # (steps,), greatest difference of a parameter after each step
    crossings: np.ndarray  # (steps,), kinks with the twins on different sides

    @property
    def calm(self):
        """Return the gaps before the first crossing."""
        crossed = np.flatnonzero(self.crossings)
        return self.gaps[: crossed[0]] if len(crossed) else self.gaps


def side_by_side(x, labels, *, sizes, steps, rng, activation="relu", dtype="float64"):
    """Train both twins from the same weights on the same batches of 64.

    The PyTorch twin takes PyTorch's own loss and optimiser, SGD with momentum.
    """
    weights, order = rng.spawn(2)
    kind = {"activation": activation, "dtype": dtype}
    net = models.MLP(sizes, rng=deepcopy(weights), **kind)
    twin = torch_models.MLP(sizes, rng=weights, **kind)
    rows = list(islice(epochs(len(x), BATCH, rng=order), steps))
    pairs = zip(*descents(net, twin, x.astype(dtype), labels, rows), strict=True)
    losses, gaps, crossed = [], [], []
    for chosen in rows:
        crossed.append(crossings(net, twin, x[chosen].astype(dtype)))
        losses.append([step.loss for step in next(pairs)])
        gaps.append(greatest_gap(net, twin))
    return Comparison(net, twin, np.array(losses).T, np.array(gaps), np.array(crossed))


def descents(net, twin, x, labels, rows):
    """Return the two training loops, each on the batches that ``rows`` names."""
    steps = len(rows)
    arrays = ((x[r], labels[r]) for r in rows)
    tensors = ((torch.from_numpy(x[r]), torch.from_numpy(labels[r])) for r in rows)
    ours = optimisers.SGD(net.params, **RATES)
    theirs = torch.optim.SGD(twin.parameters(), **RATES)
    loss = functional.cross_entropy
    return (
        train.descend(net, cross_entropy, arrays, ours, watch=steps),
        torch_train.descend(twin, loss, tensors, theirs, watch=steps),
    )


def greatest_gap(net, twin):
    """Return the greatest difference between two parameters of the twins."""
    return max(
        np.abs(array - twin.params[name].detach().numpy()).max()
        for name, array in net.params.items()
    )


def crossings(net, twin, x):
    """Count the hidden ReLU units that are on in one twin and off in the other.

    Every image of x (N, D) counts by itself. A net without ReLU has no kink: 0.
    """
    if not net.activations or net.activations[0].f(-1.0) != 0:
        return 0
    h, t, count = x, torch.from_numpy(x), 0
    for ours, theirs in zip(net.linears[:-1], twin.linears[:-1], strict=True):
        h, t = np.maximum(ours.forward(h), 0), theirs(t).detach().relu()
        count += int(np.sum((h > 0) != (t.numpy() > 0)))
    return count
