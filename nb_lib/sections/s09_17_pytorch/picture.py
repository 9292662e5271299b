"""How 9.17's explorer looks: both losses, and the difference of the weights."""

import numpy as np

from nb_lib.draw import style, training
from nb_lib.sections.s09_17_pytorch.run import STEPS

LOSS, GAP = (1e-4, 100), (1e-18, 1e2)  # what the axes span
EPS = {"float64": 2.0**-52, "float32": 2.0**-23}  # from 1 to the next number


def picture(figure):
    """Lay out both losses, one over the other, and the difference of the weights."""
    left, right = figure.subplots(1, 2)
    names = ("NumPy", "PyTorch")
    update = training.losses(left, steps=STEPS, low=LOSS[0], high=LOSS[1], labels=names)
    legend = left.get_legend()
    entry = legend.get_lines()[1], legend.get_texts()[1]  # PyTorch's
    for line in (left.lines[0], legend.get_lines()[0]):
        line.set_linewidth(4)  # so that it shows on both sides of the other
    show_verdict = training.verdict(left, 0.03, 0.04, ha="left", va="baseline")
    (curve,) = right.plot([], [], color=style.PURPLE)
    right.set(xlim=(0, STEPS), xlabel="step", ylabel="greatest |difference|")
    right.set_title("Difference of the weights, NumPy − PyTorch")
    style.log_axis(right, "y", low=GAP[0], high=GAP[1])
    for (dtype, eps), dash in zip(EPS.items(), style.DASHES[1:], strict=False):
        right.axhline(eps, color=style.MUTED, lw=1, ls=dash)
        right.text(STEPS, eps / 2, f"eps of {dtype}", ha="right", va="top")
    alone = right.text(0.5, 0.7, "", transform=right.transAxes, ha="center")

    def show(frame):
        at = np.arange(1, frame.losses.shape[1] + 1)
        theirs = np.full(len(at), np.nan) if frame.is_alone else frame.losses[1]
        update((at, frame.losses[0]), (at, theirs))
        curve.set_data(np.arange(len(frame.gaps)), training.inside(frame.gaps, *GAP))
        for part in entry:
            part.set_visible(not frame.is_alone)
        is_missing = frame.is_alone and frame.is_over
        alone.set_text("PyTorch's twin is not in the page" if is_missing else "")
        show_verdict("", frame.diverged_at)

    return show
