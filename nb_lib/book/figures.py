"""Figures for the notebooks: one look, the same bytes each time, always with words."""

import base64
from html import escape

import matplotlib as mpl
import numpy as np
from IPython import get_ipython
from IPython.display import display
from matplotlib.figure import Figure

from nb_lib.draw import dark
from nb_lib.draw.png import png

DPI = 104
SHORTEST_ALT = 20  # characters
GREY = 0.1  # how far apart the channels of a grey may lie, of 1
STYLE = dark.turned(".nb-drawing img")
CAPTION = "margin:.3em 0 0;max-width:46em;font-size:.92em;line-height:1.45"


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
    page = html(tight_png(figure), alt, caption, is_drawing=not has_grey_image(figure))
    data = {"text/html": page, "text/plain": f"Figure: {alt}"}
    display(data, raw=True)


def has_grey_image(figure):
    """Whether it shows images in shades of grey, such as digits: not to be inverted."""
    images = (image for ax in figure.axes for image in ax.images)
    shades = (image.get_cmap()([0.0, 0.5, 1.0])[:, :3] for image in images)
    return any(np.ptp(colours, axis=1).max() < GREY for colours in shades)


def html(image, alt, caption=None, *, is_drawing=True):
    """Write the figure element that holds the PNG bytes.

    A drawing turns its paper dark on dark pages; photographs and digits stay.
    """
    data = base64.b64encode(image).decode("ascii")
    words = (
        f'<figcaption style="{CAPTION}">{escape(caption)}</figcaption>'
        if caption
        else ""
    )
    kind = "nb-figure nb-drawing" if is_drawing else "nb-figure"
    return (
        f'{STYLE}<figure class="{kind}" style="margin:0.5em 0">'
        f'<img src="data:image/png;base64,{data}" alt="{escape(alt)}" '
        f'style="max-width:100%;height:auto">{words}</figure>'
    )
