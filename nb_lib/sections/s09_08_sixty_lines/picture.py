"""How 9.8's explorer looks: the plane, the loss over the norms, the norms by layer."""

import numpy as np

from nb_lib.draw import training

STEPS = 300
LOSS, NORM = (1e-4, 10), (1e-12, 1e4)  # what the axes span


def picture(figure):
    """Lay out the plane, the loss over the norms in time, and the norms by layer."""
    grid = figure.add_gridspec(2, 3, width_ratios=(1.42, 1.05, 0.85))
    show_regions = training.regions(figure.add_subplot(grid[:, 0]))
    loss_axes = figure.add_subplot(grid[0, 1])
    show_loss = training.losses(loss_axes, steps=STEPS, low=LOSS[0], high=LOSS[1])
    show_norms = training.norms_over_time(
        figure.add_subplot(grid[1, 1]),
        steps=STEPS,
        low=NORM[0],
        high=NORM[1],
        title="‖dL/dw‖ of each layer",
    )
    show_now = training.norms_now(
        figure.add_subplot(grid[:, 2]),
        low=NORM[0],
        high=NORM[1],
        labels=("‖dL/dw‖, weights", "‖dL/dz‖, deltas"),
    )
    show_verdict = training.verdict(loss_axes, 0.98, 0.9)

    def show(frame):
        show_regions(frame.share, frame.x, frame.labels)
        show_loss((np.arange(1, len(frame.losses) + 1), frame.losses))
        show_norms(frame.watched, frame.grad_norms)
        show_now(frame.grad_norms[-1], frame.delta_norms)
        show_verdict(f"{frame.accuracy:.0%} right", frame.diverged_at)

    return show
