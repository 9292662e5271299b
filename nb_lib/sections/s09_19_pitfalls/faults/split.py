"""The broken split: a file sorted by class, cut before it is shuffled."""

import numpy as np

from nb_lib.data import minibatches
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import accuracy, descend
from nb_lib.runs.small_digits import digits

TAKEN, HELD, STEPS = 500, 100, 300  # rows taken, of them to validate, steps


def rows_taken(labels, *, is_faulty, rng):
    """Return the rows of the file that the experiment takes, its first 500.

    The file is sorted by label; repaired, it is shuffled before the cut.
    """
    rows = np.argsort(labels, kind="stable")
    if not is_faulty:
        rows = rng.permutation(rows)
    return rows[:TAKEN]


def shares_right(*, is_faulty, seed):
    """Train; return the accuracy on validation and on digits of the whole file."""
    cut, weights, order = np.random.default_rng(seed).spawn(3)
    x, labels = digits()
    x = x.astype("float64")
    rows = rows_taken(labels[:3000], is_faulty=is_faulty, rng=cut)
    rows = cut.permutation(rows)  # within the cut all is shuffled, faulty or not
    fit, held = rows[:-HELD], rows[-HELD:]
    net = MLP((196, 32, 10), rng=weights)
    data = minibatches(x[fit], labels[fit], 64, rng=order)
    optimiser = SGD(net.params, lr=0.05)
    for step in descend(net, cross_entropy, data, optimiser, watch=STEPS):
        if step.count == STEPS:
            break
    return accuracy(net, x[held], labels[held]), accuracy(net, x[3000:], labels[3000:])
