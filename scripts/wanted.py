"""Check that the pages can show what the text asks for: ``make book`` does it first.

A view in a notebook starts at some settings and lets the reader move some controls, a
link names settings. On the pages only recorded settings can be shown. With numbers of
notebooks as arguments, ``scripts/wanted.py 09_08``, only these are looked at.
"""

import json
import re
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl

import nbformat

from nb_lib.explore import EXPLORERS

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
LINK = re.compile(r"#([a-z]\w*)(?:-\d+)?\?([^\s)\"'>]+)")


@dataclass(frozen=True)
class View:
    """One explorer in a notebook: where it starts, what can be moved and pressed."""

    explorer: str
    settings: dict
    only: tuple
    presets: dict


class Views(HTMLParser):
    """Collects the views of an output."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, _tag, attributes):
        words = dict(attributes)
        if "data-explorer" in words:
            explorer = words["data-explorer"]
            settings = _taken(explorer, json.loads(words["data-settings"]))
            only = tuple(words.get("data-only", "").split())
            presets = json.loads(words.get("data-presets", "{}"))
            presets = {key: _taken(explorer, each) for key, each in presets.items()}
            self.found.append(View(explorer, settings, only, presets))


def _taken(explorer, settings):
    """Return settings as the explorer has them: JSON turns points into lists."""
    return EXPLORERS[explorer].settings(**settings)


def views(notebook):
    """Return the views in the stored outputs of a notebook."""
    outputs = (o for cell in notebook.cells for o in cell.get("outputs", ()))
    pages = ("".join(o.get("data", {}).get("text/html", "")) for o in outputs)
    return [view for page in pages for view in Views(page).found]


def asked(view):
    """Yield (what it is, settings) for all that a view shows or can be moved to.

    In a small view that is each recorded stop of each of its controls, one at a time;
    of a whole one, in which any control can be moved, it is the start.
    """
    controls = EXPLORERS[view.explorer].controls
    yield "a view starts at", view.settings
    for words, settings in view.presets.items():
        yield f"the button {words!r} sets", settings
    if set(view.only) != set(controls):
        for name in view.only:
            for stop in controls[name].recorded:
                yield "a small view can be moved to", view.settings | {name: stop}


def linked(notebook):
    """Yield (explorer, settings) of each link that names settings of an explorer.

    Raises ValueError where a link names no explorer, or what it does not have.
    """
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for id, query in (pair for text in texts for pair in LINK.findall(text)):
        if id not in EXPLORERS:
            raise ValueError(f"no explorer is called {id!r}")
        explorer = EXPLORERS[id]
        named = {k: _value(explorer, k, text) for k, text in parse_qsl(query)}
        yield id, explorer.settings(**named)


def _value(explorer, name, text):
    """Read a setting of a link: the stop that is written so, else a number."""
    control = explorer.controls.get(name)
    for stop in control.recorded if control else ():
        if str(stop) == text:
            return stop
    try:
        return float(text)
    except ValueError:
        return text


def missing(name, notebook):
    """Return a sentence for each setting that is asked for and not recorded."""
    wishes = [(v.explorer, *wish) for v in views(notebook) for wish in asked(v)]
    try:
        wishes += [(id, "a link asks for", each) for id, each in linked(notebook)]
    except ValueError as error:
        return [f"{name}: a link asks for what is not there: {error}"]
    sentences = []
    for id, what, settings in wishes:
        grid = EXPLORERS[id].grid()
        if settings not in grid:
            words = told(EXPLORERS[id].settings(), settings)
            sentences.append(f"{name}, explorer {id}: {what} {words}: not recorded.")
    return list(dict.fromkeys(sentences))


def told(start, settings):
    """Write the settings that differ from the start."""
    changed = {k: v for k, v in settings.items() if start.get(k) != v}
    return ", ".join(f"{k}={v!r}" for k, v in changed.items()) or "its start"


def check(*names):
    """Return the sentences of all notebooks, or of those whose names begin so.

    Raises ValueError where no name begins so.
    """
    paths = [path for name in names or ("",) for path in FOLDER.glob(f"{name}*.ipynb")]
    for name in names:
        if not any(path.name.startswith(name) for path in paths):
            raise ValueError(f"no notebook begins with {name!r}")
    read = ((p.stem, nbformat.read(p, as_version=4)) for p in sorted({*paths}))
    return [sentence for pair in read for sentence in missing(*pair)]


if __name__ == "__main__":
    try:
        found = check(*sys.argv[1:])
    except ValueError as error:
        sys.exit(f"wanted.py: {error}")
    advice = (
        "Record them: `recorded=` of the control, `together=`, `presets=`, `also=`."
    )
    sys.exit("\n".join([*found, advice]) if found else 0)
