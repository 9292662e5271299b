"""The drawings of 9.9: a tug of war, three kinds of noise, a chain of boxes."""

import numpy as np
from matplotlib.figure import Figure

from nb_lib import words
from nb_lib.draw import style
from nb_lib.numpy.activations import softmax

FIVE = np.array([2.0, 3.0, 4.0, 5.0, 16.0])


def tug_of_war():
    """Draw five numbers on a rope, with their pulls at the mean and at the median."""
    figure = Figure(figsize=(9.2, 3.6), layout="constrained")
    top, bottom = figure.subplots(2, 1, sharex=True)
    mean, median = FIVE.mean(), np.median(FIVE)
    rope(top, mean, 2 * (FIVE - mean), length=0.3)
    rope(bottom, median, np.sign(FIVE - median), length=3.0)
    top.set_title("Squared error: a pull grows with the distance; balance at the mean")
    bottom.set_title("Absolute error: all pull alike; balance at the median")
    bottom.set_xlabel("reading (cm)")
    return figure


def rope(ax, middle, pulls, *, length):
    """Draw the numbers on a line and, at the constant, one arrow for each pull.

    ``length`` is that of the arrow of a pull of 1.
    """
    ax.axhline(0, color=style.MUTED, lw=1)
    ax.text(0.0, -0.8, "pull", va="center", color=style.MUTED)
    floors = {-1: 0.5, 1: 0.5}  # where the next arrow to this side goes
    for x, pull in zip(FIVE, pulls, strict=True):
        is_far = x == FIVE[-1]
        colour, side = style.RED if is_far else style.BLUE, int(np.sign(pull))
        ax.plot([x], [0], "D" if is_far else "o", color=colour, ms=8)
        number = words.minus(f"{pull:+.0f}") if pull else "0"
        ax.text(x, -0.8, number, ha="center", va="center", color=colour)
        if side:
            arrow = {"arrowstyle": "-|>", "color": colour, "lw": 2}
            ends = (middle + length * pull, floors[side]), (middle, floors[side])
            ax.annotate("", *ends, arrowprops=arrow)
            floors[side] += 0.45
    ax.plot([middle, middle], [-0.3, 2.4], "--", color=style.INK, lw=1.4)
    ax.set(xlim=(-0.3, 17), ylim=(-1.3, 2.5), yticks=())
    ax.grid(False)


def densities():
    """Draw three densities of noise beside minus their logarithms."""
    figure = Figure(figsize=(9.2, 3.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    e = np.linspace(-6, 6, 481)
    rho = {
        "Gauss": e**2 / 2,
        "Laplace": np.abs(e),
        "Huber's": np.where(np.abs(e) < 1, e**2 / 2, np.abs(e) - 0.5),
    }
    for (name, cost), colour, dash in zip(
        rho.items(), style.SERIES, style.DASHES, strict=False
    ):
        density = np.exp(-cost)
        density /= np.sum(density) * (e[1] - e[0])
        left.plot(e, density, dash, color=colour, label=name)
        right.plot(e, cost, dash, color=colour, label=name)
    left.set(xlabel="error r (cm)", ylabel="density", title="What noise we expect …")
    right.set(xlabel="error r (cm)", ylabel="−ln density + constant", ylim=(0, 6))
    right.set_title("… is what an error costs")
    left.legend()
    return figure


def chain():
    """Draw the way from three logits to a loss, with numbers, and the way back."""
    figure = Figure(figsize=(9.2, 2.7), layout="constrained")
    ax = figure.subplots()
    z = np.array([1.0, 2.0, 0.0])
    p = softmax(z)
    columns = [
        ("logits $z$", [f"{v:.0f}" for v in z], style.BLUE),
        ("$e^z$, positive", [f"{v:.2f}" for v in np.exp(z)], style.BLUE),
        ("$p$, sums to 1", [f"{v:.2f}" for v in p], style.BLUE),
        ("−ln $p$ of the cat", [f"{-np.log(p[0]):.2f}", "", ""], style.GREEN),
    ]
    for x, (head, numbers, colour) in enumerate(columns):
        ax.text(x, 3.0, head, ha="center", va="center")
        for y, number in zip((2, 1, 0), numbers, strict=True):
            if number:
                box = {"boxstyle": "round,pad=0.4", "fc": style.PAPER, "ec": colour}
                ax.text(x, y, number, ha="center", va="center", bbox=box)
    for y, name in zip((2, 1, 0), ("cat (true)", "dog", "owl"), strict=True):
        ax.text(-0.55, y, name, ha="right", va="center", color=style.MUTED)
    for x, word in ((0.5, "exp"), (1.5, "÷ sum"), (2.5, "−ln")):
        rows = (2, 1, 0) if x < 2 else (2,)
        for y in rows:
            arrow = {"arrowstyle": "-|>", "color": style.MUTED}
            ax.annotate("", (x + 0.22, y), (x - 0.22, y), arrowprops=arrow)
        ax.text(x, 2.35, word, ha="center", va="center", color=style.MUTED)
    ax.text(3, 0.5, "the loss sees the cat;\nall three logits feel it",
            ha="center", va="center", color=style.MUTED)  # fmt: skip
    ax.set(xlim=(-1.3, 3.6), ylim=(-0.6, 3.4))
    ax.axis("off")
    return figure
