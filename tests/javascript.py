"""The runtime in a JavaScript engine of its own, asked one call at a time."""

import base64
import json
import subprocess
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import as_strided

from nb_lib.live.page.gate.node import node
from nb_lib.live.runtime import runtime

DRIVER = Path(__file__).parent / "runtime" / "engine.js"
KINDS = {"b": "bool", "i": "int64"}
SPECIAL = {"nan": np.nan, "inf": np.inf, "-inf": -np.inf, "-0.0": -0.0}


class Refused(Exception):
    """The runtime raised: ``kind`` is its error's name, the text what it says."""

    def __init__(self, kind, text):
        super().__init__(text)
        self.kind = kind


class Engine:
    """A process that runs the runtime, and a translated program behind it.

    ``call`` asks it and ``close`` ends it; ``n_calls`` were asked so far. What stands
    in ``before`` runs first, as what a page says to its runtime.
    """

    def __init__(self, folder, program="", before=""):
        self.n_calls = 0
        script = Path(folder) / "engine.js"
        script.write_text(before + runtime() + program + DRIVER.read_text())
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([node(), script], stdin=pipe, stdout=pipe)

    def call(self, kind, name, /, *args, **named):
        """Return what the runtime gives for these arguments, or raise Refused."""
        self.n_calls += 1
        question = {"kind": kind, "name": name, "args": [*map(encoded, args)]}
        question["named"] = {word: encoded(value) for word, value in named.items()}
        line = json.dumps(question)
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise Refused(answer["error"], answer["text"])
        return decoded(answer["ok"])

    def close(self):
        """End the process."""
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def encoded(value):
    """Turn a value into what engine.js reads."""
    if isinstance(value, np.ndarray):
        return array(value)
    if isinstance(value, float) and (not np.isfinite(value) or str(value) == "-0.0"):
        return {"float": str(value)}
    if isinstance(value, tuple):
        return {"tuple": [encoded(each) for each in value]}
    if isinstance(value, list):
        return [encoded(each) for each in value]
    if isinstance(value, slice):
        return {"slice": [value.start, value.stop, value.step]}
    return {"dots": True} if value is Ellipsis else value


def array(value):
    """Turn an array into its shape, its strides and all that they may reach."""
    ascending = value[
        tuple(slice(None, None, -1 if s < 0 else 1) for s in value.strides)
    ]
    steps = [stride // value.itemsize for stride in value.strides]
    reach = [abs(step) * (n - 1) for step, n in zip(steps, value.shape, strict=True)]
    n = 1 + sum(reach) if value.size else 0
    data = as_strided(ascending, (n,), (value.itemsize,)).astype("<f8")
    return {
        "array": base64.b64encode(data.tobytes()).decode(),
        "shape": value.shape,
        "strides": steps,
        "offset": sum(r for r, step in zip(reach, steps, strict=True) if step < 0),
        "kind": KINDS.get(value.dtype.kind, value.dtype.name),
    }


def decoded(value):
    """Turn an answer of engine.js into arrays, numbers and tuples."""
    if isinstance(value, dict) and "array" in value:
        data = np.frombuffer(base64.b64decode(value["array"]), "<f8")
        return data.reshape(value["shape"]).astype(value["kind"])
    if isinstance(value, dict) and "tuple" in value:
        return tuple(decoded(each) for each in value["tuple"])
    if isinstance(value, int) and abs(value) > 2**53:
        return float(value)  # JavaScript writes a wide number without a point
    if isinstance(value, dict):
        return SPECIAL[value["float"]] if "float" in value else value
    return value
