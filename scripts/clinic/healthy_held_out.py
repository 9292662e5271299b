"""Healthy programs held out: nothing in the doctor was tuned on them."""

import torch
from torch import nn
from torch.nn import functional as F

from clinic.architectures import build, digits
from clinic.healthy_tuning import plain
from clinic.loops import language, rounds, text
from clinic.programs import adam, adamw, run


def policy_gradient(seed, watch):
    """Learn a bandit's best arm in each of six situations; the loss need not fall."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    pay = torch.rand(6, 4, generator=rng)
    model = nn.Sequential(nn.Linear(6, 24), nn.Tanh(), nn.Linear(24, 4))
    optimiser, mean = adam(model, 5e-3), 0.5
    with watch(model, optimiser) as doctor:
        for _ in range(150):
            place = torch.randint(6, (32,))
            logits = model(F.one_hot(place, 6).float())
            arm = torch.distributions.Categorical(logits=logits.detach()).sample()
            reward = pay[place, arm] + 0.1 * torch.randn(32)
            mean = 0.95 * mean + 0.05 * float(reward.mean())
            cost = F.cross_entropy(logits, arm, reduction="none")
            optimiser.zero_grad()
            (cost * (reward - mean)).mean().backward()
            optimiser.step()
    return [doctor]


def bfloat16(seed, watch):
    """Train in bfloat16 where autocast says so."""
    p = build("residual", seed)
    model, optimiser = p.model, adamw(p.model)
    with watch(model, optimiser) as doctor:
        for _ in range(100):
            rows = torch.randint(len(p.x), (32,))
            optimiser.zero_grad()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = F.cross_entropy(model(p.x[rows]), p.y[rows])
            loss.backward()
            optimiser.step()
    return [doctor]


def sparse_embeddings(seed, watch):
    """Learn letters' embeddings with sparse gradients, under two optimisers."""
    letters, windows, following = text(seed, 3)
    torch.manual_seed(seed)
    table, head = nn.Embedding(letters, 16, sparse=True), nn.Linear(48, letters)
    model = nn.Sequential(table, nn.Flatten(), head)
    first = torch.optim.SparseAdam(table.parameters(), lr=1e-2)
    second = adam(head, 1e-2)
    with watch(model, first) as one, watch(model, second) as two:
        for _ in range(150):
            rows = torch.randint(len(windows), (32,))
            first.zero_grad()
            second.zero_grad()
            F.cross_entropy(model(windows[rows]), following[rows]).backward()
            first.step()
            second.step()
    return [one, two]


def clipped_rnn(seed, watch):
    """Predict letters with a plain recurrent net, gradients clipped."""
    return language(seed, lambda w: nn.RNN(w, 32, batch_first=True), watch)


def autoencoder(seed, watch):
    """Squeeze digits through eight sigmoid units, cross-entropy per pixel."""
    torch.manual_seed(seed)
    x = digits()[0][:1000].flatten(1)
    down, up = nn.Linear(196, 48), nn.Linear(48, 196)
    narrow = nn.Sequential(nn.Linear(48, 8), nn.Sigmoid(), nn.Linear(8, 48), nn.ReLU())
    model = nn.Sequential(down, nn.ReLU(), narrow, up)
    loss, optimiser = F.binary_cross_entropy_with_logits, adam(model, 3e-3)
    return rounds(model, optimiser, x, x, loss, watch, tested=100)


class Variational(nn.Module):
    """A variational autoencoder with four latent numbers."""

    def __init__(self):
        super().__init__()
        self.encode = nn.Sequential(nn.Linear(196, 48), nn.ReLU(), nn.Linear(48, 8))
        self.decode = nn.Sequential(nn.Linear(4, 48), nn.ReLU(), nn.Linear(48, 196))

    def forward(self, x):
        mean, log_variance = self.encode(x).chunk(2, dim=1)
        z = mean + (log_variance / 2).exp() * torch.randn_like(mean)
        return self.decode(z), mean, log_variance


def variational(seed, watch):
    """Train it on the sum of both its losses."""
    torch.manual_seed(seed)
    x, model = digits()[0].flatten(1), Variational()

    def loss(output, x):
        logits, mean, log_variance = output
        fit = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        spread = 1 + log_variance - mean.square() - log_variance.exp()
        return (fit - spread.sum() / 2) / len(x)

    return rounds(model, adam(model), x, x, loss, watch)


def two_tasks(seed, watch):
    """Predict the digit and its ink with two heads, losses added."""
    torch.manual_seed(seed)
    x, y = digits()
    ink = x.flatten(1).mean(dim=1, keepdim=True) * 10
    body = nn.Sequential(nn.Flatten(), nn.Linear(196, 48), nn.ReLU())
    model = nn.ModuleList([body, nn.Linear(48, 10), nn.Linear(48, 1)])
    model.forward = lambda x: [head(model[0](x)) for head in model[1:]]

    def loss(output, rows):
        class_loss = F.cross_entropy(output[0], y[rows])
        return class_loss + F.mse_loss(output[1], ink[rows])

    rows = torch.arange(len(x))
    return rounds(model, adam(model), x, rows, loss, watch)


def one_by_one(seed, watch):
    """Plain SGD on one example at a time."""
    p = build("mlp", seed)
    p.batch, p.steps, p.tests_every = 1, 400, 100
    p.optimiser = lambda m: torch.optim.SGD(m.parameters(), lr=0.02)
    return [run(p, watch)]


