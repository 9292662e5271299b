"""Healthy programs to tune on: what is intended must not be called a fault.

Each is a function from (seed, watch) to the doctors that saw it, where
``watch(model, optimiser)`` makes a doctor.
"""

import torch
from torch import nn
from torch.nn import functional as F

from clinic.architectures import build, clouds
from clinic.loops import language, rounds, text
from clinic.programs import adam, run, sgd


def plain(name):
    """Return the healthy program of an architecture."""

    def program(seed, watch):
        return [run(build(name, seed), watch)]

    return program


def regression(seed, watch):
    """Fit a smooth function of three features, squared error."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    x = torch.randn(500, 3, generator=rng)
    y = (x[:, :1] * x[:, 1:2]).sin() + 0.1 * torch.randn(500, 1, generator=rng)
    model = nn.Sequential(nn.Linear(3, 40), nn.Tanh(), nn.Linear(40, 1))
    return rounds(model, adam(model, 1e-2), x, y, F.mse_loss, watch)


def frozen_body(seed, watch):
    """Train the head on a frozen body that stays in evaluation mode."""
    p = build("cnn", seed)
    p.model.stem.requires_grad_(False)
    trained = [*p.model.tower.parameters(), *p.model.head.parameters()]
    p.optimiser = lambda m: torch.optim.Adam(trained, lr=2e-3)
    whole = p.model.train

    def train(mode=True):
        whole(mode)
        p.model.stem.eval()
        return p.model

    p.model.train = train
    return [run(p, watch)]


def accumulation(seed, watch):
    """Add the gradients of four small batches before each step, and clip them."""
    p = build("mlp", seed)
    model, optimiser = p.model, adam(p.model)
    with watch(model, optimiser) as doctor:
        for _ in range(100):
            optimiser.zero_grad()
            for _ in range(4):
                rows = torch.randint(len(p.x), (16,))
                (F.cross_entropy(model(p.x[rows]), p.y[rows]) / 4).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
    return [doctor]


class Tied(nn.Module):
    """A language model whose output layer is its embedding."""

    def __init__(self, letters, width=24):
        super().__init__()
        self.embed = nn.Embedding(letters, width)
        nn.init.normal_(self.embed.weight, std=0.1)
        self.mix = nn.Linear(4 * width, width)

    def forward(self, x):
        h = torch.tanh(self.mix(self.embed(x).flatten(1)))
        return h @ self.embed.weight.T


def tied_weights(seed, watch):
    """Predict the next letter from four, with tied weights."""
    letters, windows, following = text(seed, 4)
    torch.manual_seed(seed)
    model = Tied(letters)
    loss = F.cross_entropy
    optimiser = adam(model, 1e-2)
    return rounds(model, optimiser, windows, following, loss, watch)


def game(seed, watch):
    """Let a generator and a discriminator play: two doctors, one inside the other."""
    torch.manual_seed(seed)
    maker = nn.Sequential(nn.Linear(3, 24), nn.ReLU(), nn.Linear(24, 2))
    judge = nn.Sequential(nn.Linear(2, 24), nn.LeakyReLU(0.2), nn.Linear(24, 1))
    makes, judges = adam(maker, 1e-3), adam(judge, 1e-3)
    loss, yes, no = (
        F.binary_cross_entropy_with_logits,
        torch.ones(32, 1),
        torch.zeros(32, 1),
    )
    with watch(maker, makes) as first, watch(judge, judges) as second:
        for _ in range(150):
            angle = 6.283 * torch.rand(32, 1)
            real = torch.cat([angle.cos(), angle.sin()], dim=1)
            fake = maker(torch.randn(32, 3))
            judges.zero_grad()
            (loss(judge(real), yes) + loss(judge(fake.detach()), no)).backward()
            judges.step()
            makes.zero_grad()
            loss(judge(fake), yes).backward()
            makes.step()
    return [first, second]


def warm_up(seed, watch):
    """Raise the learning rate from zero over 60 steps."""
    p = build("mlp", seed)
    model, optimiser = p.model, sgd(p.model, 0.1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, s / 60))
    with watch(model, optimiser) as doctor:
        for _ in range(150):
            rows = torch.randint(len(p.x), (32,))
            optimiser.zero_grad()
            F.cross_entropy(model(p.x[rows]), p.y[rows]).backward()
            optimiser.step()
            schedule.step()
    return [doctor]


def heavy_dropout(seed, watch):
    """Drop eight of ten hidden units."""
    p = build("mlp", seed)
    for module in p.model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.8
    return [run(p, watch)]


def closures(seed, watch):
    """Train with L-BFGS, which asks for the loss many times a step."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    x, y = clouds(rng, rows=200)
    model = nn.Sequential(nn.Linear(16, 20), nn.Tanh(), nn.Linear(20, 5))
    optimiser = torch.optim.LBFGS(model.parameters(), line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = F.cross_entropy(model(x), y) + 1e-3 * sum(
            p.square().sum() for p in model.parameters()
        )
        loss.backward()
        return loss

    with watch(model, optimiser) as doctor:
        for _ in range(20):
            optimiser.step(closure)
    return [doctor]


def recurrent_text(seed, watch):
    """Predict each next letter with a GRU, gradients clipped."""
    return language(seed, lambda w: nn.GRU(w, 32, batch_first=True), watch)


def shown_again(seed, watch):
    """Evaluate on training rows too, now and then, without gradients."""
    p = build("table", seed)
    model, optimiser = p.model, adam(p.model, 3e-3)
    with watch(model, optimiser) as doctor:
        for step in range(150):
            rows = torch.randint(len(p.x), (32,))
            model.train()
            optimiser.zero_grad()
            F.cross_entropy(model(p.x[rows]), p.y[rows]).backward()
            optimiser.step()
            if step % 30 == 29:
                model.eval()
                with torch.no_grad():
                    model(p.x[torch.randperm(len(p.x))[:300]])
                    model(p.x_test)
    return [doctor]


HEALTHY = {
    "mlp": plain("mlp"),
    "cnn": plain("cnn"),
    "table": plain("table"),
    "regression": regression,
    "frozen body in evaluation mode": frozen_body,
    "accumulated and clipped gradients": accumulation,
    "tied weights": tied_weights,
    "game of two nets": game,
    "warm-up from zero": warm_up,
    "heavy dropout": heavy_dropout,
    "L-BFGS": closures,
    "GRU on text": recurrent_text,
    "training rows shown again": shown_again,
}
