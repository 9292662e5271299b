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
from nb_lib.runs.training import Training

EPOCHS, MOMENTUM = 8, 0.9
TESTS = 4  # readings of the test part in one epoch
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
    """Train on 4,000 images for eight epochs; offer a frame after every step."""
    weights, order = np.random.default_rng(9).spawn(2)
    x, labels, *test = data()
    sizes = (784, *[width] * depth, 10)
    model = MLP(sizes, rng=weights, activation=activation, init=init, dtype="float32")
    optimiser = SGD(model.params, lr=lr, momentum=MOMENTUM)
    drawn = ((x[i], labels[i]) for i in epochs(len(x), batch, rng=order))
    run = Run(model, sizes, -(-len(x) // batch), test)
    steps = descend(model, cross_entropy, drawn, optimiser, watch=run.last // WATCHED)
    yield from run.offers(steps, run.last)


class Run(Training):
    """What has been seen of one training so far; the test part is read now and then."""

    def __init__(self, model, sizes, per_epoch, test):
        super().__init__()
        self.model, self.sizes, self.per_epoch = model, sizes, per_epoch
        self.x_test, self.labels_test = test
        self.last = EPOCHS * per_epoch
        self.tests = []

    def take(self, step):
        """Note one step, and after each quarter of an epoch loss and accuracy."""
        super().take(step)
        is_due = step.count == 1 or step.count % (self.per_epoch // TESTS) == 0
        if is_due or step.count == self.last or self.is_over:
            self.test()

    def test(self):
        """Note loss and accuracy on the test part."""
        logits = self.model.forward(self.x_test)
        loss = float(cross_entropy(logits, self.labels_test))
        accuracy = float(np.mean(logits.argmax(axis=1) == self.labels_test))
        self.tests.append((len(self.losses), loss, accuracy))

    def frame(self):
        """Look at the net as it is now."""
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
            answers=softmax(self.model.forward(self.x_test[list(SHOWN)])),
            weights=self.model.params["0.w"][:, :UNITS].T.copy(),
            parameters=count_parameters(self.model),
            diverged_at=self.diverged_at,
        )
