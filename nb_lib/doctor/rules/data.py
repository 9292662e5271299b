"""Faults of the data: order, scale, labels, and rows that should not be there."""

import math
from statistics import median

import torch

from nb_lib.doctor.findings import Finding
from nb_lib.doctor.inputs import MANY
from nb_lib.doctor.rules.loss import chance, entropy, is_judged

LARGE, SMALL, UNEVEN = 20.0, 1e-3, 100.0  # scale of inputs; spread of their features
MUTE = 0.25  # of the way from chance to all: what neighbours must be able to show
TRAINING = 0.93  # share of known rows beyond which an evaluation is one of training


def class_sorted(watch):
    """Batches (or examples in a row) that hold one class after another."""
    batches = in_a_row(watch.evidence) or watch.evidence.labels
    if len(batches) < 10 or not is_judged(watch):
        return
    pooled = torch.cat(batches)
    whole, size = entropy(pooled), median(len(b) for b in batches)
    if whole < 0.3 or len(pooled) < 40:
        return
    if size > 1:
        # A random batch of n has about (K - 1) / 2n nats less than the whole.
        bias = (len(pooled.unique()) - 1) / (2 * size)
        within = sum(entropy(b) for b in batches) / len(batches)
        order = 1 - within / max(whole - bias, 0.2 * whole)
    else:
        counts = torch.unique(pooled, return_counts=True)[1]
        agree = float((counts / len(pooled)).square().sum())
        same = float((pooled[1:] == pooled[:-1]).double().mean())
        order = (same - agree) / (1 - agree)
    if order > 0.5:
        yield Finding(
            "class_sorted",
            ("data",),
            0,
            {"order (0 shuffled, 1 sorted)": order},
            "Shuffle the training examples.",
        )


def in_a_row(evidence):
    """Return the labels of the batches of one if most batches were, else nothing."""
    singles, steps = evidence.singles, min(len(evidence.losses), MANY)
    return singles if 2 * len(singles) > steps else []


def normalises_input(watch):
    """Say whether the first layer with weights scales or looks up its input."""
    layers = sorted(watch.evidence.layers.values(), key=lambda layer: layer.depth)
    return bool(layers) and layers[0].normalises


def input_scale(watch):
    """Inputs far from unit scale that meet no normalisation."""
    scales = watch.evidence.inputs.values()
    if not scales or normalises_input(watch):
        return
    size = median(s["rms"] for s in scales)
    spread = median(s.get("spread", 1.0) for s in scales)
    if size > LARGE or 0 < size < SMALL or spread > UNEVEN:
        yield Finding(
            "input_scale",
            ("input",),
            next(iter(watch.evidence.inputs)),
            {"root mean square": size, "widest against median feature": spread},
            "Subtract the mean and divide by the standard deviation of each feature.",
        )


def leakage(watch):
    """Examples of an evaluation that training has shown, beside some that are new.

    An evaluation of training rows alone is no leak, and before all training rows have
    been seen one cannot tell, unless ``doctor.test`` says that it is a test.
    """
    rows = watch.rows
    evaluations = [
        (e, rows.known(e.rows))
        for e in watch.evidence.evaluations
        if e.rows is not None and rows.batches and (e.is_told or rows.is_whole)
    ]
    mixed = [(e, known) for e, known in evaluations if 0 < share_of(known) < TRAINING]
    seen = sum(int(known.sum()) for _, known in mixed)
    share = seen / max(1, sum(len(known) for _, known in mixed))
    natural = rows.twins() if mixed and rows.is_discrete else 0.0
    if seen >= 5 and share > 0.05 + 2 * natural:
        yield Finding(
            "leakage",
            ("data",),
            mixed[0][0].step,
            {"test rows seen in training": share},
            "Split before anything else, and by source where rows belong together.",
        )


def share_of(known):
    """Return the share of True in a tensor."""
    return float(known.double().mean())


def labels_shuffled(watch):
    """Labels that the inputs tell nothing about.

    An example's nearest neighbour has its label no more often than by chance, and the
    loss of examples shown for the first time stays at what guessing costs. Of rare
    labels a few hundred neighbours cannot tell, so nothing is said.
    """
    evidence, floor = watch.evidence, chance(watch)
    if len(evidence.losses) < 50 or not is_judged(watch) or floor is None:
        return
    if not evidence.labels:
        return
    end = watch.rows.steps_of_first_epoch()
    first = [v for s, v in evidence.losses.items() if s < end]
    first = first if len(first) >= 10 else list(evidence.losses.values())[:10]
    best = min(median(first[-len(first) // 3 :]), *evidence.tests.values(), math.inf)
    if best < 0.97 * floor:
        return
    telling, by_chance, rows = watch.pairs.agreement()
    error = math.sqrt(by_chance * (1 - by_chance) / max(rows, 1))
    if 3 * error > MUTE * (1 - by_chance):
        return
    if rows >= 200 and telling < by_chance + 3 * error:
        yield Finding(
            "labels_shuffled",
            ("data",),
            0,
            {"neighbours that agree": telling, "by chance": by_chance},
            "Check that each label still belongs to its example.",
        )
