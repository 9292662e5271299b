"""Save a training run and go on from it later, to the same weights bit for bit.

``save_run`` puts everything that a run needs in one file and ``load_run`` puts it back.
Both take models, optimisers, schedules, streams of batches and generators of either
twin. A new file takes the place of the old one only when it is complete, so a run that
is killed while it saves still has the last good one.
"""

import io
import json
import os
from copy import deepcopy
from pathlib import Path

import numpy as np

from nb_lib.data.atomic import appear_whole
from nb_lib.runs.tree import flatten, rebuild

FORMAT = "nb_lib run 1"


def save_run(path, **parts):
    """Write the state of all parts to one file: ``save_run("run.npz", model=net)``.

    A part is a model, an optimiser, a schedule, a stream of batches, a generator of
    random numbers, or a plain value such as the number of steps so far. Of a model the
    running numbers of its batch norms are kept too. The file is in NumPy's npz format
    and holds no pickle. Errors: TypeError for a part that has no state, OSError where
    the folder cannot be written; the old file is then untouched.
    """
    arrays = []
    states = {name: _state(part) for name, part in parts.items()}
    form = flatten(states, arrays, where="run")
    header = json.dumps({"format": FORMAT, "form": form})
    held = {f"array_{i}": array for i, array in enumerate(arrays)}
    with appear_whole(path) as part, part.open("wb") as file:
        np.savez(file, header=np.array(header), **held)
        file.flush()
        os.fsync(file.fileno())  # the name must not arrive before the content


def load_run(path, **parts):
    """Put the saved states back into the parts; return the plain values, by name.

    Give the parts under the names that ``save_run`` had for them. A file that is
    damaged, cut short or no saved run, a part that it lacks and a state that does not
    fit are a ValueError that names the file, and all parts are then as they were.
    """
    path = Path(path)
    states = _read(path)
    missing = [name for name in parts if name not in states]
    if missing:
        raise ValueError(
            f"{path.name} holds {', '.join(states)}, but no {' and no '.join(missing)}"
        )
    for name, part in parts.items():
        _check(part, states[name], f"{path.name}, {name}")
    before = {name: deepcopy(_state(part)) for name, part in parts.items()}
    try:
        for name, part in parts.items():
            _restore(part, states.pop(name))
    except Exception as error:
        for changed, part in parts.items():
            _restore(part, before[changed])
        raise ValueError(f"{path.name}, {name}: {error}") from error
    return states


def _state(part):
    """Return what has to be kept of one part: its state, or the plain value itself."""
    if hasattr(part, "state_dict"):
        return part.state_dict()
    if isinstance(part, np.random.Generator):
        return part.bit_generator.state
    if hasattr(part, "get_state"):  # PyTorch's Generator
        return part.get_state()
    return _params_and_buffers(part) if hasattr(part, "params") else part


def _restore(part, state):
    """Give one part the state that was kept of it."""
    if hasattr(part, "load_state_dict"):
        part.load_state_dict(state)
    elif isinstance(part, np.random.Generator):
        part.bit_generator.state = state
    elif hasattr(part, "set_state"):
        part.set_state(state)
    else:
        for name, array in _arrays(part).items():
            array[...] = state[name]


def _check(part, state, where):
    """Want a part that can take a state, and of a model the same names and shapes."""
    if isinstance(part, np.random.Generator):
        kind = part.bit_generator.state["bit_generator"]
        if not isinstance(state, dict) or state.get("bit_generator") != kind:
            raise ValueError(f"{where}: wanted the state of a {kind} generator")
        return
    own = _arrays(part)
    if own is None:
        if hasattr(part, "load_state_dict") or hasattr(part, "set_state"):
            return
        kind = type(part).__name__
        raise TypeError(
            f"{where}: a {kind} takes no state; leave it out, and load_run returns it"
        )
    shapes = [
        {name: tuple(a.shape) for name, a in held.items()}
        for held in (own, state if isinstance(state, dict) else {})
    ]
    if shapes[0] != shapes[1]:
        raise ValueError(f"{where}: {_difference(*shapes)}")


def _arrays(part):
    """Return the arrays of a model by name, or None for what is no model."""
    if hasattr(part, "parameters"):  # a module of PyTorch
        return part.state_dict()
    if isinstance(part, dict):
        return part
    is_model = isinstance(getattr(part, "params", None), dict)
    if is_model and not hasattr(part, "state_dict"):
        return _params_and_buffers(part)
    return None


def _params_and_buffers(model):
    """Return the parameters, and what batch norms inside keep beside them."""
    return model.params | dict(_buffers(model, "", set()))


def _buffers(part, path, seen):
    """Yield the buffers of all layers in a model of NumPy, each with its path."""
    if id(part) in seen:  # layers may know each other
        return
    seen.add(id(part))
    if isinstance(part, dict):
        inside = part.items()
    elif isinstance(part, list | tuple):
        inside = enumerate(part)
    elif hasattr(part, "params"):
        for name, array in getattr(part, "buffers", {}).items():
            yield f"{path}{name}", array
        inside = getattr(part, "__dict__", {}).items()
    else:
        return
    for name, each in inside:
        yield from _buffers(each, f"{path}{name}.", seen)


def _difference(wanted, got):
    """Say where two tables of shapes part."""
    for name in wanted.keys() | got.keys():
        if wanted.get(name) != got.get(name):
            return f"wanted {name} of shape {wanted.get(name)}, got {got.get(name)}"
    return "the same names and shapes"


def _read(path):
    """Return the states in the file, or say what is wrong with it."""
    content = path.read_bytes()  # an npz file has a checksum of each array
    if not content.startswith(b"PK"):
        raise ValueError(f"{path.name} is no saved run: it is not an npz file")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            header = json.loads(str(file["header"])) if "header" in file else {}
            arrays = [file[f"array_{i}"] for i in range(len(file.files) - 1)]
        is_ours = isinstance(header, dict) and header.get("format") == FORMAT
        states = rebuild(header["form"], arrays) if is_ours else None
    except Exception as error:  # zipfile, NumPy and json raise a dozen kinds
        raise ValueError(
            f"{path.name} is damaged or cut short and cannot be read: save the run "
            "again, or go back to an older file"
        ) from error
    if not is_ours:
        raise ValueError(f"{path.name} is no saved run, but some other npz file")
    return states
