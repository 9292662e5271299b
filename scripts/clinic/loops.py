"""Loops and data that several healthy programs share."""

import torch
from torch import nn
from torch.nn import functional as F


def rounds(model, optimiser, x, y, loss, watch, *, steps=150, batch=32, tested=0):
    """Train on random batches, in epochs; return the doctors (one).

    The last ``tested`` rows are held back and evaluated every 25 steps.
    """
    rows, last = torch.empty(0, dtype=torch.long), len(x) - tested
    with watch(model, optimiser) as doctor:
        for step in range(steps):
            if len(rows) < batch:
                rows = torch.randperm(last)
            now, rows = rows[:batch], rows[batch:]
            model.train()
            optimiser.zero_grad()
            output = model(x[now])
            loss(output, y[now]).backward()
            doctor.note(output, y[now])
            optimiser.step()
            if tested and step % 25 == 24:
                model.eval()
                with torch.no_grad():
                    output = model(x[last:])
                    doctor.test(loss(output, y[last:]), output, y[last:])
    return [doctor]


def text(seed, window, length=2000, letters=12):
    """Return (letters, windows (N, window), the letter after each) of a made-up text.

    Each letter depends on the two before it, through a table drawn from the seed.
    """
    rng = torch.Generator().manual_seed(seed)
    table = torch.randint(letters, (letters, letters, 3), generator=rng)
    which = torch.randint(3, (length,), generator=rng).tolist()
    written = [0, 1]
    for w in which:
        written.append(int(table[written[-2], written[-1], w]))
    written = torch.tensor(written)
    windows = written.unfold(0, window + 1, 1)
    return letters, windows[:, :-1].contiguous(), windows[:, -1].contiguous()


class Reader(nn.Module):
    """Embedding, recurrent layer, and a prediction at each place."""

    def __init__(self, letters, rnn_of, width=16):
        super().__init__()
        self.embed = nn.Embedding(letters, width)
        self.rnn = rnn_of(width)
        self.head = nn.Linear(32, letters)

    def forward(self, x):
        return self.head(self.rnn(self.embed(x))[0])


def language(seed, rnn_of, watch, *, steps=120):
    """Train a recurrent net to predict each next letter, gradients clipped."""
    letters, windows, _ = text(seed, 21)
    torch.manual_seed(seed)
    model = Reader(letters, rnn_of)
    optimiser = torch.optim.Adam(model.parameters(), lr=5e-3)
    with watch(model, optimiser) as doctor:
        for _ in range(steps):
            part = windows[torch.randint(len(windows), (16,))]
            optimiser.zero_grad()
            logits = model(part[:, :-1])
            F.cross_entropy(logits.flatten(0, 1), part[:, 1:].flatten()).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
    return [doctor]
