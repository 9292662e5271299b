"""How the training with norms looks: the loss, first norms by layer, and the shares."""

import numpy as np

from nb_lib.draw import style, training
from nb_lib.draw.propagation import loss_from_guessing
from nb_lib.sections.s09_13_normalisation.places import CLASSES, STEPS


def picture(figure):
    """Lay out the loss, the norms of the first step and two bars."""
    grid = figure.add_gridspec(1, 3, width_ratios=(1.25, 1.25, 0.8))
    show_loss = loss_from_guessing(
        figure.add_subplot(grid[0]), steps=STEPS, classes=CLASSES
    )
    show_norms = training.norms_now(
        figure.add_subplot(grid[1]),
        low=1e-4,
        high=1e8,
        labels=("error signal ‖dL/dz‖", "weight gradient ‖dL/dw‖"),
        title="Lengths at step 1",
    )
    figure.axes[-1].set_ylabel("length")
    show_shares = shares(figure.add_subplot(grid[2]))

    def show(frame):
        show_loss(frame.losses, frame.diverged_at)
        show_norms(frame.first_deltas, frame.first_norms)
        show_shares(frame.batch_share, frame.share)

    return show


def shares(ax):
    """Lay out the shares of new digits that are right, both ways of normalising."""
    colours = (style.BLUE, style.ORANGE)
    bars = ax.bar((0, 1), (0, 0), width=0.55, color=colours)
    texts = [ax.text(x, 0, "", ha="center", va="bottom") for x in (0, 1)]
    ax.set(xlim=(-0.6, 1.6), ylim=(0, 112), ylabel="per cent right")
    ax.set_xticks((0, 1), ("their\nbatch", "evalu-\nation"))
    ax.set_yticks((0, 20, 40, 60, 80, 100))
    ax.set_title("New digits")
    ax.grid(visible=False, axis="x")

    def update(*values):
        for bar, text, value in zip(bars, texts, values, strict=True):
            bar.set_height(100 * value)
            text.set_y(100 * value + 1)
            text.set_text(f"{100 * np.round(value, 2):.0f}%")

    return update
