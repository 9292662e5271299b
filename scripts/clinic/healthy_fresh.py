"""Healthy programs of the third part, written before the rules were mended."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

from clinic.architectures import build, clouds, digits
from clinic.healthy_fresh_games import actor_and_critic, critic, q_learning
from clinic.healthy_tuning import plain
from clinic.loops import rounds, text
from clinic.programs import adam, adamw, run, sgd


def distillation(seed, watch):
    """Learn what a bigger net thinks of each digit, not the digit itself."""
    p = build("mlp", seed)
    teacher = nn.Sequential(nn.Flatten(), nn.Linear(196, 96), nn.ReLU())
    teacher.append(nn.Linear(96, 10))
    optimiser = adam(teacher)
    for _ in range(150):
        rows = torch.randint(len(p.x), (32,))
        optimiser.zero_grad()
        F.cross_entropy(teacher(p.x[rows]), p.y[rows]).backward()
        optimiser.step()
    with torch.no_grad():
        soft = (teacher(p.x) / 2).softmax(dim=1)

    def loss(logits, soft):
        return F.kl_div(F.log_softmax(logits / 2, 1), soft, reduction="batchmean")

    return rounds(p.model, adam(p.model), p.x, soft, loss, watch)


class Adapted(nn.Module):
    """A frozen layer with a low-rank addition that starts at zero."""

    def __init__(self, layer, rank=4):
        super().__init__()
        self.layer = layer.requires_grad_(False)
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) / 8)
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, x):
        return self.layer(x) + x @ self.down.T @ self.up.T


def adapters(seed, watch):
    """Adapt a trained net to inverted digits by additions of low rank."""
    p = build("residual", seed)
    optimiser = adam(p.model)
    for _ in range(120):
        rows = torch.randint(len(p.x), (32,))
        optimiser.zero_grad()
        F.cross_entropy(p.model(p.x[rows]), p.y[rows]).backward()
        optimiser.step()
    p.model.requires_grad_(False)
    p.model.tower[0] = Adapted(p.model.tower[0])
    p.model.head = Adapted(p.model.head)
    own = [q for q in p.model.parameters() if q.requires_grad]
    p.optimiser = lambda m: torch.optim.AdamW(own, lr=3e-3)
    p.prepare = lambda x: 0.5 - x
    return [run(p, watch)]


def gaussian_likelihood(seed, watch):
    """Predict a mean and a variance; this loss may well be negative."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    x = torch.randn(800, 4, generator=rng)
    noise = 0.05 + 0.1 * x[:, 1:2].abs()
    y = x[:, :1].tanh() + noise * torch.randn(800, 1, generator=rng)
    model = nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 2))

    def loss(output, y):
        mean, log_variance = output[:, :1], output[:, 1:]
        return F.gaussian_nll_loss(mean, y, log_variance.exp())

    return rounds(model, adam(model, 5e-3), x, y, loss, watch, tested=100)


def triplets(seed, watch):
    """Bring equal digits together until most triplets cost nothing."""
    p = build("mixer", seed)
    model, optimiser = p.model, adam(p.model)
    kinds = [p.x[p.y == digit] for digit in range(10)]
    with watch(model, optimiser) as doctor:
        for _ in range(120):
            same, other = torch.randperm(10)[:2]
            pair = kinds[same][torch.randint(len(kinds[same]), (2, 16))]
            far = kinds[other][torch.randint(len(kinds[other]), (16,))]
            optimiser.zero_grad()
            a, b, c = (model(x) for x in (*pair, far))
            F.triplet_margin_loss(a, b, c).backward()
            optimiser.step()
    return [doctor]


def masked_letters(seed, watch):
    """Guess hidden letters from both sides; the others do not count."""
    letters, windows, _ = text(seed, 12)
    torch.manual_seed(seed)
    layer = nn.TransformerEncoderLayer(24, 2, 48, dropout=0.1, batch_first=True)
    model = nn.Sequential(nn.Embedding(letters + 1, 24), layer, nn.Linear(24, letters))
    optimiser = adamw(model, 3e-3)
    with watch(model, optimiser) as doctor:
        for _ in range(150):
            part = windows[torch.randint(len(windows), (16,))]
            hidden = torch.rand(part.shape) < 0.2
            hidden[:, 0] = True
            optimiser.zero_grad()
            logits = model(part.masked_fill(hidden, letters))
            y = part.masked_fill(~hidden, -100)
            F.cross_entropy(logits.flatten(0, 1), y.flatten()).backward()
            optimiser.step()
    return [doctor]


