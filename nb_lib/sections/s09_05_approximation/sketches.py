"""What 9.5 draws beside its derivations: net, staircase, parabola of the error."""

import numpy as np

from nb_lib.draw import style
from nb_lib.numpy.approximation import staircase

LOW, HIGH = -np.pi, np.pi


def net(ax):
    """Draw a net with one input, four hidden units and one output."""
    look = {"ha": "center", "va": "center", "fontsize": 12}
    circle = {"boxstyle": "circle,pad=0.35", "fc": style.PAPER, "ec": style.INK}
    clear = {"fc": style.PAPER, "ec": "none", "pad": 1}
    ys = np.array([2.4, 1.2, 0.0, -1.2])
    for i, y in enumerate(ys, start=1):
        for start, end in (((0, 0.6), (1.6, y)), ((1.6, y), (3.2, 0.6))):
            ax.plot(*zip(start, end, strict=True), color=style.MUTED, lw=1, zorder=0)
        ax.text(1.6, y, "$\\varphi$", bbox=circle, **look)
        for words, place in ((f"$w_{i}$", 0.95), (f"$v_{i}$", 2.25)):
            height = 0.6 + (y - 0.6) * 0.59
            ax.text(place, height, words, color=style.BLUE, bbox=clear, **look)
    ax.text(0, 0.6, "$x$", bbox=circle, **look)
    ax.text(3.2, 0.6, "$+c$", bbox={**circle, "boxstyle": "circle,pad=0.2"}, **look)
    ax.text(3.75, 0.6, "$g(x)$", ha="left", va="center", fontsize=12)
    ax.set(xlim=(-0.4, 4.6), ylim=(-1.8, 3.0), title="One hidden layer of four units")
    ax.set_axis_off()


def stairs(ax, *, pieces):
    """Draw sigmoid steps over the sine, with the middles of the pieces."""
    x = np.linspace(LOW, HIGH, 1201)[:, None]
    steps = staircase(np.sin, pieces, low=LOW, high=HIGH, sharpness=60)
    middles = np.linspace(LOW, HIGH, 2 * pieces + 1)[1::2]
    ax.plot(x, np.sin(x), "--", color=style.ORANGE, label="sin x")
    ax.plot(x, steps.forward(x), color=style.BLUE, label=f"{pieces - 1} steps")
    ax.plot(middles, np.sin(middles), "o", color=style.BLUE, ms=4)
    ax.set(xlabel="x", ylabel="f(x) and g(x)", ylim=(-1.35, 1.75))
    ax.legend(loc="upper left", ncols=2)


def chord(left, right, *, low, high):
    """Draw one straight piece under the sine, and its error under a parabola."""
    x = np.linspace(low, high, 201)
    line = np.interp(x, [low, high], np.sin([low, high]))
    left.plot(x, np.sin(x), "--", color=style.ORANGE, label="f")
    left.plot(x, line, color=style.GREEN, label="g, one piece")
    left.fill_between(x, line, np.sin(x), color=style.ORANGE, alpha=0.2, lw=0)
    left.plot([low, high], np.sin([low, high]), "o", color=style.INK, ms=5)
    left.set(xlabel="x", xticks=[low, high], xticklabels=["ℓ", "r"], title="A piece")
    left.legend(loc="lower center")
    parabola = (x - low) * (high - x) / 2  # the sine has max |f''| = 1
    right.plot(x, np.sin(x) - line, color=style.ORANGE, label="error f − g")
    right.plot(x, parabola, "--", color=style.RED, label="M (x − ℓ)(r − x) / 2")
    right.set(xlabel="x", xticks=[low, high], xticklabels=["ℓ", "r"])
    right.set(title="Its error", ylim=(0, 1.5 * parabola.max()))
    right.legend(loc="upper center")
