"""Schematics of 9.18: who sees whom in each architecture, and the nets it trains."""

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from nb_lib.draw import style

PLACES = range(5)
EDGES = ((0, 1), (1, 2), (0, 2), (2, 3), (3, 4))


def dense():
    """Join everything with everything, each line with a weight of its own."""
    return [(i, j, style.MUTED, "-") for i in PLACES for j in PLACES]


def convolution():
    """Join each place with its neighbours, with the same three weights everywhere."""
    looks = {-1: (style.BLUE, "-"), 0: (style.ORANGE, "--"), 1: (style.GREEN, "-.")}
    return [
        (i, i + d, *look)
        for i in PLACES
        for d, look in looks.items()
        if i + d in PLACES
    ]


def attention():
    """Join everything with everything, with shares that depend on what is there."""
    return [(i, j, style.PURPLE, ":") for i in PLACES for j in PLACES]


def graph():
    """Join what an edge joins, and each vertex with itself."""
    pairs = [*EDGES, *((j, i) for i, j in EDGES)]
    own = [(i, i, style.ORANGE, "--") for i in PLACES]
    return own + [(i, j, style.BLUE, "-") for i, j in pairs]


PANELS = (
    ("MLP", dense, "every line\nhas its own weight"),
    ("convolution", convolution, "three weights,\nused everywhere"),
    ("recurrent", None, "one step,\nused again and again"),
    ("attention", attention, "weights made\nfrom the inputs"),
    ("graph", graph, "lines only\nwhere an edge is"),
)


def architectures():
    """Draw who sees whom in five layers, and below it the nets of three of them."""
    with style.context():
        figure = Figure(figsize=(9.2, 5.4), layout="constrained")
        above, below = figure.subfigures(2, 1, height_ratios=(1, 1.15))
        statements(above)
        models(below)
    return figure


def statements(figure):
    """Draw five inputs below five outputs, and which of them each layer joins."""
    for ax, (title, lines, words) in zip(
        figure.subplots(1, len(PANELS)), PANELS, strict=True
    ):
        for i, j, colour, dash in lines() if lines else ():
            ax.plot([j, i], [0.12, 0.88], dash, color=colour, lw=1.5)
        if lines is None:
            steps(ax)
        for y in (0, 1):
            ax.plot(PLACES, [y] * 5, "o", ms=9, mfc=style.PAPER, mec=style.INK)
        ax.set(xlim=(-0.6, 4.6), ylim=(-0.25, 1.25), title=title)
        ax.set_xlabel(words, size=9)
        ax.set_xticks(())
        ax.set_yticks(())
        ax.spines[:].set_visible(False)
        ax.grid(visible=False)


def steps(ax):
    """Lead each input up, and each state to the next one."""
    for place in PLACES:
        ax.plot([place, place], [0.12, 0.88], color=style.BLUE, lw=1.5)
    for place in PLACES[:-1]:
        ax.annotate(
            "",
            (place + 0.8, 1),
            (place + 0.2, 1),
            arrowprops={"arrowstyle": "->", "color": style.ORANGE, "lw": 1.8},
        )


MODELS = (
    (
        "digits",
        ("14 × 14\npixels", "8 maps,\n5 × 5, ReLU", "greatest\nof 2 × 2",
         "24 maps,\n5 × 5, ReLU", "greatest of\neach map", "10 logits"),
    ),
    (
        "members",
        ("34 members,\none-hot", "neighbours\nmix", "8 numbers\neach, ReLU",
         "neighbours\nmix", "2 logits\neach"),
    ),
    (
        "points",
        ("a point", "+ 1/8 of\nthe field", "+ 1/8 of\nthe field",
         "… 8 times,\none field", "where it\narrives"),
    ),
)  # fmt: skip


def models(figure):
    """Draw the three nets that this half trains as rows of boxes."""
    ax = figure.subplots()
    for row, (name, parts) in enumerate(MODELS):
        y = -1.25 * row
        ax.text(-0.1, y, name, ha="right", va="center", color=style.MUTED)
        for place, words in enumerate(parts):
            box(ax, 1.5 * place, y, words, is_end=place in (0, len(parts) - 1))
            if place:
                arrow(ax, 1.5 * place, y)
    ax.set(xlim=(-1.0, 8.9), ylim=(-3.1, 0.6))
    ax.set_axis_off()


def box(ax, left, y, words, *, is_end):
    """Draw a box with words; those of input and output have no line."""
    look = {"boxstyle": "round,pad=0.03", "fc": "none", "lw": 1.4}
    edge = "none" if is_end else style.BLUE
    ax.add_patch(FancyBboxPatch((left, y - 0.4), 1.15, 0.8, ec=edge, **look))
    ax.text(left + 0.575, y, words, ha="center", va="center", size=9)


def arrow(ax, left, y):
    """Lead from the box before to this one."""
    how = {"arrowstyle": "->", "color": style.MUTED, "lw": 1.3}
    ax.annotate("", (left - 0.04, y), (left - 0.32, y), arrowprops=how)
