"""Room for the controls of explorers: the page holds it until their recording comes.

A page shows the still picture first. Rows as high as the controls, the buttons and the
foot stand around it, so that nothing moves when the player takes their place.
"""

import json
import re
from html import escape, unescape

FIGURE = re.compile(r'(<figure class="nb-explorer"[^>]*>)(.*?)(</figure>)', re.DOTALL)
ATTRIBUTE = re.compile(r'data-(only|presets)="([^"]*)"')
HIDDEN = 'aria-hidden="true"'


def hold(text):
    """Return a page with room held in each of its explorers."""
    return FIGURE.sub(lambda found: "".join(_held(*found.groups())), text)


def _held(opening, still, closing):
    words = {name: unescape(text) for name, text in ATTRIBUTE.findall(opening)}
    rows = '<div class="nb-control"></div>' * len(words.get("only", "").split())
    yield f'{opening}<div class="nb-controls" {HIDDEN}>{rows}</div>'
    if presets := json.loads(words.get("presets", "{}")):
        buttons = "".join(f"<span>{escape(label)}</span>" for label in presets)
        yield f'<div class="nb-presets" {HIDDEN}>{buttons}</div>'
    yield f'{still}<div class="nb-foot-place" {HIDDEN}></div>{closing}'
