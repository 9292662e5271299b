"""Formulas, set while the book is built: pages show them without a script.

KaTeX is run by a small interpreter of JavaScript that needs no Node. Formulas come from
the text and, between the same marks, from outputs such as the cards of predictions.
"""

import re
from functools import cache
from html import unescape
from pathlib import Path

import dukpy
from docutils import nodes

WAIT = 'document.documentElement.classList.add("nb-setting")'  # see reading.css
KATEX = Path(__file__).parents[1] / "vendor/katex/katex.min.js"
SET = "katex.renderToString(dukpy.tex, {displayMode: dukpy.display})"
FORMULA = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
# Code may hold the same marks, and so may the attributes of an element.
ELSEWHERE = re.compile(r"(?s)(<(script|style|pre|code|textarea)\b.*?</\2>|<[^>]+>)")


def inline(writer, node):
    """Write a formula within a line."""
    tag = writer.starttag(node, "span", "", CLASS="math notranslate nohighlight")
    writer.body.append(rf"{tag}\({writer.encode(node.astext())}\)</span>")
    raise nodes.SkipNode


def display(writer, node):
    """Write a formula that stands alone.

    Sphinx's own renderer wraps what holds a line break in ``split``, where no tag may
    stand, and numbers equations itself; ours hands a formula on as it is written.
    """
    tag = writer.starttag(node, "div", "", CLASS="math notranslate nohighlight")
    writer.body.append(f"{tag}\\[{writer.encode(node.astext())}\\]</div>\n")
    raise nodes.SkipNode


def typeset(text):
    """Return a page with every formula set. Raises dukpy's error for wrong TeX."""
    parts = ELSEWHERE.split(text)  # what lies between, an element, its name, and so on
    parts[::3] = [FORMULA.sub(_set, words) for words in parts[::3]]
    del parts[2::3]
    return "".join(parts)


def _set(found):
    inside, alone = found.groups()
    return as_html(unescape(alone or inside), alone is not None)


@cache
def as_html(tex, is_display):
    """Set one formula: HTML to be seen, and MathML to be read out."""
    return _katex().evaljs(SET, tex=tex, display=is_display)


@cache
def _katex():
    interpreter = dukpy.JSInterpreter()
    interpreter.evaljs(f"var self = this; {KATEX.read_text('utf-8')}; 0")
    return interpreter


def load(app, _pagename, _templatename, context, _doctree):
    """Let a page load the sheet of KaTeX if it holds a formula.

    Every page waits for its letters, so that no line moves when they come.
    """
    app.add_js_file(None, body=WAIT)
    if FORMULA.search(context.get("body", "")):
        app.add_css_file("katex/katex.min.css")
    app.add_js_file("formulas.js", loading_method="defer")


def setup(app):
    """Offer the renderer that ``html_math_renderer: katex`` asks for."""
    app.add_html_math_renderer("katex", (inline, None), (display, None))
    app.connect("html-page-context", load)
