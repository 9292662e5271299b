"""Small healthy loops whose authors mean what a simple rule would call a fault.

Each is a function without arguments that returns the doctors that watched it. None is
a program of the clinic's held-out or fresh part, which are for counting alone.
"""

import torch
from doctor.loops import adam, clouds, net
from torch import nn
from torch.nn import functional as F

from nb_lib.doctor import diagnose

X, Y = clouds()


def steps(model, optimiser, loss=None, *, count=80, x=X, y=Y, before=lambda: None):
    """Train on random batches under a doctor; return it in a list."""
    loss = loss or F.cross_entropy
    with diagnose(model, optimiser) as doctor:
        for _ in range(count):
            rows = torch.randint(len(x), (20,))
            model.train()
            before()
            optimiser.zero_grad()
            loss(model(x[rows]), y[rows]).backward()
            optimiser.step()
    return [doctor]


def frozen_layers():
    model = net(depth=3)
    model[0].requires_grad_(False)
    return steps(model, adam(model))


def body_in_evaluation_mode():
    body = nn.Sequential(nn.Linear(12, 24), nn.BatchNorm1d(24), nn.ReLU())
    body.requires_grad_(False)
    model = nn.Sequential(body, nn.Dropout(0.2), nn.Linear(24, 3))
    return steps(model, adam(model[2]), before=body.eval)


class Tied(nn.Module):
    """Guess a letter from the one before it, with the embedding as output layer."""

    def __init__(self):
        super().__init__()
        self.embed, self.mix = nn.Embedding(9, 16), nn.Linear(16, 16)
        nn.init.normal_(self.embed.weight, std=0.1)

    def forward(self, x):
        return self.mix(self.embed(x)).tanh() @ self.embed.weight.T


def tied_weights():
    letters = torch.randint(9, (240,))
    model = Tied()
    return steps(model, adam(model, 1e-2), x=letters, y=(letters + 4) % 9)


def accumulated_and_clipped():
    model = net()
    optimiser = adam(model)
    with diagnose(model, optimiser) as doctor:
        for _ in range(60):
            optimiser.zero_grad()
            for _ in range(4):
                rows = torch.randint(len(X), (8,))
                (F.cross_entropy(model(X[rows]), Y[rows]) / 4).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 0.5)
            optimiser.step()
    return [doctor]


def two_optimisers():
    """One for a body, one for its head: two doctors, one inside the other."""
    model = net()
    one, two = adam(model[:2]), torch.optim.SGD(model[2:].parameters(), lr=0.05)
    with diagnose(model, one) as first, diagnose(model, two) as second:
        for _ in range(80):
            rows = torch.randint(len(X), (20,))
            one.zero_grad()
            two.zero_grad()
            F.cross_entropy(model(X[rows]), Y[rows]).backward()
            one.step()
            two.step()
    return [first, second]


def game():
    """A generator and a discriminator."""
    maker = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 2))
    judge = nn.Sequential(nn.Linear(2, 16), nn.LeakyReLU(0.2), nn.Linear(16, 1))
    makes, judges = adam(maker, 1e-3), adam(judge, 1e-3)
    loss, yes = F.binary_cross_entropy_with_logits, torch.ones(16, 1)
    with diagnose(maker, makes) as first, diagnose(judge, judges) as second:
        for _ in range(120):
            real, fake = torch.randn(16, 2) * 0.3 + 1, maker(torch.randn(16, 2))
            judges.zero_grad()
            (loss(judge(real), yes) + loss(judge(fake.detach()), 1 - yes)).backward()
            judges.step()
            makes.zero_grad()
            loss(judge(fake), yes).backward()
            makes.step()
    return [first, second]


def policy_gradient():
    """The better of four levers is pulled more often; the loss need not fall."""
    model, pay = nn.Sequential(nn.Linear(3, 16), nn.Tanh()), torch.rand(3, 4)
    model.append(nn.Linear(16, 4))
    optimiser = adam(model, 1e-2)
    with diagnose(model, optimiser) as doctor:
        for _ in range(100):
            place = torch.randint(3, (24,))
            logits = model(F.one_hot(place, 3).float())
            lever = torch.distributions.Categorical(logits=logits.detach()).sample()
            gain = pay[place, lever] - pay.mean()
            optimiser.zero_grad()
            cost = F.cross_entropy(logits, lever, reduction="none")
            (cost * gain).mean().backward()
            optimiser.step()
    return [doctor]


