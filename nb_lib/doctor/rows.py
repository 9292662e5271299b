"""Fingerprints of examples: equal rows have equal keys, whatever batch they come in."""

import math
from statistics import fmean

import torch

WIDTH = 128  # entries of a row that are read at most
MOST = 200_000  # rows that are remembered
LAST = 3  # looks that must show nothing new before all rows count as seen
FEW = 1000  # rows, each shown once, from which little can be learnt
FEW_VALUES = 50  # inputs with fewer different numbers may well be equal by chance


def keys(batch):
    """Return one whole number for each row of ``batch`` (N, ...), or None if too short.

    The bits of some entries, spread over the row, are multiplied by odd numbers and
    added as 64-bit integers: exact, so independent of batch size and order.
    """
    rows = batch.detach().reshape(len(batch), -1)
    if rows.shape[1] < 2:
        return None
    picked = rows[:, :: -(-rows.shape[1] // WIDTH)]
    if picked.is_floating_point():  # + 0.0: minus zero is zero
        picked = (picked.float() + 0.0).view(torch.int32)
    odd = (
        torch.arange(picked.shape[1], device=picked.device) * 0x9E3779B97F4A7C1 * 2 + 1
    )
    return (picked.long() * odd).sum(dim=1)


class Rows:
    """The fingerprints of what a run trained on, until its examples come again."""

    def __init__(self):
        self.batches, self.steps, self.count = [], [], 0
        self.repeats = None  # step that showed mostly known examples
        self.is_discrete, self.shares = False, []  # known shares of batches

    @property
    def is_whole(self):
        """Say whether nearly all of the training rows have been seen."""
        return len(self.shares) >= LAST and fmean(self.shares[-LAST:]) > 0.98

    @property
    def is_short(self):
        """Say whether too few examples were shown to expect that anything is learnt."""
        return bool(self.steps) and self.repeats is None and self.count < FEW

    @property
    def is_full(self):
        """Say whether more rows would tell nothing new."""
        return self.is_whole or self.count >= MOST

    def add(self, batch, step):
        """Remember a batch (N, ...) of training."""
        found = keys(batch)
        if found is not None and not self.is_full:
            self.batches.append(found)
            self.steps.append(step)
            self.count += len(found)

    def look(self, batch, step):
        """See whether the last batch repeats earlier ones, and what kind it is of."""
        self.is_discrete = len(batch.detach().flatten()[:1000].unique()) < FEW_VALUES
        if len(self.batches) > 1 and not self.is_full:
            known = torch.isin(self.batches[-1], torch.cat(self.batches[:-1]))
            share = float(known.float().mean())
            self.shares.append(share)
            if self.repeats is None and share > 0.5:
                self.repeats = step

    def known(self, found):
        """Say of each fingerprint (N,) whether training has shown its row."""
        return torch.isin(found, torch.cat(self.batches))

    def twins(self):
        """Return the share of rows that have an equal one in the first epoch."""
        before = self.steps_of_first_epoch()
        first = [b for b, s in zip(self.batches, self.steps, strict=True) if s < before]
        if not first:
            return 0.0
        counts = torch.cat(first).unique(return_counts=True)[1]
        return float(counts[counts > 1].sum() / counts.sum())

    def steps_of_first_epoch(self):
        """Return the step from which on examples were shown again, if they were.

        Rows of one number have no fingerprints, so that all their steps count as first.
        """
        if self.repeats is not None:
            return self.repeats
        return self.steps[-1] + 1 if self.steps else math.inf
