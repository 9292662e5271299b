"""The classic scripts of a page: its player, the runtime, a program for each explorer.

A script, because a page opened from a folder may load one but may not fetch.
"""

import base64
import json
import zlib
from pathlib import Path

from nb_lib.live.declare.calculation import streams

HERE = Path(__file__).parent / "player"
PAINTERS = ("paint", "buttons", "play", "held", "grab", "ink")  # of nb_lib/live/paint
PARTS = (  # in the order in which they need each other
    "load",
    "elements",
    "fragment",
    "recording",
    "turns",
    "page",
    "desk",
    "view",
    "start",
)


def player():
    """Return ``player.js``; the scripts of PAINTERS come before it."""
    texts = [(HERE / f"{part}.js").read_text("utf-8") for part in PARTS]
    return "\n".join(["(() => {", *texts, "})();", ""])


def runtime_script(text):
    """Return ``runtime.js``, which holds the text of the runtime for all programs."""
    return f'window.nbRuntime = "{_packed(text)}";\n'


def program_script(explorer, text):
    """Return ``programs/<id>.js`` with the text of one explorer's program."""
    head = {"isStream": streams(explorer.for_page().compute)}
    return (
        f"(window.nbPrograms ??= {{}})[{json.dumps(explorer.id)}] = "
        f'[{json.dumps(head)}, "{_packed(text)}"];\n'
    )


def deflated(text):
    """Return the bytes of a text as a page loads them, before base64."""
    return zlib.compress(text.encode(), 9)


def _packed(text):
    return base64.b64encode(deflated(text)).decode()
