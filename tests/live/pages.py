"""Programs of explorers in a JavaScript engine, and display lists held side by side."""

import base64
import json
import subprocess

import numpy as np
from live.words import UNITS, operations
from matplotlib.path import Path

from nb_lib.live.page.gate.node import node
from nb_lib.live.runtime import runtime

DRIVER = """
const words = ({ buffer, byteOffset, byteLength }) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");
for (const settings of SETTINGS) {
  const run = nbEngines[ID].begin(settings);
  while (run.next());
  const { still, moving, sentence } = run.frame();
  process.stdout.write(JSON.stringify([words(still), words(moving), sentence]) + "\\n");
}
"""


def run(script, folder):
    """Run the runtime and a script behind it; return the lines that it writes, read."""
    path = folder / "page.js"
    path.write_text(f"(() => {{\n{runtime()}\n{script}\n}})();\n")
    answer = subprocess.run([node(), path], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr[-2000:]
    return [json.loads(line) for line in answer.stdout.splitlines()]


def frames_of(text, id, settings, folder):
    """Return (still, moving, sentence) of a program for each of these settings."""
    head = f"const ID = {json.dumps(id)}, SETTINGS = {json.dumps(settings)};"
    return [
        (base64.b64decode(still), base64.b64decode(moving), sentence)
        for still, moving, sentence in run(text + head + DRIVER, folder)
    ]


def whole_lines(monkeypatch):
    """Let matplotlib keep every point of a line: the page thins none out."""
    monkeypatch.setattr(Path, "should_simplify", property(lambda path: False))


def difference(got, want):
    """Say where two display lists differ by more than a word's unit, or nothing."""
    got, want = operations(got), operations(want)
    for count, (one, other) in enumerate(zip(got, want, strict=False)):
        for key in other:
            if key not in one or not _is_near(one[key], other[key]):
                what = f"operation {count}, {other['op']}, {key}"
                return f"{what}: {one.get(key)} instead of {other[key]}"
    if len(got) != len(want):
        return f"{len(got)} operations instead of {len(want)}"
    return None


def _is_near(one, other):
    if isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_is_near, one, other))
    if isinstance(other, np.ndarray):
        return one.shape == other.shape and _is_near_by(one, other)
    if isinstance(other, float):
        return abs(one - other) <= 1 / UNITS
    return one == other


def _is_near_by(one, other):
    if one.dtype == np.uint8:  # levels of an image: a tie may fall to either side
        return np.mean(np.any(one != other, axis=-1)) < 0.002
    return bool(np.all(np.abs(one - other) <= 1 / UNITS))
