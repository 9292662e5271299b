"""What 9.16 draws: five hands, three piles of images, the net, a course of training."""

import numpy as np
from matplotlib.figure import Figure

from nb_lib.draw import digits, style, training

PILES = (  # name, what it may decide, fill
    ("training", "decides the weights", style.BLUE),
    ("validation", "decides\nthe settings", style.GREEN),
    ("test", "decides\nnothing", style.ORANGE),
)
UNITS = 7  # of a layer that are drawn; the middle one is left out


def hands(x, labels):
    """Show the first five examples of each digit, one column a digit."""
    rows = [np.flatnonzero(labels == digit)[:5] for digit in range(10)]
    fig = Figure(figsize=(8.2, 4.1), layout="constrained")
    sheet = digits.mosaic(x[np.transpose(rows).ravel()], columns=10)
    digits.sheet(fig.subplots(), sheet)
    return fig


def piles(counts):
    """Draw the images as one bar in three parts, each with what it may decide."""
    fig = Figure(figsize=(8.2, 1.7), layout="constrained")
    ax, left = fig.subplots(), 0
    for (name, use, colour), count in zip(PILES, counts, strict=True):
        ax.barh(0, count, left=left, height=0.5, color=colour, alpha=0.3, ec=colour)
        middle = left + count / 2
        ax.text(middle, 0, f"{count:,}", ha="center", va="center")
        ax.text(middle, 0.34, name, ha="center", va="bottom", color=colour, size=11)
        ax.text(middle, -0.34, use, ha="center", va="top", size=9)
        left += count
    ax.set(xlim=(-0.01 * left, 1.01 * left), ylim=(-0.9, 0.65))
    ax.set_axis_off()
    return fig


def net(image, probs, sizes):
    """Draw an image, the layers that it passes, and the ten probabilities."""
    fig = Figure(figsize=(9.2, 3.2), layout="constrained")
    left, middle, right = fig.subplots(1, 3, width_ratios=(0.8, 2.6, 1))
    digits.digit(left, image, title=f"{sizes[0]} pixels")
    layers(middle, sizes)
    digits.probabilities(right, probs)
    right.set_title("softmax")
    return fig


def layers(ax, sizes):
    """Draw a few units of each layer, the edges between them, and their shapes."""
    heights = np.delete(np.linspace(-1, 1, UNITS), UNITS // 2)
    for layer, (before, size) in enumerate(zip(sizes, sizes[1:], strict=False)):
        for start in heights:
            for end in heights:
                ax.plot([layer, layer + 1], [start, end], color=style.GRID, lw=0.7)
        words = f"$w_{layer + 1}$: {before} × {size}"
        ax.text(layer + 0.5, 1.2, words, ha="center", color=style.BLUE)
    names = ("$h_0 = x$", "$h_1$, ReLU", "$h_2$, ReLU", "$z_3$, logits")
    look = {"mfc": style.PAPER, "mec": style.INK, "ms": 9, "ls": ""}
    for layer, (size, name) in enumerate(zip(sizes, names, strict=True)):
        ax.plot(np.full(len(heights), layer), heights, "o", **look)
        ax.text(layer, 0, "⋮", ha="center", va="center", size=13)
        ax.text(layer, -1.2, f"{size:,}\n{name}", ha="center", va="top")
    ax.set(xlim=(-0.4, len(sizes) - 0.6), ylim=(-1.9, 1.5))
    ax.set_axis_off()


def course(taken, looks):
    """Draw losses, validation accuracies and gradient norms of a training run.

    ``taken`` are the records of ``descend``, ``looks`` pairs (step, accuracy).
    """
    losses, n = np.array([step.loss for step in taken]), len(taken)
    smooth = np.convolve(losses, np.full(50, 1 / 50), mode="valid")
    fig = Figure(figsize=(9.2, 3.2), layout="constrained")
    left, middle, right = fig.subplots(1, 3)
    labels = ("each batch", "mean of 50")
    draw = training.losses(left, steps=n, low=1e-3, high=10, labels=labels)
    left.lines[0].set(linewidth=0.4, alpha=0.6)
    draw((np.arange(n) + 1, losses), (np.arange(len(smooth)) + 25, smooth))
    at, shares = np.transpose(looks)
    middle.plot(at, 100 * shares, marker="o", ms=3, color=style.GREEN)
    middle.set(xlabel="step", ylabel="per cent right", ylim=(80, 100))
    middle.set_title("Validation images")
    watched = [step for step in taken if step.grad_norms]
    draw = training.norms_over_time(right, steps=n, low=1e-3, high=1e2)
    norms = np.array([step.grad_norms for step in watched])
    draw([step.count for step in watched], norms)
    return fig
