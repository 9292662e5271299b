"""What the first look at the held-out part taught, as faults to tune on.

Each shows the principle of something that was missed, on another architecture, in
another size and by other means.
"""

import torch
from torch import nn
from torch.nn import functional as F

from clinic.architectures import build
from clinic.changes import change, groups, redraw
from clinic.programs import adam


def wild_stem(seed):
    return change(build("table", seed), optimiser=groups("stem", 10.0, 2e-4))


def wild_middle(seed):
    p = build("mlp", seed, depth=3)
    return change(p, optimiser=groups("tower.3", 50.0, 1e-3))


def wild_head(seed):
    def optimiser(model):
        head = {"params": model.head.parameters(), "lr": 300.0}
        rest = [*model.stem.parameters(), *model.tower.parameters()]
        return torch.optim.SGD([head, {"params": rest}], lr=1e-3)

    return change(build("cnn", seed), optimiser=optimiser)


def shrunk(name, activation, depth, std):
    """Return a way to build a deep tower of small weights."""

    def program(seed):
        p = build(name, seed, activation=activation, depth=depth)
        redraw(p.model.tower, std)
        return p

    return program


def shrunk_fast(seed):
    """A deep tower of small weights whose Adam soon makes them large."""
    p = shrunk("mlp", nn.Tanh, 6, 0.01)(seed)
    return change(p, optimiser=lambda m: adam(m, 5e-3), steps=300)


def uphill_adam(seed):
    def optimiser(model):
        return torch.optim.Adam(model.parameters(), lr=2e-3, maximize=True)

    return change(build("table", seed), optimiser=optimiser)


def uphill_momentum(seed):
    """Steps uphill that soon leap, until a number is not finite."""

    def optimiser(model):
        own = model.parameters()
        return torch.optim.SGD(own, lr=0.05, momentum=0.9, maximize=True)

    return change(build("mlp", seed), optimiser=optimiser)


def negated_loss(seed):
    return change(build("cnn", seed), loss=lambda z, y: -F.cross_entropy(z, y))


LESSONS = {
    "a stem runs away": ("update_ratio", wild_stem),
    "a middle layer runs away": ("update_ratio", wild_middle),
    "a head runs away": ("update_ratio", wild_head),
    "seven small tanh": ("vanishing_gradients", shrunk("mlp", nn.Tanh, 7, 0.02)),
    "nine tiny tanh": ("vanishing_gradients", shrunk("table", nn.Tanh, 9, 0.01)),
    "twelve small tanh": ("vanishing_gradients", shrunk("cnn", nn.Tanh, 12, 0.04)),
    "ten small ReLU": ("vanishing_gradients", shrunk("cnn", nn.ReLU, 10, 0.02)),
    "six tanh that recover": ("vanishing_gradients", shrunk_fast),
    "uphill with Adam": ("no_learning", uphill_adam),
    "uphill with momentum": ("no_learning", uphill_momentum),
    "a negated loss": ("no_learning", negated_loss),
}