def closures():
    model = net(nn.Tanh)
    optimiser = torch.optim.LBFGS(model.parameters(), line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        decay = sum(p.square().sum() for p in model.parameters())
        loss = F.cross_entropy(model(X), Y) + 1e-3 * decay
        loss.backward()
        return loss

    with diagnose(model, optimiser) as doctor:
        for _ in range(12):
            optimiser.step(closure)
    return [doctor]


def warm_up_from_zero():
    model = net()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.2)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, s / 40))
    optimiser.register_step_post_hook(lambda *_: rate.step())
    return steps(model, optimiser)


def bfloat16():
    def loss(logits, y):
        assert logits.dtype == torch.bfloat16
        return F.cross_entropy(logits, y)

    model = net()
    inner = model.forward

    def forward(x):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return inner(x)

    model.forward = forward
    return steps(model, adam(model), loss)


def sparse_embeddings():
    letters = torch.randint(9, (240, 2))
    table = nn.Embedding(9, 12, sparse=True)
    model = nn.Sequential(table, nn.Flatten(), nn.Linear(24, 9))
    one = torch.optim.SparseAdam(table.parameters(), lr=1e-2)
    two = adam(model[2], 1e-2)
    with diagnose(model, one) as first, diagnose(model, two) as second:
        for _ in range(100):
            rows = torch.randint(len(letters), (20,))
            one.zero_grad()
            two.zero_grad()
            y = letters[rows].sum(dim=1) % 9
            F.cross_entropy(model(letters[rows]), y).backward()
            one.step()
            two.step()
    return [first, second]


def heavy_dropout():
    model = net(dropout=0.8, width=48)
    return steps(model, adam(model))


def bias_before_batch_norm():
    model = nn.Sequential(nn.Unflatten(1, (1, 12)), nn.Conv1d(1, 6, 3), nn.ReLU())
    model.insert(2, nn.BatchNorm1d(6))
    model.extend([nn.Flatten(), nn.Linear(60, 3)])
    return steps(model, adam(model))


class Sequences(nn.Module):
    """An LSTM over three parts of a row."""

    def __init__(self):
        super().__init__()
        self.rnn, self.head = nn.LSTM(4, 16, batch_first=True), nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.rnn(x.reshape(-1, 3, 4))[0][:, -1])


def lstm():
    model = Sequences()
    return steps(model, adam(model, 1e-2))


class Padded(nn.Module):
    """Attention over sequences of different lengths, padding masked."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(7, 16, padding_idx=6)
        self.layer = nn.TransformerEncoderLayer(
            16, 2, 32, dropout=0.0, batch_first=True
        )
        self.head = nn.Linear(16, 6)

    def forward(self, x):
        is_padding = x == 6
        h = self.layer(self.embed(x), src_key_padding_mask=is_padding)
        return self.head(h.masked_fill(is_padding[..., None], 0).mean(dim=1))


def padded_attention():
    y = torch.randint(6, (240,))
    x = torch.randint(6, (240, 6))
    x[:, :3] = y[:, None]
    x = x.masked_fill(torch.arange(6) >= torch.randint(4, 7, (240, 1)), 6)
    model = Padded()
    return steps(model, adam(model), x=x, y=y)


def training_rows_again():
    """Look at the training loss now and then, without gradients."""
    model = net(dropout=0.2)

    def look():
        model.eval()
        with torch.no_grad():
            model(X[torch.randperm(len(X))[:60]])
        model.train()

    return steps(model, adam(model), before=look)


INTENDED = (
    *(frozen_layers, body_in_evaluation_mode, tied_weights, accumulated_and_clipped),
    *(two_optimisers, game, policy_gradient, closures, warm_up_from_zero, bfloat16),
    *(sparse_embeddings, heavy_dropout, bias_before_batch_norm, lstm),
    *(padded_attention, training_rows_again),
)
