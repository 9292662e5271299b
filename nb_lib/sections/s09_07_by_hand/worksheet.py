"""The ledger on paper: two A4 pages, one for each epoch, filled in or blank.

Lengths are in points, with the origin in the upper left corner of the page.
"""

import hashlib
from fractions import Fraction
from pathlib import Path

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from nb_lib.draw import style
from nb_lib.sections.s09_07_by_hand import diagrams, ledger, tables
from nb_lib.sections.s09_07_by_hand.numerals import numeral

A4 = (595.276, 841.89)
MARGIN, ROW = 45, 25.5
SIZE, SMALL = 9.5, 8  # points of the numbers, and of what explains them
SLOPES = {
    "sigmoid": "f(z) = 1 / (1 + e⁻ᶻ), with the slope f′ = h (1 − h)",
    "relu": "f(z) = max(0, z), with the slope f′ = 1 where h > 0, else 0",
}


def pages(activation="sigmoid", *, is_blank=False):
    """Return both pages as figures; with ReLU the numbers are fractions."""
    kind = Fraction if activation == "relu" else float
    epochs = ledger.epochs(activation=activation, count=3, kind=kind)
    last = epochs[2].loss
    return [
        page_of(n, epochs[n], activation, kind, last if n else None, is_blank)
        for n in (0, 1)
    ]


def page_of(n, epoch, activation, kind, last, is_blank):
    """Draw one page: the network, then five tables."""
    with style.context():
        figure = Figure(figsize=(A4[0] / 72, A4[1] / 72))
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set(xlim=(0, A4[0]), ylim=(A4[1], 0))
        ax.axis("off")
        ax.text(MARGIN, 52, f"Backpropagation by hand, epoch {n + 1}", size=15)
        words = f"{SLOPES[activation]}.  Here ∂v₁ is short for ∂L/∂v₁."
        ax.text(MARGIN, 72, words, size=SIZE, color=style.MUTED)
        diagrams.names(figure.add_axes((0.2, 0.755, 0.6, 0.15)))
        paper = Paper(ax, is_blank)
        paper.table(222, tables.forward_table(epoch, kind))
        paper.table(344, tables.delta_table(epoch))
        rate = kind(ledger.RATE)
        paper.table(466, tables.parameter_table(epoch, rate, is_first=n == 0))
        paper.line(752, f"Loss before the step, {loss_rule()}", numeral(epoch.loss))
        if last is not None:
            words = "Loss after both epochs, from one more forward pass"
            paper.line(782, words, numeral(float(last)))
    return figure


def loss_rule():
    """Write the loss of both examples."""
    return "½ (y − t)² of A + ½ (y − t)² of B"


class Paper:
    """A page to write on: tables with given cells and cells to fill in."""

    def __init__(self, ax, is_blank):
        self.ax, self.is_blank = ax, is_blank

    def say(self, x, y, words, *, size=SIZE, **how):
        self.ax.text(x, y, words, size=size, va="center", **how)

    def table(self, top, table):
        """Draw a table; on a blank page only the given cells are filled."""
        scale = (A4[0] - 2 * MARGIN) / sum(table.widths)
        ends = [
            MARGIN + scale * sum(table.widths[:n]) for n in range(len(table.heads) + 1)
        ]
        middles = [(a + b) / 2 for a, b in zip(ends, ends[1:], strict=False)]
        self.say(MARGIN, top - 12, table.title, weight="bold")
        for x, (head, rule) in zip(middles, table.heads, strict=True):
            self.say(x, top + 8, head, ha="center", color=style.BLUE)
            self.say(x, top + 21, rule, ha="center", size=SMALL, color=style.MUTED)
        first = top + (30 if any(rule for _, rule in table.heads) else 18)
        for n, row in enumerate(table.rows):
            shown = row[: table.given] if self.is_blank else row
            for x, words in zip(middles, shown, strict=False):
                self.say(x, first + (n + 0.5) * ROW, words, ha="center")
        self.lines(ends, [first + n * ROW for n in range(len(table.rows) + 1)])

    def lines(self, x, y):
        """Rule the page at these places."""
        for level in y:
            self.rule([x[0], x[-1]], [level] * 2)
        for place in x:
            self.rule([place] * 2, [y[0], y[-1]])

    def rule(self, x, y):
        self.ax.plot(x, y, color=style.MUTED, lw=0.5)

    def line(self, y, words, number):
        """Write a sentence with one number at its end."""
        self.say(MARGIN, y, words)
        x = A4[0] - MARGIN - 110
        self.rule([x, x + 110], [y + 9] * 2)
        if not self.is_blank:
            self.say(x + 55, y, number, ha="center")


def words_of(figures):
    """Return all that is written on the pages."""
    return [t.get_text() for f in figures for ax in f.axes for t in ax.texts]


def digest(figures):
    """Name what is written on the pages by a short number."""
    return hashlib.sha256("\n".join(words_of(figures)).encode()).hexdigest()[:16]


def file_name(activation, is_blank):
    """Name the file of one worksheet."""
    return f"09_07_ledger_{activation}{'_blank' if is_blank else ''}.pdf"


def write(path, figures):
    """Write the pages to one file; equal pages give equal files."""
    about = {"CreationDate": None, "Title": "Backpropagation by hand"}
    with PdfPages(path, metadata={**about, "Keywords": digest(figures)}) as pdf:
        for figure in figures:
            pdf.savefig(figure)


def write_all(folder):
    """Write all four worksheets; return their paths."""
    paths = []
    for activation in SLOPES:
        for is_blank in (False, True):
            paths.append(Path(folder) / file_name(activation, is_blank))
            write(paths[-1], pages(activation, is_blank=is_blank))
    return paths
