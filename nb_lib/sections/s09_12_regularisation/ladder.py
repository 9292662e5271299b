"""The ladder: what each tool of the section is worth on MNIST, always with one net.

``make ladder`` trains the rungs; ``table`` reads what it found from the stored log, and
``short`` climbs some rungs again on the shipped images.
"""

from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean, variance

import numpy as np

from nb_lib.data import load_mnist, mnist_subset
from nb_lib.sections.s09_12_regularisation.climb import Climb
from nb_lib.sections.s09_12_regularisation.ladder_log import STORED, TEST, read_log
from nb_lib.sections.s09_12_regularisation.recipes import rungs, trials

__all__ = ["best", "parts", "rungs", "short", "table", "trials"]
HELD = 10_000  # training images held out of the full set, 1,000 of the shipped one
NINETY_FIVE = 1.96  # standard deviations on both sides
GROUND = "Adam on one cycle"  # the baseline
SHORT = ("plain descent", GROUND, "warped elastically too")
CLOCKS = ("cpu", "wall")


@dataclass(frozen=True)
class Row:
    """What is known of one rung: means over its seeds, shares in [0, 1].

    ``low`` and ``high`` enclose with 95% the share of all such images that the net
    would read right, as far as the test images can tell. ``gain`` is the mean accuracy
    less that of the baseline, ``noise`` within how much of each other two rungs that
    are equally good lie with 95%, because their seeds and the test images differ; both
    are None for the baseline itself, and where only one seed ran.
    """

    name: str
    recipe: object
    tests: tuple[float, ...]  # accuracy on the test images, a seed each
    held: float | None  # accuracy on the held-out images, at the best epoch
    low: float
    high: float
    gain: float | None
    noise: float | None
    cpu_seconds: float  # of one run
    wall_seconds: float

    @property
    def test(self):
        """The mean accuracy on the test images."""
        return fmean(self.tests)

    @property
    def is_noise(self):
        """Whether the gain is too small to tell from none."""
        return self.noise is not None and abs(self.gain) <= self.noise


