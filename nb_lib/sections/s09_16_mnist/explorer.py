"""§9.16, MNIST live: a network learns to read digits while one looks on."""

import numpy as np

from nb_lib.draw import digits, style, training
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.runs.training import SCHEMES
from nb_lib.sections.s09_16_mnist.run import EPOCHS, SHOWN, UNITS, compute, data

LOSS, NORM = (1e-3, 10), (1e-8, 1e5)  # what the axes span
CHANCE = 0.13  # three standard errors above one in ten
COLUMNS = 5  # images in a row
ACTIVATIONS = ("relu", "leaky_relu", "gelu", "silu", "tanh", "sigmoid")


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
