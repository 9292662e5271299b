"""From a declared picture to bytes: what stands still and what moves."""

import threading

import numpy as np
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from nb_lib.draw import style
from nb_lib.live.paint.displaylist import SPLIT, ListCanvas
from nb_lib.live.paint.encode import Unsupported

DPI = 100
MEMORY = 100  # looks of axes that are remembered; one takes as long as ten lines
MATPLOTLIB = threading.RLock()  # matplotlib is not thread-safe: one painter at a time


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
        self.drawn = {}  # axes -> (signature, words under the data, words over it)
        self.looks = {}  # (axes, signature) -> both, as axes often come back
        self.kept = {}  # artist -> its words, as long as nothing about it changes
        self.still = b""
        self.paint(None)  # what cannot be drawn raises here, when it is declared

    def paint(self, frame):
        """Show the frame (None: nothing yet) and return its bytes."""
        # What is made or drawn now looks like the rest; overflow is data, no warning.
        with MATPLOTLIB, style.context(), np.errstate(all="ignore"):
            if frame is not None:
                self.show(frame)
            data = {ax: _data_artists(ax) for ax in self.figure.axes}
            changed = [
                ax for ax, artists in data.items() if self._draw_still(ax, artists)
            ]
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

    def _draw_still(self, ax, data):
        """Redraw the fixed part of one axes if it changed; say whether it did."""
        over = _over(ax)
        for artist in (*data, *over):
            artist.set_animated(True)  # the mark by which matplotlib leaves it out
        signature = _signature(ax)
        if ax in self.drawn and self.drawn[ax][0] == signature:
            return False
        if (ax, signature) not in self.looks:
            if len(self.looks) == MEMORY:
                self.looks.clear()
            self.looks[ax, signature] = self._look(ax, over)
        self.drawn[ax] = (signature, *self.looks[ax, signature])
        return True

    def _look(self, ax, over):
        """Draw the fixed part of one axes: what is under the data, and what over it."""
        ax.draw(self.renderer)
        under = self.renderer.take()
        for artist in over if ax.get_visible() else ():
            artist.draw(self.renderer)
        return under, self.renderer.take()

    def _assemble(self):
        under = [self.drawn[ax][1] for ax in self.figure.axes]
        over = [self.drawn[ax][2] for ax in self.figure.axes]
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


def _data_artists(ax):
    """What moves: all that was put on the axes, in the order of drawing."""
    fixed = {ax.patch, ax.xaxis, ax.yaxis, *ax.spines.values(), ax.get_legend(),
             ax.title, ax._left_title, ax._right_title, *ax.child_axes}  # fmt: skip
    return sorted(
        (artist for artist in ax.get_children() if artist not in fixed),
        key=lambda artist: artist.zorder,
    )


def _over(ax):
    """What stands still over the data: the frame of the axes and the legend."""
    frame = ax.spines.values() if ax.axison and ax.get_frame_on() else ()
    return [*frame, *filter(None, [ax.get_legend()])]


def _signature(ax):
    """All that the fixed part of an axes depends on and a frame may change."""
    legend = ax.get_legend()
    entries = [t.get_text() for t in legend.get_texts()] if legend else []
    return (
        ax.get_visible(), ax.axison, ax.get_frame_on(), ax.get_xlim(), ax.get_ylim(),
        ax.get_xscale(), ax.get_yscale(), ax.get_xlabel(), ax.get_ylabel(),
        *(ax.get_title(loc) for loc in ("left", "center", "right")),
        *entries, legend is not None and legend.get_visible(),
        ax.xaxis.get_major_locator(), ax.yaxis.get_major_locator(),
        ax.xaxis.get_major_formatter(), ax.yaxis.get_major_formatter(),
    )  # fmt: skip
