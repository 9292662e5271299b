"""Each regulariser alone and all together, on 500 digits: the same net, five seeds."""

from functools import cache

import numpy as np

from nb_lib.data import Warp, batches, mnist_subset, warped
from nb_lib.numpy.activations import softmax
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import AdamW
from nb_lib.numpy.regularisation import Patience, mixup
from nb_lib.sections.s09_12_regularisation.dropped import train_mode, with_dropout
from nb_lib.sections.s09_12_regularisation.targets import soft, soft_cross_entropy

SIZES = (784, 128, 64, 10)
TRAIN, VALIDATION, BATCH, EPOCHS = 500, 500, 50, 20
OWN, NEW = 0, 2  # the piles: the net's own images, and those that judge it
WARP = Warp(shift=1.0, rotation=8.0, zoom=0.08, shear=0.08, elastic=1.0)
RECIPES = {
    "nothing": {},
    "weight decay": {"decay": 0.5},
    "dropout": {"dropout": 0.3},
    "early stopping": {"patience": 3},
    "label smoothing": {"smoothing": 0.1},
    "mixup": {"alpha": 0.2},
    "augmentation": {"warp": WARP},
    "all together": {
        "decay": 0.5, "dropout": 0.3, "patience": 3, "smoothing": 0.1, "alpha": 0.2,
        "warp": WARP,
    },
}  # fmt: skip
# 97.5% point, by number of seeds
STUDENT = {3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 20: 2.093}


@cache
def piles(seed):
    """Deal the shipped images: (x, labels) to train, to validate, and to judge by."""
    (x, labels), _ = mnist_subset()
    rows = np.random.default_rng(seed).permutation(len(x))
    x = x.astype("float32")
    ends = np.split(rows, [TRAIN, TRAIN + VALIDATION, TRAIN + VALIDATION + 2000])[:3]
    return [(x[part], labels[part]) for part in ends]


@cache
def trained(seed, *, decay=0.0, dropout=0.0, patience=0, smoothing=0.0, alpha=0.0,
            warp=None, epochs=EPOCHS):  # fmt: skip
    """Train one net, once; return it, its dropouts off."""
    (x, labels), (held_x, held), _ = piles(seed)
    init, masks, order, pairs, bends = np.random.default_rng(seed).spawn(5)
    net = with_dropout(MLP(SIZES, rng=init, dtype="float32"), dropout, rng=masks)
    optimiser = AdamW(net.params, lr=2e-3, weight_decay=decay)
    referee, best = Patience(max(patience, 1)), None
    targets = soft(labels, 10, smoothing)
    for _ in range(epochs):
        seen = warped(x, warp, rng=bends, groups=10) if warp else x
        for rows in batches(len(x), BATCH, rng=order):
            batch = seen[rows], targets[rows]
            if alpha:
                batch = mixup(*batch, alpha=alpha, rng=pairs)
            net.backward(soft_cross_entropy(net.forward(batch[0]), batch[1])[1])
            optimiser.step(net.grads)
        if patience:
            is_over = referee.is_over(judged(net, held_x, held)[1])
            train_mode(net, True)
            if referee.epoch == referee.count:
                best = {name: w.copy() for name, w in net.params.items()}
            if is_over:
                break
    for name, w in (best or {}).items():
        net.params[name][:] = w
    train_mode(net, False)
    return net


def judged(net, x, labels):
    """Switch off dropout; return the share right, the loss, the mean confidence."""
    train_mode(net, False)
    logits = net.forward(x)
    right = np.mean(logits.argmax(axis=1) == labels)
    return (
        float(right),
        float(cross_entropy(logits, labels)),
        float(softmax(logits).max(axis=1).mean()),
    )


def scores(seeds, *, pile=NEW, **recipe):
    """Return (seeds, 3) of what ``judged`` finds, on images that nobody chose by."""
    nets = [trained(seed, **recipe) for seed in range(seeds)]
    return np.array([judged(net, *piles(s)[pile]) for s, net in enumerate(nets)])


def gain(values, baseline):
    """Mean difference and half its 95% interval, the same seeds side by side."""
    differences = np.asarray(values) - np.asarray(baseline)
    n = len(differences)
    return differences.mean(), STUDENT[n] * differences.std(ddof=1) / n**0.5
