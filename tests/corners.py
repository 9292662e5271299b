"""The corners of an explorer's ranges, for the tests and the benchmarks."""

import importlib.util
import itertools
from functools import cache

import nbformat
import numpy as np
from chapter import NOTEBOOKS, ROOT

from nb_lib.live import Choice

MIXTURES = 8


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


@cache
def small_views():
    """Return each view of the chapter's text that shows some controls, once."""
    spec = importlib.util.spec_from_file_location("wanted", ROOT / "scripts/wanted.py")
    wanted = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(wanted)
    books = (nbformat.read(path, as_version=4) for path in NOTEBOOKS)
    views = [view for book in books for view in wanted.views(book)]
    return list(
        {
            (v.explorer, str(v.settings), v.only): v
            for v in views
            if 0 < len(v.only) < len(v.settings)
        }.values()
    )


def view_corners(explorer):
    """Yield the settings of small views with every control shown at one of its ends."""
    ends = ends_of(explorer)
    for view in (view for view in small_views() if view.explorer == explorer.id):
        for stops in itertools.product(*(ends[name] for name in view.only)):
            yield view.settings | dict(zip(view.only, stops, strict=True))


def far_settings(explorer):
    """List the corners of the whole and of its small views, each once, not the start.

    One in five comes more than once: as the end of a control and in a view.
    """
    asked = itertools.chain(corners(explorer), view_corners(explorer))
    settings = [explorer.settings(**each) for each in asked]
    found = {tuple(each.values()): each for each in settings}
    found.pop(tuple(explorer.settings().values()), None)
    return list(found.values())
