"""The table of claims, as text for a terminal and as HTML for a page."""

import textwrap
from dataclasses import dataclass
from html import escape

from nb_lib.book.claims.claim import UNTRIED, Finding
from nb_lib.book.theme import style_sheet

WIDTH = 88
MARKS = {"holds": "✓", "holds with limits": "◐", "does not hold": "✗", UNTRIED: "○"}
COLOURS = {"holds": "right", "holds with limits": "number", "does not hold": "wrong"}
HEADS = {"Claim": 9, "The chapter says": 32, "Measured": 42, "Verdict": 17}  # widths, %


@dataclass(frozen=True)
class Report:
    """Some findings in one table, each with its sentence, numbers and verdict."""

    findings: list[Finding]

    @property
    def changed(self):
        """The findings whose verdict is another than the one on record."""
        return [finding for finding in self.findings if finding.changed]

    @property
    def summary(self):
        """One sentence: how many claims, which verdicts, how many differ."""
        verdicts = [finding.verdict for finding in self.findings]
        counts = [f"{verdict}: {verdicts.count(verdict)}" for verdict in MARKS]
        ids = ", ".join(finding.claim.id for finding in self.changed)
        return (
            f"Claims: {len(verdicts)}; {'; '.join(counts)}. "
            f"Verdicts that differ from the record: {ids or 'none'}."
        )

    def __repr__(self):
        return "\n".join([*map(entry, self.findings), self.summary])

    def _repr_html_(self):
        heads = "".join(
            f'<th scope="col" style="{CELL};width:{width}%">{head}</th>'
            for head, width in HEADS.items()
        )
        rows = "".join(map(row, self.findings))
        return (
            f'{style_sheet()}<div class="nb-card" style="overflow-x:auto" tabindex="0">'
            f'<table style="{TABLE}"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table><p>{escape(self.summary)}</p></div>"
        )


TABLE = (
    "border-collapse:collapse;table-layout:fixed;width:100%;min-width:38em;"
    "background:none;color:inherit;border:0"
)
CELL = (
    "text-align:left;vertical-align:top;padding:.4em .6em;white-space:normal;"
    "background:none;color:inherit;border:0;border-bottom:1px solid var(--nb-rule)"
)


def parts(finding):
    """Give the (label, text) pairs that stand under the sentence of a claim."""
    claim = finding.claim
    yield "measured", finding.measured
    yield "wanted", claim.criterion
    yield "limits", claim.limits
    yield "note", claim.note


def verdict_line(finding):
    """Write the verdict, with the one on record where they differ."""
    changed = f" (on record: {finding.claim.verdict})" if finding.changed else ""
    return f"{MARKS[finding.verdict]} {finding.verdict}{changed}"


def entry(finding):
    """Write one claim as lines of text."""
    head = f"{finding.claim.id:6} {verdict_line(finding)}"
    lines = [head, *wrapped("", finding.claim.sentence)]
    for label, text in parts(finding):
        lines += wrapped(label, text) if text else []
    return "\n".join(lines) + "\n"


def wrapped(label, text):
    """Break a text into lines behind its label."""
    first = " " * 7 + (f"{label:10}" if label else "")
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first)
    )


def row(finding):
    """Write one claim as a row of the HTML table."""
    claim = finding.claim
    colour = COLOURS.get(finding.verdict, "muted")
    beside = "".join(
        f'<br><span class="nb-muted">{label}: {escape(text)}</span>'
        for label, text in list(parts(finding))[1:]
        if text
    )
    verdict = f'<strong style="color:var(--nb-{colour})">'
    verdict += f"{escape(verdict_line(finding))}</strong>"
    cells = (escape(claim.sentence), escape(finding.measured) + beside, verdict)
    return (
        f'<tr><th scope="row" style="{CELL}">{claim.id}</th>'
        + "".join(f'<td style="{CELL}">{cell}</td>' for cell in cells)
        + "</tr>"
    )
