"""How the loss forge looks: readings and lines, a loss and its pull, the tug of war."""

import numpy as np

from nb_lib import words
from nb_lib.draw import style
from nb_lib.draw.training import inside
from nb_lib.sections.s09_09_losses.forge import ERRORS, NAMES
from nb_lib.sections.s09_09_losses.spring import LOADS, WRONG

LOOKS = dict(zip(NAMES, zip(style.SERIES, style.DASHES, strict=False), strict=False))
REACH = {"mse": 38.0, "mae": 1.6, "huber": 5.4, "pinball": 1.2}  # of the pulls
LENGTHS, COSTS = ((-5.0, 35.0), (2.0, 30.0)), (-6.0, 12.0)
ENDS = np.array([0.0, 10.0])
PAD = 24  # of the titles: a legend has room below
EDGE = 5.8  # cm: where an error beyond the axis is marked


def picture(figure):
    """Lay out the readings, the curves of the loss, and the pulls."""
    axes = [figure.add_subplot(1, 3, place) for place in (1, 2, 3)]
    show_lines = lines(axes[0])
    show_curves = curves(axes[1])
    show_pulls = pulls(axes[2])

    def show(frame):
        show_lines(frame)
        show_curves(frame)
        show_pulls(frame)

    return show


def lines(ax):
    """Lay out the readings and a line for each loss, the chosen one thick."""
    drawn = {
        name: ax.plot([], [], color=colour, ls=dash, label=NAMES[name])[0]
        for name, (colour, dash) in LOOKS.items()
    }
    look = {"ls": "none", "mec": style.PAPER, "mew": 0.6, "zorder": 3}
    (dots,) = ax.plot([], [], "o", color=style.INK, ms=6, **look)
    (wrong,) = ax.plot([], [], "D", color=style.RED, ms=8, label="misread", **look)
    ax.set(xlim=(0, 10), ylim=LENGTHS[0], ylabel="reading (cm)")
    handles = [drawn["mse"], drawn["mae"], drawn["huber"], wrong, drawn["pinball"]]
    legend = ax.legend(handles=handles, loc="upper left", borderaxespad=0.2)
    last = legend.legend_handles[-1], legend.get_texts()[-1]  # pinball, seldom drawn
    ax.set_title("Nine readings, and their best fits", pad=PAD)
    xlabel = ax.set_xlabel("load (hundred grams)")

    def show(frame):
        others = np.arange(len(LOADS)) != WRONG
        dots.set_data(LOADS[others], frame.y[others])
        wrong.set_data(LOADS[WRONG : WRONG + 1], frame.y[WRONG : WRONG + 1])
        xlabel.set_text("load (hundred grams)" if frame.is_line else "reading")
        ax.set_ylim(*LENGTHS[0 if frame.is_line else 1])
        for part in last:
            part.set_visible("pinball" in frame.lines)
        for name, line in drawn.items():
            a, b = frame.lines.get(name, (np.nan, np.nan))
            line.set_data(ENDS, a + b * ENDS)
            line.set_linewidth(3.0 if name == frame.loss else 1.4)

    return show


def curves(ax):
    """Lay out the chosen loss and its pull against the error, with the readings."""
    (loss,) = ax.plot([], [], "-", color=style.BLUE, label="loss")
    (pull,) = ax.plot([], [], "--", color=style.ORANGE, label="pull")
    look = {"ls": "none", "mec": style.PAPER, "mew": 0.6, "zorder": 3}
    (dots,) = ax.plot([], [], "o", color=style.INK, ms=5, **look)
    (wrong,) = ax.plot([], [], "D", color=style.RED, ms=7, **look)
    beyond = ax.text(5.8, -5.6, "", ha="right", va="bottom", color=style.RED)
    ax.set(xlim=(ERRORS[0], ERRORS[-1]), ylim=COSTS, xlabel="error (cm)")
    above = {"loc": "lower left", "bbox_to_anchor": (-0.02, 1.0), "borderaxespad": 0.3}
    ax.legend(ncols=2, **above)
    title = ax.set_title("Loss", loc="left", pad=PAD)

    def show(frame):
        title.set_text(f"{NAMES[frame.loss]} and its pull")
        loss.set_data(ERRORS, frame.costs)
        pull.set_data(ERRORS, frame.slopes)
        others = np.arange(len(LOADS)) != WRONG
        dots.set_data(frame.errors[others], frame.pulls[others])
        e, strength = frame.errors[WRONG], frame.pulls[WRONG]
        wrong.set_data(inside([e], -EDGE, EDGE), inside([strength], *COSTS))
        is_out = abs(e) > ERRORS[-1] or strength > COSTS[1] or strength < COSTS[0]
        beyond.set_text(f"misread: {words.minus(f'{e:.1f}')} cm off" if is_out else "")

    return show


def pulls(ax):
    """Lay out a bar for the pull of each reading."""
    bars = ax.bar(LOADS, np.zeros(len(LOADS)), width=0.62, color=style.MUTED)
    bars[WRONG].set_color(style.RED)
    ax.axhline(0, color=style.INK, lw=0.9)
    number = ax.text(LOADS[WRONG], 0, "", ha="center", va="bottom")
    ax.set(xlim=(0.3, 9.7), xlabel="reading", ylabel="pull")
    ax.set_xticks(LOADS)
    ax.set_title("The pulls at the best fit", pad=PAD)

    def show(frame):
        reach = REACH[frame.loss]
        ax.set_ylim(-reach, reach)
        for bar, height in zip(bars, frame.pulls, strict=True):
            bar.set_height(height)
        top = frame.pulls[WRONG]
        number.set_text(words.minus(f"{top:.2f}"))
        number.set_position((LOADS[WRONG], max(top, 0.0) + 0.02 * reach))

    return show
