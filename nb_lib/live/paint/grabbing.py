"""Which axes of a picture a reader may grab, and where they lie in pixels."""

_MARK = "grab "


def grab_on(ax, name):
    """Mark the axes over which the control of this name lies."""
    ax.set_gid(_MARK + name)


def grabbed_axes(painter):
    """Map the name of each control to its axes: their box and limits.

    ``box`` is (left, top, right, bottom) in pixels from the upper left corner, ``x``
    and ``y`` are the numbers at its ends. The limits are fixed and the axes linear.
    """
    _, height = painter.size
    found = {}
    for ax in painter.figure.axes:
        if str(ax.get_gid()).startswith(_MARK):
            x, y = (sorted(map(float, ends)) for ends in (ax.get_xlim(), ax.get_ylim()))
            ends = ax.transData.transform([(x[0], y[1]), (x[1], y[0])])
            (left, top), (right, bottom) = ends.tolist()
            box = [left, height - top, right, height - bottom]
            name = ax.get_gid().removeprefix(_MARK)
            found[name] = {"box": box, "x": x, "y": y}
    return found