def rare_class(seed, watch):
    """Find the one example in twenty."""
    p = build("attention", seed)
    weights = torch.where(p.y == 0, 0.5, 1.0) * torch.where(p.y == 3, 1.0, 0.5)
    keep = torch.multinomial(weights, 1000)
    x, y = p.x[keep].flatten(1), (p.y[keep] == 0).float()[:, None]
    model = nn.Sequential(nn.Linear(196, 32), nn.ReLU(), nn.Linear(32, 1))
    loss = F.binary_cross_entropy_with_logits
    return rounds(model, adam(model), x, y, loss, watch, tested=200)


def fine_tuning(seed, watch):
    """Go on with a net that is good already, gently."""
    p = build("residual", seed)
    optimiser = adam(p.model)
    for _ in range(300):
        rows = torch.randint(len(p.x), (64,))
        optimiser.zero_grad()
        F.cross_entropy(p.model(p.x[rows]), p.y[rows]).backward()
        optimiser.step()
    p.optimiser = lambda m: adamw(m, 2e-5)
    return [run(p, watch)]


def contrast(seed, watch):
    """Pull two noisy views of a digit together and others apart."""
    torch.manual_seed(seed)
    x = digits()[0].flatten(1)
    model = nn.Sequential(nn.Linear(196, 48), nn.ReLU(), nn.Linear(48, 16))
    optimiser = adam(model)
    with watch(model, optimiser) as doctor:
        for _ in range(150):
            part = x[torch.randint(len(x), (32,))]
            views = part + 0.1 * torch.randn(2, *part.shape)
            a, b = (F.normalize(model(view), dim=1) for view in views)
            optimiser.zero_grad()
            F.cross_entropy(a @ b.T / 0.2, torch.arange(32)).backward()
            optimiser.step()
    return [doctor]


def small_signal(seed, watch):
    """Regress on targets of which five per cent can be known."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    x = torch.randn(2000, 6, generator=rng)
    y = 0.23 * x[:, :1] + torch.randn(2000, 1, generator=rng)
    model = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 1))
    return rounds(model, adam(model, 3e-3), x, y, F.mse_loss, watch)


def whole_batches(seed, watch):
    """Plain gradient descent on two moons' worth of points, all at once."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    angle = 3.1416 * torch.rand(200, generator=rng)
    y = torch.arange(200) % 2
    x = torch.stack([angle.cos() + y, angle.sin() * (1 - 2 * y) + 0.5 * y], dim=1)
    x = x + 0.1 * torch.randn(200, 2, generator=rng)
    model = nn.Sequential(
        nn.Linear(2, 16), nn.Sigmoid(), nn.Linear(16, 1), nn.Sigmoid()
    )
    optimiser = torch.optim.SGD(model.parameters(), lr=2.0)
    y, loss = y.float()[:, None], F.binary_cross_entropy
    settings = {"batch": 200, "steps": 200}
    return rounds(model, optimiser, x, y, loss, watch, **settings)


class Padded(nn.Module):
    """Attention over sequences of different lengths, padding masked."""

    def __init__(self, letters, width=32):
        super().__init__()
        self.embed = nn.Embedding(letters + 1, width, padding_idx=letters)
        self.layer = nn.TransformerEncoderLayer(width, 4, 64, batch_first=True)
        self.head, self.padding = nn.Linear(width, letters), letters

    def forward(self, x):
        hidden = x == self.padding
        h = self.layer(self.embed(x), src_key_padding_mask=hidden)
        return self.head(h.masked_fill(hidden[..., None], 0).sum(1) / 6)


def padded_attention(seed, watch):
    """Predict the most frequent letter of sequences of 3 to 9 letters."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    y = torch.randint(8, (800,), generator=rng)
    x = torch.randint(8, (800, 9), generator=rng)
    x[:, :3] = y[:, None]
    x = x.gather(1, torch.rand(800, 9, generator=rng).argsort(1))
    length = torch.randint(6, 10, (800, 1), generator=rng)
    x = x.masked_fill(torch.arange(9) >= length, 8)
    model = Padded(8)
    return rounds(model, adamw(model), x, y, F.cross_entropy, watch, tested=100)


def two_views(seed, watch):
    """Smoothed labels, mixed examples, two passes a step, weights averaged."""
    p = build("lstm", seed)
    model, optimiser = p.model, adamw(p.model, 4e-3)
    average = torch.optim.swa_utils.AveragedModel(model)
    with watch(model, optimiser) as doctor:
        for _ in range(100):
            rows, others = torch.randint(len(p.x), (2, 32))
            share = 0.7
            x = share * p.x[rows] + (1 - share) * p.x[others]
            optimiser.zero_grad()
            one, two = model(x), model(x)
            loss = share * F.cross_entropy(one, p.y[rows], label_smoothing=0.1)
            loss = loss + (1 - share) * F.cross_entropy(two, p.y[others])
            loss.backward()
            optimiser.step()
            average.update_parameters(model)
    return [doctor]


HELD_OUT = {
    "residual": plain("residual"),
    "lstm": plain("lstm"),
    "attention": plain("attention"),
    "policy gradient": policy_gradient,
    "bfloat16 autocast": bfloat16,
    "sparse embeddings": sparse_embeddings,
    "clipped RNN": clipped_rnn,
    "autoencoder": autoencoder,
    "variational autoencoder": variational,
    "two tasks": two_tasks,
    "one example at a time": one_by_one,
    "rare class": rare_class,
    "fine-tuning": fine_tuning,
    "contrastive": contrast,
    "small signal": small_signal,
    "whole batches": whole_batches,
    "padded attention": padded_attention,
    "mixed examples": two_views,
}
