"""Faults of the numbers that pass through the layers, forward and back."""

import math
from itertools import pairwise
from statistics import median

from nb_lib.doctor.findings import Finding

EARLY = 10  # looks that show the end of a training
START = 3  # steps that show its start
VANISHED = 1e-5  # first layer's error signal against the last one's
EXPLODED = 1e4
LEAST = 1e-45  # the smallest number that a signal may be
DEAD = 0.5  # share of units of a layer
SATURATED = 0.6


def broken(watch):
    """The first number that is not finite."""
    if watch.evidence.broken:
        step, where, what = watch.evidence.broken
        yield Finding(
            "nan",
            where,
            step,
            {},
            f"The first number that is not finite is in {what}: look for log 0, a "
            "division by 0, an overflow, or a learning rate that is too large.",
        )


def signals(watch, steps=None):
    """Return (name, median error signal) of the layers, first to last.

    ``steps`` are those that count; without them the last ``EARLY`` looks do.
    """
    found = []
    for layer in sorted(watch.evidence.layers.values(), key=lambda la: la.depth):
        finite = {s: v for s, v in layer.signal.items() if math.isfinite(v)}
        chosen = list(finite)[-EARLY:] if steps is None else steps & finite.keys()
        if chosen:
            found.append((layer.name, median(finite[s] for s in chosen)))
    return found


def calm(watch):
    """Return the first steps before any matrix outgrew twice its first size.

    They show the start; what follows may be the doing of an update that ran away.
    """
    steps = {s for la in watch.evidence.layers.values() for s in la.signal if s < START}
    for w in watch.evidence.weights.values():
        sizes = {s: w.size[s] for s in w.ratio}
        first = next(iter(sizes.values()), 0.0)
        grown = min((s for s, v in sizes.items() if not v <= 2 * first), default=START)
        steps = {s for s in steps if s < grown}
    return steps


def ratio(found):
    """Return the first layer's signal against the last one's, or None."""
    if len(found) < 3 or not found[-1][1] > 0:
        return None
    return found[0][1] / found[-1][1]


def decay(found):
    """Return the same without the steepest drop from a layer to the one before it.

    A head that starts at zero lets nothing through for some steps, and it is meant to;
    signals that vanish do so layer by layer.
    """
    if ratio(found) is None:
        return None
    sizes = [max(rms, LEAST) for _, rms in found]
    steepest = min(a / b for a, b in pairwise(sizes))
    return sizes[0] / sizes[-1] / min(1, steepest)


def is_blocked(watch):
    """Say whether next to nothing of the error signal reaches the first layer."""
    end = ratio(signals(watch))
    return end is not None and end < VANISHED


def vanishing_gradients(watch):
    """An error signal that dies on its way to the first layers, as the run starts."""
    found = signals(watch, calm(watch))
    start, end = decay(found), ratio(signals(watch))
    if start is not None and end is not None and start < VANISHED:
        faint = [name for name, rms in found if rms < VANISHED * found[-1][1]]
        yield Finding(
            "vanishing_gradients",
            tuple(faint),
            0,
            {"first against last layer": ratio(found), "at the end": end},
            "Use ReLU with He's start, residual connections or normalisation.",
        )


def exploding_gradients(watch):
    """An error signal that grows on its way back, through layers or through time."""
    steps = calm(watch)
    found = signals(watch, steps)
    start, grown = ratio(found), gradients_per_weight(watch, steps)
    if start is not None and start > EXPLODED:
        where = [name for name, rms in found if rms > EXPLODED * found[-1][1]]
        figures = {"first against last layer": start}
    elif len(grown) > 2 and max(grown.values()) > EXPLODED * last(grown):
        where = [name for name, g in grown.items() if g > EXPLODED * last(grown)]
        figures = {
            "gradient per weight": max(grown.values()),
            "last layer": last(grown),
        }
    else:
        return
    repair = "Start smaller (He, Xavier), normalise, or clip the gradient's norm."
    yield Finding("exploding_gradients", tuple(where), 0, figures, repair)


def gradients_per_weight(watch, chosen):
    """Return name -> median of |gradient| / |weights| of the matrices at some steps."""
    found = {}
    for w in watch.evidence.weights.values():
        steps = [s for s in w.ratio if s in chosen]
        if steps:
            value = median(w.gradient[s] / w.size[s] for s in steps)
            found |= {w.name: value} if 0 < value < math.inf else {}
    return found


def last(values):
    """Return the last value of a dictionary."""
    return next(reversed(values.values()))


def dead_units(watch):
    """ReLU units that were zero for every example of a whole window."""
    for layer in watch.evidence.layers.values():
        late = {s: share for s, share in layer.windows.items() if share > DEAD}
        if late and list(layer.windows.values())[-1] > DEAD:
            yield Finding(
                "dead_units",
                (layer.name,),
                min(late),
                {"dead share before it": max(late.values())},
                "Lower the learning rate, check the biases, or use a leaky ReLU.",
            )


def saturated_units(watch):
    """Sigmoid or tanh units that sit at the ends of their range."""
    for layer in watch.evidence.layers.values():
        high = {s: share for s, share in layer.squashed.items() if share > SATURATED}
        if high and len(high) > len(layer.squashed) / 2 and layer.name != "output":
            yield Finding(
                "saturated_units",
                (layer.name,),
                min(high),
                {"saturated share before it": median(high.values())},
                "Start with smaller weights, or scale the inputs.",
            )
