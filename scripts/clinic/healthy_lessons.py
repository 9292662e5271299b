"""What the first look at the held-out part taught, as healthy programs to tune on."""

import torch
from torch import nn
from torch.nn import functional as F

from clinic.architectures import build
from clinic.changes import change, redraw
from clinic.loops import Reader, rounds, text
from clinic.programs import adam, adamw, run


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


def ignored_letters(seed, watch):
    """Guess letters; seven of ten places have no target."""
    letters, windows, _ = text(seed, 16)
    torch.manual_seed(seed)
    model = Reader(letters, lambda w: nn.GRU(w, 32, batch_first=True))
    optimiser = adam(model, 5e-3)
    with watch(model, optimiser) as doctor:
        for _ in range(100):
            part = windows[torch.randint(len(windows), (24,))]
            y = part[:, 1:].masked_fill(torch.rand(24, 15) < 0.7, -100)
            optimiser.zero_grad()
            F.cross_entropy(model(part[:, :-1]).flatten(0, 1), y.flatten()).backward()
            optimiser.step()
    return [doctor]


def negative_loss(seed, watch):
    """Fit a density to what is nearly known: its loss soon falls below zero."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    x = torch.rand(500, 2, generator=rng)
    y = x.sum(dim=1, keepdim=True) + 0.1 * torch.randn(500, 1, generator=rng)
    model = nn.Sequential(nn.Linear(2, 24), nn.ReLU(), nn.Linear(24, 2))

    def loss(output, y):
        mean, log_scale = output[:, :1], output[:, 1:]
        return (log_scale + ((y - mean) / log_scale.exp()).square() / 2).mean()

    return rounds(model, adam(model, 3e-3), x, y, loss, watch, tested=100, steps=250)


def biases_only(seed, watch):
    """Adapt a trained net to turned inputs by its biases and norms alone."""
    p = build("cnn", seed)
    optimiser = adam(p.model)
    for _ in range(100):
        rows = torch.randint(len(p.x), (32,))
        optimiser.zero_grad()
        F.cross_entropy(p.model(p.x[rows]), p.y[rows]).backward()
        optimiser.step()
    own = [q.requires_grad_(q.ndim == 1) for q in p.model.parameters()]
    own = [q for q in own if q.requires_grad]
    p.optimiser = lambda m: torch.optim.Adam(own, lr=5e-3)
    p.loss = lambda z, y: F.cross_entropy(2 * z, y)  # surer of itself than it should be
    return [run(change(p, prepare=lambda x: x.transpose(2, 3)), watch)]


HEALTHY_LESSONS = {
    "one cloud at a time": few_at_a_time("table", 1, 400, 0.01),
    "two digits at a time": few_at_a_time("mlp", 2, 300, 0.05),
    "one height at a time": one_height,
    "three digits, no test": small_batches_silent,
    "log-likelihood maximised": likelihood_ascent,
    "zero head, warmed up": zero_head,
    "small first weights": small_embeddings,
    "one digit at a time": few_at_a_time("cnn", 1, 400, 0.002),
    "ignored letters": ignored_letters,
    "negative loss": negative_loss,
    "biases alone": biases_only,
}
