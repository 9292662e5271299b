"""How 9.11's explorer looks: both norms by layer, the loss over the total norm."""

import numpy as np

from nb_lib.draw import propagation, style
from nb_lib.draw.training import inside

STEPS = 60
LOW, HIGH = 1e-4, 1e10  # of the total norm


def picture(figure):
    """Lay out dL/dz by layer, dL/dw by layer on the same scale, and the run."""
    grid = figure.add_gridspec(2, 3)
    show_deltas = propagation.norms_by_layer(
        figure.add_subplot(grid[:, 0]), title="Error signal ‖dL/dz‖", theory=True
    )
    show_norms = propagation.norms_by_layer(
        figure.add_subplot(grid[:, 1]), title="Weight gradient ‖dL/dw‖"
    )
    show_loss = propagation.loss_from_guessing(
        figure.add_subplot(grid[0, 2]), steps=STEPS, classes=10
    )
    show_total = total_norm(figure.add_subplot(grid[1, 2]))

    def show(frame):
        ends = propagation.span(
            np.concatenate([frame.theory, frame.first_deltas, frame.first_norms])
        )
        show_deltas(ends, frame.first_deltas, frame.deltas, frame.theory)
        show_norms(ends, frame.first_norms, frame.norms)
        show_loss(frame.losses, frame.diverged_at)
        show_total(frame.totals, frame.bound)

    return show


def total_norm(ax):
    """Lay out the norm of all gradients, and what clipping leaves of it."""
    (before,) = ax.plot([], [], color=style.BLUE, lw=1.3, label="as it comes")
    (after,) = ax.plot([], [], "--", color=style.ORANGE, lw=1.6, label="clipped")
    ax.set(xlim=(0, STEPS), xlabel="step", title="Norm of all gradients")
    style.log_axis(ax, "y", low=LOW, high=HIGH)
    ax.legend(loc="upper right", ncols=2)

    def update(totals, bound):
        steps = np.arange(1, len(totals) + 1)
        before.set_data(steps, inside(totals, LOW, HIGH))
        after.set_data(steps, inside(np.minimum(totals, bound), LOW, HIGH))
        after.set_visible(bool(np.isfinite(bound)))

    return update
