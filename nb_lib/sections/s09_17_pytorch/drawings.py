"""What 9.17 draws: the one loop that both twins walk, and who writes which part."""

from nb_lib.draw import style

STEPS = ("batch", "forward", "loss", "backward", "step")
OURS = {"NumPy": STEPS, "PyTorch": ("batch", "forward", "loss", "step")}


def loop(ax):
    """Draw the five stations of a training step, full where we write the code."""
    for row, (name, ours) in enumerate(OURS.items()):
        y = -1.5 * row
        ax.text(-0.75, y, name, ha="right", va="center", fontsize=11, weight="bold")
        for k, words in enumerate(STEPS):
            is_ours = words in ours
            box = {"boxstyle": "round,pad=0.5", "ec": style.INK, "lw": 1.2}
            box["fc"] = style.PAPER if is_ours else style.GRID
            box["ls"] = "-" if is_ours else "--"
            note = "" if is_ours else "\n(autograd)"
            ax.text(1.55 * k, y, words + note, ha="center", va="center", bbox=box)
            if k:
                ends = (1.55 * k - 0.55, y), (1.55 * k - 1.0, y)
                arrow = {"arrowstyle": "->", "color": style.INK}
                ax.annotate("", *ends, arrowprops=arrow)
    ax.set(xlim=(-1.9, 6.9), ylim=(-2.3, 0.8))
    ax.set_axis_off()
