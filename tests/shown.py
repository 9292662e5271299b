"""An explorer's figure, laid out once: to lay it out takes longer than all else."""

from functools import cache

from matplotlib.backends.backend_agg import FigureCanvasAgg

from nb_lib.draw import style
from nb_lib.draw.rc import MATPLOTLIB
from nb_lib.explore import EXPLORERS
from nb_lib.live.paint.painter import lay_out


@cache
def figure_and_show(id):
    figure, show = lay_out(EXPLORERS[id].picture, EXPLORERS[id].size)
    FigureCanvasAgg(figure)
    return figure, show


def shown(explorer, frame):
    """Return the figure of a frame: the same one each time, as in a live picture.

    What is to be compared with another frame is therefore read before that is shown.
    """
    figure, show = figure_and_show(explorer.id)
    with MATPLOTLIB, style.context():
        show(frame)
    return figure
