"""The schematic drawings of 9.7: the network with its names, one edge and its rule."""

from matplotlib.figure import Figure

from nb_lib.draw import style
from nb_lib.sections.s09_07_by_hand.numerals import symbol
from nb_lib.sections.s09_07_by_hand.places import EDGES, ENDS, NODES, UNDER


def names(ax, *, size=9.5):
    """Draw the network with the names of its nine parameters."""
    for name, ends in ENDS.items():
        (x0, y0, *_), (x1, y1, *_) = (NODES[node] for node in ends)
        ax.plot([x0, x1], [y0, y1], color=style.MUTED, lw=1.1)
        ax.text(*EDGES[name].label, symbol(name), size=size, ha="center", va="center",
                bbox={"fc": style.PAPER, "ec": "none", "pad": 1})  # fmt: skip
    for name, (x, y, _, _) in NODES.items():
        colour = {"x": style.MUTED, "h": style.BLUE, "y": style.ORANGE}[name[0]]
        box = {"fc": style.PAPER, "ec": colour, "boxstyle": "round,pad=0.5"}
        ax.text(x, y, symbol(name), size=size, ha="center", va="center", bbox=box)
    for name, (x, y) in UNDER.items():
        ax.text(x, y, symbol(name), size=size, ha="center", va="center",
                color=style.MUTED)  # fmt: skip
    ax.set(xlim=(-0.02, 1.02), ylim=(0.04, 0.9))
    ax.axis("off")


def two_ways():
    """Draw the rule of an edge: forward it carries a value, backward a delta."""
    figure = Figure(figsize=(8.6, 2.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    one_edge(
        left,
        "At a weight",
        ("$h$", "$\\delta$"),
        "$\\dfrac{\\partial \\mathcal{L}}{\\partial w} = h \\cdot \\delta$",
    )
    one_edge(
        right,
        "Back through the weight",
        ("$w \\cdot \\delta$", "$\\delta$"),
        "then through the unit: times its slope",
    )
    return figure


def one_edge(ax, title, ends, rule):
    """Draw one edge with what is known at its ends, and the rule below it."""
    is_back = "w" in ends[0]
    ax.plot([0.2, 0.8], [0.6, 0.6], color=style.MUTED, lw=1.4)
    for x, colour in ((0.2, style.BLUE), (0.8, style.ORANGE)):
        ax.plot([x], [0.6], "o", ms=24, mfc=style.PAPER, mec=colour, mew=1.8)
    arrow(ax, (0.73, 0.52), (0.27 if is_back else 0.55, 0.52), style.ORANGE)
    if not is_back:
        arrow(ax, (0.27, 0.68), (0.45, 0.68), style.BLUE)
    ax.text(0.2, 0.83, ends[0], ha="center", va="center", size=13)
    ax.text(0.8, 0.83, ends[1], ha="center", va="center", size=13)
    ax.text(0.5, 0.66 if is_back else 0.62, "$w$", ha="center", va="bottom", size=13)
    ax.text(0.5, 0.2, rule, ha="center", va="center", size=13)
    ax.set(xlim=(0, 1), ylim=(0, 1), title=title)
    ax.axis("off")


def arrow(ax, start, end, colour):
    """Draw an arrow from start to end."""
    how = {"arrowstyle": "->", "color": colour, "lw": 1.6}
    ax.annotate("", end, start, arrowprops=how)


def named():
    """Draw the network with the names of its parameters, as a figure."""
    figure = Figure(figsize=(6.2, 2.9), layout="constrained")
    names(figure.subplots(), size=11)
    return figure
