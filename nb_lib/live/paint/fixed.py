"""The part of axes that stands still, drawn again only when a frame changed it.

Frames often set limits, labels and titles again to what they were, so these are
compared by value. Of all else matplotlib's own mark counts: it calls an artist stale
from any change until it is drawn.
"""

MEMORY = 30  # drawings that are remembered; to make one takes as long as ten lines


class Fixed:
    """Frame, ticks, labels and legend of one axes as words under and over the data."""

    def __init__(self, ax, renderer):
        self.ax, self.renderer = ax, renderer
        self.under = self.over = None  # the words
        self.values, self.tops, self.parts = None, [], []  # as they were drawn
        self.watched = [ax, *_texts(ax)]  # stale when a value may have changed
        self.remembered = {}  # values -> words under and over, as axes often come back

    def update(self):
        """Draw again if something changed since the last time; say whether it did."""
        tops = _tops(self.ax)
        for artist in tops:
            artist.set_animated(True)  # the mark by which matplotlib leaves it out
        is_restyled = any(part.stale for part in self.parts)
        is_touched = any(artist.stale for artist in self.watched)
        if not (is_restyled or is_touched or tops != self.tops):
            return False
        _freshen(self.watched)
        values = self._values(tops)
        if is_restyled:
            self.remembered.clear()
        elif values == self.values:
            return False
        if values not in self.remembered:
            if len(self.remembered) == MEMORY:
                self.remembered.clear()
            self.remembered[values] = self._draw(tops)
        self.under, self.over = self.remembered[values]
        self.tops, self.values = tops, self._values(tops)  # drawing may move a title
        return True

    def _values(self, tops):
        return *values(self.ax), *tops

    def _draw(self, tops):
        self.ax.draw(self.renderer)
        under = self.renderer.take()
        for artist in tops if self.ax.get_visible() else ():
            artist.draw(self.renderer)
        self.parts = parts(self.ax)
        _freshen([*self.watched, *self.parts])
        return under, self.renderer.take()


def moving(ax):
    """Return what moves: all that was put on the axes, in the order of drawing."""
    fixed = {ax.patch, ax.xaxis, ax.yaxis, *ax.spines.values(), ax.get_legend(),
             *_titles(ax), *ax.child_axes}  # fmt: skip
    return sorted(
        (artist for artist in ax.get_children() if artist not in fixed),
        key=lambda artist: artist.zorder,
    )


def parts(ax):
    """Return the artists whose marks count; new ones come by drawing alone."""
    found = [ax.patch, *ax.spines.values()]
    for axis in (ax.xaxis, ax.yaxis):
        found += [axis.offsetText]
        for tick in (*axis.majorTicks, *axis.minorTicks):
            found += tick.get_children()
    if ax.get_legend():
        found += ax.get_legend().findobj()
    for child in ax.child_axes:
        found += [child, *_texts(child), *parts(child)]
    return found


def values(ax):
    """Return all of the axes that a frame may well set again to what it was."""
    return (
        ax.get_visible(), ax.axison, ax.get_frame_on(), tuple(ax.bbox.extents),
        *(_values_of(text) for text in _texts(ax)),
        *(_values_along(axis) for axis in (ax.xaxis, ax.yaxis)),
    )  # fmt: skip


def _freshen(artists):
    for artist in artists:
        artist.stale = False


def _tops(ax):
    """Return what stands still over the data: the frame of the axes and the legend."""
    frame = ax.spines.values() if ax.axison and ax.get_frame_on() else ()
    return [*frame, *filter(None, [ax.get_legend()])]


def _titles(ax):
    return ax.title, ax._left_title, ax._right_title


def _texts(ax):
    return *_titles(ax), ax.xaxis.label, ax.yaxis.label


def _values_of(text):
    return (
        text.get_text(), text.get_visible(), str(text.get_color()), text.get_alpha(),
        hash(text.get_fontproperties()), text.get_position(), text.get_rotation(),
        text.get_horizontalalignment(), text.get_verticalalignment(),
    )  # fmt: skip


def _values_along(axis):
    return (
        *axis.get_view_interval(), axis.get_scale(), axis.labelpad, axis.get_visible(),
        axis.get_major_locator(), axis.get_major_formatter(),
        axis.get_minor_locator(), axis.get_minor_formatter(),
    )  # fmt: skip
