"""Whether what a figure draws stands out from the paper, in both themes."""

from contrast import LINES, TEXT, contrast
from matplotlib.colors import to_hex
from matplotlib.text import Text

from nb_lib.draw import style


def weaker(colour, alpha=None):
    """Return the contrast in that theme in which it is the smaller."""
    dark = style.DARK.get(to_hex(colour), colour)
    papers = style.PAPER, style.DARK[style.PAPER]
    pairs = zip((colour, dark), papers, strict=True)
    return min(contrast(ink, paper, alpha=alpha) for ink, paper in pairs)


def strokes(line):
    """List the colours of a line and of its markers: one of them must stand out."""
    marks = [line.get_markerfacecolor(), line.get_markeredgecolor()]
    has_marks = line.get_marker() not in (None, "None", "")
    return [line.get_color()] * (line.get_linestyle() != "None") + marks * has_marks


def stands_out(line):
    """Say whether a line stands out by one of its colours; the grid need not."""
    alpha, inks = line.get_alpha(), strokes(line)
    return style.GRID in inks or max(weaker(ink, alpha) for ink in inks) >= LINES


def faint(axes):
    """List the lines, bars and words of a figure's axes that do not stand out."""
    lines = [line for ax in axes for line in ax.lines]
    bars = [bar for ax in axes for bars in ax.containers for bar in bars]
    colours = {bar.get_facecolor() for bar in bars}
    words = {t for ax in axes for t in ax.findobj(Text) if t.get_text().strip()}
    assert lines
    assert words
    return [
        *(line for line in lines if not stands_out(line)),
        *(f"bars {c}" for c in colours if weaker(c[:3], c[3]) < LINES),
        *(t.get_text() for t in words if weaker(t.get_color()) < TEXT),
    ]
