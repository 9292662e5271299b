"""The points of 9.8's explorer: a set of the book, and those that a reader drops."""

import numpy as np

from nb_lib.data import circles, moons, spirals, xor
from nb_lib.live import Drops
from nb_lib.sections.s09_08_sixty_lines.picture import SIDE

DATA = {"spirals": spirals, "moons": moons, "circles": circles, "xor": xor}
NONE = "none"
SETS = (*((name, name) for name in DATA), ("none, only yours", NONE))
COUNT = 300

OWN = Drops(
    label="your points",
    x=(-SIDE, SIDE),
    y=(-SIDE, SIDE),
    classes=("blue", "orange"),
    most=300,
)


def points(data, noise, own, *, rng):
    """Return x (N, 2) and labels (N,): the set, then the rows (x, y, class) of own."""
    x, labels = np.zeros((0, 2)), np.zeros(0, np.int64)
    if data != NONE:
        x, labels = DATA[data](COUNT, rng=rng, noise=noise)
    if own:
        dropped = np.array([(x1, x2) for x1, x2, _ in own], float)
        x = np.concatenate([x, dropped])
        labels = np.concatenate([labels, np.array([label for *_, label in own])])
    return x, labels
