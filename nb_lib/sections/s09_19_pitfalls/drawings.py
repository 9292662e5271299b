"""The schematic of 9.19: where in the loop each of the eight faults lives."""

from matplotlib.figure import Figure

from nb_lib.draw import style

STAGES = (
    ("data", ("broken split", "leakage")),
    ("inputs, targets", ("off-by-one mask",)),
    ("forward", ("dead ReLUs",)),
    ("loss", ("NaN loss",)),
    ("backward", ("silent bug",)),
    ("step", ("exploded gradients",)),
    ("validation", ("teacher forcing",)),
)


def places():
    """Draw the stages of a training program, each with the faults that live there."""
    figure = Figure(figsize=(9.2, 2.1), layout="constrained")
    ax = figure.subplots()
    ax.set(xlim=(-0.55, len(STAGES) - 0.45), ylim=(-1.5, 0.7))
    ax.axis("off")
    for place, (stage, faults) in enumerate(STAGES):
        box = {"boxstyle": "round,pad=0.45", "fc": "none", "ec": style.BLUE}
        ax.text(place, 0.2, stage, ha="center", va="center", bbox=box, size=9)
        for row, fault in enumerate(faults):
            ax.text(
                place, -0.55 - 0.45 * row, fault.replace(" ", "\n", 1)
                if len(faults) == 1 else fault,
                ha="center", va="center", color=style.RED, size=9,
            )  # fmt: skip
    return figure
