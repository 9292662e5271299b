"""A map of attention: a row for each query, a column for each key."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

SHARES = LinearSegmentedColormap.from_list(
    "shares", [(0.0, (0.04, 0.41, 0.68, 0.03)), (1.0, (0.04, 0.41, 0.68, 0.95))]
)


def shares(ax, size, title):
    """Lay out a map (size, size) of shares in [0, 1]; return what fills it.

    The colour follows the root of the share, so that small ones can be seen.
    """
    image = ax.imshow(
        np.zeros((size, size)),
        vmin=0,
        vmax=1,
        cmap=SHARES,
        extent=(0, size, size, 0),
        interpolation="nearest",
        aspect="auto",
    )
    ax.set(xlim=(0, size), ylim=(size, 0), title=title)
    ax.set(xlabel="key", ylabel="query")
    ax.tick_params(length=0)
    ax.grid(visible=False)

    def fill(weights):
        image.set_data(np.sqrt(np.nan_to_num(weights)))

    return fill


def letters(ax, text):
    """Write the characters of a text along both axes; a space becomes ␣."""
    places, marks = np.arange(len(text)) + 0.5, list(text.replace(" ", "␣"))
    ax.set_xticks(places, marks)
    ax.set_yticks(places, marks)
