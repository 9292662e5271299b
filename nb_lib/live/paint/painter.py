"""From a declared picture to bytes: what stands still and what moves."""

from itertools import chain

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from nb_lib.draw import style
from nb_lib.draw.rc import MATPLOTLIB
from nb_lib.live.paint.displaylist import SPLIT, ListCanvas
from nb_lib.live.paint.encode import Unsupported
from nb_lib.live.paint.fixed import Fixed, moving

DPI = 100


def lay_out(picture, size):
    """Build the figure of a picture once, without a frame; return it with ``show``.

    The layout is settled here and then frozen, so that no later number, however
    long, can make the axes jump.
    """
    with MATPLOTLIB, style.context():
        figure = Figure(figsize=size, dpi=DPI, layout="constrained")
        ListCanvas(figure)
        show = picture(figure)
        if any(ax.get_subplotspec() for ax in figure.axes):
            figure.get_layout_engine().execute(figure)
        figure.set_layout_engine("none")
        for ax in figure.axes:
            ax.autoscale(False)
            if any(child.has_data() for child in ax.child_axes):
                raise Unsupported("a picture cannot hold axes within axes")
        if figure.subfigs:
            raise Unsupported("a picture cannot hold figures within the figure")
    return figure, show


class Painter:
    """One figure, painted frame by frame as display lists.

    ``paint(frame)`` returns the bytes of what moves, the data; ``still`` holds those
    of axes, ticks, labels and legends, drawn again only when they change.
    """

    def __init__(self, picture, size):
        self.figure, self.show = lay_out(picture, size)
        self.renderer = self.figure.canvas.get_renderer()
        self.fixed = {ax: Fixed(ax, self.renderer) for ax in self.figure.axes}
        self.kept = {}  # artist -> its words, as long as nothing about it changes
        self.still = b""
        self.paint(None)  # what cannot be drawn raises here, before it is shown

    def paint(self, frame):
        """Show the frame (None: nothing yet) and return its bytes."""
        # What is made or drawn now looks like the rest; overflow is data, no warning.
        with MATPLOTLIB, style.context(), np.errstate(all="ignore"):
            if frame is not None:
                self.show(frame)
            self._accept()
            data = {ax: moving(ax) for ax in self.fixed}
            for artist in chain(*data.values()):
                artist.set_animated(True)  # the mark by which matplotlib leaves it out
            changed = [ax for ax, fixed in self.fixed.items() if fixed.update()]
            if changed or not self.still:
                self.still = self._assemble()
            return self._draw_moving(data, changed).tobytes()

    @property
    def size(self):
        """Width and height in pixels, as the display list counts them."""
        return self.renderer.get_canvas_width_height()

    def cuts(self):
        """Return where the picture may be cut into columns on a narrow screen."""
        with MATPLOTLIB, style.context():
            boxes = sorted(tuple(ax.get_tightbbox(self.renderer).intervalx)
                           for ax in self.figure.axes if ax.get_visible())  # fmt: skip
        cuts, edge = [0], boxes[0][1] if boxes else 0
        for left, right in boxes:
            if left > edge:
                cuts.append(round((left + edge) / 2))
            edge = max(edge, right)
        return [*cuts, self.size[0]]

    def _accept(self):
        if self.figure.axes != list(self.fixed):
            raise Unsupported("a picture wants all its axes before the first frame")
        if self.figure.get_facecolor() != to_rgba(style.PAPER):
            raise Unsupported("a picture cannot colour the paper: the page does")

    def _assemble(self):
        under = [fixed.under for fixed in self.fixed.values()]
        over = [fixed.over for fixed in self.fixed.values()]
        return np.concatenate([*under, [SPLIT], *over]).astype(np.int16).tobytes()

    def _draw_moving(self, data, changed):
        for artist in self.figure.get_children():
            if artist is not self.figure.patch and artist not in self.figure.axes:
                artist.draw(self.renderer)
        words, kept = [self.renderer.take()], self.kept
        self.kept = {}
        for ax in sorted(self.figure.axes, key=lambda ax: ax.zorder):
            if not ax.get_visible():
                continue
            for artist in data[ax]:
                if not artist.get_visible():
                    continue
                if ax in changed or artist.stale or artist not in kept:
                    kept[artist] = self._draw(artist)
                self.kept[artist] = kept[artist]
                words.append(kept[artist])
        return np.concatenate(words)

    def _draw(self, artist):
        """Draw one artist and return its words; matplotlib marks it when it changes."""
        if isinstance(artist, AxesImage):
            self.renderer.draw_axes_image(artist)
        else:
            artist.draw(self.renderer)
        artist.stale = False
        return self.renderer.take()
