"""What 9.17 draws: the loop of both twins, and the record of one small loss."""

from nb_lib.draw import style

STEPS = ("batch", "forward", "loss", "backward", "step")
OURS = {"NumPy": STEPS, "PyTorch": ("batch", "forward", "loss", "step")}


def loop(ax):
    """Draw the five stations of a training step, full where we write the code."""
    for row, (name, ours) in enumerate(OURS.items()):
        y, before = -1.5 * row, None
        ax.text(-0.75, y, name, ha="right", va="center", fontsize=11, weight="bold")
        for k, words in enumerate(STEPS):
            is_ours = words in ours
            box = {"boxstyle": "round,pad=0.5", "ec": style.INK, "lw": 1.2}
            box["fc"] = style.PAPER if is_ours else style.GRID
            box["ls"] = "-" if is_ours else "--"
            words += "" if is_ours else "\n(autograd)"
            station = ax.text(1.55 * k, y, words, ha="center", va="center", bbox=box)
            if before:
                join(ax, before, station)
            before = station
    ax.set(xlim=(-1.9, 6.9), ylim=(-2.3, 0.8))
    ax.set_axis_off()


def join(ax, start, end, *, up=0.0, color=style.INK):
    """Draw an arrow from the edge of one text's box to the edge of another's."""
    arrow = {"arrowstyle": "->", "color": color, "shrinkA": 0, "shrinkB": 0}
    arrow |= {"patchA": start.get_bbox_patch(), "patchB": end.get_bbox_patch()}
    (x, y), (to_x, to_y) = start.get_position(), end.get_position()
    ax.annotate("", (to_x, to_y + up), (x, y + up), arrowprops=arrow)


RECORD = (  # node, value; slope of the loss along it; slope of the next node along it
    ("weight $w$", "3", "20", "2"),
    ("error $2w - 1$", "5", "10", "$2 \\cdot 5$"),
    ("loss $(2w - 1)^2$", "25", "1", ""),
)


def record(ax):
    """Draw the record of the loss: values go right, slopes come back multiplied."""
    box = {"boxstyle": "round,pad=0.6", "ec": style.INK, "fc": style.PAPER}
    before = None
    for k, (name, value, slope, factor) in enumerate(RECORD):
        x, words = 3 * k, f"{name}\nvalue {value}"
        node = ax.text(x, 0, words, ha="center", va="center", bbox=box)
        words = f"slope of the loss: {slope}"
        ax.text(x, -0.95, words, ha="center", va="center", color=style.RED)
        if before:
            join(ax, before, node, up=0.2)
            join(ax, node, before, up=-0.2, color=style.RED)
        if factor:
            words = f"times {factor}"
            ax.text(x + 1.5, -0.5, words, ha="center", va="center", color=style.RED)
        before = node
    ax.set(xlim=(-1.3, 7.3), ylim=(-1.3, 0.8))
    ax.set_axis_off()
