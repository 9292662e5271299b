"""How much longer a loop takes with a doctor beside it."""

import contextlib
import time
from statistics import median

import torch
from torch import nn
from torch.nn import functional as F

from nb_lib.data import load_mnist
from nb_lib.doctor import diagnose

STEPS, PAIRS = 470, 7  # one epoch of 60,000 examples in batches of 128


def seconds(x, y, is_watched):
    """Return the CPU seconds of one epoch of the MLP 784-128-64-10 with Adam."""
    torch.manual_seed(0)
    layers = (nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU())
    model = nn.Sequential(*layers, nn.Linear(64, 10))
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    watch = diagnose(model, optimiser) if is_watched else contextlib.nullcontext()
    start = time.process_time()
    with watch:
        for step in range(STEPS):
            rows = slice(128 * step % 3840, 128 * step % 3840 + 128)
            optimiser.zero_grad()
            F.cross_entropy(model(x[rows]), y[rows]).backward()
            optimiser.step()
    return time.process_time() - start


def pairs(count=PAIRS):
    """Return (seconds without, seconds with the doctor) of some pairs of runs."""
    (x, y), _ = load_mnist()
    x, y = torch.tensor(x[:4000]).float(), torch.tensor(y[:4000]).long()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    seconds(x, y, True)
    told = []
    for pair in range(count):  # each second pair the other way round
        order = (False, True) if pair % 2 == 0 else (True, False)
        took = {is_watched: seconds(x, y, is_watched) for is_watched in order}
        told.append((took[False], took[True]))
    torch.set_num_threads(threads)
    return told


def overhead():
    """Return the median over the pairs of the relative extra CPU time."""
    return median(b / a for a, b in pairs()) - 1
