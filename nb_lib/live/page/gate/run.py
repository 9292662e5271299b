"""What settings show, in Python and in the page's engine."""

import base64
import contextlib
import functools
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from matplotlib.path import Path as Curve

from nb_lib.live.page.gate.compare import Shown, difference
from nb_lib.live.page.gate.elsewhere import elsewhere
from nb_lib.live.page.gate.frames import numbers_of
from nb_lib.live.page.gate.node import node
from nb_lib.live.page.gate.nudge import nudged
from nb_lib.live.paint.painter import Painter
from nb_lib.live.runtime import runtime

HERE = Path(__file__).parent
ALLOWED = "globalThis.nbMayAssemble = true;"  # vectors, as wherever no policy forbids
PATIENCE = 60  # seconds that the page may take for one of the settings, on the average


def page_text(program):
    """Return the script that answers for a program: runtime, hook, program, driver."""
    parts = [ALLOWED, runtime(), (HERE / "frames.js").read_text(), program]
    return "\n".join([*parts, (HERE / "driver.js").read_text()])


def in_page(explorer, text, chosen):
    """Return what the page shows for each of some settings, and its seconds.

    Where it raised or gave no answer, there is a sentence about that. Who gives no
    answer behind others is asked again alone; if that fails, no later one is asked.
    """
    answers, end = _asked(explorer, text, chosen)
    if len(answers) == len(chosen):
        return answers
    if len(chosen) == 1:
        return [(_failure(f"gives no answer: {end}"), float(PATIENCE))]
    one, *others = chosen[len(answers) :]
    answers += in_page(explorer, text, [one])
    failed = answers[-1][0].is_failure
    return answers if failed else answers + in_page(explorer, text, others)


def _asked(explorer, text, chosen):
    """Ask one process; return what it answered, and how it ended if not well."""
    lines = "".join(
        json.dumps({"id": explorer.id, "settings": settings}) + "\n"
        for settings in chosen
    )
    with tempfile.TemporaryDirectory() as folder:
        script, heard = Path(folder) / "page.js", Path(folder) / "heard"
        script.write_text(text, encoding="utf-8")
        with heard.open("wb") as out:
            end = _run([node(), script], lines, out, PATIENCE * len(chosen))
        *lines, _ = heard.read_bytes().split(b"\n")  # the last may be half a line
    return [_answer(line) for line in lines], end


def _run(command, lines, out, seconds):
    """Run a command on these lines; return how it ended, if not well."""
    try:
        done = subprocess.run(
            command, input=lines.encode(), stdout=out, stderr=subprocess.PIPE,
            check=False, timeout=seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"not within {seconds} s"
    words = done.stderr.decode(errors="replace").splitlines()
    return next((line for line in words if "Error" in line), " ".join(words)[:300])


def _answer(line):
    said = json.loads(line)
    if "error" in said:
        return _failure(f"raises {said['error']}"), said["seconds"]
    octets = {name: base64.b64decode(said[name]) for name in ("still", "moving")}
    numbers = np.frombuffer(base64.b64decode(said["numbers"]), "<f8")
    shown = Shown(said["sentence"], said["layout"], numbers, **octets)
    return shown, said["seconds"]


def _failure(sentence):
    return Shown(sentence, [], np.empty(0), b"", b"", is_failure=True)


def in_python(explorer, settings):
    """Return what Python shows for settings, its curves drawn point by point."""
    with whole_curves():
        painter = _painter(explorer.picture, explorer.size)
        try:
            frame = explorer.run(**settings)
        except Exception as error:
            return _failure(f"raises {type(error).__name__}: {error}")
        moving = painter.paint(frame)
        layout, numbers = numbers_of(frame)
        sentence = explorer.describe(frame)
        return Shown(sentence, layout, numbers, painter.still, moving)


@contextlib.contextmanager
def whole_curves():
    """Let matplotlib leave no point out of a curve: last bits decide which."""
    kept = Curve.should_simplify
    Curve.should_simplify = property(lambda curve: False)
    try:
        yield
    finally:
        Curve.should_simplify = kept


@functools.lru_cache(maxsize=4)
def _painter(picture, size):
    return Painter(picture, size)


def is_chaotic(explorer, settings, plain):
    """Say whether last bits decide what these settings show.

    ``plain`` is what Python shows for them. Where the last bit of a double is lost on
    the way, as all is rounded to float32, that of a float32 is moved. At last the sums
    are taken in another order.
    """
    for seed in (1, 2):
        for dtype in ("float64", "float32"):
            with nudged(seed, dtype):
                other = in_python(explorer, settings)
            if difference(plain, other):
                return True
            if not np.array_equal(plain.numbers, other.numbers, equal_nan=True):
                break  # the bits came through, and decided nothing
    return bool(difference(plain, elsewhere(in_python, explorer, settings)))
