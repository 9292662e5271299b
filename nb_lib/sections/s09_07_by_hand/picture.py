"""How the ledger looks: the network with its numbers, the table, the losses."""

from nb_lib.draw import style
from nb_lib.sections.s09_07_by_hand.ledger import EXAMPLES, PARAMETERS
from nb_lib.sections.s09_07_by_hand.numerals import numeral, plain, symbol
from nb_lib.sections.s09_07_by_hand.places import EDGES, NODES, UNDER, between

SIZE = 10.5  # points of a number
COLUMNS = (0.0, 0.235, 0.42, 0.605, 0.795, 0.99)  # of the table, right ends but one
HEADS = ("", "value", "A", "B", "A + B", "new")
TOP = 4.5  # larger losses are drawn here, with an arrow at their number
COLOURS = {"forward": style.INK, "backward": style.ORANGE, "update": style.GREEN}


def picture(figure):
    """Lay out the network on the left, the table over the losses on the right."""
    grid = figure.add_gridspec(2, 2, width_ratios=(1.06, 1), height_ratios=(3.1, 1))
    show_net = network(figure.add_subplot(grid[:, 0]))
    show_table = table(figure.add_subplot(grid[0, 1]))
    show_losses = losses(figure.add_subplot(grid[1, 1]))

    def show(frame):
        show_net(frame)
        show_table(frame)
        show_losses(frame)

    return show


def network(ax):
    """Draw nodes and edges; the numbers on them come with each frame."""
    ax.set(xlim=(-0.01, 1.01), ylim=(0, 1))
    ax.axis("off")
    title = ax.text(0, 0.985, "", size=11.5, weight="bold", va="top")
    legend = ax.text(0, 0.925, "", size=9.5, color=style.MUTED, va="top")
    for edge in EDGES.values():
        for ends in edge.halves:
            ax.plot(*ends, color=style.MUTED, lw=1.2)
    labels = {
        name: ax.text(*edge.label, "", size=SIZE, ha="center", va="center")
        for name, edge in EDGES.items()
    }
    nodes = {name: node(ax, name) for name in NODES}
    targets = "\n".join(f"{name} {plain(t)}" for name, (_, t) in EXAMPLES.items())
    ax.text(0.9, 0.335, f"target\n{targets}", size=SIZE, ha="center", va="top",
            color=style.MUTED)  # fmt: skip
    under = {
        name: ax.text(*place, "", size=SIZE, ha="center", va="center")
        for name, place in UNDER.items()
    }

    def show(frame):
        title.set_text(f"Epoch {frame.count}, {frame.stage}")
        legend.set_text(LEGENDS[frame.stage])
        numbers, colour = of_parameters(frame), COLOURS[frame.stage]
        for name, text in {**labels, **under}.items():
            head = symbol("d" + name if frame.stage == "backward" else name)
            between_them = "\n" if name in labels else " "
            text.set_text(head + between_them + numbers[name])
            text.set_color(colour)
        for write in nodes.values():
            write(frame)

    return show


LEGENDS = {
    "forward": "on the edges: weights; in the boxes: values of A and B",
    "backward": "on the edges: A + B; in the boxes: the deltas of A and B",
    "update": "on the edges: the new weights; in the boxes: the old values",
}


def of_parameters(frame):
    """Choose what the edges carry at this stage."""
    page = frame.page
    chosen = {
        "forward": page.params,
        "backward": page.gradient,
        "update": page.updated,
    }[frame.stage]
    return {name: numeral(chosen[name]) for name in PARAMETERS}


def node(ax, name):
    """Draw one box; return what writes the values of A and B into it."""
    x, y, wide, high = NODES[name]
    colour = {"x": style.MUTED, "h": style.BLUE, "y": style.ORANGE}[name[0]]
    ax.plot(*between(x, y, wide, high), color=colour, lw=1.6)
    head = ax.text(x, y + high / 2 - 0.012, "", size=SIZE, ha="center", va="top")
    lines = [
        ax.text(x, y + dy, "", size=SIZE, ha="center", va="center")
        for dy in (-0.012, -0.062)
    ]

    def write(frame):
        is_back = frame.stage == "backward" and name[0] != "x"
        key = {"h": "dz" + name[1:], "y": "dy"}.get(name[0]) if is_back else name
        head.set_text(symbol(key))
        for line, example in zip(lines, EXAMPLES, strict=True):
            line.set_text(f"{example} {value(frame, example, key)}")
            line.set_color(COLOURS["backward"] if is_back else style.INK)

    return write


def value(frame, example, key):
    """Write one example's cell: an input, a value of the forward pass, or a delta."""
    if key[0] == "x":
        return plain(EXAMPLES[example][0][int(key[1]) - 1])
    cells = frame.page.backward if key[0] == "d" else frame.page.forward
    return numeral(cells[example][key])


def table(ax):
    """Draw the nine rows; what is not known yet stays empty."""
    ax.set(xlim=(0, 1), ylim=(len(PARAMETERS), -1.2))
    ax.axis("off")
    for place, head in zip(COLUMNS, HEADS, strict=True):
        ax.text(place, -0.6, head, size=SIZE, ha="right" if head else "left",
                va="center", color=style.MUTED)  # fmt: skip
    ax.plot([0, 1], [-0.1, -0.1], color=style.MUTED, lw=0.8)
    rows = {}
    for row, name in enumerate(PARAMETERS):
        ax.text(COLUMNS[0], row + 0.4, symbol(name), size=SIZE, va="center")
        rows[name] = [
            ax.text(place, row + 0.4, "", size=SIZE, ha="right", va="center")
            for place in COLUMNS[1:]
        ]

    def show(frame):
        for name, texts in rows.items():
            for text, words in zip(texts, row_of(frame, name), strict=True):
                text.set_text(words)

    return show


def row_of(frame, name):
    """Write value, A's and B's part, their sum and the new value, as far as known."""
    page, known = frame.page, ("forward", "backward", "update").index(frame.stage)
    said = [numeral(cells["d" + name]) for cells in page.backward.values()]
    filled = [numeral(page.params[name]), *said, numeral(page.gradient[name])]
    filled += [numeral(page.updated[name])]
    return [words if n <= (0, 3, 4)[known] else "" for n, words in enumerate(filled)]


def losses(ax):
    """Draw the losses known so far, with their numbers above them."""
    ax.set(xlim=(-0.4, 2.5), xticks=(0, 1, 2), ylim=(0, 1.4 * TOP), yticks=(0, 2, 4))
    ax.set(title="Loss", xticklabels=("start", "after epoch 1", "after epoch 2"))
    (line,) = ax.plot([], [], "o-", color=style.PURPLE, ms=6)
    texts = [ax.text(n, 1, "", size=SIZE, ha="center", va="bottom") for n in range(3)]

    def show(frame):
        seen = [min(loss, TOP) for loss in frame.losses]
        line.set_data(range(len(seen)), seen)
        for n, text in enumerate(texts):
            words, height = "", 1
            if n < len(seen):
                arrow = "↑ " if frame.losses[n] > TOP else ""
                words, height = arrow + numeral(frame.losses[n]), seen[n] + 0.35
            text.set_text(words)
            text.set_position((n, height))

    return show
