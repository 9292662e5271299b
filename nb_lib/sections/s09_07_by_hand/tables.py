"""The tables of the ledger: their rows for paper, and the same as HTML."""

from dataclasses import dataclass
from html import escape

from nb_lib.sections.s09_07_by_hand import ledger
from nb_lib.sections.s09_07_by_hand.numerals import numeral, plain, symbol

FORWARD = {
    "z1": "x₁w₁₁ + x₂w₂₁ + b₁", "z2": "x₁w₁₂ + x₂w₂₂ + b₂",
    "h1": "f(z₁)", "h2": "f(z₂)", "y": "h₁v₁ + h₂v₂ + c",
}  # fmt: skip
DELTAS = {
    "dy": "y − t", "dh1": "∂y · v₁", "dh2": "∂y · v₂",
    "dz1": "∂h₁ · f′(z₁)", "dz2": "∂h₂ · f′(z₂)",
}  # fmt: skip
RULES = {
    "w11": "x₁ · ∂z₁", "w12": "x₁ · ∂z₂", "w21": "x₂ · ∂z₁", "w22": "x₂ · ∂z₂",
    "b1": "∂z₁", "b2": "∂z₂", "v1": "h₁ · ∂y", "v2": "h₂ · ∂y", "c": "∂y",
}  # fmt: skip
STYLE = (
    "<style>.nb-ledger{overflow-x:auto}.nb-ledger td,.nb-ledger th{text-align:right;"
    "padding:.15em .7em;white-space:nowrap;font-variant-numeric:tabular-nums}"
    ".nb-ledger small{font-weight:400}"
    ".nb-ledger caption{caption-side:top;text-align:left}</style>"
)


@dataclass(frozen=True)
class Table:
    """A table: pairs (what a column holds, how it is computed) over rows of words.

    ``given`` cells of each row are there on a blank worksheet; ``widths`` are parts of
    the width of its page.
    """

    title: str
    heads: list
    rows: list
    given: int
    widths: tuple

    def __repr__(self):
        lines = [[head for head, _ in self.heads], *self.rows]
        text = ("  ".join(f"{cell:>11}" for cell in line) for line in lines)
        return "\n".join([self.title, *text])

    def _repr_html_(self):
        heads = "".join(
            f"<th>{escape(head)}<br><small>{escape(rule)}</small></th>"
            for head, rule in self.heads
        )
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        return (
            f'{STYLE}<div class="nb-ledger" role="region" tabindex="0" '
            f'aria-label="{escape(self.title)}"><table><caption>{escape(self.title)}'
            f"</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )


def forward_table(epoch, kind=float):
    """Tabulate the forward pass of both examples."""
    rows = []
    for name, (x, t) in ledger.examples(kind).items():
        cells = [numeral(epoch.forward[name][key]) for key in FORWARD]
        rows.append([name, *map(plain, x), plain(t), *cells])
    heads = [(head, "") for head in ("", "x₁", "x₂", "t")]
    heads += [(symbol(key), rule) for key, rule in FORWARD.items()]
    return Table("Forward", heads, rows, 4, (3, 3, 3, 4, 11, 11, 7, 7, 10))


def delta_table(epoch):
    """Tabulate how the error comes back to the units."""
    rows = [
        [name, *(numeral(cells[key]) for key in DELTAS)]
        for name, cells in epoch.backward.items()
    ]
    heads = [("", ""), *((symbol(key), rule) for key, rule in DELTAS.items())]
    return Table("Back to the units", heads, rows, 1, (3, 9, 9, 9, 10, 10))


def parameter_table(epoch, lr=None, *, is_first=False):
    """Tabulate the nine parameters; on the first page their values are given."""
    rows = []
    for name in ledger.PARAMETERS:
        said = [cells["d" + name] for cells in epoch.backward.values()]
        value = epoch.params[name]
        shown = plain(value) if is_first else numeral(value)
        rule = f"∂{symbol(name)} = {RULES[name]}"
        numbers = map(numeral, (*said, epoch.gradient[name], epoch.updated[name]))
        rows.append([symbol(name), rule, shown, *numbers])
    words = ("", "rule", "value", "A", "B", "A + B", "new value")
    rate = plain(ledger.RATE if lr is None else lr)
    title = f"To the parameters, and the step: new value = value − {rate} · (A + B)"
    given, widths = 3 if is_first else 2, (3, 10, 9, 9, 9, 9, 9)
    return Table(title, [(word, "") for word in words], rows, given, widths)