def parts(source=load_mnist):
    """Return the images to fit and those held out, and a function that reads the test.

    Pairs of images (N, 784) in float32 and labels (N,). The held-out images are the
    last of the training images in an order drawn with the seed 0: a sixth of the full
    set, a quarter of the shipped one.
    """
    (x, labels), (x_test, test_labels) = source()
    x = x.astype("float32")
    order = np.random.default_rng(0).permutation(len(x))
    cut = len(x) - (HELD if len(x) > 4 * HELD else len(x) // 4)
    pairs = ((x[rows], labels[rows]) for rows in np.split(order, [cut]))
    return *pairs, lambda: (x_test.astype("float32"), test_labels)


def entry(rung, seed, climb, test):
    """Put a finished run on record; the test images are read here, and only here."""
    wrong = None
    if not rung.is_trial:
        x, labels = test()
        logits = climb.best.forward(x)
        right = (logits.argmax(axis=1) == labels) & ~np.isnan(logits).any(axis=1)
        wrong = np.flatnonzero(~right).tolist()
    return {
        "name": rung.name,
        "seed": seed,
        "recipe": rung.settings,
        "held": climb.accuracies,
        "epoch": climb.epoch,
        "wrong": wrong,
        "cpu_seconds": round(climb.seconds[0], 1),
        "wall_seconds": round(climb.seconds[1], 1),
    }


def run(rung, seed, data, *, path=None, report=None):
    """Climb one rung with one seed to the end; return its entry in the log.

    ``data`` is what ``parts`` returns. With a ``path`` the run is saved there after
    each epoch, and goes on from there if it was. ``report(climb)`` hears of each epoch.
    """
    fit, held, test = data
    if rung.is_whole:
        fit = tuple(np.concatenate(pair) for pair in zip(fit, held, strict=True))
        held = None
    climb = Climb(rung.recipe, fit, held, seed=seed)
    if path is not None and path.exists():
        climb.load(path)
    while climb.done < rung.recipe.epochs:
        climb.train()
        if path is not None:
            climb.save(path)
        if report is not None:
            report(climb)
    return entry(rung, seed, climb, test)


def table(path=STORED):
    """Return the rows of the stored log, a rung each, from the plain net to the best.

    A rung that has not been run yet is left out. One that was run with other settings
    than those declared is a ValueError, as is a damaged log.
    """
    entries = read_log(path)
    for rung in rungs():
        for seed in rung.seeds:
            found = entries.get((rung.name, seed))
            if found is not None and found["recipe"] != rung.settings:
                raise ValueError(
                    f"{path.name} holds {rung.name!r} with other settings than those "
                    "declared: run make ladder"
                )
    return rows(rungs(), entries, n=TEST)


def best(path=STORED):
    """Return the row with the highest mean accuracy on the held-out images.

    A rung that held none out is the heir of the one before it, whose settings it has.
    """
    found = table(path)
    judged = max((row for row in found if row.held), key=lambda row: row.held)
    heirs = [row for row in found if not row.held and row.recipe == judged.recipe]
    return heirs[0] if heirs else judged


def short(names=SHORT, *, epochs=20, seeds=(0,)):
    """Climb some rungs on the shipped images, in seconds; return their rows."""
    data = parts(mnist_subset)
    chosen = [rung for rung in rungs() if rung.name in names]
    if len(chosen) != len(names):
        known = ", ".join(rung.name for rung in rungs())
        raise ValueError(f"short wants names among {known}, got {', '.join(names)}")
    brief = [
        replace(rung, recipe=replace(rung.recipe, epochs=epochs), seeds=tuple(seeds))
        for rung in chosen
    ]
    entries = {(r.name, seed): run(r, seed, data) for r in brief for seed in r.seeds}
    return rows(brief, entries, n=len(data[2]()[1]))


def rows(declared, entries, *, n):
    """Sum up the entries of some rungs, whose test images are n in number."""
    ran = {
        rung: [entries[rung.name, s] for s in rung.seeds if (rung.name, s) in entries]
        for rung in declared
    }
    ran = {rung: found for rung, found in ran.items() if found}
    right = {rung: np.array([read(one, n) for one in ran[rung]]) for rung in ran}
    ground = next((r for rung, r in right.items() if rung.name == GROUND), None)
    spread = common_variance([r.mean(axis=1) for r in right.values()])
    return tuple(row(r, found, right[r], ground, spread) for r, found in ran.items())


def read(entry, n):
    """Return for each of n test images whether the run read it right, as 0 or 1."""
    right = np.ones(n)
    right[entry["wrong"]] = 0
    return right


def row(rung, found, right, ground, spread):
    """Sum up one rung; ``right`` and ``ground``, the baseline's, are (seeds, n)."""
    tests, n = tuple(right.mean(axis=1).tolist()), right.shape[1]
    gain = noise = None
    if rung.name != GROUND and ground is not None and spread is not None:
        gain = fmean(tests) - float(ground.mean())
        seeds = spread * (1 / len(right) + 1 / len(ground))
        images = np.var(right.mean(axis=0) - ground.mean(axis=0), ddof=1) / n
        noise = NINETY_FIVE * sqrt(seeds + images)
    held = None
    if not rung.is_whole:
        held = fmean(one["held"][one["epoch"] - 1] for one in found)
    low, high = interval(fmean(tests), n)
    seconds = [fmean(one[f"{kind}_seconds"] for one in found) for kind in CLOCKS]
    return Row(rung.name, rung.recipe, tests, held, low, high, gain, noise, *seconds)


def common_variance(groups):
    """Return the variance between seeds, taken to be one for all rungs, or None."""
    several = [group for group in groups if len(group) > 1]
    if not several:
        return None
    freedom = sum(len(group) - 1 for group in several)
    return sum((len(group) - 1) * variance(group) for group in several) / freedom


def interval(share, n):
    """Enclose a share with 95%, from n trials of which that share came true.

    Source: Edwin Wilson (1927), the interval of the score.
    """
    z2 = NINETY_FIVE**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return middle - half, middle + half
