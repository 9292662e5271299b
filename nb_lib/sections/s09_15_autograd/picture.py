"""How the tape looks: the graph on the left, the tape with its numbers on the right."""

from nb_lib.draw import style
from nb_lib.sections.s09_15_autograd.boxes import HIGH, arrow, edges_of, outline
from nb_lib.sections.s09_15_autograd.graphs import MOST_EDGES, MOST_NODES
from nb_lib.sections.s09_15_autograd.numerals import numeral
from nb_lib.words import counted

COLUMNS = (0.0, 0.56, 0.8, 1.0)  # of the tape: a left end, and three right ones


def picture(figure):
    """Lay out the graph and the tape."""
    left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
    show_graph, show_tape = graph(left), tape(right)

    def show(frame):
        show_graph(frame)
        show_tape(frame)

    return show


def graph(ax):
    """Draw boxes and arrows for as many nodes as any expression has."""
    ax.set(xlim=(-0.55, 4.75), ylim=(-0.5, 2.55))
    ax.axis("off")
    title = ax.set_title(" ")
    lines = [ax.plot([], [], color=style.MUTED, lw=1.3)[0] for _ in range(MOST_EDGES)]
    boxes = [ax.plot([], [], color=style.MUTED, lw=1.4)[0] for _ in range(MOST_NODES)]
    texts = [[words(ax, colour) for colour in LINES] for _ in range(MOST_NODES)]

    def show(frame):
        title.set_text(heading(frame))
        show_edges(frame, lines)
        for count in range(MOST_NODES):
            is_used = count < len(frame.nodes)
            node = frame.nodes[count] if is_used else frame.nodes[0]
            boxes[count].set_visible(is_used)
            boxes[count].set_data(*outline(node.place))
            is_active = node.name == frame.active
            boxes[count].set_color(style.PURPLE if is_active else style.MUTED)
            boxes[count].set_linewidth(3.0 if is_active else 1.4)
            for row, text in enumerate(texts[count]):
                text.set_visible(is_used)
                text.set_position((node.place[0], node.place[1] + ROWS[row]))
                text.set_text(in_box(frame, node)[row])

    return show


LINES = (style.INK, style.BLUE, style.ORANGE)  # of a box: formula, value, slope
ROWS = (0.6 * HIGH, 0.0, -0.6 * HIGH)


def words(ax, colour):
    """Make one line of a box."""
    text = ax.text(0, 0, "", color=colour, size=11, ha="center", va="center")
    text.set_in_layout(False)
    return text


def in_box(frame, node):
    """Write the three lines of a box, as far as they are known."""
    value, slope = frame.values.get(node.name), frame.slopes.get(node.name)
    word = "grad" if frame.is_reverse else "slope"
    return (
        node.formula,
        "" if value is None else numeral(value),
        "" if slope is None else f"{word} {numeral(slope)}",
    )


def show_edges(frame, lines):
    """Lay the arrows; those of the operation of this step are thick and coloured."""
    places = {node.name: node.place for node in frame.nodes}
    edges = edges_of(frame.nodes)
    is_back = frame.is_reverse and frame.counts[1] > 0
    for count, line in enumerate(lines):
        line.set_visible(count < len(edges))
        if count < len(edges):
            start, end, shift = edges[count]
            is_active = end == frame.active
            pair = (places[start], places[end], shift)
            if is_active and is_back:
                pair = (places[end], places[start], -shift)
            line.set_data(*arrow(*pair))
            line.set_color(colour_of(is_active, is_back))
            line.set_linewidth(2.4 if is_active else 1.2)


def colour_of(is_active, is_back):
    """Choose the colour of an arrow: blue forward, orange back."""
    if not is_active:
        return style.MUTED
    return style.ORANGE if is_back else style.BLUE


def heading(frame):
    """Say where the walk is."""
    if frame.step == 0:
        return "Only the inputs are known"
    if not frame.is_reverse:
        return f"Forward mode, pass along {frame.along}"
    way = "Back from the end" if frame.counts[1] else "Evaluating"
    return f"{way}: now {frame.active}"


def tape(ax):
    """Draw the lines of the tape; what is not known yet stays empty."""
    ax.set(xlim=(-0.08, 1), ylim=(MOST_NODES + 1.6, -1.1))
    ax.axis("off")
    title = ax.set_title("The tape")
    heads = [cell(ax, column, -0.55, style.MUTED) for column in range(4)]
    ax.plot([0, 1], [-0.1, -0.1], color=style.MUTED, lw=0.8)
    colours = (style.INK, style.BLUE, style.ORANGE, style.GREEN)
    rows = [
        [cell(ax, column, row + 0.4, colours[column]) for column in range(4)]
        for row in range(MOST_NODES)
    ]
    (mark,) = ax.plot([], [], ">", color=style.PURPLE, ms=7)
    foot = ax.text(0, MOST_NODES + 0.75, "", size=10, va="center", in_layout=False)

    def show(frame):
        title.set_text("The tape" if frame.is_reverse else "No tape is needed")
        names = ("", "value", "grad" if frame.is_reverse else "slope", "found")
        for head, name in zip(heads, names, strict=True):
            head.set_text(name)
        places = [node.name for node in frame.nodes]
        is_on = frame.active in places
        mark.set_data([-0.04], [places.index(frame.active) + 0.4 if is_on else 0])
        mark.set_visible(is_on)
        for count, texts in enumerate(rows):
            line = line_of(frame, count)
            for text, word in zip(texts, line, strict=True):
                text.set_text(word)
        foot.set_text(work(frame))

    return show


def cell(ax, column, y, colour):
    """Make one cell of the tape."""
    side = "right" if column else "left"
    place = COLUMNS[column], y
    text = ax.text(*place, "", size=10.5, ha=side, va="center", color=colour)
    text.set_in_layout(False)
    return text


def line_of(frame, count):
    """Write the four cells of one node: formula, value, slope, what was found."""
    if count >= len(frame.nodes):
        return ("", "", "", "")
    node = frame.nodes[count]
    numbers = [part.get(node.name) for part in (frame.values, frame.slopes)]
    numbers += [frame.found.get(node.name)]
    return (node.formula, *["" if n is None else numeral(n) for n in numbers])


def work(frame):
    """Write what the walk has cost so far."""
    values, products = frame.counts
    return f"so far: {counted(values, 'value')}, {counted(products, 'product')}"
