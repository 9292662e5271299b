"""A deep net with norms on small digits: where the norm is, and what that does."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.data import epochs
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.normed import NormedMLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import descend
from nb_lib.runs.small_digits import shaded_digits
from nb_lib.runs.training import Training

WIDTH, STEPS, KEPT = 24, 100, 3000  # digits to train on; the others are new
CLASSES = 10
LOOKS = 100  # batches of new digits at most for a frame: it must not hold the run up


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    losses: np.ndarray  # (steps so far,), nats
    first_deltas: np.ndarray  # (depth + 1,), norms of dL/dz at step 1
    first_norms: np.ndarray  # (depth + 1,), norms of dL/dw at step 1
    batch_share: float  # of new digits right, normalised with those of their batch
    share: float  # of new digits right in evaluation
    norm: str
    diverged_at: int | None  # step


def compute(norm, place, depth, lr, batch, activation, init):
    """Train on small digits; offer a frame at every step."""
    run = Run(norm, place, depth, batch, activation, init)
    yield from run.train(lr)


class Run(Training):
    """What is known so far about one choice of settings."""

    def __init__(self, norm, place, depth, batch, activation, init):
        super().__init__()
        weights, self.order = np.random.default_rng(9).spawn(2)
        self.norm, self.batch = norm, batch
        self.model = NormedMLP(
            (196, *[WIDTH] * depth, CLASSES),
            rng=weights,
            norm=norm,
            place=place,
            activation=activation,
            init=init,
        )
        self.first_deltas = np.full(depth + 1, np.nan)

    def train(self, lr):
        """Descend; the first step shows the deltas before anything is learnt."""
        x, labels = shaded_digits()
        x, labels = x[:KEPT], labels[:KEPT]
        drawn = ((x[i], labels[i]) for i in epochs(KEPT, self.batch, rng=self.order))
        optimiser = SGD(self.model.params, lr=lr)
        steps = descend(self.model, cross_entropy, drawn, optimiser, watch=STEPS)
        yield from self.offers(steps, STEPS)

    def take(self, step):
        """Note a step, and the deltas of the first one."""
        super().take(step)
        if step.count == 1:
            self.first_deltas = np.array(step.delta_norms)

    def frame(self):
        """Freeze what is known so far; judge the net on new digits, both ways."""
        with_batches, evaluated = judged(
            self.model, self.batch, most=LOOKS * self.batch
        )
        return Frame(
            losses=np.array(self.losses),
            first_deltas=self.first_deltas,
            first_norms=np.array(self.norms[0]),
            batch_share=with_batches,
            share=evaluated,
            norm=self.norm,
            diverged_at=self.diverged_at,
        )


def judged(model, batch, most=None):
    """Give the shares of new digits right, in batches and in evaluation.

    Only a batch norm tells the two apart; in batches it is given ``most`` digits.
    """
    x, labels = shaded_digits()
    x, labels = x[KEPT:], labels[KEPT:]
    kept = [array for norm in model.norms for array in norm.buffers.values()]
    saved = [array.copy() for array in kept]
    model.training = False
    share = right(model.forward(x), labels)
    model.training = True
    if not kept:
        return share, share
    x, labels = x[:most], labels[:most]
    pieces = [model.forward(x[s : s + batch]) for s in range(0, len(x), batch)]
    for array, old in zip(kept, saved, strict=True):
        array[:] = old  # looking must not teach the running numbers
    return right(np.concatenate(pieces), labels), share


def right(logits, labels):
    """Give the share of rows whose greatest logit is the label's; nan is wrong."""
    finite = np.isfinite(logits).all(axis=1)
    hits = np.nan_to_num(logits).argmax(axis=1) == labels
    return float((hits & finite).mean())


def describe(frame):
    """Say the numbers that matter in one sentence."""
    if frame.diverged_at is not None:
        end = f"training {words.diverged(frame.diverged_at)}"
    else:
        steps = words.counted(len(frame.losses), "step")
        end = (
            f"after {steps} the loss is "
            f"{frame.losses[-10:].mean():.2f} nats and {frame.share:.0%} of new "
            "digits are classified correctly in evaluation"
        )
        if frame.norm == "batch":
            end += f", {frame.batch_share:.0%} with the statistics of their batch"
    first, last = frame.first_deltas[0], frame.first_deltas[-2]
    if not np.isfinite(first):
        return f"The first error signals are beyond all numbers; {end}."
    if last == 0:
        return f"At step 1 the error signal of the hidden layers is 0; {end}."
    return (
        f"At step 1 the error signal is {words.rounded(first / last)} times as long in "
        f"the first layer as in the last hidden one; {end}."
    )
