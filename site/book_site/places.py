"""Room for the controls of explorers: the page holds it until their recording comes.

A page shows the still picture first. Rows as high as the controls, the buttons and the
foot stand around it, so that nothing moves when the player takes their place. For
phones the picture is there a second time, cut between its panels, one row below the
other, as the player will lay them out.
"""

import json
import re
from html import escape, unescape

FIGURE = re.compile(r'(<figure class="nb-explorer"[^>]*>)(.*?)(</figure>)', re.DOTALL)
ATTRIBUTE = re.compile(r'data-(explorer|only|presets)="([^"]*)"')
IMAGE = re.compile(r"<img [^>]*>")
ALT = re.compile(r' alt="[^"]*"')
HIDDEN = 'aria-hidden="true"'
PHONE = 358  # pixels across a picture on a phone
LEAST = 0.7  # of its size: as paint.js, which does not draw a panel smaller


def hold(text, cuts=lambda _explorer: ()):
    """Return a page with room held in each of its explorers.

    ``cuts`` gives where the panels of an explorer begin and end, in its own pixels.
    """

    def held(found):
        return "".join(_held(*found.groups(), cuts))

    return FIGURE.sub(held, text)


def recorded_cuts(static):
    """Return a function that finds the cuts in the recordings of a site."""

    def cuts(explorer):
        path = static / "recordings" / f"{explorer}.js"
        if not path.exists():
            return ()
        _, _, recording = path.read_text("ascii").partition("= [")
        head, _ = json.JSONDecoder().raw_decode(recording)
        return head["screen"]["cuts"]

    return cuts


def _held(opening, still, closing, cuts):
    words = {name: unescape(text) for name, text in ATTRIBUTE.findall(opening)}
    rows = '<div class="nb-control"></div>' * len(words.get("only", "").split())
    yield f'{opening}<div class="nb-controls" {HIDDEN}>{rows}</div>'
    if presets := json.loads(words.get("presets", "{}")):
        buttons = "".join(f"<span>{escape(label)}</span>" for label in presets)
        yield f'<div class="nb-presets" {HIDDEN}>{buttons}</div>'
    yield IMAGE.sub(lambda image: stacked(image[0], cuts(words["explorer"])), still, 1)
    yield f'<div class="nb-foot-place" {HIDDEN}></div>{closing}'


def stacked(image, cuts):
    """Return a picture, and after it the same in rows where a phone needs them."""
    rows = folded(cuts, PHONE / LEAST)
    if len(rows) < 2:
        return image
    across = max(right - left for left, right in rows)
    again, parts = image, []
    for left, right in rows:
        width = right - left
        parts.append(
            f'<div style="width:{100 * width / across:.4g}%;'
            f'--whole:{cuts[-1] / width:.4f};--left:{left / width:.4f}">{again}</div>'
        )
        again = ALT.sub(' alt=""', image)
    return f'{image}<div class="nb-panels">{"".join(parts)}</div>'


def folded(cuts, most):
    """Fold panels into rows (left, right), as ``nbRows`` of paint.js does.

    As few rows as are no wider than ``most``, and then as even as they come.
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
    return fold(min((w for w in widths if len(fold(w)) <= fewest), default=most))
