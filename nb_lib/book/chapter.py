"""The chapter as cards: one for each section, with a look at its explorer."""

import base64
from html import escape

from matplotlib.transforms import Bbox

from nb_lib.book import rooms
from nb_lib.book.theme import style_sheet
from nb_lib.draw import dark
from nb_lib.draw.png import png

DPI = 150  # a panel is two or three inches wide, a card 260 pixels
RATIO = 1.6  # width to height of a picture
STYLE = """\
.nb-cards{display:grid;gap:1em;grid-template-columns:repeat(auto-fill,minmax(14em,1fr))}
.nb-cards .nb-card.nb-card{position:relative;padding:0;overflow:hidden;line-height:1.35}
.nb-cards .nb-card:has(a:hover){border-color:var(--nb-ink)}
.nb-cards .nb-card:has(a:focus-visible){outline:3px solid var(--nb-number)}
.nb-cards img{display:block;width:100%;aspect-ratio:1.6;object-fit:cover;margin:0}
.nb-cards img.nb-whole{object-fit:contain;background:#fff;box-sizing:border-box}
.nb-cards img.nb-whole{padding:.6em}
.nb-cards .nb-card p{margin:.7em .9em}
.nb-cards a{color:inherit;font-weight:600;text-decoration:none;outline:0}
.nb-cards a::after{content:"";position:absolute;inset:0}
.nb-cards .nb-coming{border-style:dashed}
.nb-cards .nb-coming p{color:var(--nb-muted)}
"""
DARK = dark.turned(".nb-cards img")


class Chapter:
    """The sections of the chapter in their order; those to come have no link."""

    def __init__(self):
        self.sections = tuple(rooms.sections().values())

    def __repr__(self):
        return "\n".join(
            f"{s.number} {s.title}" + ("" if s.is_written else " (coming)")
            for s in self.sections
        )

    def _repr_html_(self):
        cards = "".join(map(card, self.sections))
        sheet = f"{style_sheet()}<style>\n{STYLE}</style>{DARK}"
        return f'{sheet}<div class="nb-cards" role="list">{cards}</div>'


def card(section):
    """Write one card: picture, number and title, and what a reader can do afterwards.

    The link's own words are the title; its face covers the card.
    """
    words = f"{section.number} {escape(section.title)}"
    after = escape(section.afterwards)
    after = f"<p>{after[:1].upper()}{after[1:]}.</p>"
    if not section.is_written:
        head = f"<p>{words} · <em>coming</em></p>"
        return f'<div class="nb-card nb-coming" role="listitem">{head}{after}</div>'
    link = f'<p><a href="{section.notebook}.ipynb">{words}</a></p>'
    first = next(iter(section.explorers), None)
    look = glance(section.explorer(first), section.number) if first else ""
    return f'<div class="nb-card" role="listitem">{look}{link}{after}</div>'


def glance(explorer, number):
    """Show the first panel of an explorer's still, without its ticks and labels.

    The middle of a plot is enough, without the words that the edge would cut; a
    drawing, which has no axes, is shown whole.
    """
    figure = explorer.still()
    panel = figure.axes[0]
    box = panel.get_window_extent()
    box, fit = (cut(box), "") if panel.axison else (box, ' class="nb-whole"')
    if panel.axison:
        hide_cut_words(panel, box)
    box = box.transformed(figure.dpi_scale_trans.inverted())
    data = base64.b64encode(png(figure, dpi=DPI, box=box, optimise=True)).decode()
    alt = escape(f"A look at the explorer of section {number}, {explorer.title}.")
    return f'<img src="data:image/png;base64,{data}"{fit} alt="{alt}">'


def hide_cut_words(panel, box):
    """Hide the legend and the texts of a panel that do not lie whole within a box."""
    for words in filter(None, [panel.get_legend(), *panel.texts]):
        extent = words.get_window_extent()
        is_whole = box.containsx(extent.x0) and box.containsx(extent.x1)
        is_whole &= box.containsy(extent.y0) and box.containsy(extent.y1)
        words.set_visible(words.get_visible() and is_whole)


def cut(box):
    """Cut a box to the shape of a card's picture, about its middle."""
    width = min(box.width, RATIO * box.height)
    height = width / RATIO
    x, y = (box.x0 + box.x1 - width) / 2, (box.y0 + box.y1 - height) / 2
    return Bbox.from_bounds(x, y, width, height)
