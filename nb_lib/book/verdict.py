"""What ``check`` answers: a frozen record that reads as text and as HTML."""

import textwrap
from dataclasses import dataclass
from html import escape

import numpy as np

from nb_lib.book.theme import style_sheet

SIGNS = {"right": "✓ right", "wrong": "✗ not yet", "empty": "○ nothing returned yet"}
MOST_ENTRIES = 24  # of an array shown in full
MOST_IN_A_LINE = 6


@dataclass(frozen=True)
class Verdict:
    """The judgement of one answer.

    ``state`` is "right", "wrong" or "empty"; ``rows`` are (label, text) pairs, the
    label empty where the text is a plain sentence.
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
            told = textwrap.indent(text, "  " + margin)
            lines.append("  " + label + told[2 + len(label) :])
        return "\n".join(lines)

    def _repr_html_(self):
        rows = "".join(row_html(label, text) for label, text in self.rows)
        return (
            f'{style_sheet()}<div class="nb-card nb-verdict" role="group" '
            f'aria-label="{escape(self.headline)}" '
            f'style="border-left:4px solid var(--nb-{self.state})">'
            f'<p style="color:var(--nb-{self.state})"><strong>'
            f"{escape(self.headline)}</strong></p>{rows}</div>"
        )


def row_html(label, text):
    """Write a sentence as a paragraph, a labelled value as a word and its text."""
    if not label:
        return f"<p>{escape(text)}</p>"
    value = f"<code style='white-space:pre-wrap'>{escape(text)}</code>"
    if label == "likely":
        value = f"<strong>{escape(text)}</strong>"
    return (
        '<div style="display:flex;gap:.6em;margin:.3em 0"><span class="nb-muted" '
        f'style="flex:0 0 4.5em">{escape(label)}</span><span style="min-width:0">'
        f"{value}</span></div>"
    )


def shown(value):
    """Write a value briefly and the same way each time: no addresses, few digits."""
    if isinstance(value, (bool, np.bool_, str, int, np.integer)) or value is None:
        return repr(value.item() if isinstance(value, np.generic) else value)
    if isinstance(value, (float, np.floating)):
        return f"{value:.6g}"
    if isinstance(value, (tuple, list)):
        inside = ", ".join(shown_briefly(entry) for entry in value)
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, dict):
        pairs = (
            f"{shown(key)}: {shown_briefly(entry)}" for key, entry in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if hasattr(value, "shape"):
        return shown_array(value)
    return getattr(value, "__name__", f"<{type(value).__name__}>")


def shown_array(value):
    """Write kind, shape and dtype of an array or tensor, then its entries."""
    kind = "array" if isinstance(value, np.ndarray) else "tensor"
    array = as_array(value)
    if array.ndim == 0 and kind == "array":
        return shown(array.item())
    entries = np.array2string(
        array, precision=4, threshold=MOST_ENTRIES, edgeitems=2, max_line_width=76
    )
    return f"{kind} of shape {array.shape}, {array.dtype}\n{entries}"


def shown_briefly(value):
    """Write a value in one line: of a large array only the corner entries."""
    if isinstance(value, list) and len(value) > MOST_IN_A_LINE:
        first = ", ".join(shown_briefly(entry) for entry in value[:3])
        return f"[{first}, ...] of {len(value)}"
    if not hasattr(value, "shape") or value.ndim == 0:
        return " ".join(shown(value).split())
    array = as_array(value)
    entries = np.array2string(array, precision=4, threshold=MOST_IN_A_LINE, edgeitems=1)
    return f"{array.shape} {' '.join(entries.split())}"


def as_array(value):
    """Turn an array, a tensor or a number into an array without touching it."""
    if hasattr(value, "detach"):
        if value.device.type == "meta":
            return np.empty(tuple(value.shape))
        value = value.detach().cpu().numpy()
    return np.asarray(value)
