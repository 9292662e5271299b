"""The ladder declared: what was tried, what was chosen, and the rungs.

All train the same 784-128-64-10 net. Each rung adds one thing to the baseline, the last
ones add several. How much of each thing was chosen among a few ``TRIALS``, by the
held-out images alone; a test compares ``CHOSEN`` with the trials of the stored log.
"""

from dataclasses import asdict, dataclass, replace

from nb_lib.data import Warp
from nb_lib.sections.s09_12_regularisation.climb import Recipe

SEEDS, TRIAL_SEEDS, BLEND_SEEDS = (0, 1, 2), (100,), (100, 101)
RATE_SEEDS = (100, 101, 102)  # everything else is built on the rate
LONG, MEDIUM = 120, 24  # epochs of the last rungs, and of the trials for them

FAINT = Warp(shift=0.3, rotation=3, zoom=0.04, shear=0.04)
GENTLE = Warp(shift=0.5, rotation=5, zoom=0.06, shear=0.06)
MIDDLE = Warp(shift=0.7, rotation=8, zoom=0.1, shear=0.1)
CHOSEN = {
    "lr": 6e-3,
    "decay": 0.1,
    "dropout": 0.1,
    "smoothing": 0.05,
    "mixup": 0.1,
    "average": 0.98,
    "affine": MIDDLE,
    "warp": replace(GENTLE, elastic=0.5),
}
TRIALS = {  # for each thing the strengths that were tried, alone on the baseline
    "lr": (1e-3, 3e-3, 6e-3, 1e-2),
    "decay": (0.01, 0.1, 0.5),
    "dropout": (0.05, 0.1, 0.2),
    "smoothing": (0.05, 0.1, 0.2),
    "mixup": (0.1, 0.2, 0.4),
    "average": (0.98, 0.995, 0.998),
    "affine": (FAINT, GENTLE, MIDDLE),
    "warp": (
        replace(FAINT, elastic=0.5),
        replace(FAINT, elastic=0.8),
        replace(FAINT, elastic=1.1),
        replace(GENTLE, elastic=0.5),
        replace(GENTLE, elastic=0.8),
        replace(MIDDLE, elastic=0.5),
    ),
}
BASELINE = Recipe(lr=CHOSEN["lr"])
ADDED = {  # what a rung adds to the baseline
    "weight decay": ("decay",),
    "dropout": ("dropout",),
    "label smoothing": ("smoothing",),
    "mixup": ("mixup",),
    "averaged weights": ("average",),
    "shifted, turned, zoomed, sheared": ("affine",),
    "warped elastically too": ("warp",),
    "all together": ("decay", "dropout", "smoothing", "mixup", "average", "warp"),
}
BLENDS = {  # of these one is chosen for the long runs
    "all": ADDED["all together"],
    "decay, smoothing, average, warp": ("decay", "smoothing", "average", "warp"),
    "decay, average, warp": ("decay", "average", "warp"),
    "average, warp": ("average", "warp"),
}
BLEND = "decay, smoothing, average, warp"


@dataclass(frozen=True)
class Rung:
    """A recipe with a name, run once for each seed.

    With ``is_trial`` only the held-out images are read; with ``is_whole`` none are held
    out, the net trains on all 60,000 and the last epoch counts.
    """

    name: str
    recipe: Recipe
    seeds: tuple[int, ...] = SEEDS
    is_trial: bool = False
    is_whole: bool = False

    def __post_init__(self):
        if self.is_trial and self.is_whole:
            raise ValueError(f"{self.name}: a trial needs images to be held out")

    @property
    def settings(self):
        """The recipe as plain values, as the log holds it."""
        return asdict(self.recipe)


def rungs():
    """Return the declared rungs, from the plain net to the best."""
    plain = Recipe(optimiser="SGD", lr=0.1)
    alone = [Rung(name, added(what)) for name, what in ADDED.items()]
    best = added(BLENDS[BLEND], epochs=LONG)
    return (
        Rung("plain descent", plain),
        Rung("Adam on one cycle", BASELINE),
        *alone,
        Rung(f"the best of them, {LONG} epochs", best),
        Rung(f"the same on all 60,000, {LONG} epochs", best, is_whole=True),
    )


def trials():
    """Return what is tried before, on the held-out images: name and rung."""
    alone = [
        Rung(
            f"{thing} {told(value)}",
            replace(BASELINE, **{field(thing): value}),
            seeds=RATE_SEEDS if thing == "lr" else TRIAL_SEEDS,
            is_trial=True,
        )
        for thing, values in TRIALS.items()
        for value in values
    ]
    together = [
        Rung(
            f"together: {name}",
            added(things, epochs=MEDIUM),
            seeds=BLEND_SEEDS,
            is_trial=True,
        )
        for name, things in BLENDS.items()
    ]
    return (*alone, *together)


def added(things, **settings):
    """Add the chosen amounts of some things to the baseline."""
    amounts = {field(thing): CHOSEN[thing] for thing in things}
    return replace(BASELINE, **amounts, **settings)


def field(thing):
    """Name the recipe's field that holds the thing: "affine" is a warp as well."""
    return "warp" if thing == "affine" else thing


def told(value):
    """Write an amount: a number, or what a warp has that is not 0."""
    if not isinstance(value, Warp):
        return f"{value:g}"
    reach = {name: held for name, held in asdict(value).items() if name != "smooth"}
    return ", ".join(f"{name} {held:g}" for name, held in reach.items() if held)
