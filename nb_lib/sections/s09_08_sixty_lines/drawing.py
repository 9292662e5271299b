"""The drawings of 9.8: a net for the pencil, and the two loops of the listing."""

from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch

from nb_lib.draw import style
from nb_lib.words import minus

# the net for the pencil: places, values going forward, slopes coming back
PLACES = {"x1": (0, 1), "x2": (0, 0), "A": (1.5, 1), "B": (1.5, 0), "z": (3, 0.5)}
NAMES = {"x1": "$x_1$", "x2": "$x_2$", "A": "unit A", "B": "unit B", "z": "$z$"}
VALUES = {"x1": 1, "x2": 2, "A": 3, "B": 1, "z": 5}
SLOPES = {"x1": 3, "x2": 1, "A": 2, "B": -1, "z": 1}
EDGES = {  # weight, slope of the loss along it, where on the edge they are written
    ("x1", "A"): (1, 2, 0.5),
    ("x2", "A"): (1, 4, 0.3),
    ("x1", "B"): (-1, -1, 0.3),
    ("x2", "B"): (1, -2, 0.5),
    ("A", "z"): (2, 3, 0.5),
    ("B", "z"): (-1, 1, 0.5),
}
RADIUS = 0.2


def pencil_net(*, back=False):
    """Draw the 2-2-1 net with its values or, ``back``, with the slopes of the loss."""
    fig = Figure(figsize=(6.6, 2.7), layout="constrained")
    ax = fig.subplots()
    colour = style.ORANGE if back else style.BLUE
    for (start, end), (weight, slope, part) in EDGES.items():
        _edge(ax, PLACES[start], PLACES[end], slope if back else weight, part, back)
    for name, (x, y) in PLACES.items():
        value = (SLOPES if back else VALUES)[name]
        ax.add_patch(Circle((x, y), RADIUS, fc=style.PAPER, ec=colour, lw=1.8))
        ax.text(x, y, _number(value), ha="center", va="center", color=colour, size=12)
        ax.text(x, y + 0.27, NAMES[name], ha="center", va="bottom")
    note = "loss ½ (z − 4)²\n" + ("slope z − 4 = 1" if back else "= ½ (5 − 4)² = ½")
    ax.text(3.35, 0.5, note, va="center", color=style.INK)
    ax.set(xlim=(-0.4, 4.5), ylim=(-0.35, 1.5), aspect="equal")
    ax.axis("off")
    return fig


def _edge(ax, start, end, number, part, back):
    """Draw one edge with its number; slopes run from the end to the start."""
    if back:
        start, end, part = end, start, 1 - part
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    dx, dy = RADIUS * (x1 - x0) / length, RADIUS * (y1 - y0) / length
    look = {"arrowstyle": "->", "color": style.MUTED, "lw": 1.2}
    ax.annotate("", (x1 - dx, y1 - dy), (x0 + dx, y0 + dy), arrowprops=look)
    place = x0 + part * (x1 - x0), y0 + part * (y1 - y0)
    ax.text(*place, _number(number), ha="center", va="center", color=style.INK,
            bbox={"fc": style.PAPER, "ec": "none", "pad": 1.5})  # fmt: skip


def _number(value):
    return minus(f"{value}")


def two_loops(sizes):
    """Draw a net of three layers: forward above, back below, with the equations.

    ``sizes`` are its four sizes, (features, hidden, hidden, classes).
    """
    fig = Figure(figsize=(9.2, 3.1), layout="constrained")
    ax = fig.subplots()
    for layer in (1, 2, 3):
        x = 2.6 * layer
        _box(ax, x, 1, f"$z_{layer}$", style.BLUE)
        _box(ax, x, 0, f"$\\delta_{layer}$", style.ORANGE)
        _box(ax, x, -0.95, f"$dw_{layer},\\ db_{layer}$", style.ORANGE, width=0.95)
        _arrow(ax, (x, -0.2), (x, -0.72), style.ORANGE)
        source = "$x$" if layer == 1 else f"$h_{layer - 1}$"
        _box(ax, x - 1.3, 1, source, style.BLUE)
        for place, units in ((x - 1.3, sizes[layer - 1]), (x, sizes[layer])):
            ax.text(place, 1.32, f"N × {units}", ha="center", color=style.INK, size=8)
        _arrow(ax, (x - 1.05, 1), (x - 0.3, 1), style.BLUE)
        ax.text(x - 0.67, 1.1, "9.8.1", ha="center", color=style.MUTED, size=8)
        _arrow(ax, (x - 1.3, 0.78), (x - 0.52, -0.74), style.MUTED, ":")
        if layer < 3:
            _arrow(ax, (x + 0.3, 1), (x + 1.05, 1), style.BLUE)
            ax.text(x + 0.65, 1.1, "9.8.2", ha="center", color=style.MUTED, size=8)
            _arrow(ax, (x + 2.3, 0), (x + 0.3, 0), style.ORANGE)
            ax.text(x + 1.0, 0.1, "9.8.9", ha="center", color=style.MUTED, size=8)
    _box(ax, 9.4, 0.5, "loss", style.INK, width=0.7)
    _arrow(ax, (8.1, 1), (9.2, 0.72), style.BLUE)
    _arrow(ax, (9.2, 0.28), (8.1, 0), style.ORANGE)
    ax.text(8.85, 1.0, "9.8.4", color=style.MUTED, size=8)
    ax.text(8.85, -0.05, "9.8.6", color=style.MUTED, size=8)
    ax.text(8.4, -0.98, "9.8.7, 9.8.8", color=style.MUTED, size=8)
    ax.set(xlim=(0.9, 9.9), ylim=(-1.25, 1.5))
    ax.axis("off")
    return fig


def _box(ax, x, y, words, colour, width=0.5):
    """Draw a word in a box around (x, y)."""
    corner = x - width / 2, y - 0.2
    look = {"boxstyle": "round,pad=0.02", "fc": style.PAPER, "ec": colour, "lw": 1.5}
    ax.add_patch(FancyBboxPatch(corner, width, 0.4, **look))
    ax.text(x, y, words, ha="center", va="center", color=colour)


def _arrow(ax, start, end, colour, dash="-"):
    look = {"arrowstyle": "->", "color": colour, "lw": 1.4, "ls": dash}
    ax.annotate("", end, start, arrowprops=look)
