"""Schematics of 9.1: a neuron, three steps of the rule, the race, a parabola."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from nb_lib.draw import style
from nb_lib.sections.s09_01_perceptron.plane import across, arrow, classes

NODE = 0.34  # radius of a circle in a drawing of a neuron
HOP = {"arrowstyle": "->", "color": style.RED, "connectionstyle": "arc3,rad=0.3"}


def neurons(*bends):
    """Draw neurons with two inputs and a bias, side by side.

    Each of ``bends`` is a pair: the words below, and a function of z (N,) whose graph
    stands in the second circle.
    """
    figure = Figure(figsize=(4.8 * len(bends), 2.3), layout="constrained")
    axes = figure.subplots(1, len(bends), squeeze=False)[0]
    for ax, (words, bend) in zip(axes, bends, strict=True):
        neuron(ax, bend)
        ax.set_title(words, loc="center")
    return figure


def neuron(ax, bend):
    """Draw inputs, weights, the sum, the bend and the output."""
    ax.set(xlim=(-0.6, 6.3), ylim=(-0.55, 2.55), aspect="equal")
    ax.axis("off")
    inputs = (("$x_1$", "$w_1$", 2), ("$x_2$", "$w_2$", 1), ("1", "$b$", 0))
    for name, weight, y in inputs:
        _node(ax, 0, y, name)
        _edge(ax, (0, y), (2.5, 1))
        ax.text(1.1, 0.44 * (1 - y) + y + 0.16, weight, ha="center")
    _node(ax, 2.5, 1, "Σ")
    _edge(ax, (2.5, 1), (4.2, 1))
    ax.text(3.35, 1.16, "z", ha="center")
    _node(ax, 4.2, 1, "")
    z = np.linspace(-1, 1, 101)
    ax.plot(4.2 + 0.2 * z, 0.86 + 0.28 * bend(8 * z), color=style.RED, lw=1.8)
    _edge(ax, (4.2, 1), (5.9 + NODE, 1))
    ax.text(5.75, 1.16, "y", ha="center")


def _node(ax, x, y, name):
    ax.add_patch(Circle((x, y), NODE, fc="none", ec=style.INK, lw=1.3))
    ax.text(x, y, name, ha="center", va="center")


def _edge(ax, start, end):
    """Draw an arrow from the rim of one circle to the rim of another."""
    start, end = np.array(start, float), np.array(end, float)
    gap = NODE * (end - start) / np.linalg.norm(end - start)
    ax.plot(*arrow(start + gap, end - gap, 0.18).T, color=style.MUTED, lw=1.3)


def steps(x, targets, mistakes, side):
    """Draw for each of some mistakes how t x turns w, and the line with it.

    ``mistakes`` is a sequence of pairs (w before, ``Mistake``); the planes span
    [-side, side].
    """
    figure = Figure(figsize=(9.2, 3.5), layout="constrained")
    axes = figure.subplots(1, len(mistakes))
    for ax, (before, mistake) in zip(axes, mistakes, strict=True):
        one_step(ax, x, targets, before, mistake, side)
    figure.axes[0].legend(loc="lower right", fontsize=8, handlelength=1.4)
    return figure


def one_step(ax, x, targets, before, mistake, side):
    """Draw the line before and now, and w + t x as a triangle of vectors."""
    for dots, sign in zip(classes(ax), (1, -1), strict=True):
        dots.set(ms=7, label=None)
        dots.set_data(*x[targets == sign].T)
    for name, point in zip("AB", x, strict=True):
        ax.annotate(name, point, (5, 4), textcoords="offset points")
    lines = ((before, style.MUTED, "--", 1.2), (mistake.w, style.INK, "-", 2))
    for w, colour, dash, width in lines:
        ax.plot(*across(w, 0, side).T, ls=dash, color=colour, lw=width)
    zero, head = np.zeros(2), side / 12
    for start, end, colour, name in (
        (zero, before, style.MUTED, "w before"),
        (zero, mistake.w, style.INK, "w now"),
        (before, mistake.w, style.PURPLE, "t x"),
    ):
        ax.plot(*arrow(start, end, head).T, color=colour, label=name)
    ax.set(xlim=(-side, side), ylim=(-side, side), aspect="equal")
    ax.set_title(f"mistake {mistake.count}, on {'AB'[mistake.row]}")


def race(w, w_star, gamma, r):
    """Draw floor, overlap, length and ceiling against the mistakes, w (K, D)."""
    figure = Figure(figsize=(7.2, 3.4), layout="constrained")
    ax, end = figure.subplots(), (r / gamma) ** 2
    k, all_k = np.arange(1, len(w) + 1), np.linspace(0, 1.12 * end, 200)
    ax.plot(all_k, r * np.sqrt(all_k), "--", color=style.RED, label="√k R, the ceiling")
    ax.plot(k, np.linalg.norm(w, axis=1), "s-", color=style.ORANGE, ms=5, label="|w|")
    ax.plot(k, w @ w_star, "o-", color=style.BLUE, ms=4, label="w·w*")
    ax.plot(all_k, gamma * all_k, ":", color=style.GREEN, lw=2, label="kγ, the floor")
    ax.axvline(end, color=style.MUTED, lw=1)
    ax.text(end, 1, "  (R/γ)²", color=style.MUTED, va="bottom")
    ax.set(xlim=(0, 1.25 * end), ylim=(0, None), xlabel="mistakes k")
    ax.legend(loc="upper left")
    return figure


def parabola(*, rate, start, steps):
    """Draw gradient descent on (w - 1)², with the tangent where it starts."""
    figure = Figure(figsize=(5.6, 3.3), layout="constrained")
    ax, w, path = figure.subplots(), np.linspace(-1.5, 3.8, 121), [start]
    for _ in range(steps):
        path.append(path[-1] - rate * 2 * (path[-1] - 1))
    path, near = np.array(path), start + np.array([-1.15, 0.7])
    tangent = (start - 1) ** 2 + 2 * (start - 1) * (near - start)
    ax.plot(w, (w - 1) ** 2, color=style.BLUE, label="loss $(w - 1)^2$")
    ax.plot(near, tangent, "--", color=style.GREEN, label="tangent, slope 4")
    ax.plot(path, (path - 1) ** 2, "o", color=style.RED, ms=6, label="steps")
    for here, there in zip(path[:3], path[1:4], strict=True):
        ends = np.array([here, (here - 1) ** 2]), np.array([there, (there - 1) ** 2])
        ax.annotate("", ends[1], ends[0], arrowprops=HOP)
    ax.set(xlim=(-1.5, 3.8), ylim=(-0.4, 7), xlabel="weight w", ylabel="loss")
    ax.legend(loc="upper center")
    return figure
