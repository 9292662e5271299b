"""Room for the controls of explorers: the page holds it until their recording comes.

A page shows the still picture first. Rows as high as the controls, the buttons and the
foot stand around it, so that nothing moves when the player takes their place. For
phones the picture is there a second time, cut between its panels, one row below the
other, as the player will lay them out; and a third time where a slim phone has room
for less in a row.
"""

import json
import re
from html import escape, unescape

from nb_lib.explore import EXPLORERS

FIGURE = re.compile(r'(<figure class="nb-explorer"[^>]*>)(.*?)(</figure>)', re.DOTALL)
ATTRIBUTE = re.compile(r'data-(explorer|settings|only|presets)="([^"]*)"')
IMAGE = re.compile(r"<img [^>]*>")
ALT = re.compile(r' alt="[^"]*"')
HIDDEN = 'aria-hidden="true"'
PHONES = {"nb-panels": 358, "nb-panels nb-slim": 328}  # pixels across a picture there
LONG = 16  # letters of a list that half a phone has room for, as in elements.js
LEAST = 0.7  # of its size: as paint.js, which does not draw a panel smaller
READABLE = 0.85  # as large is a panel that has room, beside those that have not


def hold(text, screen=lambda _explorer: {"cuts": (), "panels": ()}):
    """Return a page with room held in each of its explorers.

    ``screen`` gives where the panels of an explorer begin and end, in its own pixels,
    those that have axes, and as ``program`` what the page computes of it: "stream" are
    frame after frame, "once" is one, and without it recorded settings are shown.
    ``has_steps(**settings)`` says whether a run has more than one step to play.
    ``grips`` maps a control whose points can be grabbed to its kind, and ``long``
    names the lists whose words need a row of their own on a phone.
    """

    def held(found):
        return "".join(_held(*found.groups(), screen))

    return FIGURE.sub(held, text)


def recorded_screens(static):
    """Return a function that finds cuts, panels and programs among a site's scripts."""

    def screen(explorer):
        recording = _head(static / "recordings" / f"{explorer}.js")
        if recording is None:
            return {"cuts": (), "panels": ()}
        found = {c["name"]: c.get("grips") for c in recording["controls"]}
        grips = {name: grip["kind"] for name, grip in found.items() if grip}
        long = [c["name"] for c in recording["controls"] if _is_long(c)]
        screen = {**recording["screen"], "grips": grips, "long": long}
        program = _head(static / "programs" / f"{explorer}.js")
        if program is not None:
            screen["program"] = "stream" if program["isStream"] else "once"
            screen["has_steps"] = EXPLORERS[explorer].for_page().has_steps
        return screen

    return screen


def _is_long(control):
    return control["kind"] == "Choice" and max(map(len, control["texts"])) > LONG


def _head(path):
    """Return the head of a script of an explorer, or None where there is no script."""
    if not path.exists():
        return None
    _, _, script = path.read_text("ascii").partition("= [")
    return json.JSONDecoder().raw_decode(script)[0]


def _held(opening, still, closing, screen):
    words = {name: unescape(text) for name, text in ATTRIBUTE.findall(opening)}
    here = screen(words["explorer"])
    only = words.get("only", "").split()
    points = here.get("grips", {})
    grips = [points[name] for name in only if name in points]
    rows = "".join(
        f'<div class="nb-control{" nb-long" * (name in here.get("long", ()))}"></div>'
        for name in only
        if name not in points
    )
    has_steps = False
    if program := here.get("program"):
        has_steps = here["has_steps"](**json.loads(words["settings"]))
        marks = f'data-program="{program}"{" data-steps" * has_steps}'
        opening = f"{opening[:-1]} {marks}>"
    yield f'{opening}<div class="nb-controls" {HIDDEN}>{rows}</div>'
    if presets := json.loads(words.get("presets", "{}")):
        buttons = "".join(f"<span>{escape(label)}</span>" for label in presets)
        yield f'<div class="nb-presets" {HIDDEN}>{buttons}</div>'
    if has_steps:
        yield f'<div class="nb-play" {HIDDEN}></div>'
    for kind in grips if program else ():  # buttons for points that can be grabbed
        yield f'<div class="nb-grips nb-{kind.lower()}" {HIDDEN}></div>'
    yield IMAGE.sub(lambda image: stacked(image[0], here), still, 1)
    few = "" if here["panels"] else " nb-few"  # no curves, and no button to pin them
    kind = f"nb-foot-place{few}{' nb-computes' * bool(program)}"
    yield f'<div class="{kind}" {HIDDEN}></div>{closing}'


def stacked(image, screen):
    """Return a picture, and after it the same in rows where a phone needs them."""
    rows = {kind: folded(screen["cuts"], room / LEAST) for kind, room in PHONES.items()}
    wide, slim = rows.values()
    if len(slim) < 2:
        return image
    shown = rows.items() if wide != slim else [("nb-panels", wide)]
    return image + "".join(in_rows(image, screen, *each) for each in shown)


def in_rows(image, screen, kind, rows):
    """Return a picture cut into rows (left, right); the first has its words.

    A row is as wide as ``fold`` of paint.js makes it, where the style sheet says how
    high it may be.
    """
    whole, height = screen["cuts"][-1], screen["height"]
    across = max(right - left for left, right in rows)
    again, parts = image, []
    for left, right in rows:
        width = right - left
        share = f"max({100 * width / across:.4g}%, min(100%, {READABLE * width:g}px))"
        tall = f"max({LEAST * width:g}px, {width / height:.4f} * var(--nb-tall))"
        parts.append(
            f'<div style="width:min({share}, {tall});'
            f'--whole:{whole / width:.4f};--left:{left / width:.4f}">{again}</div>'
        )
        again = ALT.sub(' alt=""', image)
    return f'<div class="{kind}">{"".join(parts)}</div>'


def folded(cuts, most):
    """Fold panels into rows (left, right), as ``nbRows`` of paint.js does.

    As few rows as are no wider than ``most``, and then as even as they come, the
    first ones rather full.
    """

    def fold(limit):
        rows = []
        for left, right in zip(cuts, cuts[1:], strict=False):
            if rows and right - rows[-1][0] <= limit:
                rows[-1] = (rows[-1][0], right)
            else:
                rows.append((left, right))
        return rows

    widths = {right - left for left in cuts for right in cuts if right > left}
    fewest = len(fold(most))
    even = min((w for w in widths if len(fold(w)) <= fewest), default=most)
    return fold(min(most, 1.05 * even))
