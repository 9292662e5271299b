"""Formulas for KaTeX: TeX between marks, which a script of the page sets.

Sphinx's own renderer wraps what holds a line break in ``split``, where no tag may
stand, and numbers equations itself; ours hands a formula on as it is written.
"""

from docutils import nodes

MARKS = r"\(", r"\["  # in the body of a page that has a formula
WAIT = 'document.documentElement.classList.add("nb-setting")'  # see reading.css
KATEX = ("katex.min.js", "auto-render.min.js")


def inline(writer, node):
    """Write a formula within a line."""
    tag = writer.starttag(node, "span", "", CLASS="math notranslate nohighlight")
    writer.body.append(rf"{tag}\({writer.encode(node.astext())}\)</span>")
    raise nodes.SkipNode


def display(writer, node):
    """Write a formula that stands alone."""
    tag = writer.starttag(node, "div", "", CLASS="math notranslate nohighlight")
    writer.body.append(f"{tag}\\[{writer.encode(node.astext())}\\]</div>\n")
    raise nodes.SkipNode


def load(app, _pagename, _templatename, context, _doctree):
    """Let a page load KaTeX if it holds a formula; most of the weight is its script.

    Every page waits for its letters, so that no line moves when they come.
    """
    app.add_js_file(None, body=WAIT)
    if any(mark in context.get("body", "") for mark in MARKS):
        app.add_css_file("katex/katex.min.css")
        for name in KATEX:
            app.add_js_file(f"katex/{name}", loading_method="defer")
    app.add_js_file("formulas.js", loading_method="defer")


def setup(app):
    """Offer the renderer that ``html_math_renderer: katex`` asks for."""
    app.add_html_math_renderer("katex", (inline, None), (display, None))
    app.connect("html-page-context", load)
