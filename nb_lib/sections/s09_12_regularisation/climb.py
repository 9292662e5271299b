"""One run of the ladder: a recipe, a seed, and an epoch at a time.

A run sees the images to fit and those held out, never the test images. It keeps the
weights of the epoch that read the held-out images best, and of equals the last. Saved
between two epochs, it goes on to the same weights bit for bit.
"""

import time
from dataclasses import dataclass
from functools import partial

import numpy as np

from nb_lib.data import Warp, batches, warped
from nb_lib.numpy.losses import cross_entropy, kl_divergence, value_and_gradient
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD, AdamW
from nb_lib.numpy.regularisation import mixup
from nb_lib.numpy.schedules import Schedule, constant, one_cycle
from nb_lib.numpy.train import accuracy
from nb_lib.runs.saving import load_run, save_run
from nb_lib.sections.s09_12_regularisation.dropped import with_dropout

SIZES, BATCH = (784, 128, 64, 10), 128
PORTION = 32 * BATCH  # images that are warped in one go, then shuffled
ALIKE = 64  # images that share a warp, so two in a batch rarely do


@dataclass(frozen=True)
class Recipe:
    """All settings of a run but its seed: what is off is 0 or None.

    ``optimiser`` is "SGD", at a constant rate, or "AdamW", on one cycle; ``decay`` is
    that of its weights. ``smoothing`` is that of the labels, ``mixup`` the alpha,
    ``average`` the share that the running mean of the weights keeps at each step.
    """

    epochs: int = 12
    optimiser: str = "AdamW"
    lr: float = 3e-3
    decay: float = 0.0
    dropout: float = 0.0
    smoothing: float = 0.0
    mixup: float = 0.0
    average: float = 0.0
    warp: Warp | None = None


class Climb:
    """A run between two of its epochs.

    ``fit`` and ``held`` are pairs of images (N, 784) in float32 and labels (N,); with
    ``held`` None the last epoch counts. ``net`` is trained, ``shown`` has the weights
    that are judged, ``best`` those of the best epoch so far, from 1, ``epoch``.
    """

    def __init__(self, recipe, fit, held, *, seed):
        weights, self.rng = np.random.default_rng(seed).spawn(2)
        self.recipe, self.fit, self.held = recipe, fit, held
        self.net = MLP(SIZES, rng=weights, dtype="float32")
        self.shown, self.best = (
            MLP(SIZES, rng=weights, init="zeros", dtype="float32") for _ in range(2)
        )
        if recipe.dropout:
            with_dropout(self.net, recipe.dropout, rng=self.rng)
        self.optimiser, self.schedule = _descent(recipe, self.net, len(fit[0]))
        self.loss = _loss(recipe)
        self.accuracies, self.epoch, self.seconds = [], 0, [0.0, 0.0]

    @property
    def done(self):
        """Count the epochs so far."""
        return len(self.accuracies)

    def train(self):
        """Take one epoch, then look at the held-out images."""
        start = time.process_time(), time.perf_counter()
        for x, labels in self._batches():
            self._step(x, labels)
        if not self.recipe.average:
            _copy(self.net, self.shown)
        reading = accuracy(self.shown, *self.held) if self.held else None
        if self.held is None or reading >= max(self.accuracies, default=0.0):
            self.epoch = self.done + 1
            _copy(self.shown, self.best)
        self.accuracies.append(reading)
        now = time.process_time(), time.perf_counter()
        for place in range(2):
            self.seconds[place] += now[place] - start[place]

    def save(self, path):
        """Write all that the run needs to go on."""
        plain = {name: getattr(self, name) for name in PLAIN}
        save_run(path, **self._parts(), **plain)

    def load(self, path):
        """Go on from a saved run of the same recipe; errors as ``load_run``."""
        plain = load_run(path, **self._parts())
        for name in PLAIN:
            setattr(self, name, plain[name])

    def _parts(self):
        names = "net", "shown", "best", "optimiser", "schedule", "rng"
        return {name: getattr(self, name) for name in names}

    def _batches(self):
        """Yield the batches of one epoch, warped a portion at a time."""
        images, labels = self.fit
        for rows in batches(len(images), PORTION, rng=self.rng):
            x = images[rows]
            if self.recipe.warp:
                groups = -(-len(rows) // ALIKE)
                x = warped(x, self.recipe.warp, rng=self.rng, groups=groups)
            for some in batches(len(rows), BATCH, rng=self.rng):
                yield x[some], labels[rows[some]]

    def _step(self, x, labels):
        """Move the weights by one batch, and their mean a little after them."""
        if self.recipe.mixup:
            targets = _spread(labels, self.recipe.smoothing)
            x, labels = mixup(x, targets, alpha=self.recipe.mixup, rng=self.rng)
        _, dlogits = value_and_gradient(self.loss, self.net.forward(x), labels)
        self.net.backward(dlogits)
        self.optimiser.step(self.net.grads)
        self.schedule.step()
        if self.recipe.average:
            count = self.schedule.count
            kept = min(self.recipe.average, count / (count + 10))  # quick at first
            for name, mean in self.shown.params.items():
                mean += (1 - kept) * (self.net.params[name] - mean)


PLAIN = ("accuracies", "epoch", "seconds")


def _descent(recipe, net, n):
    """Make the optimiser and its schedule."""
    settings = {"lr": recipe.lr, "weight_decay": recipe.decay}
    if recipe.optimiser == "SGD":
        optimiser, share = SGD(net.params, **settings), constant
    else:
        optimiser = AdamW(net.params, **settings)
        share = partial(one_cycle, steps=recipe.epochs * -(-n // BATCH))
    return optimiser, Schedule(optimiser, share)


def _loss(recipe):
    """Pick the loss, which after mixup takes shares in place of labels."""
    if recipe.mixup:
        return kl_divergence
    if recipe.smoothing:
        return partial(cross_entropy, label_smoothing=recipe.smoothing)
    return cross_entropy


def _spread(labels, smoothing):
    """Give each label as shares (N, 10): 1 - s on it, and s over all."""
    shares = np.full((len(labels), SIZES[-1]), smoothing / SIZES[-1], "float32")
    shares[np.arange(len(labels)), labels] += 1 - smoothing
    return shares


def _copy(model, other):
    """Give the other model the same weights."""
    for name, w in model.params.items():
        other.params[name][...] = w
