"""How 9.16's explorer looks: curves, norms, ten digits, ten first-layer units."""

import numpy as np

from nb_lib.draw import digits, style, training
from nb_lib.sections.s09_16_mnist.run import EPOCHS, SHOWN, UNITS, data

LOSS, NORM = (1e-3, 10), (1e-8, 1e5)  # what the axes span
COLUMNS = 5  # images in a row


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
    """Lay out the losses of batches and held-out images against epochs."""
    update = training.losses(
        ax, steps=EPOCHS, low=LOSS[0], high=LOSS[1], labels=("each batch", "held-out")
    )
    ax.set_xlabel("epochs of 3,000 images")
    ax.lines[0].set_linewidth(0.8)
    ax.legend(loc="lower left")
    return lambda frame: update(
        (frame.at, frame.losses), (frame.looked, frame.held_losses)
    )


def accuracy_panel(ax):
    """Lay out the accuracy on the held-out images, with the verdict in figures."""
    line = ax.plot([], [], "-o", ms=3, color=style.GREEN)[0]
    ax.axhline(10, color=style.MUTED, lw=1, ls=":")
    ax.set(xlim=(0, EPOCHS), ylim=(0, 100), xlabel="epochs of 3,000 images")
    ax.set(ylabel="per cent right", title="Accuracy, held-out images")
    show_verdict = training.verdict(ax, 0.98, 0.2, va="baseline")

    def show(frame):
        line.set_data(frame.looked, 100 * frame.accuracies)
        show_verdict(f"{frame.accuracies[-1]:.1%} right", frame.diverged_at)

    return show


def norms_panel(ax):
    """Lay out the weight-gradient norm of each layer against epochs."""
    update = training.norms_over_time(ax, steps=EPOCHS, low=NORM[0], high=NORM[1])
    ax.set_xlabel("epochs of 3,000 images")
    return lambda frame: update(frame.watched, frame.grad_norms)


def norms_now_panel(ax):
    """Lay out both kinds of gradient norm by layer, at the last reading."""
    labels = ("weights, ‖dL/dw‖", "pre-activations, ‖dL/dz‖")
    update = training.norms_now(ax, low=NORM[0], high=NORM[1], labels=labels)
    return lambda frame: update(frame.grad_norms[-1], frame.delta_norms)


def digits_panel(ax):
    """Lay out ten held-out digits with what the net reads, and how surely."""
    _, _, x_held, _ = data()
    sheet = digits.mosaic(x_held[list(SHOWN)], columns=COLUMNS, air=12)
    digits.sheet(ax, sheet, title="Held-out digits: answer, probability")
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
