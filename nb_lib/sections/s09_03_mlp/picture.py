"""How 9.3's explorer looks: both planes, the board of seeds, loss and norms."""

import numpy as np

from nb_lib.draw import training
from nb_lib.numpy.many_nets import wilson
from nb_lib.sections.s09_03_mlp import planes
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS
from nb_lib.sections.s09_03_mlp.folding import CELLS

SEEDS, STEPS = 200, 500
TITLES = "Deltas, ‖dL/dz‖", "Weight gradients, ‖dL/dw‖"
LOSS, NORM = (3e-3, 8), (1e-5, 30)  # what the axes span; words have room above curves


def picture(figure):
    """Lay out both planes and the board of seeds over loss, deltas and gradients."""
    grid = figure.add_gridspec(2, 3, height_ratios=(1.5, 1))
    panels = [figure.add_subplot(cell) for cell in grid]
    show_input = planes.input_plane(panels[0], cells=CELLS)
    show_hidden = planes.hidden_plane(panels[1])
    show_board = planes.board(panels[2], seeds=SEEDS)
    show_loss = training.losses(panels[3], steps=STEPS, low=LOSS[0], high=LOSS[1])
    show_verdict = training.verdict(panels[3], 0.98, 0.98)
    show_norms = [
        training.norms_over_time(
            ax, steps=STEPS, low=NORM[0], high=NORM[1], title=title
        )
        for ax, title in zip(panels[4:], TITLES, strict=True)
    ]

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
        for update, norms in zip(
            show_norms, (frame.delta_norms, frame.grad_norms), strict=True
        ):
            update(frame.watched, norms)
        for line in (*panels[4].lines, *panels[5].lines):
            line.set_marker("." if len(frame.watched) < 4 else "")  # it ended at once
        show_board(frame.solved, frame.seed, shared(frame.solved))
        right = np.sum(frame.right > 0.6)
        show_verdict(f"{right} of 4 right", frame.diverged_at)

    return show


def shared(successes):
    """Write the share of seeds that succeed, with its interval."""
    n, trials = int(successes.sum()), len(successes)
    low, high = wilson(n, trials)
    return f"{n / trials:.0%} solve it ({low:.0%}–{high:.0%})"
