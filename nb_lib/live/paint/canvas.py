"""What a canvas must know before the first frame: size, cuts and dark theme."""

from matplotlib.colors import to_rgb

from nb_lib.draw import style
from nb_lib.draw.rc import MATPLOTLIB


def canvas_setup(painter):
    """Return the set-up of a ``NbScreen`` in paint.js for one painter."""
    width, height = painter.size
    return {
        "width": width,
        "height": height,
        "cuts": painter.cuts(),
        "panels": _panels(painter),
        "dark": _dark_table(),
    }


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
