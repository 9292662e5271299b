"""What 9.17 draws: the loop of both twins, and the record of one small loss."""

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


RECORD = (  # node, value; slope of the loss along it; slope of the next node along it
    ("weight $w$", "3", "20", "2"),
    ("error $2w - 1$", "5", "10", "$2 \\cdot 5$"),
    ("loss $(2w - 1)^2$", "25", "1", ""),
)


def record(ax):
    """Draw the record of the loss: values go right, slopes come back multiplied."""
    box = {"boxstyle": "round,pad=0.6", "ec": style.INK, "fc": style.PAPER}
    for k, (name, value, slope, factor) in enumerate(RECORD):
        x = 3 * k
        ax.text(x, 0, f"{name}\nvalue {value}", ha="center", va="center", bbox=box)
        words = f"slope of the loss: {slope}"
        ax.text(x, -0.95, words, ha="center", va="center", color=style.RED)
        if factor:
            ahead = {"arrowstyle": "->", "color": style.INK}
            ax.annotate("", (x + 2.05, 0.2), (x + 0.95, 0.2), arrowprops=ahead)
            back = {"arrowstyle": "->", "color": style.RED}
            ax.annotate("", (x + 0.95, -0.2), (x + 2.05, -0.2), arrowprops=back)
            words = f"times {factor}"
            ax.text(x + 1.5, -0.5, words, ha="center", va="center", color=style.RED)
    ax.set(xlim=(-1.3, 7.3), ylim=(-1.3, 0.8))
    ax.set_axis_off()
