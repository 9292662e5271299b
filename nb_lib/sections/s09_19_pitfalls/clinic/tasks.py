"""What the patients of the bug clinic were asked to learn, with and without a fault.

Each task returns three parts, training, validation and use, each (x, targets).
"""

import numpy as np

CLASSES, CLUSTERS, FEATURES = 10, 3, 12
TOKENS, LIKELY = 8, 0.7  # a chain of 8 tokens: the likely next one in 70%
PAST, PERIOD, NOISE = 4, 50, 0.05


def ten_classes(rng, is_split_broken, scale):
    """Ten classes of three clusters each; broken, the file is cut while it is sorted.

    The parts have 400, 200 and 400 examples of 12 features. One is multiplied by
    ``scale``, as by a slip of the unit.
    """
    centres = rng.normal(size=(CLASSES * CLUSTERS, FEATURES))
    labels = rng.permutation(np.arange(1000) % CLASSES)
    cluster = labels * CLUSTERS + rng.integers(0, CLUSTERS, size=1000)
    x = centres[cluster] + 0.45 * rng.normal(size=(1000, FEATURES))
    x[200] = scale * x[200]
    if not is_split_broken:
        return parts(x, labels, 400, 600)
    few = np.flatnonzero(labels < 2)  # the top of a sorted file: 200 rows
    x_all = np.concatenate([x[few], x])
    return parts(x_all, np.concatenate([labels[few], labels]), 140, 200)


def noise(rng, is_leaking):
    """Two classes without a pattern: 20 of 1,000 features, by links with the labels.

    Leaking, the labels of the validation part take part in the choice.
    """
    x = rng.normal(size=(460, 1000))
    labels = rng.permutation(np.arange(460) % 2)
    seen = 60 if is_leaking else 40
    signs = 2.0 * labels[:seen] - np.mean(2.0 * labels[:seen])
    order = np.argsort(np.abs(signs @ x[:seen]))
    return parts(x[:, order[-20:]], labels, 40, 60)


def tokens(rng, is_off_by_one):
    """Guess a token of a chain from the two before it, one-hot (N, 16).

    Off by one, the newest of the two is the token itself, except in use, where it
    does not exist yet.
    """
    chain = [0]
    for luck, other in zip(
        rng.uniform(size=1003), rng.integers(0, TOKENS, size=1003), strict=True
    ):
        chain.append((3 * chain[-1] + 1) % TOKENS if luck < LIKELY else int(other))
    chain = np.array(chain)
    honest, late = (
        np.concatenate(
            [
                np.eye(TOKENS)[chain[newest : newest + 1000]],
                np.eye(TOKENS)[chain[newest - 1 : newest + 999]],
            ],
            axis=1,
        )
        for newest in (2, 3)
    )
    x = late if is_off_by_one else honest
    x = np.concatenate([x[:600], honest[600:]])
    return parts(x, chain[3:1003], 400, 600)


def series(rng):
    """Forecast a sine that is measured with an error from its last four values."""
    clean = np.sin(2 * np.pi * np.arange(804) / PERIOD + rng.uniform(0, 6))
    values = clean + NOISE * rng.normal(size=804)
    x = np.stack([values[k : k + 800] for k in range(PAST)], axis=1)
    return parts(x, values[PAST:, None], 400, 600)


def parts(x, targets, first, second):
    """Cut the rows in three, after ``first`` and after ``second`` of them."""
    return (
        (x[:first], targets[:first]),
        (x[first:second], targets[first:second]),
        (x[second:], targets[second:]),
    )
