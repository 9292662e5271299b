"""What a canvas must know before the first frame: size, cuts, dark theme, grabs."""

from matplotlib.colors import to_rgb

from nb_lib.draw import style
from nb_lib.draw.rc import MATPLOTLIB
from nb_lib.live.paint.grabbing import grabbed_axes


def canvas_setup(painter):
    """Return the set-up of a ``NbScreen`` in paint.js for one painter."""
    width, height = painter.size
    grabs = grabbed_axes(painter)
    setup = {
        "width": width,
        "height": height,
        "cuts": painter.cuts(),
        "panels": _panels(painter),
        "dark": _dark_table(),
    }
    return setup | {"grabs": grabs} if grabs else setup


def _panels(painter):
    """Return the box of each panel with axes, words included: left, top, right, bottom.

    What has no axes holds words and boxes: nothing that could be compared with a curve.
    """
    _, height = painter.size
    with MATPLOTLIB, style.context():
        boxes = [
            ax.get_tightbbox(painter.renderer)
            for ax in painter.figure.axes
            if ax.get_visible() and ax.axison
        ]
    return [[b.x0, height - b.y1, b.x1, height - b.y0] for b in boxes]


def _dark_table():
    """Map each colour of the palette, as one number, to its colour on a dark page."""
    return {
        str(int(light[1:], 16)): [round(255 * c) for c in to_rgb(dark)]
        for light, dark in style.DARK.items()
    }
