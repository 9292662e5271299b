"""What the first look at the held-out part taught, as programs to tune on.

Each shows the principle of something that was missed, on another architecture, in
another size and by other means.
"""

import torch
from torch import nn
from torch.nn import functional as F

from clinic.architectures import build
from clinic.faults import change, groups, redraw
from clinic.loops import rounds
from clinic.programs import adam, adamw, run


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


def few_at_a_time(name, batch, steps, lr):
    """Return a program that learns from very small batches with plain SGD."""

    def program(seed, watch):
        p = build(name, seed)
        p.optimiser = lambda m: torch.optim.SGD(m.parameters(), lr=lr)
        change(p, batch=batch, steps=steps, tests_every=100)
        return [run(p, watch)]

    return program


def one_height(seed, watch):
    """Fit a noisy function, one example at a time."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    x = torch.randn(900, 4, generator=rng)
    y = x[:, :1] * x[:, 1:2] + x[:, 2:3] + torch.randn(900, 1, generator=rng)
    model = nn.Sequential(nn.Linear(4, 24), nn.ReLU(), nn.Linear(24, 1))
    optimiser = torch.optim.SGD(model.parameters(), lr=0.005)
    return rounds(model, optimiser, x, y, F.mse_loss, watch, batch=1, steps=400)


def small_batches_silent(seed, watch):
    """Plain SGD on three digits at a time, and no evaluation that anyone is told."""
    p = build("cnn", seed)
    p.optimiser = lambda m: torch.optim.SGD(m.parameters(), lr=0.01)
    change(p, batch=3, steps=120, tests_every=1000)
    return [run(p, watch)]


def likelihood_ascent(seed, watch):
    """Climb the log-likelihood on purpose: the negated loss is maximised."""
    p = build("table", seed)
    p.loss = lambda z, y: -F.cross_entropy(z, y)
    p.optimiser = lambda m: torch.optim.Adam(m.parameters(), lr=3e-3, maximize=True)
    p.tells = False
    return [run(p, watch)]


def zero_head(seed, watch):
    """A head of zeros, and a rate that is warmed up: nothing flows back at first."""
    p = build("mlp", seed, depth=4)
    nn.init.zeros_(p.model.head.weight)

    def optimiser(model):
        made = adamw(model)
        warm = torch.optim.lr_scheduler.LambdaLR(made, lambda s: min(1, s / 100))
        made.register_step_post_hook(lambda *_: warm.step())
        return made

    return [run(change(p, optimiser=optimiser), watch)]


def small_embeddings(seed, watch):
    """Small first weights that Adam makes ten times as large, as is meant."""
    p = build("table", seed)
    redraw(p.model.stem, 0.002)
    return [run(p, watch)]


HEALTHY_LESSONS = {
    "one cloud at a time": few_at_a_time("table", 1, 400, 0.01),
    "two digits at a time": few_at_a_time("mlp", 2, 300, 0.05),
    "one height at a time": one_height,
    "three digits, no test": small_batches_silent,
    "log-likelihood maximised": likelihood_ascent,
    "zero head, warmed up": zero_head,
    "small first weights": small_embeddings,
}
