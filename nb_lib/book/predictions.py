"""Predictions: a question with choices; the answer unfolds once the reader has chosen.

No script is needed. The choices are radio buttons, and the style sheet that travels
with the output shows the reply to the one that is chosen. A front end that drops style
sheets and inputs, GitHub for one, shows the question with the answers folded below it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from html import escape

from nb_lib.book import rooms
from nb_lib.book.theme import style_sheet

MOST_CHOICES = 6  # as many as the style sheet has rules for
SHOW_ME = "Show me the answer"


@dataclass(frozen=True)
class Prediction:
    """A question of the text, declared in the room of its section.

    ``choices`` maps what can be chosen to the reply that it gets; ``right`` is the key
    of the true one; ``answer`` is the explanation that follows. All of them are
    Markdown with ``$formulas$``. Raises ValueError where none of the choices is right.
    """

    id: str
    question: str
    choices: Mapping[str, str]
    right: str
    answer: str = ""

    def __post_init__(self):
        if not 2 <= len(self.choices) <= MOST_CHOICES:
            raise ValueError(
                f"prediction {self.id} wants 2 to {MOST_CHOICES} choices, "
                f"got {len(self.choices)}"
            )
        if self.right not in self.choices:
            raise ValueError(
                f"prediction {self.id} wants one of its choices {list(self.choices)} "
                f"to be right, got {self.right!r}"
            )


@dataclass(frozen=True)
class Card:
    """What a cell shows of a prediction."""

    prediction: Prediction

    def __repr__(self):
        choices = "".join(f"\n  ( ) {choice}" for choice in self.prediction.choices)
        return f"{self.prediction.question}{choices}"

    def _repr_html_(self):
        this = self.prediction
        options = enumerate((*this.choices, SHOW_ME))
        buttons = "".join(_button(this.id, *option) for option in options)
        replies = "".join(_reply(this, *pair) for pair in enumerate(this.choices))
        return (
            f"{style_sheet()}<style>\n{STYLE}</style>"
            f'<div class="nb-card nb-predict" role="group" '
            f'aria-label="Prediction {escape(this.id)}">{block(this.question)}'
            f'<div class="nb-choices">{buttons}</div>'
            f'<details class="nb-answer"><summary>Answer</summary><div '
            f'aria-live="polite">{replies}{block(this.answer)}</div></details></div>'
        )


def predict(id):
    """Show a prediction of a section, e.g. ``predict("9.3.a")``.

    Raises ValueError for an id that no section declares.
    """
    written = rooms.sections().values()
    known = {p.id: p for section in written for p in section.predictions}
    if id not in known:
        near = get_close_matches(str(id), known, n=3, cutoff=0.6)
        way = f"did you mean {' or '.join(near)}?" if near else "ids read like 9.3.a."
        raise ValueError(f"There is no prediction {id!r}: {way}")
    return Card(known[id])


def _button(id, number, words):
    """Write one choice. The attribute keeps JupyterLab's shortcuts off its keys.

    A choice that is only a formula has no name for a screen reader but its source.
    """
    return (
        f'<label><input type="radio" name="nb-predict-{escape(id)}" value="{number}" '
        f'aria-label="{escape(words)}" data-lm-suppress-shortcuts="true"> '
        f"<span>{inline(words)}</span></label>"
    )


def _reply(prediction, number, choice):
    """Write the reply to one choice, with a sign that it is right or not."""
    is_right = choice == prediction.right
    sign, kind = ("✓", "nb-right") if is_right else ("✗", "nb-wrong")
    words = inline(prediction.choices[choice])
    return (
        f'<p class="nb-reply {kind}" data-choice="{number}">{sign} '
        f"<strong>{inline(choice)}</strong> · {words}</p>"
    )


def inline(markdown):
    """Turn a line of Markdown with formulas into HTML."""
    return _markdown().renderInline(markdown)


def block(markdown):
    """Turn paragraphs of Markdown with formulas into HTML."""
    return _markdown().render(markdown)


@lru_cache
def _markdown():
    """Prepare the reader of Markdown; the page or the front end sets the formulas."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    def formula(text, options):
        left, right = (r"\[", r"\]") if options["display_mode"] else (r"\(", r"\)")
        return f"{left}{escape(text)}{right}"

    reader = MarkdownIt("commonmark").enable("table")
    return reader.use(dollarmath_plugin, renderer=formula, double_inline=True)


def _chosen(number):
    """Name the cards in which this choice is made."""
    return f'.nb-predict:has(input[value="{number}"]:checked)'


STYLE = """\
.nb-predict .nb-choices{display:flex;flex-wrap:wrap;gap:.4em .6em;margin:.5em 0}
.nb-predict label{display:flex;gap:.5em;align-items:baseline;cursor:pointer;margin:0;
padding:.35em .8em;border:1px solid var(--nb-rule);border-radius:1.2em}
.nb-predict label:hover{border-color:var(--nb-ink)}
.nb-predict label:has(:checked){border-color:var(--nb-ink);
box-shadow:0 0 0 1px var(--nb-ink)}
.nb-predict label:has(:focus-visible){outline:2px solid var(--nb-number);
outline-offset:2px}
.nb-predict label:last-child{border-style:dashed;color:var(--nb-muted)}
.nb-predict:has(input):not(:has(:checked)) .nb-answer{display:none}
.nb-predict:has(:checked) .nb-answer::details-content{content-visibility:visible;
block-size:auto;opacity:1}
@supports selector(::details-content){
.nb-predict:has(:checked) summary{display:none}}
.nb-predict:has(:checked) .nb-reply{display:none}
.nb-predict .nb-answer div[aria-live]{display:flex;flex-direction:column}
.nb-predict .nb-reply.nb-right strong{color:var(--nb-right)}
.nb-predict .nb-reply.nb-wrong strong{color:var(--nb-wrong)}
.nb-predict.nb-predict:has(:checked) .nb-reply.nb-right{display:block}
""" + "".join(
    f'{_chosen(n)} .nb-reply[data-choice="{n}"]{{display:block!important;order:-1}}\n'
    for n in range(MOST_CHOICES)
)
