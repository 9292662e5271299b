"""Faults of the data: order, scale, labels, and rows that should not be there."""

import math
from statistics import median

import torch

from nb_lib.doctor.findings import Finding


def entropy(labels):
    """Return the entropy of a tensor of labels, in nats."""
    share = torch.bincount(labels.flatten()).double() / labels.numel()
    share = share[share > 0]
    return float(-(share * share.log()).sum())


def class_sorted(watch):
    """Batches (or examples in a row) that hold one class after another."""
    batches = [b for b in watch.evidence.labels if b.numel() and b.min() >= 0]
    if len(batches) < 10:
        return
    pooled = torch.cat(batches)
    whole = entropy(pooled)
    size = median(len(b) for b in batches)
    if whole < 0.3 or len(pooled) < 40:
        return
    if size > 1:
        # A random batch of n has about (K - 1) / 2n nats less than the whole.
        bias = (len(pooled.unique()) - 1) / (2 * size)
        within = sum(entropy(b) for b in batches) / len(batches)
        order = 1 - within / max(whole - bias, 0.2 * whole)
    else:
        chance = float((torch.bincount(pooled) / len(pooled)).square().sum())
        same = float((pooled[1:] == pooled[:-1]).double().mean())
        order = (same - chance) / (1 - chance)
    if order > 0.5:
        yield Finding(
            "class_sorted",
            ("data",),
            0,
            {"order (0 shuffled, 1 sorted)": order},
            "Shuffle the training examples.",
        )


def input_scale(watch):
    """Inputs far from unit scale that meet no normalisation."""
    scales = watch.evidence.inputs
    if not scales or watch.normalises_input:
        return
    rms = median(s["rms"] for s in scales)
    spread = median(s.get("spread", 1.0) for s in scales)
    if rms > 20 or 0 < rms < 1e-3 or spread > 100:
        yield Finding(
            "input_scale",
            ("input",),
            0,
            {"root mean square": rms, "widest against median feature": spread},
            "Subtract the mean and divide by the standard deviation of each feature.",
        )


def leakage(watch):
    """Examples of an evaluation that training has shown, beside some that are new."""
    overlaps = [
        (step, len(batch), sum(key in watch.trained for key in batch))
        for step, batch in watch.examined
    ]
    mixed = [o for o in overlaps if 0 < o[2] < o[1]]
    seen, rows = sum(o[2] for o in mixed), sum(o[1] for o in mixed)
    natural = twins(watch.examined)
    if seen >= 5 and seen / rows > 0.02 + 3 * natural:
        yield Finding(
            "leakage",
            ("data",),
            mixed[0][0],
            {"test rows seen in training": seen / rows},
            "Split once, before anything else, and by source where rows belong together.",
        )


def twins(examined):
    """Return the share of rows within a batch that have an equal one there."""
    rows = sum(len(batch) for _, batch in examined)
    return 1 - sum(len(set(batch)) for _, batch in examined) / rows if rows else 0.0


def labels_shuffled(watch):
    """Labels that the inputs tell nothing about."""
    evidence = watch.evidence
    if len(evidence.losses) < 50 or not watch.is_judged:
        return
    telling, chance, rows = watch.pairs.agreement()
    if rows < 200:
        return
    losses = list(evidence.losses.values())
    floor = watch.marginal_entropy()
    first_epoch = losses[: max(10, watch.steps_of_first_epoch())]
    late = median(first_epoch[-len(first_epoch) // 3 :])
    error = math.sqrt(chance * (1 - chance) / rows)
    if telling < chance + 3 * error and late > 0.97 * floor:
        yield Finding(
            "labels_shuffled",
            ("data",),
            0,
            {"neighbours that agree": telling, "by chance": chance},
            "Check that each label still belongs to its example.",
        )
