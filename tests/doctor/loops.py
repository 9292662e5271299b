"""A small training loop with everything that the tests of the doctor bend."""

import torch
from torch import nn
from torch.nn import functional as F

from nb_lib.doctor import diagnose

FEATURES, CLASSES, ROWS = 12, 3, 240


def clouds(rows=ROWS, seed=0):
    """Return three clouds of points: x (rows, 12) and labels (rows,)."""
    rng = torch.Generator().manual_seed(seed)
    centres = 2 * torch.randn(CLASSES, FEATURES, generator=rng)
    y = torch.arange(rows) % CLASSES
    return centres[y] + torch.randn(rows, FEATURES, generator=rng), y


def net(activation=nn.ReLU, *, depth=2, width=24, dropout=0.0, seed=0):
    """Return a classifier with ``depth`` hidden layers."""
    torch.manual_seed(seed)
    layers, fan_in = [], FEATURES
    for _ in range(depth):
        layers += [nn.Linear(fan_in, width), activation()]
        layers += [nn.Dropout(dropout)] if dropout else []
        fan_in = width
    return nn.Sequential(*layers, nn.Linear(fan_in, CLASSES))


def adam(model, lr=3e-3):
    return torch.optim.Adam(model.parameters(), lr=lr)


def train(
    model,
    optimiser,
    *,
    data=None,
    loss=F.cross_entropy,
    steps=80,
    batch=20,
    order=None,
    clears=True,
    after=lambda doctor, step: None,
):
    """Train under a doctor; return it."""
    x, y = data or clouds()
    torch.manual_seed(1)
    rows = torch.empty(0, dtype=torch.long)
    with diagnose(model, optimiser) as doctor:
        for step in range(steps):
            if len(rows) < batch:
                rows = torch.randperm(len(x)) if order is None else order
            now, rows = rows[:batch], rows[batch:]
            if clears:
                optimiser.zero_grad()
            loss(model(x[now]), y[now]).backward()
            optimiser.step()
            after(doctor, step)
    assert doctor.failure is None, doctor.failure
    return doctor


def named(doctor):
    """Return the names of the faults that a doctor reports."""
    return {finding.fault for finding in doctor.report()}
