"""Three more stems, for the programs that were written last."""

import torch
from torch import nn
from torch.nn import functional as F


class Mixer(nn.Module):
    """Mix the 14 rows of an image, then the columns of each row; then their mean."""

    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(14, width)
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.rows = nn.Sequential(nn.Linear(14, 28), nn.GELU(), nn.Linear(28, 14))
        self.columns = nn.Sequential(
            nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width)
        )

    def forward(self, x):
        h = self.embed(x.squeeze(1))
        h = h + self.rows(self.first(h).transpose(1, 2)).transpose(1, 2)
        return (h + self.columns(self.second(h))).mean(dim=1)


class BothWays(nn.Module):
    """A GRU that reads the columns of an image from both sides."""

    def __init__(self, width):
        super().__init__()
        self.rnn = nn.GRU(14, width // 2, batch_first=True, bidirectional=True)

    def forward(self, x):
        return self.rnn(x.squeeze(1).transpose(1, 2))[0].mean(dim=1)


class Dense(nn.Module):
    """Each layer reads the features of a table and what all layers before it made."""

    def __init__(self, width):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(16 + 12 * i, 12) for i in range(3))
        self.norms = nn.ModuleList(nn.BatchNorm1d(12) for _ in range(3))
        self.last = nn.Linear(16 + 36, width)

    def forward(self, x):
        for layer, norm in zip(self.layers, self.norms, strict=True):
            x = torch.cat([x, F.elu(norm(layer(x)))], dim=1)
        return self.last(x)
