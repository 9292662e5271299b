"""The run of 9.16's explorer: a network trains on small MNIST, and is looked at."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from nb_lib.data import epochs, mnist_subset
from nb_lib.numpy.activations import softmax
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP, count_parameters
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import descend
from nb_lib.runs.training import Watched

EPOCHS, MOMENTUM = 8, 0.9
MOST = 1e6  # microseconds of steps in one run
WATCHED = 120  # readings of the norms in one run
SHOWN = (647, 643, 554, 698, 814, 591, 770, 567, 22, 656)  # 0 to 9, none of them easy
UNITS = 10  # first-layer units that are shown


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    steps: int  # taken so far
    sizes: tuple  # of the layers, input to output
    at: np.ndarray  # (steps,), in epochs
    losses: np.ndarray  # (steps,), nats
    tested: np.ndarray  # (K,), in epochs
    test_losses: np.ndarray  # (K,), nats
    accuracies: np.ndarray  # (K,), shares of the test part
    watched: np.ndarray  # (T,), in epochs
    grad_norms: np.ndarray  # (T, layers), of dL/dw
    delta_norms: np.ndarray  # (layers,), of dL/dz, at the last reading
    answers: np.ndarray  # (10, 10), probabilities for the ten digits shown
    weights: np.ndarray  # (units, 784), into the first hidden units
    parameters: int
    diverged_at: int | None  # step


@cache
def data():
    """Return the subset in float32: x and labels to train with, x and labels to test.

    The same 5,000 images everywhere, whether or not the full set is at hand.
    """
    (x, labels), (x_test, labels_test) = mnist_subset()
    return x.astype("float32"), labels, x_test.astype("float32"), labels_test


def compute(depth, init, activation, lr, width, batch):
    """Train on 4,000 images; yield a frame early, then one per slice of work."""
    weights, order = np.random.default_rng(9).spawn(2)
    x, labels, *test = data()
    sizes = (784, *[width] * depth, 10)
    model = MLP(sizes, rng=weights, activation=activation, init=init, dtype="float32")
    per_epoch = -(-len(x) // batch)
    optimiser = SGD(model.params, lr=lr, momentum=MOMENTUM)
    drawn = ((x[i], labels[i]) for i in epochs(len(x), batch, rng=order))
    run = Run(model, sizes, per_epoch, test)
    stops = slices(sizes, batch, per_epoch)
    watch = max(1, stops[-1] // WATCHED)
    for step in descend(model, cross_entropy, drawn, optimiser, watch=watch):
        run.take(step)
        if step.count in stops or run.diverged_at:
            yield run.frame()
        if step.count == stops[-1] or run.diverged_at:
            return


def microseconds(sizes, batch):
    """Estimate the work of one step on one core; counted, never timed."""
    products = sum(a * b for a, b in zip(sizes[:-1], sizes[1:], strict=True))
    calls, slopes = 40 * len(sizes), 0.01 * batch * sum(sizes[1:])
    return calls + slopes + 3 * (batch + 20) * products / 4e4


def slices(sizes, batch, per_epoch):
    """Return the steps after which to show a frame: the first soon, then each ~25 ms.

    A small net shows itself at least four times an epoch. A large net with small
    batches has its last frame before ``EPOCHS`` are over.
    """
    step = microseconds(sizes, batch)
    last = min(EPOCHS * per_epoch, int(MOST / step))
    every = max(1, min(int(25_000 / step), per_epoch // 4))
    first = max(1, min(int(8_000 / step), every))
    return [first, *range(first + every, last, every), last]


class Run(Watched):
    """What has been seen of one training run so far."""

    def __init__(self, model, sizes, per_epoch, test):
        super().__init__()
        self.model, self.sizes, self.per_epoch = model, sizes, per_epoch
        self.x_test, self.labels_test = test
        self.tests = []

    def test(self):
        """Note loss and accuracy on the test part; return its logits."""
        logits = self.model.forward(self.x_test)
        loss = float(cross_entropy(logits, self.labels_test))
        accuracy = float(np.mean(logits.argmax(axis=1) == self.labels_test))
        self.tests.append((len(self.losses), loss, accuracy))
        return logits

    def frame(self):
        """Look at the net as it is now."""
        logits = self.test()
        steps = len(self.losses)
        tested, test_losses, accuracies = np.array(self.tests).T
        return Frame(
            steps=steps,
            sizes=self.sizes,
            at=np.arange(1, steps + 1) / self.per_epoch,
            losses=np.array(self.losses),
            tested=tested / self.per_epoch,
            test_losses=test_losses,
            accuracies=accuracies,
            watched=np.array(self.watched) / self.per_epoch,
            grad_norms=np.array(self.norms),
            delta_norms=np.array(self.deltas),
            answers=softmax(logits[list(SHOWN)]),
            weights=self.model.params["0.w"][:, :UNITS].T.copy(),
            parameters=count_parameters(self.model),
            diverged_at=self.diverged_at,
        )
