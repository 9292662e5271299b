"""How 9.5's explorer is drawn and told: the fit, the errors, the run."""

import numpy as np

from nb_lib.draw import style, training
from nb_lib.sections.s09_05_approximation import drawing as draw
from nb_lib.sections.s09_05_approximation import targets

LOSS, NORM, ERROR = (1e-9, 1e4), (1e-9, 1e8), (1e-5, 300)  # what the axes span
SHOWN = 300  # losses drawn at most
ROUNDING = 1e-9  # errors below it are none


def picture(figure):
    """Lay out the fit, the error against width, and the run: loss and norms."""
    grid = figure.add_gridspec(2, 3, width_ratios=(1.25, 1.15, 0.9))
    fit_axes = figure.add_subplot(grid[:, 0])
    show_fit = draw.fit(fit_axes, edge=targets.HIGH, reach=targets.REACH)
    verdict = fit_axes.text(0.03, 0.02, "", transform=fit_axes.transAxes, va="bottom")
    names = ("ReLU pieces", "sigmoid steps", "bound M h²/8")
    show_errors = draw.errors(
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
        verdict.set_text(fit_note(frame))
        verdict.set_color(style.RED if frame.diverged_at else style.INK)
        curves, note = error_curves(frame.function), error_note(frame)
        show_errors(curves, frame.width, frame.errors, note)
        if loss_axes.get_xlim()[1] != frame.steps:
            loss_axes.set_xlim(0, frame.steps)
        show_loss(*loss_curves(frame))
        show_norms(frame.grad_norms, frame.delta_norms)

    return show


def error_curves(function):
    """Return widths and errors of both built nets, and the bound where there is one."""
    widths = [round(stop) for stop in targets.WIDTH.stops]
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
    if frame.diverged_at:
        return f"diverged at step {frame.diverged_at}"
    inside, outside = brief(frame.errors[-1], 2), brief(frame.outside, 2)
    return f"greatest error {inside} inside,\n{outside} outside"


def brief(error, digits):
    """Write an error; what is rounding only is 0."""
    return f"{error:.{digits}g}" if error > ROUNDING else "0"


def error_note(frame):
    """Say what the bound is worth for this function."""
    if frame.function == "step":
        return "a jump of 1 costs 1/2:\nno bound, no net does better"
    if frame.function == "|x|":
        return "no f'' at 0, no bound;\nexact with a knot at 0 (lower edge)"
    return ""


def describe(frame):
    """Say the numbers that matter in one sentence."""
    pieces = targets.built_error(frame.function, "pieces", frame.width)
    bound = targets.bound(frame.function, frame.width)
    limit = "" if np.isnan(bound) else f" (bound {bound:.4g})"
    by_hand = f"{frame.width} ReLU pieces built by hand: {brief(pieces, 4)}{limit}"
    if frame.diverged_at:
        return (
            f"Diverged at step {frame.diverged_at}: the loss has passed 10,000, and a "
            f"smaller learning rate helps; {by_hand}."
        )
    made = {
        "trained": f"After {len(frame.losses):,} steps the trained net of width "
        f"{frame.width}",
        "pieces": f"The net of {frame.width} ReLU pieces",
        "steps": f"The net of {frame.width} sigmoid steps",
    }[frame.net]
    end = f"; {by_hand}" if frame.net != "pieces" else limit
    inside, outside = brief(frame.errors[-1], 4), brief(frame.outside, 3)
    return (
        f"{made} errs on {frame.function} by at most {inside} inside the interval and "
        f"by {outside} outside, up to twice as far{end}."
    )
