"""What a canvas must know before the first frame: size, cuts and dark theme."""

from matplotlib.colors import to_rgb

from nb_lib.draw import style


def canvas_setup(painter):
    """Return the set-up of a ``NbScreen`` in paint.js for one painter."""
    width, height = painter.size
    return {
        "width": width,
        "height": height,
        "cuts": painter.cuts(),
        "dark": _dark_table(),
    }


def _dark_table():
    """Map each colour of the palette, as one number, to its colour on a dark page."""
    return {
        str(int(light[1:], 16)): [round(255 * c) for c in to_rgb(dark)]
        for light, dark in style.DARK.items()
    }
