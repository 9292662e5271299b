"""The run of the overfit lab: a net, points with some wrong labels, and a referee."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.data import moons
from nb_lib.draw.training import grid_points
from nb_lib.numpy.activations import softmax
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.regularisation import Patience
from nb_lib.numpy.train import descend
from nb_lib.runs.training import Training
from nb_lib.sections.s09_12_regularisation.dropped import train_mode, with_dropout
from nb_lib.sections.s09_12_regularisation.targets import (
    reliability,
    soft,
    soft_cross_entropy,
)

NOISE, MOMENTUM = 0.25, 0.9
STEPS, LOOK = 300, 10  # a look at all points after every tenth step
VALIDATION, NEW = 100, 500
EDGES = np.linspace(0.5, 1, 6)
GRID = grid_points()


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    x: np.ndarray  # (N, 2)
    labels: np.ndarray  # (N,), as the net is told
    is_wrong: np.ndarray  # (N,), where the label was swapped
    share: np.ndarray  # (cells, cells), probability of class 1
    count: int  # steps so far
    looks: np.ndarray  # (T,), steps
    losses: np.ndarray  # (T, 2), nats, training examples and new ones
    norms: np.ndarray  # (T,), of all weights
    norm: float  # the same now; where the run went back, of what it went back to
    watched: np.ndarray  # (W,), steps
    grad_norms: np.ndarray  # (W, layers), of dL/dw
    right: tuple[float, float]  # shares: training examples, new ones
    bins: np.ndarray  # (3, bins): confidence, share right, count
    sure: float  # mean confidence on new examples
    stopped_at: int | None  # step to which early stopping went back
    diverged_at: int | None  # step


def points(examples, wrong, rng):
    """Draw two moons; a share of the labels is swapped."""
    x, labels = moons(examples, rng=rng, noise=NOISE)
    is_wrong = np.zeros(examples, bool)
    is_wrong[rng.permutation(examples)[: round(wrong * examples)]] = True
    return x, np.where(is_wrong, 1 - labels, labels), is_wrong


def batches(x, targets, mixup, rng):
    """Yield all examples at each step, or with ``mixup`` all mixed anew."""
    while True:
        if mixup:
            share, partner = rng.uniform(), rng.permutation(len(x))
            mixed = [share * a + (1 - share) * a[partner] for a in (x, targets)]
            yield mixed[0], mixed[1]
        else:
            yield x, targets


class Run(Training):
    """What has been seen of one training run so far."""

    def __init__(self, net, parts, patience):
        super().__init__()
        self.net, self.parts, self.best = net, parts, None
        self.patience, self.counts = Patience(max(patience, 1)), patience > 0
        self.seen, self.is_stopped = [], False

    def take(self, step):
        """Note a step; look at all points after each tenth."""
        super().take(step)
        if step.count == 1 or step.count % LOOK == 0:
            self.look(step.count)

    def look(self, count):
        """Judge the net as it is, every unit speaking."""
        train_mode(self.net, False)
        losses = [cross_entropy(self.net.forward(x), t) for x, t in self.parts.values()]
        train_mode(self.net, True)
        self.seen.append((count, losses[0], losses[2], self.norm()))
        if self.counts and count > 1 and not self.is_stopped:
            self.is_stopped = self.patience.is_over(losses[1])
            if self.patience.epoch == self.patience.count:
                self.best = count, {k: w.copy() for k, w in self.net.params.items()}
            if self.is_stopped:
                for name, w in self.best[1].items():
                    self.net.params[name][:] = w

    def norm(self):
        """Return the norm of all weights, biases apart."""
        weights = [w for w in self.net.params.values() if w.ndim > 1]
        return sum(float(np.vdot(w, w)) for w in weights) ** 0.5

    @property
    def is_over(self):
        """Whether the run was stopped, or diverged."""
        return self.is_stopped or super().is_over

    def frame(self):
        """Look at plane and new examples through the net as it is now."""
        train_mode(self.net, False)
        share = softmax(self.net.forward(GRID))[:, 1]
        (x, labels), _, (new_x, new_labels) = self.parts.values()
        probs, answers = softmax(self.net.forward(new_x)), self.net.forward(x)
        train_mode(self.net, True)
        cells = round(len(GRID) ** 0.5)
        right = float(np.mean(probs.argmax(axis=1) == new_labels))
        seen = np.array(self.seen)
        return Frame(
            x=x,
            labels=labels,
            is_wrong=self.is_wrong,
            share=share.reshape(cells, cells),
            count=len(self.losses),
            looks=seen[:, 0],
            losses=seen[:, 1:3],
            norms=seen[:, 3],
            norm=self.norm(),
            watched=np.array(self.watched),
            grad_norms=np.array(self.norms),
            right=(float(np.mean(answers.argmax(axis=1) == labels)), right),
            bins=reliability(probs, new_labels, EDGES),
            sure=float(probs.max(axis=1).mean()),
            stopped_at=self.best[0] if self.is_stopped else None,
            diverged_at=self.diverged_at,
        )


def compute(
    examples, width, depth, wrong, decay, dropout, patience, smoothing, mixup,
    init, activation, lr, seed,
):  # fmt: skip
    """Train on points of which some have the wrong label; offer a frame a step."""
    drawn, weights, masks, mixing, held, fresh = np.random.default_rng(seed).spawn(6)
    x, labels, is_wrong = points(examples, wrong, drawn)
    parts = {
        "training": (x, labels),
        "validation": points(VALIDATION, wrong, held)[:2],
        "new": points(NEW, 0.0, fresh)[:2],
    }
    sizes = (2, *[width] * depth, 2)
    net = MLP(sizes, rng=weights, activation=activation, init=init)
    with_dropout(net, dropout, rng=masks)
    data = batches(x, soft(labels, 2, smoothing), mixup, mixing)
    step = SGD(net.params, lr=lr, momentum=MOMENTUM, weight_decay=decay)
    run = Run(net, parts, patience)
    run.is_wrong = is_wrong
    yield from run.offers(
        descend(net, soft_cross_entropy, data, step, watch=LOOK), STEPS
    )


def describe(frame):
    """Say the numbers that matter in one sentence."""
    if frame.diverged_at:
        return f"{words.diverged_because(frame.diverged_at)}."
    known, new = frame.right
    end = f"After {words.counted(frame.count, 'step')}"
    if frame.stopped_at:
        end += f", back at step {frame.stopped_at:.0f},"
    return (
        f"{end} the net gives {known:.0%} of its {len(frame.x)} training examples the "
        f"label they carry, {int(frame.is_wrong.sum())} of them a wrong one, and is "
        f"right on {new:.0%} of {NEW} new examples, with a mean confidence of "
        f"{frame.sure:.0%}; the weights have the norm {frame.norm:.1f}."
    )
