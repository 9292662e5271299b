"""How 9.5's explorer looks: the fit, the errors, the run."""

import numpy as np

from nb_lib.draw import training
from nb_lib.sections.s09_05_approximation import targets
from nb_lib.sections.s09_05_approximation.drawing import errors, fit

LOSS, NORM, ERROR = (1e-9, 1e4), (1e-9, 1e8), (1e-5, 300)  # what the axes span
SHOWN = 300  # losses drawn at most
ROUNDING = 1e-9  # errors below it are none


def picture(figure):
    """Lay out the fit, the error against width, and the run: loss and norms."""
    grid = figure.add_gridspec(2, 3, width_ratios=(1.25, 1.15, 0.9))
    fit_axes = figure.add_subplot(grid[:, 0])
    show_fit = fit(fit_axes, edge=targets.HIGH, reach=targets.REACH)
    show_verdict = training.verdict(fit_axes, 0.03, 0.02, ha="left", va="bottom")
    names = ("ReLU pieces", "sigmoid steps", "bound M h²/8")
    show_errors = errors(
        figure.add_subplot(grid[:, 1]), low=ERROR[0], high=ERROR[1], names=names
    )
    loss_axes = figure.add_subplot(grid[0, 2])
    show_loss = training.losses(
        loss_axes,
        steps=1,
        low=LOSS[0],
        high=LOSS[1],
        labels=("this net", "ReLU pieces"),
        unit="mean square",
    )
    show_norms = training.norms_now(
        figure.add_subplot(grid[1, 2]),
        low=NORM[0],
        high=NORM[1],
        labels=("‖dL/dw‖, weights", "‖dL/dz‖, deltas"),
    )

    def show(frame):
        target, place = targets.TARGETS[frame.function], targets.PLACES[:, 0]
        wanted = target.f(place)
        show_fit(place, wanted, frame.curve, frame.centres, target.limits)
        show_verdict(fit_note(frame), frame.diverged_at)
        curves, note = error_curves(frame.function), error_note(frame)
        show_errors(curves, frame.width, frame.errors, note)
        if loss_axes.get_xlim()[1] != frame.steps:
            loss_axes.set_xlim(0, frame.steps)
        show_loss(*loss_curves(frame))
        show_norms(frame.grad_norms, frame.delta_norms)

    return show


def error_curves(function):
    """Return widths and errors of both built nets, and the bound where there is one."""
    widths = targets.WIDTH.stops
    pieces, steps = (
        [targets.built_error(function, net, width) for width in widths]
        for net in ("pieces", "steps")
    )
    bounds = [targets.bound(function, width) for width in widths]
    return [(widths, each) for each in (pieces, steps, bounds)]


def loss_curves(frame):
    """Thin the losses, and give the loss of the ReLU pieces as a level line."""
    every = -(-len(frame.losses) // SHOWN)
    at, losses = np.arange(1, len(frame.losses) + 1)[::every], frame.losses[::every]
    if frame.net != "trained":
        at, losses = [0, frame.steps], np.repeat(frame.losses, 2)
    level = targets.built_loss(frame.function, frame.width)
    return (at, losses), ([0, frame.steps], [level, level])


def fit_note(frame):
    """Say what is seen of the fit."""
    inside, outside = brief(frame.errors[-1], 2), brief(frame.outside, 2)
    return f"greatest error {inside} inside,\n{outside} outside"


def brief(error, digits):
    """Write an error; what is rounding only is 0."""
    return f"{error:.{digits}g}" if error > ROUNDING else "0"


def error_note(frame):
    """Say what the bound is worth for this function."""
    if frame.function == "jump":
        return "a jump of 1 costs 1/2:\nno bound, no net does better"
    if frame.function == "|x|":
        return "no f'' at 0, no bound;\nexact with a knot at 0 (lower edge)"
    return ""
