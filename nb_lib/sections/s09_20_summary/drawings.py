"""The one loop as a drawing."""

from matplotlib.figure import Figure

from nb_lib.draw import style

STATIONS = (
    ("forward", "predictions", style.BLUE),
    ("loss", "one number", style.BLUE),
    ("backward", "g for every θ", style.ORANGE),
    ("step", "θ ← θ − η g̃", style.GREEN),
)


def loop():
    """Draw the four stations in a row and the way back to the first."""
    figure = Figure(figsize=(8.2, 2.1), layout="constrained")
    ax = figure.subplots()
    look = {"arrowstyle": "-|>", "lw": 1.6, "color": style.INK}
    for place, (name, words, colour) in enumerate(STATIONS):
        x = 2.4 * place
        box = {"boxstyle": "round,pad=0.5", "fc": style.PAPER, "ec": colour, "lw": 2}
        ax.text(x, 0.62, name, ha="center", va="center", size=12, bbox=box)
        ax.text(x, 0.12, words, ha="center", va="center", color=colour, size=11)
        if place:
            ax.annotate("", (x - 0.72, 0.62), (x - 1.62, 0.62), arrowprops=look)
    back = look | {"connectionstyle": "arc3,rad=0.16", "color": style.MUTED}
    ax.annotate("", (0, 0.92), (7.2, 0.92), arrowprops=back)
    ax.text(3.6, 1.48, "next batch", ha="center", va="bottom", color=style.MUTED)
    ax.set(xlim=(-0.9, 8.1), ylim=(-0.1, 1.75))
    ax.axis("off")
    return figure
