"""Trials of settings: accuracy against the one setting that was varied."""

import numpy as np

from nb_lib.draw import style


def accuracies(ax, values, series, *, n, setting, title):
    """Draw shares in [0, 1] in per cent against values > 0 on a log axis.

    ``series`` maps the label of a line to its shares, one for each of ``values``. Bars
    show one standard error √(a (1 - a) / n) for n images. An empty label goes without
    legend.
    """
    values = np.asarray(values, float)
    for index, (label, shares) in enumerate(series.items()):
        shares = np.asarray(shares)
        error = 100 * np.sqrt(shares * (1 - shares) / n)
        look = {
            "color": style.SERIES[index],
            "ls": style.DASHES[index],
            "marker": style.MARKERS[index],
        }
        ax.errorbar(values, 100 * shares, yerr=error, capsize=3, label=label, **look)
    ax.set(xscale="log", xlabel=setting, ylabel="per cent right", title=title)
    ax.set(xticks=values, xticklabels=[f"{v:g}" for v in values])
    ax.minorticks_off()
    if all(series):
        ax.legend(loc="lower center")
