"""The schematic of 9.19: where in the loop each of the eight faults lives."""

from matplotlib.figure import Figure

from nb_lib.draw import style

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
