"""Faults of the numbers that pass through the layers, forward and back."""

import math
from statistics import median

from nb_lib.doctor.findings import Finding

EARLY = 10  # steps that show the start rather than the training
VANISHED = 1e-5  # first layer's error signal against the last one's
EXPLODED = 1e4
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


def signals(watch, pick):
    """Return (name, median error signal) of the layers, first to last.

    ``pick`` chooses some of the (step, signal) of a layer.
    """
    layers = sorted(watch.evidence.layers.values(), key=lambda layer: layer.depth)
    finite = [
        (la.name, [(s, v) for s, v in la.signal.items() if math.isfinite(v)])
        for la in layers
    ]
    chosen = [(name, pick(some)) for name, some in finite]
    return [(name, median(v for _, v in some)) for name, some in chosen if some]


def early(signal):
    """Pick the signals of the first steps."""
    return [(s, v) for s, v in signal if s < EARLY]


def late(signal):
    """Pick the last signals."""
    return signal[-EARLY:]


def ratio(found):
    """Return the first layer's signal against the last one's, or None."""
    if len(found) < 3 or not found[-1][1] > 0:
        return None
    return found[0][1] / found[-1][1]


def vanishing_gradients(watch):
    """An error signal that dies on its way to the first layers, and goes on to."""
    found = signals(watch, early)
    start, end = ratio(found), ratio(signals(watch, late))
    if start is not None and end is not None and max(start, end) < VANISHED:
        faint = [name for name, rms in found if rms < VANISHED * found[-1][1]]
        yield Finding(
            "vanishing_gradients",
            tuple(faint),
            0,
            {"first against last layer": start},
            "Use ReLU with He's start, residual connections or normalisation.",
        )


def exploding_gradients(watch):
    """An error signal that grows on its way back, through layers or through time."""
    found = signals(watch, early)
    start, grown = ratio(found), gradients_per_weight(watch)
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


def gradients_per_weight(watch):
    """Return name -> early median of |gradient| / |weights| of the matrices."""
    found = {}
    for w in watch.evidence.weights.values():
        steps = [s for s in w.ratio if s < EARLY]
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
