"""A control group of healthy programs, written before the rules were mended again.

The fresh part's first look had shown three false alarms; these twelve were written
before their causes were mended, and are looked at once.
"""

import copy

import torch
from torch import nn
from torch.nn import functional as F

from clinic.architectures import build, clouds, digits
from clinic.loops import rounds, text
from clinic.programs import adam, adamw, run, sgd


def rows_of(x, size=32):
    """Return the numbers of some random rows of x (N, ...)."""
    return torch.randint(len(x), (size,))


def ink_or_paper(seed, watch):
    """Say of each pixel of a noisy digit whether there is ink."""
    torch.manual_seed(seed)
    x = digits()[0][:800]
    y = (x.squeeze(1) > 0.3).long()
    model = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU())
    model.extend([nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(), nn.Conv2d(8, 2, 1)])
    noisy = x + 0.2 * torch.randn(x.shape)
    return rounds(
        model, adam(model, 3e-3), noisy, y, F.cross_entropy, watch, tested=100
    )


def new_head(seed, watch):
    """Go on with a trained body, gently, under a new head with a larger rate."""
    p = build("mlp", seed)
    optimiser = adam(p.model)
    for _ in range(150):
        rows = rows_of(p.x)
        optimiser.zero_grad()
        F.cross_entropy(p.model(p.x[rows]), p.y[rows] % 5).backward()
        optimiser.step()
    p.model.head = nn.Linear(64, 10)

    def optimiser_of(model):
        body = [*model.stem.parameters(), *model.tower.parameters()]
        groups = [{"params": body, "lr": 1e-4}, {"params": model.head.parameters()}]
        return torch.optim.AdamW(groups, lr=1e-2)

    p.optimiser = optimiser_of
    return [run(p, watch)]


def counts(seed, watch):
    """Predict counts with Poisson's likelihood."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    x = torch.randn(1200, 5, generator=rng)
    rate = (0.5 + 0.6 * x[:, 0] - 0.4 * x[:, 1]).exp()
    y = torch.poisson(rate, generator=rng)[:, None]
    model = nn.Sequential(nn.Linear(5, 24), nn.ReLU(), nn.Linear(24, 1))
    return rounds(model, adam(model, 3e-3), x, y, F.poisson_nll_loss, watch, tested=200)


def focal(seed, watch):
    """Classify with a loss that turns away from what is easy."""
    p = build("both ways", seed)

    def loss(logits, y):
        cost = F.cross_entropy(logits, y, reduction="none")
        return ((1 - (-cost).exp()).square() * cost).mean()

    p.loss = loss
    return [run(p, watch)]


def two_views_alike(seed, watch):
    """Predict a slower copy's view of the same digit; the loss is a negative cosine."""
    torch.manual_seed(seed)
    x = digits()[0].flatten(1)
    model = nn.Sequential(nn.Linear(196, 64), nn.BatchNorm1d(64), nn.ReLU())
    model.extend([nn.Linear(64, 32), nn.BatchNorm1d(32), nn.Linear(32, 32)])
    slower, optimiser = copy.deepcopy(model[:-1]), adam(model)
    with watch(model, optimiser) as doctor:
        for _ in range(120):
            part = x[rows_of(x)]
            one, two = part + 0.2 * torch.randn(2, *part.shape)
            with torch.no_grad():
                goal = slower(two)
            optimiser.zero_grad()
            (-F.cosine_similarity(model(one), goal).mean()).backward()
            optimiser.step()
            with torch.no_grad():
                for slow, fast in zip(
                    slower.parameters(), model.parameters(), strict=False
                ):
                    slow.lerp_(fast, 0.02)
    return [doctor]


