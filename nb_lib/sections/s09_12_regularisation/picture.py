"""How the overfit lab looks: plane, losses, gradients, calibration, weights."""

import numpy as np

from nb_lib.draw import style, training
from nb_lib.sections.s09_12_regularisation.lab import STEPS

LOSS, NORM, WEIGHTS = (0.003, 100), (1e-4, 30), (1, 100)  # what the axes span


def picture(figure):
    """Lay out the plane; losses over gradients; calibration over the weights."""
    grid = figure.add_gridspec(2, 3, width_ratios=(1.5, 1.1, 1.0))
    plane = figure.add_subplot(grid[:, 0])
    panels = [
        figure.add_subplot(grid[place]) for place in ((0, 1), (1, 1), (0, 2), (1, 2))
    ]
    show_regions = training.regions(plane)
    (rings,) = plane.plot([], [], "o", mfc="none", mec=style.GOLD, mew=1.6, ms=10)
    plane.set_title("Training examples (ring: wrong label)")
    show_loss = training.losses(
        panels[0], steps=STEPS, low=LOSS[0], high=LOSS[1],
        labels=("training examples", "new examples"),
    )  # fmt: skip
    (stop,) = panels[0].plot([], [], color=style.MUTED, ls=":", lw=1.4)
    show_norms = training.norms_over_time(
        panels[1], steps=STEPS, low=NORM[0], high=NORM[1],
        title="‖dL/dw‖ of each layer",
    )  # fmt: skip
    show_trust = calibration(panels[2])
    show_weights = weights(panels[3])
    show_verdict = training.verdict(plane, 0.02, 0.98, ha="left")

    def show(frame):
        show_regions(frame.share, frame.x, frame.labels)
        rings.set_data(*frame.x[frame.is_wrong].T)
        show_loss(*((frame.looks, losses) for losses in frame.losses.T))
        at = [] if frame.stopped_at is None else [frame.stopped_at] * 2
        stop.set_data(at, LOSS[: len(at)])
        show_norms(frame.watched, frame.grad_norms)
        show_trust(frame.bins)
        show_weights(frame.looks, frame.norms)
        show_verdict(f"new examples: {frame.right[1]:.0%} right", frame.diverged_at)

    return show


def calibration(ax):
    """Lay out the share right against the confidence; return ``update(bins)``."""
    ax.plot([0.5, 1], [0.5, 1], color=style.MUTED, ls="--", lw=1.2)
    (line,) = ax.plot([], [], color=style.ORANGE, marker="s", ms=5)
    ax.set(xlim=(0.48, 1.02), ylim=(0.2, 1.05))
    ax.set(xlabel="confidence", ylabel="share right", title="Confidence, new examples")

    def update(bins):
        sure, right, count = bins
        is_full = count >= 10  # fewer answers say nothing
        line.set_data(sure[is_full], right[is_full])

    return update


def weights(ax):
    """Lay out the norm of all weights against steps; return ``update(at, norms)``."""
    (line,) = ax.plot([], [], color=style.PURPLE)
    ax.set(xlim=(0, STEPS), xlabel="step", ylabel="norm", title="All weights, ‖w‖")
    style.log_axis(ax, "y", low=WEIGHTS[0], high=WEIGHTS[1])

    def update(at, norms):
        line.set_data(at, training.inside(norms, WEIGHTS[0], WEIGHTS[1]))
        line.set_marker("." if np.size(at) < 2 else "")

    return update
