"""A training program whose parts can be exchanged, and the loop that runs it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import nn
from torch.nn import functional as F


def adam(model, lr=2e-3):
    """Return Adam over all parameters of a model."""
    return torch.optim.Adam(model.parameters(), lr=lr)


def sgd(model, lr=0.1):
    """Return SGD with momentum over all parameters of a model."""
    return torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)


def adamw(model, lr=2e-3):
    """Return AdamW over all parameters of a model."""
    return torch.optim.AdamW(model.parameters(), lr=lr)


def rmsprop(model, lr=1e-3):
    """Return RMSprop over all parameters of a model."""
    return torch.optim.RMSprop(model.parameters(), lr=lr)


@dataclass
class Program:
    """What one training run is made of; a fault replaces one of the parts."""

    model: nn.Module
    x: torch.Tensor  # (N, ...)
    y: torch.Tensor  # (N,)
    x_test: torch.Tensor
    y_test: torch.Tensor
    optimiser: Callable = adam  # model -> optimiser
    loss: Callable = F.cross_entropy
    batch: int = 32
    steps: int = 150
    order: Callable = field(default=lambda p: torch.randperm(len(p.x)))
    clears: Callable = field(default=lambda step, is_new_epoch: True)
    trains: Callable = field(default=lambda step, tested: True)  # in training mode?
    evaluates: bool = True  # in evaluation mode?
    tests_every: int = 25
    tells: bool = True  # calls doctor.test
    prepare: Callable = field(default=lambda batch: batch)  # of the inputs
    after_setup: Callable = field(default=lambda model: None)


def batches(program):
    """Yield (rows, is this a new epoch) for ever."""
    while True:
        order = program.order(program)
        for start in range(0, len(order) - program.batch + 1, program.batch):
            yield order[start : start + program.batch], start == 0


def run(program, watch):
    """Run a program under the doctor that ``watch(model, optimiser)`` makes."""
    p, tested = program, False
    optimiser = p.optimiser(p.model)
    p.after_setup(p.model)
    feed = batches(p)
    with watch(p.model, optimiser) as doctor:
        for step in range(p.steps):
            rows, is_new_epoch = next(feed)
            p.model.train(p.trains(step, tested))
            if p.clears(step, is_new_epoch):
                optimiser.zero_grad()
            x, y = p.prepare(p.x[rows]), p.y[rows]
            output = p.model(x)
            p.loss(output, y).backward()
            doctor.note(output, y)
            optimiser.step()
            if step % p.tests_every == p.tests_every - 1:
                test(p, doctor)
                tested = True
    return doctor


def test(p, doctor):
    """Evaluate on the test rows, in evaluation mode if the program knows of it."""
    p.model.train(not p.evaluates)
    with torch.no_grad():
        output = p.model(p.prepare(p.x_test))
        loss = p.loss(output, p.y_test)
    if p.tells:
        doctor.test(loss, output, p.y_test)
