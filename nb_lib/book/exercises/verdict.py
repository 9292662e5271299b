"""What ``check`` answers: a frozen record that reads as text and as HTML."""

import textwrap
from dataclasses import dataclass
from html import escape

from nb_lib.book.theme import style_sheet

SIGNS = {
    "right": "✓ right",
    "wrong": "✗ not yet",
    "empty": "○ nothing returned yet",
    "fault": "! not judged",
}
COLOURS = {"fault": "wrong"}  # of a state without a colour of its own
STRONG = ("likely", "slip")  # labels whose text is a sentence, not a value


@dataclass(frozen=True)
class Verdict:
    """The judgement of one answer.

    ``state`` is "right", "wrong", "empty" or "fault", where the check itself failed;
    ``rows`` are (label, text) pairs, the label empty where the text is a plain
    sentence.
    """

    id: str
    title: str
    state: str
    rows: tuple = ()

    @property
    def passed(self):
        """Whether the answer is right."""
        return self.state == "right"

    @property
    def headline(self):
        """The judgement in one line: a symbol, a word, the exercise."""
        return f"{SIGNS[self.state]} · {self.id} {self.title}"

    def __repr__(self):
        lines = [self.headline]
        for label, text in self.rows:
            margin = " " * 9 if label else ""
            indented = textwrap.indent(text, "  " + margin)
            lines.append("  " + label + indented[2 + len(label) :])
        return "\n".join(lines)

    def _repr_html_(self):
        colour = COLOURS.get(self.state, self.state)
        rows = "".join(row_html(label, text) for label, text in self.rows)
        return (
            f'{style_sheet()}<div class="nb-card nb-verdict" role="group" '
            f'aria-label="{escape(self.headline)}" '
            f'style="border-left:4px solid var(--nb-{colour})">'
            f'<p style="color:var(--nb-{colour})"><strong>'
            f"{escape(self.headline)}</strong></p>{rows}</div>"
        )


def row_html(label, text):
    """Write a sentence as a paragraph, a labelled value as a word and its text."""
    if not label:
        return f"<p>{escape(text)}</p>"
    value = f"<code style='white-space:pre-wrap'>{escape(text)}</code>"
    if label in STRONG:
        value = f"<strong>{escape(text)}</strong>"
    return (
        '<div style="display:flex;gap:.6em;margin:.3em 0"><span class="nb-muted" '
        f'style="flex:0 0 4.5em">{escape(label)}</span><span style="min-width:0">'
        f"{value}</span></div>"
    )
