"""The colours of listings and verdicts, legible on light and on dark pages.

Colours sit in one style sheet that travels with each output. A front end that drops
style sheets (an untrusted notebook, GitHub) falls back to its own text colours.
"""

from nb_lib.draw.dark import PAGES

LIGHT = {
    "paper": "#f6f8fa",
    "ink": "#1f2328",
    "rule": "#8c959f",
    "muted": "#57606a",
    "keyword": "#b31d28",
    "name": "#6639ba",
    "text": "#0a3069",
    "number": "#0550ae",
    "right": "#116329",
    "wrong": "#953800",
    "empty": "#57606a",
}
DARK = {
    "paper": "#161b22",
    "ink": "#e6edf3",
    "rule": "#6e7681",
    "muted": "#9aa4af",
    "keyword": "#ff7b72",
    "name": "#d2a8ff",
    "text": "#a5d6ff",
    "number": "#79c0ff",
    "right": "#56d364",
    "wrong": "#ffa657",
    "empty": "#9aa4af",
}

# Pygments' short class names, by the colour they take.
TOKENS = {
    "keyword": ("k", "kd", "kn", "kr", "kc", "ow"),
    "name": ("nf", "nc", "nd", "fm"),
    "text": ("s1", "s2", "sa", "si", "se", "sd"),
    "number": ("mi", "mf", "mh"),
    "muted": ("c1", "cm"),
}

LAYOUT = """\
.nb-card.nb-card{background:var(--nb-paper);color:var(--nb-ink);
border:1px solid var(--nb-rule);border-radius:4px;padding:.5em .8em;margin:.2em 0}
.nb-card.nb-card pre{background:none;color:inherit;border:0;box-shadow:none;margin:0;
padding:0;white-space:pre-wrap;overflow-wrap:anywhere}
.nb-card.nb-card p{margin:.2em 0 .4em}
.nb-card.nb-card code{background:none;color:inherit;border:0;padding:0}
.nb-card.nb-card pre,.nb-card.nb-card code{font-size:12px;line-height:1.45;
font-family:var(--jp-code-font-family,ui-monospace,Menlo,Consolas,monospace)}
.nb-card .nb-muted{color:var(--nb-muted)}
"""


def _variables(palette):
    return "".join(f"--nb-{name}:{colour};" for name, colour in palette.items())


def style_sheet():
    """Give the style element that belongs to every card."""
    dark = ",".join(f"{page} .nb-card" for page in PAGES)
    tokens = "".join(
        ",".join(f".nb-card .{name}" for name in names)
        + f"{{color:var(--nb-{colour})}}\n"
        for colour, names in TOKENS.items()
    )
    return (
        f"<style>\n.nb-card{{{_variables(LIGHT)}}}\n{dark}{{{_variables(DARK)}}}\n"
        f"{LAYOUT}{tokens}</style>"
    )
