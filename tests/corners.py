"""The corners of an explorer's ranges, for the tests and the benchmarks."""

import numpy as np

from nb_lib.live import Choice

MIXTURES = 24


def corners(explorer):
    """The start, each option and end alone, and mixtures of ends drawn at random."""
    ends = {
        name: control.stops
        if isinstance(control, Choice)
        else (control.stops[0], control.stops[-1])
        for name, control in explorer.controls.items()
    }
    yield {}
    yield from ({name: stop} for name, stops in ends.items() for stop in stops)
    rng = np.random.default_rng(9)
    for _ in range(MIXTURES):
        yield {name: stops[rng.integers(len(stops))] for name, stops in ends.items()}
