"""Record explorers: their grid of settings as display lists in one classic script.

Each state is calculated once, in parallel, and kept in a cache under a key made of
the code it came from and its settings: an interrupted recording goes on where it
stopped, an unchanged explorer costs nothing. ``player.js`` plays the result.
"""

import ast
import base64
import functools
import hashlib
import importlib.util
import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

import joblib
import matplotlib
import numpy as np
from tqdm import tqdm

from nb_lib.live.painter import Painter
from nb_lib.live.screen import screen_of

LAG = 2  # words from one x to the next: curves are sent as differences


@dataclass(frozen=True)
class State:
    """One recorded state: its settings, what is drawn, and the sentence."""

    settings: dict
    still: bytes
    moving: bytes
    sentence: str


def record(explorer, folder, *, cache, jobs=-1, progress=True):
    """Write ``folder/<id>.js`` and return its path; states come from the cache first.

    The file appears whole or not at all. Raises what ``compute`` raises.
    """
    cache = Path(cache) / explorer.id
    code = code_key(explorer)
    wanted = [(settings, cache / _key(code, settings)) for settings in explorer.grid()]
    missing = [(settings, path) for settings, path in wanted if not path.exists()]
    work = joblib.Parallel(jobs, return_as="generator_unordered")(
        joblib.delayed(_record_state)(explorer, settings, path)
        for settings, path in missing
    )
    bar = tqdm(work, explorer.id, len(missing), disable=not progress or not missing)
    for _ in bar:
        pass
    states = [_load(path) for _, path in wanted]
    _forget(cache, keep={path for _, path in wanted})
    target = Path(folder) / f"{explorer.id}.js"
    _write(target, script(explorer, states).encode())
    return target


def code_key(explorer):
    """Digest the sources a state depends on: the explorer's and all they import."""
    digest = hashlib.sha256(f"{np.__version__} {matplotlib.__version__}".encode())
    for path in sorted(_sources(explorer.compute.__module__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def script(explorer, states):
    """Return the classic script that registers the states of one explorer."""
    painter = Painter(explorer.picture, explorer.size)
    stills = list(dict.fromkeys(state.still for state in states))
    stops = {name: list(c.recorded) for name, c in explorer.controls.items()}
    head = {
        "id": explorer.id,
        "title": explorer.title,
        "screen": screen_of(painter),
        "controls": [
            {
                "name": name,
                "label": control.label,
                "kind": type(control).__name__,
                "stops": stops[name],
                "texts": [control.text(stop) for stop in stops[name]],
            }
            for name, control in explorer.controls.items()
        ],
        "stills": [len(still) // 2 for still in stills],
        "states": [
            [
                [stops[name].index(value) for name, value in state.settings.items()],
                stills.index(state.still),
                len(state.moving) // 2,
                state.sentence,
            ]
            for state in states
        ],
    }
    lists = [*stills, *(state.moving for state in states)]
    packed = zlib.compress(b"".join(map(_pack, lists)), 9)
    payload = base64.b64encode(packed).decode()
    return (
        f"(window.nbRecordings ??= {{}})[{json.dumps(explorer.id)}] = "
        f'[{json.dumps(head, separators=(",", ":"))}, "{payload}"];\n'
    )


def _pack(words):
    """Differences at LAG, low bytes first: what repeats lies side by side."""
    words = np.frombuffer(words, "<u2")
    steps = words.copy()
    steps[LAG:] -= words[:-LAG]
    return (steps & 255).astype(np.uint8).tobytes() + (steps >> 8).astype(
        np.uint8
    ).tobytes()


@functools.lru_cache(maxsize=4)
def _painter(picture, size):
    return Painter(picture, size)


def _record_state(explorer, settings, path):
    """Calculate one state in a worker process and keep it."""
    frame = explorer.run(**settings)
    painter = _painter(explorer.picture, explorer.size)
    moving = painter.paint(frame)
    head = [settings, len(painter.still), explorer.describe(frame)]
    _write(path, json.dumps(head).encode() + b"\n" + painter.still + moving)


def _load(path):
    head, _, lists = path.read_bytes().partition(b"\n")
    settings, cut, sentence = json.loads(head)
    return State(settings, lists[:cut], lists[cut:], sentence)


def _key(code, settings):
    text = code + json.dumps(settings)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _write(path, data):
    """Write through a temporary file, so that no reader ever sees half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _forget(cache, *, keep):
    """Delete states of earlier code, which nobody will ask for again."""
    for path in cache.iterdir():
        if path not in keep:
            path.unlink()


def _sources(module, found=None):
    """Return the files of a module and of all its imports within its package."""
    found = set() if found is None else found
    spec = importlib.util.find_spec(module)
    path = Path(spec.origin) if spec and spec.origin else None
    if path is None or path in found or path.suffix != ".py":
        return found
    found.add(path)
    root = module.split(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        for name in names:
            if name.split(".")[0] == root and _exists(name):
                _sources(name, found)
    return found


def _exists(module):
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # "package.function", not a module
        return False
