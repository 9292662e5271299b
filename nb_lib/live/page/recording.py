"""One recording as a classic script: a head in JSON; lists and sentences compressed.

``player/recording.js`` reads what is written here; the two are to be changed together.
"""

import base64
import json
import zlib

import numpy as np

from nb_lib.live.declare.grips import Grips, in_words
from nb_lib.live.paint.canvas import canvas_setup
from nb_lib.live.paint.painter import Painter

LAG = 2  # words from one x to the next: curves are sent as differences


def script(explorer, states):
    """Return the text that registers the states of one explorer on a page.

    A script, because a page opened from a folder may load one but may not fetch.
    """
    stills = list(dict.fromkeys(state.still for state in states))
    head = {
        "id": explorer.id,
        "title": explorer.title,
        "screen": canvas_setup(Painter(explorer.picture, explorer.size)),
        "controls": [_control(*item) for item in explorer.controls.items()],
        "isFuller": explorer.in_page is not None,  # than what a page computes
        "stills": [len(still) // 2 for still in stills],
        "states": [_state(explorer, stills, state) for state in states],
    }
    lists = [*stills, *(state.moving for state in states)]
    sentences = json.dumps([state.sentence for state in states]).encode()
    packed = zlib.compress(b"".join([*map(pack, lists), sentences]), 9)
    payload = base64.b64encode(packed).decode()
    return (
        f"(window.nbRecordings ??= {{}})[{json.dumps(explorer.id)}] = "
        f'[{json.dumps(head, separators=(",", ":"))}, "{payload}"];\n'
    )


def pack(words):
    """Rewrite a display list so that it compresses; as many bytes come out.

    Each word becomes its difference to the one LAG before; then all low bytes come
    first and all high bytes after them.
    """
    words = np.frombuffer(words, "<u2")
    steps = words.copy()
    steps[LAG:] -= words[:-LAG]
    low, high = (steps & 255).astype(np.uint8), (steps >> 8).astype(np.uint8)
    return low.tobytes() + high.tobytes()


def _control(name, control):
    """Return a control with all its stops, and the places of those recorded."""
    stops = list(control.stops)
    return {
        "name": name,
        "label": control.label,
        "kind": type(control).__name__,
        "stops": stops,
        "texts": [control.text(stop) for stop in stops],
        "codes": [repr(stop) for stop in stops],
        "start": stops.index(control.start),
        "recorded": [stops.index(stop) for stop in control.recorded],
        **(in_words(control) if isinstance(control, Grips) else {}),
    }


def _state(explorer, stills, state):
    """Return where a state lies on each control, its still, its number of words."""
    settings = explorer.settings(**state.settings)  # JSON knows no tuples
    place = [
        explorer.controls[name].stops.index(value) for name, value in settings.items()
    ]
    still = stills.index(state.still)
    return [place, still, len(state.moving) // 2]