def denoising(seed, watch):
    """Predict the noise that was added to a digit, at ten strengths."""
    torch.manual_seed(seed)
    x = digits()[0].flatten(1)
    model = nn.Sequential(nn.Linear(197, 96), nn.SiLU(), nn.Linear(96, 196))
    optimiser = adam(model, 1e-3)
    with watch(model, optimiser) as doctor:
        for _ in range(200):
            part = x[torch.randint(len(x), (32,))]
            strength = torch.randint(1, 11, (32, 1)) / 10
            noise = torch.randn_like(part)
            given = (1 - strength).sqrt() * part + strength.sqrt() * noise
            optimiser.zero_grad()
            output = model(torch.cat([given, strength], dim=1))
            F.mse_loss(output, noise).backward()
            optimiser.step()
    return [doctor]


def computed_twice(seed, watch):
    """Save memory: compute the stem's activations again on the way back."""
    p = build("both ways", seed)
    model, optimiser = p.model, adam(p.model, 3e-3)
    with watch(model, optimiser) as doctor:
        for _ in range(100):
            rows = torch.randint(len(p.x), (32,))
            optimiser.zero_grad()
            h = checkpoint(model.stem, p.x[rows], use_reentrant=False)
            F.cross_entropy(model.head(model.tower(h)), p.y[rows]).backward()
            optimiser.step()
    return [doctor]


def rare_labels(seed, watch):
    """Give a digit its several labels, some rare and counted more."""
    torch.manual_seed(seed)
    x, y = digits()
    labels = torch.stack([y == 0, y % 2 == 0, y > 4, y == 7, y % 3 == 0], 1).float()
    weight = (1 - labels.mean(0)) / labels.mean(0)
    model = nn.Sequential(nn.Linear(196, 40), nn.ReLU(), nn.Linear(40, 5))

    def loss(logits, y):
        return F.binary_cross_entropy_with_logits(logits, y, pos_weight=weight)

    optimiser = adam(model)
    return rounds(model, optimiser, x.flatten(1), labels, loss, watch, tested=200)


def easy_first(seed, watch):
    """Show the clear examples first, the doubtful ones later."""
    p = build("dense", seed)
    centre = torch.stack([p.x[p.y == c].mean(dim=0) for c in range(5)])[p.y]
    by_distance = (p.x - centre).norm(dim=1).argsort()
    p.order = lambda p: by_distance
    return [run(p, watch)]


def cosine(seed, watch):
    """Fit clouds' heights with Huber's loss while the rate falls to zero."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    x, y = clouds(rng, rows=600)
    height = x[:, :3].square().sum(dim=1, keepdim=True) / 5 + y[:, None]
    model = nn.Sequential(nn.Linear(16, 48), nn.SELU(), nn.Linear(48, 1))
    optimiser = sgd(model, 0.02)
    slower = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 150)
    optimiser.register_step_post_hook(lambda *_: slower.step())
    return rounds(model, optimiser, x, height, F.huber_loss, watch, tested=100)


class Silenced(nn.Module):
    """A residual branch whose last layer starts at zero."""

    def __init__(self, width):
        super().__init__()
        self.up, self.down = nn.Linear(width, width), nn.Linear(width, width)
        nn.init.zeros_(self.down.weight)

    def forward(self, x):
        return x + self.down(F.relu(self.up(x)))


def silent_branches(seed, watch):
    """Ten residual branches and a head that start at zero, warmed up."""
    p = build("mixer", seed)
    width = p.model.head.in_features
    p.model.tower = nn.Sequential(*(Silenced(width) for _ in range(10)))
    nn.init.zeros_(p.model.head.weight)

    def optimiser(model):
        made = adam(model)
        warm = torch.optim.lr_scheduler.LambdaLR(made, lambda s: min(1, s / 40))
        made.register_step_post_hook(lambda *_: warm.step())
        return made

    p.optimiser = optimiser
    return [run(p, watch)]


HEALTHY_FRESH = {
    "mixer": plain("mixer"),
    "both ways": plain("both ways"),
    "dense": plain("dense"),
    "distillation": distillation,
    "adapters of low rank": adapters,
    "Gaussian likelihood": gaussian_likelihood,
    "triplets": triplets,
    "masked letters": masked_letters,
    "denoising": denoising,
    "stem computed twice": computed_twice,
    "rare labels": rare_labels,
    "easy first": easy_first,
    "cosine schedule": cosine,
    "branches silent at first": silent_branches,
    "actor and critic": actor_and_critic,
    "critic with a penalty": critic,
    "Q-learning": q_learning,
}
