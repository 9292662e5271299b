"""The drawings of 9.15: one operation both ways, and the net as a graph of arrays."""

from matplotlib.figure import Figure

from nb_lib.draw import style
from nb_lib.sections.s09_15_autograd.boxes import arrow, outline


def one_operation():
    """Draw y = a · b with the values going in, and the shares coming out."""
    fig = Figure(figsize=(7.4, 2.7), layout="constrained")
    ax = fig.subplots()
    places = {"a": (0.0, 1.6), "b": (0.0, 0.0), "y = a · b": (2.9, 0.8)}
    values = {"a": "2", "b": "−3", "y = a · b": "−6"}
    for name, place in places.items():
        box(ax, place, name, values[name])
    y = places["y = a · b"]
    for name in ("a", "b"):
        ax.plot(*arrow(places[name], y, 0.09), color=style.BLUE, lw=1.6)
        ax.plot(*arrow(y, places[name], 0.09), color=style.ORANGE, lw=1.6)
    ax.plot(*arrow((4.6, 0.8), y), color=style.ORANGE, lw=1.6)
    note = {"color": style.ORANGE, "size": 11, "va": "center"}
    ax.text(1.5, 1.78, "back to a: g · b", **note)
    ax.text(1.5, -0.18, "back to b: g · a", **note)
    ax.text(4.15, 0.8, "g, from whoever uses y", **note)
    ax.set(xlim=(-0.6, 6.3), ylim=(-0.5, 2.1))
    ax.axis("off")
    return fig


def box(ax, place, name, value):
    """Draw a box with a name and a value."""
    x, y = place
    ax.plot(*outline(place), color=style.INK, lw=1.4)
    ax.text(x, y + 0.15, name, ha="center", va="center", size=10.5)
    ax.text(x, y - 0.15, value, ha="center", va="center", color=style.BLUE, size=10.5)


NET = (  # name, shape, what goes in from above
    ("x", "100 × 2", ""),
    ("x @ w₁", "100 × 16", "w₁  2 × 16"),
    ("+ b₁", "100 × 16", "b₁  16"),
    ("tanh", "100 × 16", ""),
    ("@ w₂", "100 × 16", "w₂  16 × 16"),
    ("+ b₂", "100 × 16", "b₂  16"),
    ("tanh", "100 × 16", ""),
    ("@ w₃", "100 × 2", "w₃  16 × 2"),
    ("+ b₃", "100 × 2", "b₃  2"),
    ("loss", "one number", ""),
)


def net_graph():
    """Draw the 2-16-16-2 net as the engine records it, in two rows of operations."""
    fig = Figure(figsize=(8.6, 3.9), layout="constrained")
    ax = fig.subplots()
    places = [(1.55 * (count % 5), -2.0 * (count // 5)) for count in range(len(NET))]
    for count, (name, shape, param) in enumerate(NET):
        place = places[count]
        box(ax, place, name, shape)
        if count and count != 5:
            ax.plot(*arrow(places[count - 1], place, 0.0), color=style.BLUE, lw=1.5)
        if param:
            above = place[0], place[1] + 0.98
            ax.text(*above, param, ha="center", va="center", color=style.ORANGE)
            ax.plot(
                *arrow(place, (above[0], above[1] + 0.2)), color=style.ORANGE, lw=1.5
            )
    ax.plot([6.7, 7.0, 7.0, -0.9, -0.9, -0.5], [0, 0, -0.72, -0.72, -2, -2],
            color=style.BLUE, lw=1.5)  # fmt: skip
    ax.plot(*arrow((-1.0, -2.0), places[5]), color=style.BLUE, lw=1.5)
    ax.set(xlim=(-1.0, 7.1), ylim=(-2.5, 1.3))
    ax.axis("off")
    return fig
