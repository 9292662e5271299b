"""§9.16, MNIST live: a network learns to read digits while one looks on."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from nb_lib.data import epochs, mnist_subset
from nb_lib.draw import digits, style, training
from nb_lib.explore._runs import SCHEMES, Watched
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.numpy.activations import softmax
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP, count_parameters
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import descend

EPOCHS, MOMENTUM = 8, 0.9
MOST = 1e6  # microseconds of steps in one run
WATCHED = 120  # readings of the norms in one run
LOSS, NORM = (1e-3, 10), (1e-8, 1e5)  # what the axes span
CHANCE = 0.13  # three standard errors above one in ten
SHOWN = (647, 643, 554, 698, 814, 591, 770, 567, 22, 656)  # 0 to 9, none of them easy
UNITS, COLUMNS = 10, 5  # first-layer units drawn as images, images in a row
ACTIVATIONS = ("relu", "leaky_relu", "gelu", "silu", "tanh", "sigmoid")


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


def picture(figure):
    """Lay out the curves, the norms, ten digits and ten first-layer units."""
    grid = figure.add_gridspec(2, 3, width_ratios=(1, 1, 1.25))
    axes = [figure.add_subplot(cell) for cell in grid]
    shows = (
        losses_panel(axes[0]),
        accuracy_panel(axes[3]),
        norms_panel(axes[1]),
        norms_now_panel(axes[4]),
        digits_panel(axes[2]),
        weights_panel(axes[5]),
    )

    def show(frame):
        for show_part in shows:
            show_part(frame)

    return show


def losses_panel(ax):
    """Lay out the losses of batches and test part against epochs."""
    update = training.losses(
        ax, steps=EPOCHS, low=LOSS[0], high=LOSS[1], labels=("each batch", "test part")
    )
    ax.set_xlabel("epochs of 4,000 images")
    ax.lines[0].set_linewidth(0.8)
    ax.legend(loc="lower left")
    return lambda frame: update(
        (frame.at, frame.losses), (frame.tested, frame.test_losses)
    )


def accuracy_panel(ax):
    """Lay out the accuracy on the test part, with the verdict in figures."""
    line = ax.plot([], [], "-o", ms=3, color=style.GREEN)[0]
    ax.axhline(10, color=style.MUTED, lw=1, ls=":")
    ax.set(xlim=(0, EPOCHS), ylim=(0, 100), xlabel="epochs of 4,000 images")
    ax.set(ylabel="per cent right", title="Accuracy on 1,000 test images")
    verdict = ax.text(0.98, 0.2, "", transform=ax.transAxes, ha="right")

    def show(frame):
        line.set_data(frame.tested, 100 * frame.accuracies)
        verdict.set_text(
            f"diverged at step {frame.diverged_at}"
            if frame.diverged_at
            else f"{frame.accuracies[-1]:.1%} right"
        )
        verdict.set_color(style.RED if frame.diverged_at else style.INK)

    return show


def norms_panel(ax):
    """Lay out the weight-gradient norm of each layer against epochs."""
    update = training.norms_over_time(ax, steps=EPOCHS, low=NORM[0], high=NORM[1])
    ax.set_xlabel("epochs of 4,000 images")
    return lambda frame: update(frame.watched, frame.grad_norms)


def norms_now_panel(ax):
    """Lay out both kinds of gradient norm by layer, at the last reading."""
    labels = ("weights, ‖dL/dw‖", "pre-activations, ‖dL/dz‖")
    update = training.norms_now(ax, low=NORM[0], high=NORM[1], labels=labels)
    return lambda frame: update(frame.grad_norms[-1], frame.delta_norms)


def digits_panel(ax):
    """Lay out ten test digits with what the net reads, and how surely."""
    _, _, x_test, _ = data()
    sheet = digits.mosaic(x_test[list(SHOWN)], columns=COLUMNS, air=12)
    digits.sheet(ax, sheet, title="Test digits: answer and probability")
    texts = digits.captions(ax, [""] * 10, columns=COLUMNS, air=12, size=7.5)

    def show(frame):
        for digit, (text, probs) in enumerate(zip(texts, frame.answers, strict=True)):
            answer = int(np.argmax(probs))
            is_known = bool(np.isfinite(probs).all())
            is_right = is_known and answer == digit
            share = f"{probs[answer]:.0%}" if is_known else "?"
            text.set_text(
                f"{answer if is_known else '–'} {share}{'' if is_right else ' ✗'}"
            )
            text.set_color(style.INK if is_right else style.RED)

    return show


def weights_panel(ax):
    """Lay out the weights into ten units of the first hidden layer as images."""
    blank = np.zeros((UNITS, 784))
    title = ax.set_title("Weights into the first units", loc="left")
    image = digits.weights(ax, digits.mosaic(blank, columns=COLUMNS), limit=1)

    def show(frame):
        shown = np.zeros((UNITS, 784))
        if not frame.diverged_at:
            shown[: len(frame.weights)] = frame.weights
        image.set_data(digits.mosaic(shown, columns=COLUMNS))
        limit = max(np.quantile(np.abs(shown), 0.995), 1e-6)
        image.set_clim(-limit, limit)
        title.set_text(f"Weights into {len(frame.weights)} of {frame.sizes[1]} units")

    return show


def describe(frame):
    """Say the numbers that matter in one sentence."""
    if frame.diverged_at:
        return (
            f"Diverged at step {frame.diverged_at}: the loss is no longer a number "
            "to learn from; a smaller learning rate or smaller initial weights help."
        )
    share = frame.accuracies[-1]
    error = np.sqrt(share * (1 - share) / 1000)
    words = f"{share:.1%} ± {error:.1%} of 1,000 test digits"
    if share < CHANCE:
        words += ", no better than chance"
    norms = frame.grad_norms[-1]
    ratio = norms[0] / norms[-1] if norms[-1] else 0.0
    return (
        f"After {frame.steps:,} steps ({frame.at[-1]:.1f} epochs of 4,000 images) the "
        f"net of {frame.parameters:,} parameters reads {words}; the first layer's "
        f"gradient is {ratio:.2g} times the last one's."
    )


mnist = Explorer(
    id="mnist",
    title="MNIST live",
    controls={
        "depth": Slider("hidden layers", low=1, high=10, start=2),
        "width": Slider("width", low=8, high=128, start=64, step=8),
        "init": Choice(
            "initialisation",
            SCHEMES,
            start="he_normal",
            recorded=("he_normal", "torch_default", "normal", "zeros"),
        ),
        "activation": Choice(
            "activation",
            ACTIVATIONS,
            start="relu",
            recorded=("relu", "tanh", "sigmoid"),
        ),
        "lr": LogSlider("learning rate", low=1e-3, high=3, start=0.05),
        "batch": Choice("batch size", (16, 64, 256), start=64),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 4.4),
    together=("init", "activation"),
)
