"""An explorer's painter, laid out once: to lay it out takes longer than all else."""

from functools import cache

from nb_lib.draw import style
from nb_lib.draw.rc import MATPLOTLIB
from nb_lib.explore import EXPLORERS


@cache
def painter_of(id):
    """Return the one painter of an explorer, which is left as its last frame was."""
    return EXPLORERS[id].painter()


def shown(explorer, frame):
    """Return the figure of a frame: the same one each time, as in a live picture.

    What is to be compared with another frame is therefore read before that is shown.
    """
    painter = painter_of(explorer.id)
    with MATPLOTLIB, style.context():
        painter.show(frame)
    return painter.figure
