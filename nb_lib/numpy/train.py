"""Training as an iterator: one frozen step at a time, and nothing on the side."""

import math
from dataclasses import dataclass

import numpy as np

from nb_lib.numpy._checks import check_one_label_each
from nb_lib.numpy._settings import check_number
from nb_lib.numpy.losses import value_and_gradient


@dataclass(frozen=True, slots=True)
class Step:
    """What one update tells.

    ``count`` starts at 1. ``loss`` is that of the batch before the update. The norms
    are Frobenius norms, one a layer, or None on a step that is not watched:
    ``grad_norms`` of dL/dw_l, ``delta_norms`` of dL/dz_l.
    """

    count: int
    loss: float
    grad_norms: tuple[float, ...] | None
    delta_norms: tuple[float, ...] | None


def descend(model, loss, data, optimiser, *, watch=1):
    """Update the model once for every batch of ``data``; yield a ``Step`` each time.

    ``data`` yields (x, targets), forever if it likes; ``loss`` is one of
    ``nb_lib.numpy.losses``, a ``functools.partial`` of one, or a function of one's own
    that returns (loss, dL/dlogits). Norms are taken on the first and on every
    ``watch``-th step. What diverges goes on: see ``has_diverged``.
    """
    check_number("descend", "watch", watch, 1)
    for count, (x, targets) in enumerate(data, start=1):
        logits = model.forward(x)
        value, dlogits = value_and_gradient(loss, logits, targets)
        model.backward(dlogits)
        norms = None, None
        if count == 1 or count % watch == 0:
            weights = [model.grads[k] for k, w in model.params.items() if w.ndim > 1]
            norms = _norms(weights), _norms(model.deltas)
        optimiser.step(model.grads)
        yield Step(count, float(value), *norms)


def has_diverged(loss):
    """Ask whether a loss is beyond repair: not finite, or above 10,000."""
    return not abs(loss) <= 1e4


def accuracy(model, x, labels):
    """Share in [0, 1] of the rows of x whose greatest logit is the label's.

    A row with a logit that is NaN, as after divergence, counts as wrong.
    """
    check_one_label_each(x, labels)
    was_training, hits = getattr(model, "training", False), 0
    if was_training:
        model.training = False
    for start in range(0, len(x), 1000):  # in chunks: memory stays small
        logits = model.forward(x[start : start + 1000])
        right = logits.argmax(axis=1) == labels[start : start + 1000]
        hits += np.sum(right & ~np.isnan(logits).any(axis=1))
    if was_training:
        model.training = True
    return float(hits / len(x))


def _norms(arrays):
    """Frobenius norms; vdot makes no temporary and never warns."""
    return tuple(math.sqrt(np.vdot(a, a)) for a in arrays)
