"""How the bug clinic looks: losses, accuracies, gradient norms and dead units."""

from nb_lib.draw import style, training
from nb_lib.sections.s09_19_pitfalls.clinic.run import STEPS

PARTS = ("training", "validation", "in use")
LOSS, NORM = (1e-3, 1e4), (1e-5, 1e4)  # what the axes span


def picture(figure):
    """Lay out the four panels of a patient's chart; steps on a log axis."""
    grid = figure.add_gridspec(2, 2)
    losses, norms, right, dead = (figure.add_subplot(cell) for cell in grid)
    lines = [
        curves(losses, PARTS, "Loss", "loss"),
        curves(norms, ("first layer", "second", "last"), "Gradient norms", "‖dL/dw‖"),
        curves(right, PARTS, "Accuracy", "per cent right"),
        curves(dead, ("first layer", "second"), "Dead hidden units", "per cent"),
    ]
    style.log_axis(losses, "y", low=LOSS[0], high=LOSS[1])
    style.log_axis(norms, "y", low=NORM[0], high=NORM[1])
    for ax in (right, dead):
        ax.set(ylim=(-4, 104))
    for ax in (losses, norms):
        ax.legend(loc="lower left")
    dead.legend(loc="upper left")
    show_verdict = training.verdict(losses, 0.98, 0.03, va="bottom")

    def show(frame):
        put(lines[0], frame.at, training.inside(frame.losses, *LOSS))
        put(lines[1], frame.at, training.inside(frame.norms, *NORM))
        put(lines[2], frame.at, 100 * frame.right)
        put(lines[3], frame.at, 100 * frame.dead)
        show_verdict("", frame.diverged_at)

    return show


def curves(ax, labels, title, ylabel):
    """Lay out one line for each label against steps; return the lines."""
    lines = [
        ax.plot([], [], ls=dash, color=colour, marker=marker, ms=4, label=label)[0]
        for label, colour, dash, marker in zip(
            labels, style.SERIES, style.DASHES, style.MARKERS, strict=False
        )
    ]
    ax.set(title=title, ylabel=ylabel, xlabel="step")
    style.log_axis(ax, "x", low=0.9, high=1.1 * STEPS)
    return lines


def put(lines, at, table):
    """Move the columns of a table into the lines."""
    for line, values in zip(lines, table.T, strict=True):
        line.set_data(at, values)