def falling_body(seed, watch):
    """Solve a differential equation: the loss is made of derivatives."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(1, 24), nn.Tanh(), nn.Linear(24, 24), nn.Tanh())
    model.append(nn.Linear(24, 1))
    optimiser = adam(model, 3e-3)
    with watch(model, optimiser) as doctor:
        for _ in range(200):
            t = torch.rand(48, 1).requires_grad_()
            height = model(t)
            speed = torch.autograd.grad(height.sum(), t, create_graph=True)[0]
            start = model(torch.zeros(1, 1))
            optimiser.zero_grad()
            loss = F.mse_loss(speed, 1 - height)
            (loss + F.mse_loss(start, torch.zeros(1, 1))).backward()
            optimiser.step()
    return [doctor]


class Experts(nn.Module):
    """Four small nets and a gate that mixes what they say."""

    def __init__(self):
        super().__init__()
        one = lambda: nn.Sequential(nn.Linear(16, 24), nn.ReLU(), nn.Linear(24, 5))  # noqa: E731
        self.experts = nn.ModuleList(one() for _ in range(4))
        self.gate = nn.Linear(16, 4)

    def forward(self, x):
        share = self.gate(x).softmax(dim=1)
        said = torch.stack([expert(x) for expert in self.experts], dim=2)
        return (said * share[:, None]).sum(dim=2)


def experts(seed, watch):
    torch.manual_seed(seed)
    x, y = clouds(torch.Generator().manual_seed(seed))
    model = Experts()
    return rounds(model, adamw(model, 3e-3), x, y, F.cross_entropy, watch, tested=300)


class Writer(nn.Module):
    """A causal Transformer with tied weights."""

    def __init__(self, letters, width=32):
        super().__init__()
        self.embed = nn.Embedding(letters, width)
        nn.init.normal_(self.embed.weight, std=0.02)
        self.place = nn.Parameter(0.02 * torch.randn(20, width))
        self.layer = nn.TransformerEncoderLayer(
            width, 4, 64, dropout=0.1, batch_first=True, norm_first=True
        )
        self.norm = nn.LayerNorm(width)

    def forward(self, x):
        n = x.shape[1]
        mask = nn.Transformer.generate_square_subsequent_mask(n)
        h = self.layer(self.embed(x) + self.place[:n], src_mask=mask, is_causal=True)
        return self.norm(h) @ self.embed.weight.T


def writer(seed, watch):
    """Write letter by letter: warmed up, clipped, some places padded and ignored."""
    letters, windows, _ = text(seed, 17)
    torch.manual_seed(seed)
    model = Writer(letters)
    optimiser = adamw(model, 3e-3)
    warm = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, (s + 1) / 20))
    with watch(model, optimiser) as doctor:
        for _ in range(120):
            part = windows[rows_of(windows, 16)]
            y = part[:, 1:].masked_fill(torch.arange(16) < 4, -100)
            optimiser.zero_grad()
            logits = model(part[:, :-1])
            F.cross_entropy(logits.transpose(1, 2), y).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            warm.step()
    return [doctor]


def margins(seed, watch):
    """Separate clouds by margins, as a support vector machine does."""
    p = build("dense", seed)
    p.loss = F.multi_margin_loss
    return [run(p, watch)]


def online(seed, watch):
    """Logistic regression, an example at a time, with a rate that falls."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    x, y = clouds(rng, rows=700)
    model = nn.Linear(16, 5)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.05)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: 1 / (1 + s / 100))
    optimiser.register_step_post_hook(lambda *_: rate.step())
    settings = {"batch": 1, "steps": 400, "tested": 100}
    return rounds(model, optimiser, x, y, F.cross_entropy, watch, **settings)


class Tastes(nn.Module):
    """Ratings as products of two embeddings, around the mean."""

    def __init__(self, mean):
        super().__init__()
        self.people, self.films = nn.Embedding(60, 8), nn.Embedding(40, 8)
        for table in (self.people, self.films):
            nn.init.normal_(table.weight, std=0.1)
        self.mean = nn.Parameter(mean)

    def forward(self, x):
        product = self.people(x[:, 0]) * self.films(x[:, 1])
        return self.mean + product.sum(dim=1)


def ratings(seed, watch):
    """Predict who likes which film."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    x = torch.stack([torch.randint(n, (3000,), generator=rng) for n in (60, 40)], 1)
    people, films = (torch.randn(n, 3, generator=rng) for n in (60, 40))
    y = 3.5 + (people[x[:, 0]] * films[x[:, 1]]).sum(dim=1) / 2
    y = y + 0.3 * torch.randn(3000, generator=rng)
    model = Tastes(y.mean())
    return rounds(
        model, adam(model, 1e-2), x, y, F.mse_loss, watch, batch=64, steps=250
    )


def mended_pictures(seed, watch):
    """Fill in the missing half of a digit, with a short cut from input to output."""
    torch.manual_seed(seed)
    x = digits()[0][:1000]
    hidden = (torch.rand(len(x), 1, 14, 14) < 0.5).float()
    down = nn.Sequential(nn.Conv2d(1, 12, 3, 2, 1), nn.BatchNorm2d(12), nn.ReLU())
    up = nn.Sequential(nn.ConvTranspose2d(12, 8, 2, 2), nn.ReLU())
    model = nn.ModuleList([down, up, nn.Conv2d(9, 1, 3, padding=1)])
    model.forward = lambda x: model[2](torch.cat([x, model[1](model[0](x))], dim=1))
    given = x * (1 - hidden)
    return rounds(model, sgd(model, 0.05), given, x, F.l1_loss, watch, tested=100)


CONTROL = {
    "ink or paper": ink_or_paper,
    "new head on an old body": new_head,
    "counts": counts,
    "focal loss": focal,
    "two views alike": two_views_alike,
    "differential equation": falling_body,
    "mixture of experts": experts,
    "writer": writer,
    "margins": margins,
    "online regression": online,
    "ratings": ratings,
    "mended pictures": mended_pictures,
}
