"""The corners of an explorer's ranges, for the tests and the benchmarks."""

import numpy as np

from nb_lib.live import Choice

MIXTURES = 12


def ends_of(explorer):
    """Map each control to its options, or to both ends of its range."""
    return {
        name: control.stops
        if isinstance(control, Choice)
        else (control.stops[0], control.stops[-1])
        for name, control in explorer.controls.items()
    }


def mixtures(explorer):
    """Yield mixtures of ends at random, in which all ends of a control come alike."""
    rng, ends = np.random.default_rng(9), ends_of(explorer)
    columns = [
        rng.permutation(np.arange(MIXTURES) % len(stops)) for stops in ends.values()
    ]
    for row in zip(*columns, strict=True):
        mixed = zip(ends.items(), row, strict=True)
        yield {name: stops[at] for (name, stops), at in mixed}


def corners(explorer):
    """Yield each option and each end alone, then mixtures of them."""
    for name, stops in ends_of(explorer).items():
        yield from ({name: stop} for stop in stops)
    yield from mixtures(explorer)
