"""The weights of one unit: what its bias alone can do, and how they change."""

import numpy as np
from matplotlib.patches import Rectangle

from nb_lib.draw import style
from nb_lib.sections.s09_02_xor.tables import FULL, PALE

SPAN = 5  # weights are shown from -5 to 5


def sweep_and_walk(ax, *, most):
    """Lay out two views of the weights; return both: ``sweep`` and ``walk``.

    ``sweep(edges, names, b)``: the tables that the bias alone meets, as bands: edges
    (K,) upwards, K + 1 names. ``walk(path, returned)``: weights (K, 3) against the
    mistakes, 0 to ``most``; ``returned`` is a pair of equal counts, or None.
    """
    show_sweep, show_walk, heading = _sweep(ax, most), _walk(ax), ax.set_title("")
    ax.set(xlim=(0, most), ylim=(-SPAN, SPAN))
    ax.set(xlabel="mistakes", ylabel="weight")  # room for the longest labels
    ax.grid(False)

    views = {
        "sweep": ("As the bias alone moves", "bias b", "", ()),
        "walk": (
            "The weights as it learns",
            "weight",
            "mistakes",
            (0, most // 2, most),
        ),
    }

    def sweep(edges, names, b):
        _turn_to("sweep", ax, heading, *views["sweep"])
        show_sweep(edges, names, b)

    def walk(path, returned):
        _turn_to("walk", ax, heading, *views["walk"])
        show_walk(path, returned)

    return sweep, walk


def _turn_to(kind, ax, heading, title, ylabel, xlabel, xticks):
    """Show the artists of one view, hide those of the other; do nothing twice."""
    if ax.get_gid() == kind:
        return
    ax.set_gid(kind)
    ax.set(ylabel=ylabel, xlabel=xlabel, xticks=xticks)
    heading.set_text(title)
    ax.get_legend().set_visible(kind == "walk")
    for artist in (*ax.lines, *ax.patches, *ax.texts):
        artist.set_visible(artist.get_gid() == kind)


def _sweep(ax, most):
    """Lay out five bands with names on the left, a pointer at the bias on the right."""
    bands = [ax.add_patch(Rectangle((0, 0), most, 0, lw=0.8)) for _ in range(5)]
    look = {"va": "center", "fontsize": 9, "clip_on": True}
    texts = [ax.text(0.04 * most, 0, "", **look) for _ in bands]
    (pointer,) = ax.plot([], [], color=style.INK, marker="<", markevery=[0], lw=2)
    for artist in (*bands, *texts, pointer):
        artist.set_gid("sweep")

    def show(edges, names, b):
        ends = np.concatenate([[-SPAN], edges, [SPAN]])
        for k, (band, text) in enumerate(zip(bands, texts, strict=True)):
            is_there = k < len(names)
            low, high = ends[k : k + 2] if is_there else (0, 0)
            band.set(y=low, height=high - low, ec=style.MUTED)
            band.set_facecolor(FULL if low <= b < high else PALE)
            text.set_y((low + high) / 2)
            text.set_text(names[k] if is_there else "")
        pointer.set_data([0.7 * most, most], [b, b])

    return show


def _walk(ax):
    """Lay out three weights, and what marks a return."""
    kinds = (("$w_1$", style.BLUE), ("$w_2$", style.ORANGE), ("$b$", style.GREEN))
    looks = zip(kinds, style.DASHES, style.MARKERS, strict=False)
    lines = [
        ax.plot([], [], color=colour, ls=dash, marker=mark, ms=3, label=label)[0]
        for (label, colour), dash, mark in looks
    ]
    (same,) = ax.plot([], [], color=style.RED, lw=1.2, ls=":")
    note = ax.text(1, 0.3 - SPAN, "", fontsize=9, va="bottom")
    for artist in (*lines, same, note):
        artist.set_gid("walk")
    ax.legend(loc="upper center", ncols=3, handlelength=2.2, columnspacing=1)

    def show(path, returned):
        for line, values in zip(lines, path.T, strict=True):
            line.set_data(np.arange(len(values)), values)
        ends = returned or ()
        upright = [(k, y) for k in ends for y in (1.2 - SPAN, SPAN - 1.5, np.nan)]
        same.set_data(*np.array(upright).reshape(-1, 2).T)
        note.set_text(
            "the same after {} and {}: for ever".format(*ends) if ends else ""
        )

    return show
