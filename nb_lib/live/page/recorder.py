"""Record explorers: their grid of settings as display lists in one classic script.

Each state is calculated once, in parallel, and kept in a cache under a key made of
the code it came from and its settings: an interrupted recording goes on where it
stopped, an unchanged explorer costs nothing. ``player.js`` plays the result.
"""

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import joblib
from tqdm import tqdm

from nb_lib.data.atomic import write_whole
from nb_lib.live.page.recording import script
from nb_lib.live.page.sources import code_key
from nb_lib.live.paint.painter import Painter


@dataclass(frozen=True)
class State:
    """One recorded state: its settings, what is drawn, and the sentence."""

    settings: dict
    still: bytes
    moving: bytes
    sentence: str


def record(explorer, folder, *, cache, states=None, jobs=-1, progress=True):
    """Write ``folder/<id>.js`` and return its path; states come from the cache first.

    ``states`` are settings to record instead of the whole grid. The file appears whole
    or not at all. Raises what an explorer raises, with a note of the settings.
    """
    cache = Path(cache) / explorer.id
    code = code_key(explorer)
    chosen = explorer.grid() if states is None else states
    wanted = [(settings, cache / _key(code, settings)) for settings in chosen]
    kept = {path: load(path) for _, path in wanted}
    missing = [(settings, path) for settings, path in wanted if kept[path] is None]
    work = joblib.Parallel(jobs, return_as="generator_unordered")(
        joblib.delayed(_record_state)(explorer, settings, path)
        for settings, path in missing
    )
    silent = not progress or not missing
    for path in tqdm(work, explorer.id, len(missing), disable=silent):
        kept[path] = load(path)
    if states is None:
        _forget(cache, keep=kept)
    target = Path(folder) / f"{explorer.id}.js"
    found = [kept[path] for _, path in wanted]
    write_whole(target, script(explorer, found).encode("ascii"))
    return target


def few(explorer, views=()):
    """Return a part of the grid that still moves every control, the start first.

    Both ends of each control with the rest at their starts, the presets, and for each
    of ``views``, pairs of its settings and the names of its controls, where it starts
    and both ends of these controls from there.
    """
    start = explorer.settings()
    asked = list(explorer.presets.values())
    for settings, only in [(start, tuple(explorer.controls)), *views]:
        stops = [(name, explorer.controls[name].recorded) for name in only]
        asked += [
            settings | {name: each[end]} for name, each in stops for end in (0, -1)
        ]
        asked += [settings]
    kept = [start | settings for settings in asked]
    return [state for state in explorer.grid() if state in kept]


def asked_for(explorer, wishes):
    """Return the part of the grid that a page shows before it computes, start first.

    That is the start, the presets, and the settings in ``wishes`` of the texts.
    """
    presets = [explorer.settings(**named) for named in explorer.presets.values()]
    kept = [explorer.settings(), *presets, *wishes]
    return [state for state in explorer.grid() if state in kept]


@functools.lru_cache(maxsize=4)
def _painter(picture, size):
    return Painter(picture, size)


def _record_state(explorer, settings, path):
    """Calculate one state, in a worker process, and keep it; return where."""
    try:
        frame = explorer.run(**settings)
        painter = _painter(explorer.picture, explorer.size)
        moving = painter.paint(frame)
        sentence = explorer.describe(frame)
    except Exception as error:
        error.add_note(f"This was explorer {explorer.id!r} at {settings}.")
        raise
    save(path, State(settings, painter.still, moving, sentence))
    return path


def save(path, state):
    """Keep a state: a line with the digest of the rest, a line of JSON, the words."""
    head = [state.settings, len(state.still), state.sentence]
    body = json.dumps(head).encode() + b"\n" + state.still + state.moving
    write_whole(path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def load(path):
    """Return a kept state, or None where there is none or it is damaged."""
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    if hashlib.sha256(body).hexdigest().encode() != digest:
        return None
    head, _, words = body.partition(b"\n")
    settings, cut, sentence = json.loads(head)
    return State(settings, words[:cut], words[cut:], sentence)


def _key(code, settings):
    text = code + json.dumps(settings)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _forget(cache, *, keep):
    """Delete states of earlier code, which nobody will ask for again."""
    for path in cache.iterdir():
        if path not in keep and not path.name.startswith("."):
            path.unlink(missing_ok=True)
