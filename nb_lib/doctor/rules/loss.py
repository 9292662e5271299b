"""What the rules ask of the loss: does it have to fall, and what does guessing cost?"""

import math
from dataclasses import dataclass
from statistics import fmean, median, pvariance

import torch


@dataclass(frozen=True)
class Curve:
    """The losses of a run in a few numbers, all in units of the loss."""

    first: float  # the larger of the first loss and the median of the first five
    late: float  # median of the last fifth
    end: float  # its mean
    start: float  # the first loss itself
    worst: float  # the largest loss
    fall: float  # mean of the first fifth less that of the last one
    noise: float  # standard error of this fall


def curve(watch):
    """Return the Curve of the finite losses, or None if there are fewer than five."""
    losses = [v for v in watch.evidence.losses.values() if math.isfinite(v)]
    if len(losses) < 5:
        return None
    part = max(1, len(losses) // 5)
    early, late = losses[:part], losses[-part:]
    return Curve(
        max(losses[0], median(losses[:5])),
        median(late),
        fmean(late),
        losses[0],
        max(losses),
        fmean(early) - fmean(late),
        math.sqrt((pvariance(early) + pvariance(late)) / part),
    )


def known_readings(watch):
    """Return the readings of the graph that name a loss, in order."""
    return [r for r in watch.evidence.readings.values() if r.kind != "unknown"]


def is_judged(watch):
    """Say whether the loss has to fall: a known loss, its targets not constant.

    Players of a game (two doctors at once, a discriminator's ones and zeros), policy
    gradients (weights of both signs) and losses that the graph does not name may do as
    they like.
    """
    known, constant = known_readings(watch), watch.evidence.constant
    plays = sum(constant) > len(constant) / 2
    weighted = any(r.weighted for r in known)
    return watch.is_alone and bool(known) and not plays and not weighted


def is_mostly_frozen(watch):
    """Say whether the optimiser holds less than half of the model's numbers."""
    sizes = {id(p): p.numel() for p in watch.model.parameters()}
    own = sum(sizes.get(id(p), 0) for p in watch.parameters() if p.requires_grad)
    return own < sum(sizes.values()) / 2


def entropy(labels):
    """Return the entropy of a tensor of labels, in nats."""
    share = torch.unique(labels, return_counts=True)[1].double() / labels.numel()
    return float(-(share * share.log()).sum())


def entropy_of_source(labels, errors=0):
    """Return the entropy of what some labels (n,) were drawn from, in nats.

    Few labels look more orderly than their source, by about (K - 1) / 2n. So many
    standard ``errors`` are added.
    """
    counts = torch.unique(labels, return_counts=True)[1]
    share = counts.double() / len(labels)
    spread = float((share * share.log().square()).sum()) - entropy(labels) ** 2
    error = math.sqrt(max(spread, 0.0) / len(labels))
    whole = entropy(labels) + (len(counts) - 1) / (2 * len(labels)) + errors * error
    return min(whole, math.log(len(counts)))


def chance(watch, errors=0):
    """Return the loss of the best constant guess, or None if the loss is not known.

    Where it is estimated from labels, so many standard ``errors`` are added.
    """
    evidence, known = watch.evidence, known_readings(watch)
    if not known or any(r.terms > 1 for r in known):
        return None
    kind, classes = known[0].kind, known[0].classes
    if kind == "cross_entropy" and evidence.labels:
        return entropy_of_source(torch.cat(evidence.labels), errors)
    if kind == "cross_entropy" and classes > 1:
        return math.log(classes)
    if not evidence.targets:
        return None
    targets = torch.cat(evidence.targets).double()
    if kind == "squared_error":
        return float(targets.var(correction=0))
    if kind == "binary_cross_entropy":
        share = float(targets.mean().clamp(1e-6, 1 - 1e-6))
        return -share * math.log(share) - (1 - share) * math.log(1 - share)
    return None


def is_no_better_than_chance(watch, loss, share=0.9):
    """Say whether a loss is above a share of what guessing costs (if that is known)."""
    guess = chance(watch)
    return guess is None or not loss < share * guess
