"""The schematics of 9.4: an error signal through three units, and a net of digits."""

from matplotlib.patches import Circle, FancyArrowPatch, Rectangle

from nb_lib.draw import style

UP, DOWN = 0.36, -0.42  # heights at which signals go up and errors come down


def chain(ax, *, slope="¼", sizes=("1/64", "1/16", "1/4", "1")):
    """Draw three sigmoid units in a row, and what each leaves of an error of 1."""
    for place, name in enumerate(("$z_1$", "$z_2$", "$z_3$", "output")):
        _node(ax, 2 * place, name, is_last=place == 3)
        ax.text(2 * place, -1.0, f"δ = {sizes[place]}", ha="center", color=style.ORANGE)
    for place in range(3):
        left, right = 2 * place + 0.4, 2 * place + 1.6
        _arrow(ax, (left, UP), (right, UP), style.BLUE)
        _arrow(ax, (right, DOWN), (left, DOWN), style.ORANGE)
        ax.text(2 * place + 1, UP + 0.13, "weight 1", ha="center", color=style.BLUE)
        words = f"× 1 × {slope}"
        ax.text(2 * place + 1, DOWN + 0.11, words, ha="center", color=style.ORANGE)
    _frame(ax, (-0.8, 6.8), (-1.25, 0.85))


def stack(ax, widths):
    """Draw a net as one bar a layer, with the two places where δ is measured."""
    last = len(widths) - 1
    for place, width in enumerate(widths):
        tall = 0.35 + 0.5 * (width / max(widths)) ** 0.4
        is_hidden = 0 < place < last
        look = {"fc": "none", "ec": style.BLUE if is_hidden else style.INK, "lw": 1.6}
        ax.add_patch(Rectangle((place - 0.16, -tall / 2), 0.32, tall, **look))
        ax.text(place, 0.5, f"{width}", ha="center")
        if is_hidden:
            ax.text(place, 0, "f", ha="center", va="center", color=style.BLUE)
        if place < last:
            _arrow(ax, (place + 0.18, 0.1), (place + 0.82, 0.1), style.BLUE)
        if 0 < place < last:
            _arrow(ax, (place + 0.82, -0.12), (place + 0.18, -0.12), style.ORANGE)
    for place, words in ((0, "pixels"), (last, "digits")):
        ax.text(place, 0.68, words, ha="center", color=style.MUTED)
    for place, words in ((1, "how much arrives here …"), (last, "… of the error here")):
        ax.text(place, -0.72, words, ha="center", color=style.ORANGE)
    _frame(ax, (-0.6, last + 1.0), (-0.85, 0.85))


def _node(ax, x, name, *, is_last):
    """Draw a unit with its slope in it, or the output as a square."""
    if is_last:
        ax.add_patch(Rectangle((x - 0.34, -0.34), 0.68, 0.68, fc="none", ec=style.INK))
        ax.text(x, 0, name, ha="center", va="center", fontsize=8.5)
        return
    ax.add_patch(Circle((x, 0), 0.34, fc="none", ec=style.INK))
    ax.text(x, 0, f"{name} = 0", ha="center", va="center", fontsize=8.5)
    ax.text(x, 0.5, "σ", ha="center", fontsize=12)


def _arrow(ax, start, end, colour):
    look = {"arrowstyle": "-|>", "mutation_scale": 11, "lw": 1.4, "shrinkA": 0}
    ax.add_patch(FancyArrowPatch(start, end, color=colour, shrinkB=0, **look))


def _frame(ax, x, y):
    ax.set(xlim=x, ylim=y, aspect="equal")
    ax.axis("off")
