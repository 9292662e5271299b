"""The loss forge: nine readings, the line that a loss chooses, and who pulls at it."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.sections.s09_09_losses import spring
from nb_lib.sections.s09_09_losses.spring import LOADS, WRONG

ERRORS = np.linspace(-6, 6, 241)  # cm, holds 0
NAMES = {"mse": "MSE", "mae": "MAE", "huber": "Huber", "pinball": "pinball"}


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    loss: str
    is_line: bool
    y: np.ndarray  # (9,), readings in cm
    lines: dict  # loss -> (a, b), of every loss that is drawn
    errors: np.ndarray  # (9,), reading minus line of the chosen loss, in cm
    pulls: np.ndarray  # (9,), minus the slopes of its losses; they balance
    costs: np.ndarray  # (241,), its loss at ERRORS
    slopes: np.ndarray  # (241,), its pull at ERRORS


def compute(loss, outlier, model, delta, quantile):
    """Find the best line, or constant, of each loss; the chosen one's readings pull."""
    is_line = model == "line"
    how = {"delta": delta, "quantile": quantile}
    y = spring.readings(outlier, is_line=is_line)
    drawn = ("mse", "mae", "huber") + (("pinball",) if loss == "pinball" else ())
    lines = {name: spring.settle(y, name, is_line=is_line, **how) for name in drawn}
    a, b = lines[loss]
    errors = y - a - b * LOADS
    return Frame(
        loss=loss,
        is_line=is_line,
        y=y,
        lines=lines,
        errors=errors,
        pulls=pulls_of(errors, loss, how),
        costs=spring.cost(ERRORS, loss, **how),
        slopes=spring.pull(ERRORS, loss, **how),
    )


def pulls_of(errors, loss, how):
    """Give the pull of every reading; those on a kink hold the balance."""
    pulls = spring.pull(errors, loss, **how)
    if loss == "mae" or loss == "pinball":
        return spring.balanced(pulls, errors)
    return pulls


def describe(frame):
    """Say where the lines are and how hard the misread one pulls."""
    which, kind, unit, true = (
        (1, "slope", "cm per hundred grams", f"the spring's is {spring.STRETCH:.2f}")
        if frame.is_line
        else (0, "constant", "cm", f"the true length is {spring.SAME:.2f}")
    )
    found = ", ".join(
        f"{NAMES[name]} {words.minus(f'{line[which]:.2f}')}"
        for name, line in frame.lines.items()
    )
    error = words.minus(f"{frame.errors[WRONG]:.1f}")
    pull = words.minus(f"{frame.pulls[WRONG]:.2f}")
    return (
        f"The best {kind} is, in {unit}, {found}; {true}. Under "
        f"{NAMES[frame.loss]} the misread reading lies {error} cm from it and "
        f"pulls with {pull}."
    )
