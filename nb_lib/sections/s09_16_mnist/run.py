"""The run of 9.16's explorer: a network trains on small MNIST, and is looked at."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from nb_lib.data import epochs, mnist_subset
from nb_lib.data.asset import asset
from nb_lib.numpy.activations import softmax
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP, count_parameters
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import descend
from nb_lib.runs.training import Training

EPOCHS, MOMENTUM = 8, 0.9
FIT = 3000  # images of the subset's training part to train on; the others are held out
LOOKS = 4  # readings of the held-out images in one epoch
WATCHED = 120  # readings of the norms in one run
SHOWN = (681, 669, 205, 822, 431, 588, 717, 638, 664, 563)  # 0 to 9, none of them easy
SHADES = 4  # of grey; as many as 200 kB of a page hold
PLACES = SHADES ** np.arange(4)  # of a pixel's shade in the number for its block
UNITS = 10  # first-layer units that are shown


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    steps: int  # taken so far
    sizes: tuple  # of the layers, input to output
    at: np.ndarray  # (steps,), in epochs
    losses: np.ndarray  # (steps,), nats
    looked: np.ndarray  # (K,), in epochs
    held_losses: np.ndarray  # (K,), nats
    accuracies: np.ndarray  # (K,), shares of the held-out images
    watched: np.ndarray  # (T,), in epochs
    grad_norms: np.ndarray  # (T, layers), of dL/dw
    delta_norms: np.ndarray  # (layers,), of dL/dz, at the last reading
    answers: np.ndarray  # (10, 10), probabilities for the ten digits shown
    weights: np.ndarray  # (units, 784), into the first hidden units
    parameters: int
    diverged_at: int | None  # step


@cache
def data():
    """Return training images in four shades of grey, float32: x, labels, held-out ones.

    The same images everywhere, whether or not the full set is at hand, and few enough
    shades for a page to carry them. Whoever moves the controls chooses settings, so no
    test image takes part.
    """
    shades = np.arange(SHADES**4)[:, None] // PLACES % SHADES  # of each code
    greys = shades.astype("float32") / (SHADES - 1)
    rows = greys[codes()].reshape(-1, 14, 14, 2, 2).transpose(0, 1, 3, 2, 4)
    x = rows.reshape(-1, 784)
    labels = labels_of_codes().astype("int64")
    return x[:FIT], labels[:FIT], x[FIT:], labels[FIT:]


@asset
def codes():
    """Return 4,000 images (4000, 196): a number for the shades of 2 x 2 pixels."""
    (x, _), _ = mnist_subset()
    shades = np.minimum(np.floor(x * SHADES), SHADES - 1)
    blocks = shades.reshape(-1, 14, 2, 14, 2).transpose(0, 1, 3, 2, 4)
    return (blocks.reshape(-1, 196, 4) @ PLACES).astype(np.uint8)


@asset
def labels_of_codes():
    """Return what the 4,000 images show (4000,)."""
    (_, labels), _ = mnist_subset()
    return labels.astype(np.uint8)


def compute(depth, first, width, init, activation, lr, batch):
    """Train on 3,000 images for eight epochs; offer a frame after every step.

    In float64, so that last bits do not decide which images are read.
    """
    weights, order = np.random.default_rng(9).spawn(2)
    x, labels, x_held, labels_held = data()
    sizes = (784, first, *[width] * (depth - 1), 10)
    model = MLP(sizes, rng=weights, activation=activation, init=init)
    optimiser = SGD(model.params, lr=lr, momentum=MOMENTUM)
    drawn = ((x[i].astype(float), labels[i]) for i in epochs(len(x), batch, rng=order))
    held = x_held.astype(float), labels_held
    run = Run(model, sizes, -(-len(x) // batch), held)
    watch = max(1, run.last // WATCHED)
    steps = descend(model, cross_entropy, drawn, optimiser, watch=watch)
    yield from run.offers(steps, run.last)


class Run(Training):
    """What has been seen of one training so far; held-out images are read at times."""

    def __init__(self, model, sizes, per_epoch, held):
        super().__init__()
        self.model, self.sizes, self.per_epoch = model, sizes, per_epoch
        self.x_held, self.labels_held = held
        self.last = EPOCHS * per_epoch
        self.looks = []

    def take(self, step):
        """Note one step, and after each quarter of an epoch loss and accuracy."""
        super().take(step)
        is_due = step.count == 1 or step.count % (self.per_epoch // LOOKS) == 0
        if is_due or step.count == self.last or self.is_over:
            self.look()

    def look(self):
        """Note loss and accuracy on the held-out images."""
        logits = self.model.forward(self.x_held)
        loss = float(cross_entropy(logits, self.labels_held))
        accuracy = float(np.mean(logits.argmax(axis=1) == self.labels_held))
        self.looks.append((len(self.losses), loss, accuracy))

    def frame(self):
        """Look at the net as it is now."""
        steps = len(self.losses)
        looked, held_losses, accuracies = np.array(self.looks).T
        return Frame(
            steps=steps,
            sizes=self.sizes,
            at=np.arange(1, steps + 1) / self.per_epoch,
            losses=np.array(self.losses),
            looked=looked / self.per_epoch,
            held_losses=held_losses,
            accuracies=accuracies,
            watched=np.array(self.watched) / self.per_epoch,
            grad_norms=np.array(self.norms),
            delta_norms=np.array(self.deltas),
            answers=softmax(self.model.forward(self.x_held[list(SHOWN)])),
            weights=self.model.params["0.w"][:, :UNITS].T.copy(),
            parameters=count_parameters(self.model),
            diverged_at=self.diverged_at,
        )
