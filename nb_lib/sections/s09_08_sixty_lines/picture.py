"""How 9.8's explorer looks: the plane, the loss over the norms, the norms by layer."""

import numpy as np

from nb_lib.draw import style, training
from nb_lib.live import grab_on

STEPS = 300
SIDE = 1.6  # of the square that the plane shows
LOSS, NORM = (1e-4, 10), (1e-12, 1e4)  # what the axes span


def picture(figure):
    """Lay out the plane, the loss over the norms in time, and the norms by layer."""
    grid = figure.add_gridspec(2, 3, width_ratios=(1.42, 1.05, 0.85))
    plane = figure.add_subplot(grid[:, 0])
    grab_on(plane, "own")
    show_regions = training.regions(plane, low=-SIDE, high=SIDE)
    (rings,) = plane.plot([], [], "o", mfc="none", mec=style.INK, ms=9, ls="none")
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
        rings.set_data(*frame.x[len(frame.x) - len(frame.own_right) :].T)
        show_loss((np.arange(1, len(frame.losses) + 1), frame.losses))
        show_norms(frame.watched, frame.grad_norms)
        show_now(frame.grad_norms[-1], frame.delta_norms)
        words = f"{frame.accuracy:.0%} right" if len(frame.x) else "no points"
        show_verdict(words, frame.diverged_at)

    return show
