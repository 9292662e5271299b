"""Style sheets without what no page uses: the theme's would weigh 0.4 MB on each.

A rule goes if each of its selectors names a class that is in no page and no script, or
if it belongs to the icon font, which ``icons.css`` replaces.
"""

import re
from pathlib import Path

SHEETS = ("styles/pydata-sphinx-theme.css", "mystnb.*.css")  # the two heavy ones
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
ANY = re.compile(r":(?:not|is|where|has)\([^()]*\)")  # what need not be there
WORD = re.compile(r"[A-Za-z_][\w-]*")
ICONS = re.compile(r"\.fa[bsrl]?\b|\.fa-|Font Awesome|--fa-")


def trim(static, words):
    """Trim the heavy style sheets of a built site, given all words that it holds."""
    for pattern in SHEETS:
        for path in Path(static).glob(pattern):
            text = trimmed(path.read_text(encoding="utf-8"), words)
            path.write_text(text, encoding="utf-8")


def words_of(site):
    """Collect the words of all pages and scripts: every class in use is among them."""
    paths = [*site.rglob("*.html"), *site.glob("_static/**/*.js")]
    small = (path for path in paths if "recordings" not in path.parts)
    return {word for path in small for word in WORD.findall(path.read_text("utf-8"))}


def trimmed(sheet, words):
    """Return a style sheet without the rules of classes that are not among words."""
    return "".join(_kept(*rule, words) for rule in rules(sheet))


def rules(sheet):
    """Yield (selector or at-rule, body) of each rule; the body is None for one line."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    at = 0
    while at < len(sheet):
        stop = re.compile(r"[{;]").search(sheet, at)
        if not stop:
            return
        head = sheet[at : stop.start()].strip()
        if stop.group() == ";":
            at = stop.end()
            yield head, None
            continue
        end = _closing(sheet, stop.start())
        yield head, sheet[stop.end() : end]
        at = end + 1


def _closing(sheet, at):
    """Find the brace that closes the one at a place; strings may hold braces."""
    depth = 0
    for found in re.compile(r"\"[^\"]*\"|'[^']*'|[{}]").finditer(sheet, at):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return found.start()
    raise ValueError(
        f"a style sheet has no closing brace after {sheet[at : at + 60]!r}"
    )


def _kept(head, body, words):
    """Return one rule as it stays, or nothing."""
    if body is None:
        return f"{head};"
    if head.startswith(("@media", "@supports")):
        inner = trimmed(body, words)
        return f"{head}{{{inner}}}" if inner else ""
    if ICONS.search(head) or head.startswith("@font-face") and ICONS.search(body):
        return ""
    used = [one for one in _selectors(head) if _classes(one) <= words]
    return f"{','.join(used)}{{{body}}}" if used or head.startswith("@") else ""


def _selectors(head):
    """Split a list of selectors at the commas outside brackets."""
    return re.split(r",(?![^(\[]*[)\]])", head)


def _classes(selector):
    return set(CLASS.findall(ANY.sub("", selector)))
