"""Figures for the notebooks: one look, the same bytes each time, always with words."""

import base64
from html import escape

import matplotlib as mpl
import numpy as np
from IPython import get_ipython
from IPython.display import display
from matplotlib.figure import Figure

from nb_lib.draw.png import png

DPI = 104
SHORTEST_ALT = 20  # characters


def setup():
    """Prepare a notebook: the book's figure style, four digits in printed arrays.

    Safe to call again and outside a notebook; nothing it does is random.
    """
    style_figures()
    mpl.rcParams["figure.dpi"] = DPI
    np.set_printoptions(precision=4, linewidth=88)
    shell = get_ipython()
    if shell is not None:
        shell.display_formatter.formatters["image/png"].for_type(Figure, tight_png)


def style_figures():
    """Take over the palette and fonts of ``nb_lib.draw``."""
    from nb_lib.draw import style

    style.apply()


def tight_png(figure):
    """Render a Figure as the small PNG bytes that notebooks keep."""
    return png(figure, dpi=DPI, tight=True, optimise=True)


def show(figure, *, alt=None, caption=None):
    """Display a matplotlib Figure as one HTML figure with alt text.

    ``alt`` states the message of the figure for those who cannot see it; ``caption``
    stands below it. Raises ValueError where alt is missing or too short to say it.
    """
    alt = " ".join((alt or "").split())
    if len(alt) < SHORTEST_ALT or " " not in alt:
        raise ValueError(
            "show wants alt text that states the figure's message in a sentence, "
            f"got {alt!r}."
        )
    if not isinstance(figure, Figure):
        kind = type(figure).__name__
        raise TypeError(f"show wants a matplotlib Figure, got a {kind}.")
    data = {
        "text/html": html(tight_png(figure), alt, caption),
        "text/plain": f"Figure: {alt}",
    }
    display(data, raw=True)


def html(image, alt, caption=None):
    """Write the figure element that holds the PNG bytes."""
    data = base64.b64encode(image).decode("ascii")
    words = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return (
        '<figure style="margin:0.5em 0">'
        f'<img src="data:image/png;base64,{data}" alt="{escape(alt)}" '
        f'style="max-width:100%;height:auto">{words}</figure>'
    )
