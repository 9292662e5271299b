"""Which curvature drives two equal runs apart? The difference, replayed without some.

A step of SGD with momentum μ multiplies a small difference along an eigenvector of the
batch's Hessian H. It grows if the eigenvalue λ is negative, and if λ lies beyond the
border 2 (1 + μ) / lr. So (9.17.3) is replayed with all λ, then with one kind cut off.
"""

from copy import deepcopy
from itertools import islice

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from nb_lib.data import minibatches, moons
from nb_lib.torch.models import MLP

MOMENTUM, NUDGE = 0.9, 1e-10
FAST_AND_DEEP = {"lr": 0.3, "depth": 6, "width": 8}


def growth(seed, *, steps, lr, depth, width):
    """Return by how much a nudge grows: between two runs, and in three replays."""
    data, weights, order = np.random.default_rng(seed).spawn(3)
    net = MLP((2, *[width] * depth, 2), rng=weights, activation="tanh")
    nets = net, nudged(net, order)
    nudge = flat(nets[1].parameters()) - flat(net.parameters())
    velocities = [torch.zeros_like(nudge), torch.zeros_like(nudge)]
    border = 2 * (1 + MOMENTUM) / lr
    cuts = {"every λ": (), "no λ < 0": (0, None), "no λ > border": (None, border)}
    replays = {name: (nudge, torch.zeros_like(nudge)) for name in cuts}
    batches = minibatches(*moons(256, rng=data, noise=0.05), 64, rng=order)
    for batch in islice(batches, steps):
        x, labels = map(torch.from_numpy, batch)
        curved = torch.linalg.eigh(hessian(net, x, labels))
        for name, cut in cuts.items():
            replays[name] = replayed(*replays[name], *curved, cut, lr)
        for model, velocity in zip(nets, velocities, strict=True):
            step(model, velocity, x, labels, lr)
    difference = flat(nets[1].parameters()) - flat(net.parameters())
    found = {"two runs": difference} | {name: gap for name, (gap, _) in replays.items()}
    return {name: float(gap.norm() / nudge.norm()) for name, gap in found.items()}


def nudged(net, rng):
    """Return a copy of the net whose weights differ by about NUDGE."""
    other = deepcopy(net)
    with torch.no_grad():
        for entry in other.parameters():
            entry += NUDGE * torch.from_numpy(rng.normal(size=entry.shape))
    return other


def replayed(difference, velocity, values, vectors, cut, lr):
    """Take one step of (9.17.3) with momentum; the eigenvalues are cut before."""
    kept = values.clamp(*cut) if cut else values
    velocity = MOMENTUM * velocity + vectors @ (kept * (vectors.T @ difference))
    return difference - lr * velocity, velocity


def flat(tensors):
    """Return all numbers of the tensors as one vector, without a record."""
    return torch.cat([tensor.detach().ravel() for tensor in tensors])


def step(model, velocity, x, labels, lr):
    """Move the model by SGD with momentum; the velocity changes in place."""
    weights = list(model.parameters())
    slopes = torch.autograd.grad(cross_entropy(model(x), labels), weights)
    velocity.mul_(MOMENTUM).add_(flat(slopes))
    moved = flat(weights) - lr * velocity
    torch.nn.utils.vector_to_parameters(moved, weights)


def hessian(model, x, labels):
    """Return the slopes of the gradient, (weights, weights), of the batch's loss."""
    weights = list(model.parameters())
    loss = cross_entropy(model(x), labels)
    slopes = torch.autograd.grad(loss, weights, create_graph=True)
    slopes = torch.cat([slope.ravel() for slope in slopes])
    every = torch.eye(len(slopes), dtype=slopes.dtype)
    rows = torch.autograd.grad(slopes, weights, every, is_grads_batched=True)
    return torch.cat([row.flatten(1) for row in rows], 1)
