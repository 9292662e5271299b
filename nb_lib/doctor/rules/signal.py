"""Faults of the numbers that pass through the layers, forward and back."""

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


def signals(watch):
    """Return the layers in order with the median of their early error signals."""
    layers = sorted(watch.evidence.layers.values(), key=lambda layer: layer.depth)
    early = [[v for s, v in layer.signal.items() if s < EARLY] for layer in layers]
    return [(la.name, median(e)) for la, e in zip(layers, early, strict=True) if e]


def vanishing_gradients(watch):
    """An error signal that dies on its way to the first layers."""
    found = signals(watch)
    if len(found) < 3 or not found[-1][1] > 0:
        return
    ratio = found[0][1] / found[-1][1]
    if ratio < VANISHED:
        faint = [name for name, rms in found if rms < VANISHED * found[-1][1]]
        yield Finding(
            "vanishing_gradients",
            tuple(faint),
            0,
            {"first against last layer": ratio},
            "Use ReLU with He's start, residual connections or normalisation.",
        )


def exploding_gradients(watch):
    """An error signal that grows on its way back, or gradients that grow in time."""
    found = signals(watch)
    if len(found) > 2 and found[0][1] > EXPLODED * found[-1][1] > 0:
        huge = [name for name, rms in found if rms > EXPLODED * found[-1][1]]
        yield Finding(
            "exploding_gradients",
            tuple(huge),
            0,
            {"first against last layer": found[0][1] / found[-1][1]},
            "Start smaller (He, Xavier), normalise, or clip the gradient's norm.",
        )


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
        if high and len(high) > len(layer.squashed) / 2:
            yield Finding(
                "saturated_units",
                (layer.name,),
                min(high),
                {"saturated share before it": median(high.values())},
                "Start with smaller weights, or scale the inputs.",
            )
