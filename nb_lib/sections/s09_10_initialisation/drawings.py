"""The two drawings of 9.10: a unit that tosses coins, and a chain of layers."""

from itertools import pairwise, product

import numpy as np
from matplotlib.figure import Figure

from nb_lib.draw import style

HALF = 0.62  # of the width of a layer in the chain


def coins():
    """Draw a unit with four coins for weights, and the sums of its sixteen tosses."""
    figure = Figure(figsize=(8.6, 2.9), layout="constrained")
    unit, tosses = figure.subplots(1, 2, width_ratios=(1, 1.2))
    _unit(unit)
    values, counts = np.unique(sums_of_coins(4), return_counts=True)
    for value, count in zip(values, counts, strict=True):
        is_lost = value < 0
        look = {"fill": False, "hatch": "///"} if is_lost else {"color": style.BLUE}
        tosses.bar(value, count, width=1.1, edgecolor=style.BLUE, **look)
        tosses.text(value, count + 0.15, str(count), ha="center")
    tosses.set(xlabel="sum z of the four coins", ylabel="ways to fall", ylim=(0, 7.4))
    tosses.set(xticks=values, title="Sixteen tosses (hatched: a ReLU makes it 0)")
    return figure


def sums_of_coins(n):
    """Return z = the sum of n coins of ±1, one for each way that they can fall."""
    return np.array([sum(tossed) for tossed in product((-1, 1), repeat=n)])


def chain():
    """Draw a net as a chain of layers: signals go up it, error signals come back."""
    figure = Figure(figsize=(8.6, 1.9), layout="constrained")
    ax = figure.subplots()
    ax.set(xlim=(-0.8, 10.8), ylim=(-1.2, 1.2))
    ax.axis("off")
    names = ("inputs x", "layer 1", "layer 2", "…", "layer L−1", "logits")
    places = [2 * n for n in range(len(names))]
    for place, name in zip(places, names, strict=True):
        frame = {"boxstyle": "round,pad=0.5", "fc": "none", "ec": style.INK}
        ax.text(place, 0, name, ha="center", va="center", bbox=frame)
    for left, right in pairwise(places):
        _arrow(ax, (left + HALF, 0.2), (right - HALF, 0.2), style.BLUE)
    for left, right in pairwise(places[1:]):
        _arrow(ax, (right - HALF, -0.2), (left + HALF, -0.2), style.ORANGE)
    forward = (
        r"from layer to layer the variance of z: × $\frac{1}{2}$ fan_in $\sigma_w^2$"
    )
    backward = (
        r"and back, that of the error signal: × $\frac{1}{2}$ fan_out $\sigma_w^2$"
    )
    ax.text(5, 0.75, forward, ha="center", color=style.BLUE)
    ax.text(5, -0.95, backward, ha="center", color=style.ORANGE)
    return figure


def _unit(ax):
    """Draw four inputs of size 1, a coin on each edge, their sum and the ReLU."""
    ax.set(xlim=(-0.4, 4.4), ylim=(-0.5, 3.5), aspect="equal")
    ax.axis("off")
    for y in range(4):
        _arrow(ax, (0.28, y), (2.0, 1.5 + 0.12 * (y - 1.5)), style.INK)
        coin = {"boxstyle": "round,pad=0.15", "fc": style.PAPER, "ec": "none"}
        middle = (1.0, y + 0.42 * (1.32 - 0.88 * y))
        ax.text(*middle, "±1", color=style.ORANGE, ha="center", va="center", bbox=coin)
        _node(ax, (0, y), "1")
    _node(ax, (2.3, 1.5), "z")
    _arrow(ax, (2.58, 1.5), (3.72, 1.5), style.INK)
    ax.text(3.15, 1.68, "ReLU", ha="center", color=style.MUTED)
    _node(ax, (4.0, 1.5), "h")


def _node(ax, place, name):
    """Draw a unit with its name."""
    ax.plot(*place, "o", ms=21, mfc=style.PAPER, mec=style.INK, mew=1.2)
    ax.text(*place, name, ha="center", va="center")


def _arrow(ax, start, end, colour):
    """Draw an arrow from start to end."""
    look = {"arrowstyle": "->", "color": colour, "lw": 1.3, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=look)
