"""A walk: parts of a drawing, visited in an order that the mathematics forces.

The reader clicks a part and enters its number. A part that needs another one first, a
number that a known slip gives, and the right one are each answered in a sentence.
Everything that can be said is computed here and travels with the markup; ``walk.js``
only compares. It runs in a live cell and on the pages of the book. Without a script
the drawing stays, and a folded table holds the numbers.
"""

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path

import anywidget
import traitlets

from nb_lib.book.theme import style_sheet
from nb_lib.live.kernel.cells import remember

SCRIPT = Path(__file__).with_name("walk.js")
LIVE = "export default { render: ({ model, el }) => nbWalkIn(el, model.get('page')) };"
OURS = 'data-lm-suppress-shortcuts="true"'  # keeps JupyterLab's shortcuts off the keys
APART = 2  # tolerances that must lie between two numbers that are told apart


@dataclass(frozen=True)
class Step:
    """One part: where it lies, what it is called, its number, what else may come.

    ``at`` is (left, top) in per cent of the drawing. ``shown`` is written on the part,
    ``asked`` names the number and ``short`` does so on the part. ``needs`` maps parts
    that come first to the sentence for those who forget. ``slips`` maps sentences to
    the wrong numbers that they explain; of two alike the first is told. ``hint``
    answers any other number, ``done`` the right one.
    """

    name: str
    at: tuple[float, float]
    shown: str
    asked: str
    short: str
    wanted: float
    needs: dict
    slips: dict
    hint: str
    done: str

    @property
    def tolerance(self):
        """What rounding the numbers of the drawing may cost."""
        return 6e-4 + 4e-3 * abs(self.wanted)

    def told(self):
        """Return what the script needs of it."""
        slips, taken = [], [self.wanted]
        for words, wrong in self.slips.items():
            if min(abs(wrong - other) for other in taken) > APART * self.tolerance:
                slips.append([wrong, words])
                taken.append(wrong)
        return {
            "asked": self.asked,
            "short": self.short,
            "wanted": self.wanted,
            "tolerance": self.tolerance,
            "needs": list(self.needs.items()),
            "slips": slips,
            "hint": self.hint,
            "done": self.done,
        }


class Walk(anywidget.AnyWidget):
    """A drawing whose parts are visited; ``title`` says what is asked.

    ``lines`` are (x0, y0, x1, y1) in per cent, ``labels`` (x, y, words) of the parts
    at which nothing is asked.
    """

    _esm = SCRIPT.read_text("utf-8") + LIVE
    page = traitlets.Unicode().tag(sync=True)

    def __init__(self, title, steps, *, lines=(), labels=()):
        super().__init__()
        self.title, self.steps = title, steps
        self.page = markup(title, steps, lines, labels)
        remember(self)

    def __repr__(self):
        return f"<walk: {self.title}, {len(self.steps)} steps>"

    def _repr_mimebundle_(self, **kwargs):
        """Both views: the widget for a live front end, the markup for all others."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        views = {"text/plain": repr(self), "text/html": self.page}
        return {**data, **views}, metadata


def markup(title, steps, lines, labels):
    """Write the drawing with its parts, the form, and the folded table of numbers."""
    told = escape(json.dumps({step.name: step.told() for step in steps}))
    edges = "".join(
        '<line x1="{}%" y1="{}%" x2="{}%" y2="{}%"/>'.format(*ends) for ends in lines
    )
    still = "".join(
        f'<span class="nb-part" style="left:{x}%;top:{y}%">{escape(words)}</span>'
        for x, y, words in labels
    )
    return (
        f"{style_sheet()}<style>\n{STYLE}</style>"
        f'<div class="nb-card nb-walk" role="group" aria-label="{escape(title)}" '
        f'data-steps="{told}"><p>{escape(title)}</p>'
        f'<div class="nb-net"><svg aria-hidden="true">{edges}</svg>{still}'
        f"{''.join(map(part, steps))}</div>{FORM}{table(steps)}</div>"
    )


def part(step):
    """Write the button of one part."""
    x, y = step.at
    return (
        f'<button type="button" class="nb-part" data-step="{step.name}" {OURS} '
        f'style="left:{x}%;top:{y}%"><span>{escape(step.shown)}</span>'
        f"<b>{escape(step.short)} ?</b></button>"
    )


def table(steps):
    """Write the numbers, folded."""
    rows = "".join(
        f"<tr><td>{escape(step.asked)}</td><td>{step.wanted:.4f}</td></tr>"
        for step in steps
    ).replace("-", "−")
    return (
        "<details><summary>All numbers</summary><table><tbody>"
        f"{rows}</tbody></table></details>"
    )


FORM = (
    '<form><label><span class="nb-asked">Click a part of the network</span> '
    f'<input type="text" autocomplete="off" {OURS} disabled></label> '
    f'<button type="submit" {OURS} disabled>Check</button></form>'
    '<p class="nb-say" aria-live="polite"></p>'
)

STYLE = """\
.nb-walk .nb-net{position:relative;height:26em;max-width:40em;margin:.5em 0}
.nb-walk svg{position:absolute;inset:0;width:100%;height:100%}
.nb-walk line{stroke:var(--nb-rule);stroke-width:1.5}
.nb-walk .nb-part{position:absolute;transform:translate(-50%,-50%);display:flex;
flex-direction:column;align-items:center;padding:.2em .35em;
white-space:pre;font:inherit;color:inherit;background:var(--nb-paper);
border:1px solid var(--nb-rule);border-radius:.5em}
.nb-walk.nb-walk.nb-walk .nb-net .nb-part{font-size:13px;line-height:1.35}
@media (max-width:500px){.nb-walk.nb-walk.nb-walk .nb-net .nb-part{font-size:12px}}
.nb-walk .nb-part b{color:var(--nb-muted);font-weight:400}
.nb-walk button{cursor:pointer}
.nb-walk:not(.nb-alive) :is(form,.nb-say){display:none}
.nb-walk .nb-part[aria-pressed="true"]{border-color:var(--nb-ink);
box-shadow:0 0 0 1px var(--nb-ink)}
.nb-walk .nb-part.nb-known{border-color:var(--nb-right)}
.nb-walk .nb-part.nb-known b{color:var(--nb-right)}
.nb-walk :is(button,input):focus-visible{outline:2px solid var(--nb-number);
outline-offset:2px}
.nb-walk form{display:flex;flex-wrap:wrap;gap:.5em;align-items:center;margin:.4em 0}
.nb-walk label{display:flex;flex-wrap:wrap;gap:.5em;align-items:center;margin:0}
.nb-walk :is(input,form button){font:inherit;min-height:2.1em;padding:.1em .6em;
color:inherit;background:transparent;border:1px solid var(--nb-rule);
border-radius:.3em;width:13em;max-width:100%;box-sizing:border-box}
.nb-walk form button{width:auto}
.nb-walk .nb-say{min-height:3em}
.nb-walk .nb-say.nb-right{color:var(--nb-right)}
.nb-walk .nb-say.nb-wrong{color:var(--nb-wrong)}
.nb-walk td{padding:.05em .8em;text-align:right}
"""
