"""How the race of the modes looks: the net, and two bars of products."""

from nb_lib.draw import style
from nb_lib.sections.s09_15_autograd.modes import HIDDEN
from nb_lib.words import counted

MOST = 20
HALF = 0.075  # of the height of a bar; a filled one ends where its number is


def picture(figure):
    """Lay out the net on the left and the bars on the right."""
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.15))
    show_net, show_bars = net(left), bars(right)

    def show(costs):
        show_net(costs)
        show_bars(costs)

    return show


def column(x, count):
    """Return the places of so many units in a column."""
    return [(x, (place + 0.5) / count) for place in range(count)]


def net(ax):
    """Draw the units and an edge for each weight."""
    ax.set(xlim=(-0.25, 2.25), ylim=(-0.14, 1.12))
    ax.axis("off")
    ax.set_title("The net")
    (edges,) = ax.plot([], [], color=style.MUTED, lw=0.7)
    (units,) = ax.plot([], [], "o", color=style.BLUE, ms=7)
    texts = [ax.text(x, -0.09, "", ha="center", size=10) for x in (0, 1, 2)]

    def show(costs):
        columns = [column(0, costs.inputs), column(1, HIDDEN), column(2, costs.outputs)]
        x, y = [], []
        for before, after in ((columns[0], columns[1]), (columns[1], columns[2])):
            for start in before:
                for end in after:
                    x += [start[0], end[0], float("nan")]
                    y += [start[1], end[1], float("nan")]
        edges.set_data(x, y)
        dots = columns[0] + columns[1] + columns[2]
        units.set_data([p[0] for p in dots], [p[1] for p in dots])
        texts[0].set_text(counted(costs.inputs, "input"))
        texts[1].set_text(f"{HIDDEN} hidden")
        texts[2].set_text(counted(costs.outputs, "output"))

    return show


def bars(ax):
    """Draw a bar for each mode on a log axis, with what it is made of."""
    style.log_axis(ax, "x", low=10, high=1e4, most=4)
    ax.set(ylim=(-0.35, 1.85), yticks=[], xlabel="products for all slopes")
    ax.set_title("What it costs")
    ax.grid(visible=False, axis="y")
    rows = []
    for y, colour in ((1.0, style.BLUE), (0.0, style.ORANGE)):
        (bar,) = ax.fill([10, 10], [y, y], color=colour, lw=0)
        rows.append((bar, ax.text(11, y + 0.33, "", va="center", size=10), y))

    def show(costs):
        passes = counted(costs.inputs, "pass"), counted(costs.outputs, "walk")
        words = (
            f"forward mode, {passes[0]}: {costs.forward:,}",
            f"reverse mode, {passes[1]} back: {costs.reverse:,}",
        )
        for row, word, cost in zip(
            rows, words, (costs.forward, costs.reverse), strict=True
        ):
            bar, text, y = row
            low, high = y - HALF, y + HALF
            bar.set_xy([(10, low), (cost, low), (cost, high), (10, high)])
            text.set_text(word)

    return show
