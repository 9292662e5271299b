"""Nine classifiers for every fault: three to tune on, three held out, three fresh.

Each is a stem that reads the input, a tower of plain layers, and a linear head.
"""

from functools import cache

import torch
from torch import nn
from torch.nn import functional as F

from clinic.fresh_stems import BothWays, Dense, Mixer
from clinic.programs import Program, adam, adamw, rmsprop, sgd
from nb_lib.data import load_mnist

TRAINING, TEST = 1600, 400  # rows


@cache
def digits():
    """Return 2,000 digits, pooled to 14 x 14: images (N, 1, 14, 14), labels (N,)."""
    (x, y), _ = load_mnist()
    x, y = torch.tensor(x[:2000]).float(), torch.tensor(y[:2000]).long()
    return F.avg_pool2d(x.reshape(-1, 1, 28, 28), 2), y


def clouds(rng, rows=TRAINING + TEST, features=16, classes=5):
    """Return overlapping clouds as a table: x (rows, 16), labels (rows,)."""
    centres = torch.randn(classes, 2, features, generator=rng)
    y = torch.randint(classes, (rows,), generator=rng)
    side = torch.randint(2, (rows,), generator=rng)
    return centres[y, side] + 0.7 * torch.randn(rows, features, generator=rng), y


def tower(width, depth, activation, dropout):
    """Return ``depth`` plain layers of the same width."""
    layers = []
    for _ in range(depth):
        layers += [nn.Linear(width, width), activation(), nn.Dropout(dropout)]
    return nn.Sequential(*layers)


class Block(nn.Module):
    """A residual block: x + W2 gelu(W1 norm(x))."""

    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)

    def forward(self, x):
        return x + self.down(F.gelu(self.up(self.norm(x))))


class LastState(nn.Module):
    """An LSTM that reads an image row by row and gives its last state."""

    def __init__(self, width):
        super().__init__()
        self.rnn = nn.LSTM(14, width, batch_first=True)

    def forward(self, x):
        return self.rnn(x.squeeze(1))[0][:, -1]


class Patches(nn.Module):
    """One layer of attention over the 14 rows of an image, then their mean."""

    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(14, width)
        self.place = nn.Parameter(0.02 * torch.randn(14, width))
        self.layer = nn.TransformerEncoderLayer(
            width, 4, 2 * width, dropout=0.1, batch_first=True
        )

    def forward(self, x):
        return self.layer(self.embed(x.squeeze(1)) + self.place).mean(dim=1)


def image_stem(width):
    """Return two convolutions with batch norm and pooling."""
    return nn.Sequential(
        *(nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(8, 12, 3, padding=1), nn.BatchNorm2d(12), nn.ReLU()),
        *(nn.MaxPool2d(2), nn.Flatten(), nn.Linear(108, width)),
    )


def flat_stem(width):
    """Return one layer over all pixels."""
    return nn.Sequential(nn.Flatten(), nn.Linear(196, width), nn.ReLU())


def table_stem(width):
    """Return one layer over the features of a table."""
    return nn.Sequential(nn.Linear(16, width), nn.Tanh())


def residual_stem(width):
    """Return two residual blocks."""
    first = nn.Sequential(nn.Flatten(), nn.Linear(196, width))
    return nn.Sequential(first, Block(width), Block(width), nn.LayerNorm(width))


# name: stem, width, activation of the tower, its depth, optimiser
TUNING = {
    "mlp": (flat_stem, 64, nn.ReLU, 2, adam),
    "cnn": (image_stem, 48, nn.ReLU, 1, lambda m: sgd(m, 0.03)),
    "table": (table_stem, 40, nn.Tanh, 2, lambda m: adam(m, 3e-3)),
}
HELD_OUT = {
    "residual": (residual_stem, 56, nn.GELU, 1, adamw),
    "lstm": (LastState, 48, nn.ReLU, 1, lambda m: adam(m, 4e-3)),
    "attention": (Patches, 32, nn.ReLU, 2, lambda m: adamw(m, 3e-3)),
}
FRESH = {
    "mixer": (Mixer, 36, nn.SiLU, 1, rmsprop),
    "both ways": (BothWays, 48, nn.ReLU, 2, lambda m: adam(m, 3e-3)),
    "dense": (Dense, 44, nn.ELU, 1, lambda m: sgd(m, 0.02)),
}
ARCHITECTURES = TUNING | HELD_OUT | FRESH
TABLES = {"table", "dense"}  # the others read images


def build(name, seed, *, activation=None, depth=None):
    """Return a healthy program on one of the architectures."""
    stem, width, own, usual, optimiser = ARCHITECTURES[name]
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    x, y = clouds(rng) if name in TABLES else digits()
    order = torch.randperm(len(x), generator=rng)
    x, y = x[order], y[order]
    classes = int(y.max()) + 1
    model = nn.Sequential()
    model.stem = stem(width)
    model.tower = tower(width, depth or usual, activation or own, 0.1)
    model.head = nn.Linear(width, classes)
    return Program(
        model,
        *(x[:TRAINING], y[:TRAINING], x[TRAINING:], y[TRAINING:]),
        optimiser=optimiser,
    )
