"""The schematics of 9.19: where the faults live, what is fed, what is masked."""

import numpy as np
from matplotlib.figure import Figure

from nb_lib.draw import style
from nb_lib.sections.s09_19_pitfalls.faults import forcing, masking

STAGES = (
    ("data", "broken split,\nleakage"),
    ("inputs", "off-by-one\nmask"),
    ("forward", "dead\nReLUs"),
    ("loss", "NaN\nloss"),
    ("backward", "silent\nbug"),
    ("step", "exploded\ngradients"),
    ("validation", "teacher\nforcing"),
)


def places():
    """Draw the stages of a training program, each with the faults that live there."""
    figure = Figure(figsize=(9.2, 1.5), layout="constrained")
    ax = figure.subplots()
    ax.set(xlim=(-0.55, len(STAGES) - 0.45), ylim=(-0.8, 0.5))
    ax.axis("off")
    box = {"boxstyle": "round,pad=0.4", "fc": "none", "ec": style.BLUE}
    for place, (stage, faults) in enumerate(STAGES):
        ax.text(place, 0.2, stage, ha="center", va="center", bbox=box, size=9.5)
        ax.text(place, -0.45, faults, ha="center", va="center", color=style.RED)
        if place:
            ends = (place - 0.42, 0.2), (place - 0.58, 0.2)
            look = {"arrowstyle": "->", "color": style.MUTED}
            ax.annotate("", *ends, arrowprops=look)
    return figure


def feeding(seed=0):
    """Draw what a forecast is fed with, and plot both forecasts against the truth."""
    figure = Figure(figsize=(9.2, 3.0), layout="constrained")
    chains, curves = figure.subplots(1, 2, width_ratios=(1, 1.15))
    chains.set(xlim=(-0.6, 3.7), ylim=(-0.6, 3.75))
    chains.axis("off")
    chain(chains, 2.2, "fed with the truth", style.BLUE, is_free=False)
    chain(chains, 0.0, "fed with its own answers", style.RED, is_free=True)

    values = forcing.series(1000, rng=np.random.default_rng(seed))
    weights, later = forcing.fitted(values[:800]), values[800:]
    steps = np.arange(1, len(later) - forcing.PAST + 1)
    curves.plot(steps, later[forcing.PAST :], color=style.MUTED, lw=1, label="truth")
    for is_faulty, words, look in (
        (True, "fed with the truth", {"color": style.BLUE, "ls": "--"}),
        (False, "fed with its own answers", {"color": style.RED}),
    ):
        answers = forcing.forecast(weights, later, is_faulty=is_faulty)
        curves.plot(steps, answers, label=words, **look)
    curves.set(xlabel="step of the forecast", ylabel="value", ylim=(-1.3, 2.1))
    curves.legend(loc="upper right", ncols=2)
    return figure


def chain(ax, low, words, colour, *, is_free):
    """Draw three calls of a model, from ``low`` up, and where each input comes from."""
    ax.text(-0.55, low + 1.4, words, color=colour, size=9.5)
    arrow = {"arrowstyle": "->", "color": colour}
    for place in range(3):
        x = 0.2 + 1.35 * place
        box = {"boxstyle": "round,pad=0.3", "fc": "none", "ec": style.MUTED}
        ax.text(x, low + 0.45, "model", ha="center", va="center", bbox=box, size=9)
        ax.text(x, low + 1.02, f"answer {place + 1}", ha="center", size=8.5)
        ax.annotate("", (x, low + 1.0), (x, low + 0.66), arrowprops=arrow)
        if is_free and place:
            ends = (x - 0.38, low + 0.45), (x - 0.98, low + 0.98)
            ax.annotate("", *ends, arrowprops=arrow)
        else:
            ax.text(x, low - 0.35, f"value {place}", ha="center", size=8.5)
            ax.annotate("", (x, low + 0.25), (x, low - 0.12), arrowprops=arrow)


def masks(length=6):
    """Draw which tokens each place may see, one off and right."""
    figure = Figure(figsize=(6.4, 2.6), layout="constrained")
    for ax, is_faulty in zip(figure.subplots(1, 2), (True, False), strict=True):
        seen = masking.visible(length, is_faulty=is_faulty)
        for place, token in np.argwhere(seen > 0):
            is_itself = place == token
            ax.text(token, place, "×" if is_itself else "•", ha="center", va="center",
                    size=14, color=style.RED if is_itself else style.BLUE)  # fmt: skip
        ax.set(xlim=(-0.5, length - 0.5), ylim=(length - 0.5, -0.5), aspect="equal")
        ax.set(xticks=range(length), yticks=range(length))
        ax.set_xticks(np.arange(length + 1) - 0.5, minor=True)
        ax.set_yticks(np.arange(length + 1) - 0.5, minor=True)
        ax.grid(False)
        ax.grid(True, which="minor")
        ax.tick_params(which="minor", length=0)
        ax.set(title=f"np.tril(ones, k={0 if is_faulty else -1})")
        ax.set(xlabel="token that is visible", ylabel="token that is guessed")
    return figure
