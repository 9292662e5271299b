"""The code that a notebook prints is the code that runs."""

import inspect
import textwrap
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from nb_lib.book.lines import count_code_lines
from nb_lib.book.theme import style_sheet

PAINT = HtmlFormatter(nowrap=True)


class Listing:
    """The live source of functions, classes or modules, shown side by side.

    Columns stand side by side where the page is wide, one below the other where it is
    narrow. Each header counts the code lines: neither blank, comment nor docstring.
    Raises TypeError for what has no Python source.
    """

    def __init__(self, *members):
        if not members:
            raise TypeError("Listing wants at least one function, class or module.")
        self.sources = {name_of(member): source_of(member) for member in members}

    def __repr__(self):
        return "\n\n".join(
            f"# {title(name, code)}\n{code}" for name, code in self.sources.items()
        )

    def _repr_html_(self):
        columns = "".join(column(name, code) for name, code in self.sources.items())
        return (
            f"{style_sheet()}"
            '<div style="display:flex;flex-wrap:wrap;gap:.6em;align-items:flex-start">'
            f"{columns}</div>"
        )


def column(name, code):
    """Give the HTML of one listing with its header."""
    return (
        '<div class="nb-card" style="flex:1 1 36em;min-width:0;max-width:100%">'
        f'<p class="nb-muted"><code>{escape(title(name, code))}</code></p>'
        f'<pre role="region" aria-label="source of {escape(name)}">'
        f"{highlight(code, PythonLexer(), PAINT)}</pre></div>"
    )


def title(name, code):
    """Name the member and count its code lines."""
    count = count_code_lines(code)
    return f"{name} · {count} code line{'s' * (count != 1)}"


def name_of(member):
    """Give ``module.qualname`` of a function or class, the name of a module."""
    if inspect.ismodule(member):
        return member.__name__
    if not hasattr(member, "__qualname__"):
        kind = type(member).__name__
        raise TypeError(f"Listing wants functions, classes or modules, got a {kind}.")
    return f"{member.__module__}.{member.__qualname__}"


def source_of(member):
    """Read the source as it stands in the file, methods moved to the left margin."""
    try:
        source = inspect.getsource(member)
    except (OSError, TypeError) as error:
        name = name_of(member)
        raise TypeError(f"Listing finds no Python source for {name}.") from error
    return textwrap.dedent(source).strip("\n")
