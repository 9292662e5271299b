"""Panels of approximation: each lays out one axes and returns what updates it."""

import numpy as np
from matplotlib.ticker import NullLocator

from nb_lib.draw import style
from nb_lib.draw.training import inside

FAR = 1e3  # of the axes: what lies farther off is drawn there
WIDTHS = (2, 4, 8, 16, 32, 64, 128, 256)


def fit(ax, *, edge, reach):
    """Lay out f and a net, shaded outside [-edge, edge]; return ``update``.

    ``update(x, wanted, got, centres, limits)`` takes inputs x and both curves, each
    (N,), the inputs at which hidden units switch, and the limits of y. The axes span
    ``reach`` to either side.
    """
    for left, right in ((-reach, -edge), (edge, reach)):
        ax.axvspan(left, right, color=style.GRID, alpha=0.55, lw=0)
    (net,) = ax.plot([], [], color=style.BLUE, label="net")
    (target,) = ax.plot([], [], "--", color=style.ORANGE, lw=1.4, label="f")
    (units,) = ax.plot([], [], "|", color=style.PURPLE, ms=9, label="unit switches")
    ax.set_xticks(np.pi * np.arange(-2, 3), ["−2π", "−π", "0", "π", "2π"])
    ax.set(xlim=(-reach, reach), xlabel="x", ylabel="f(x) and the net")
    ax.set_title("The fit; shaded: outside the interval")
    ax.legend(loc="upper left", ncols=3, columnspacing=1.0, handlelength=1.6)

    def update(x, wanted, got, centres, limits):
        if tuple(ax.get_ylim()) != tuple(limits):
            ax.set_ylim(*limits)
        bottom, top = limits
        target.set_data(x, wanted)
        net.set_data(x, np.clip(got, -FAR, FAR))
        seen = centres[np.abs(centres) < reach]
        units.set_data(seen, np.full(len(seen), bottom + 0.17 * (top - bottom)))

    return update


def errors(ax, *, low, high, names):
    """Lay out greatest errors against width on log axes; return ``update``.

    ``update(curves, width, so_far, note)``: ``curves`` holds for each of ``names`` a
    pair (widths, errors); ``so_far`` are the errors of the present net of this width,
    the last one marked; ``note`` is a line of words.
    """
    looks = (
        {"color": style.GREEN, "marker": "^", "ms": 4},
        {"color": style.GOLD, "marker": "s", "ms": 3.5, "ls": "-."},
        {"color": style.RED, "ls": "--", "lw": 1.3},
    )
    lines = [
        ax.plot([], [], label=name, **look)[0]
        for name, look in zip(names, looks, strict=True)
    ]
    (past,) = ax.plot([], [], ":", color=style.BLUE, lw=1.6)
    (now,) = ax.plot([], [], "o", color=style.BLUE, ms=8, mfc="none", mew=2)
    now.set_label("this net")
    style.log_axis(ax, "x", low=1.7, high=310)
    style.log_axis(ax, "y", low=low, high=high)
    ax.set_xticks(WIDTHS, [str(width) for width in WIDTHS])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set(xlabel="width (hidden units)", ylabel="greatest error inside")
    ax.set_title("Error against width")
    words = ax.text(0.04, 0.83, "", transform=ax.transAxes, va="top")
    ax.legend(loc="upper right", ncols=2, columnspacing=0.8, handlelength=1.8)

    def update(curves, width, so_far, note):
        for line, (widths, values) in zip(lines, curves, strict=True):
            line.set_data(widths, inside(values, low, high))
        so_far = np.nan_to_num(np.asarray(so_far, float), nan=high)
        so_far = inside(so_far, low, high / 2)
        past.set_data(np.full(len(so_far), width), so_far)
        now.set_data([width], so_far[-1:])
        words.set_text(note)

    return update
