"""§9.3: a hidden layer folds the plane until a line is enough, if the seed is kind."""

import numpy as np

from nb_lib.draw import style, training
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.stacks import Stack, descend, wilson
from nb_lib.runs.training import SCHEMES
from nb_lib.sections.s09_03_mlp import planes as folds
from nb_lib.sections.s09_03_mlp.folding import CELLS, CORNERS, LABELS, Run

SEEDS, STEPS = 200, 500
WATCH = 5  # steps between two readings of the norms
LOSS, NORM = (3e-3, 3), (1e-4, 3)  # what the axes span


def compute(width, depth, activation, init, lr, seed):
    """Train all seeds at once on the four corners; look at one of them."""
    sizes = (2, *[width] * depth, 1)
    rngs = [np.random.default_rng(number) for number in range(SEEDS)]
    stack = Stack(sizes, rngs=rngs, activation=activation, init=init)
    run, stops = Run(stack, seed), slices(width, depth)
    optimiser = SGD(stack.params, lr=lr)
    for step in descend(stack, CORNERS, LABELS, optimiser, watch=WATCH):
        run.take(step)
        if step.count in stops:
            yield run.frame()
        if step.count == STEPS:
            return


def slices(width, depth):
    """Return the steps after which to show a frame: the first soon, then each ~25 ms.

    Counted from the size of the nets, never timed: equal settings, equal frames.
    """
    microseconds = 50 * (depth + 1) + 6 * width * depth
    every = int(25_000 / microseconds)
    return {max(1, every // 8), *range(every, STEPS - every // 2, every), STEPS}


def picture(figure):
    """Lay out both planes over loss and deltas, and the board of seeds beside them."""
    grid = figure.add_gridspec(
        2, 3, width_ratios=(1.2, 1.2, 0.85), height_ratios=(1.7, 1)
    )
    show_input = folds.input_plane(figure.add_subplot(grid[0, 0]), cells=CELLS)
    show_hidden = folds.hidden_plane(figure.add_subplot(grid[0, 1]))
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
    show_board = folds.board(figure.add_subplot(grid[:, 2]), seeds=SEEDS)
    verdict = loss_axes.text(
        0.98, 0.99, "", transform=loss_axes.transAxes, ha="right", va="top"
    )

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
        verdict.set_text(told(frame))
        verdict.set_color(style.RED if frame.diverged_at else style.INK)

    return show


def told(frame):
    """Say in a word what became of this seed."""
    if frame.diverged_at:
        return f"diverged at step {frame.diverged_at}"
    return f"{np.sum(frame.right > 0.6)} of 4 right"


def shared(successes):
    """Write the share of seeds that succeed, with its interval."""
    n, trials = int(successes.sum()), len(successes)
    low, high = wilson(n, trials)
    return f"{n / trials:.0%} solve it ({low:.0%}–{high:.0%})"


def describe(frame):
    """Say the numbers that matter in one sentence."""
    n, trials = int(frame.solved.sum()), len(frame.solved)
    low, high = wilson(n, trials)
    others = (
        f"of {trials} seeds {n} solve XOR with these settings, {n / trials:.0%} "
        f"(95 % interval {low:.0%} to {high:.0%})"
    )
    if frame.diverged_at:
        return f"Seed {frame.seed} diverged at step {frame.diverged_at}; {others}."
    return (
        f"After {len(frame.losses)} steps seed {frame.seed}, a net of "
        f"{frame.parameters} parameters, has {np.sum(frame.right > 0.6)} of 4 corners "
        f"right with more than 0.6, at a loss of {frame.losses[-1]:.3f} nats; {others}."
    )


fold = Explorer(
    id="fold",
    title="Fold the plane",
    controls={
        "width": Slider(
            "hidden units", low=1, high=8, start=2, recorded=(1, 2, 3, 4, 8)
        ),
        "depth": Slider("hidden layers", low=1, high=4, start=1),
        "activation": Choice(
            "activation", ("relu", "tanh", "sigmoid", "identity"), start="relu"
        ),
        "init": Choice(
            "initialisation",
            SCHEMES,
            start="he_normal",
            recorded=("he_normal", "xavier_normal", "zeros"),
        ),
        "lr": LogSlider(
            "learning rate", low=0.1, high=10, start=0.5, recorded=(0.1, 0.5, 3.0, 10.0)
        ),
        "seed": Slider(
            "seed", low=0, high=SEEDS - 1, start=1, recorded=tuple(range(32))
        ),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 5.0),
    together=("width", "activation", "init", "lr"),
)
