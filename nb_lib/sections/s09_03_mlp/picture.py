"""How 9.3's explorer looks: both planes, loss and deltas, the board of seeds."""

import numpy as np

from nb_lib.draw import training
from nb_lib.numpy.many_nets import wilson
from nb_lib.sections.s09_03_mlp import planes
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS
from nb_lib.sections.s09_03_mlp.folding import CELLS

SEEDS, STEPS = 200, 500
LOSS, NORM = (3e-3, 3), (1e-4, 3)  # what the axes span


def picture(figure):
    """Lay out both planes over loss and deltas, and the board of seeds beside them."""
    grid = figure.add_gridspec(
        2, 3, width_ratios=(1.2, 1.2, 0.85), height_ratios=(1.7, 1)
    )
    show_input = planes.input_plane(figure.add_subplot(grid[0, 0]), cells=CELLS)
    show_hidden = planes.hidden_plane(figure.add_subplot(grid[0, 1]))
    loss_axes = figure.add_subplot(grid[1, 0])
    show_loss = training.losses(loss_axes, steps=STEPS, low=LOSS[0], high=LOSS[1])
    norm_axes = figure.add_subplot(grid[1, 1])
    show_norms = training.norms_over_time(
        norm_axes,
        steps=STEPS,
        low=NORM[0],
        high=NORM[1],
        title="‖dL/dz‖ of each layer",
    )
    show_board = planes.board(figure.add_subplot(grid[:, 2]), seeds=SEEDS)
    show_verdict = training.verdict(loss_axes, 0.98, 0.99)

    def show(frame):
        show_input(frame.share, frame.w, frame.b, CORNERS, LABELS[:, 0])
        show_hidden(
            frame.lattice,
            frame.points,
            LABELS[:, 0],
            frame.normal,
            frame.offset,
            frame.names,
        )
        show_loss((np.arange(1, len(frame.losses) + 1), frame.losses))
        show_norms(frame.watched, frame.delta_norms)
        for line in norm_axes.lines:  # a run that ended at once is a point
            line.set_marker("." if len(frame.watched) < 4 else "")
        show_board(frame.solved, frame.seed, shared(frame.solved))
        right = np.sum(frame.right > 0.6)
        show_verdict(f"{right} of 4 right", frame.diverged_at)

    return show


def shared(successes):
    """Write the share of seeds that succeed, with its interval."""
    n, trials = int(successes.sum()), len(successes)
    low, high = wilson(n, trials)
    return f"{n / trials:.0%} solve it ({low:.0%}–{high:.0%})"
