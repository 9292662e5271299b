"""Whether an explorer computes in the page or replays what was recorded, and why."""

import contextlib
import functools
import hashlib
import json
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

import joblib
import numpy as np

from nb_lib.data.atomic import write_whole
from nb_lib.live.declare.grips import Grips
from nb_lib.live.page.gate.compare import difference
from nb_lib.live.page.gate.node import node
from nb_lib.live.page.gate.run import (
    in_page,
    in_python,
    is_chaotic,
    page_text,
    whole_curves,
)
from nb_lib.live.page.program import program
from nb_lib.live.page.sources import code_key
from nb_lib.live.paint.encode import Unsupported
from nb_lib.live.translate import Refused

SEEDS, DRAWN = (1, 2, 3), 10  # random settings, so many from each seed
TRIES = 200  # to draw them: of few stops there are fewer settings
MOST_CHAOTIC = 0.25  # share of the settings: there Python itself disagrees with itself
SLOWEST = 5  # seconds that the page may calculate at its start: a reader waits
BATCH = 6  # settings that one process answers for in a row


@dataclass(frozen=True)
class Outcome:
    """What came of one comparison."""

    settings: dict
    difference: str | None
    is_chaotic: bool
    seconds: float  # of processor time that the page took

    @property
    def fails(self):
        """Whether page and Python differ for no good reason."""
        return bool(self.difference) and not self.is_chaotic

    @property
    def is_slow(self):
        """Whether a reader would wait too long for it."""
        return self.seconds > SLOWEST


@dataclass(frozen=True)
class Verdict:
    """Whether an explorer computes in the page, why, and its program if it does."""

    computes: bool
    why: str
    program: str = ""
    outcomes: tuple = ()


def judge(explorer, states=(), *, cache, jobs=-1):
    """Return the Verdict about an explorer.

    The page has to agree with what Python shows of ``explorer.for_page()``, at its
    start, at ``states`` and at 30 random settings. What was compared lies in the folder
    ``cache``: what changes neither here nor there is not compared again.
    """
    if node() is None:
        return Verdict(False, "no JavaScript engine is at hand to judge it")
    explorer = explorer.for_page()
    try:
        with whole_curves(), _noted(f"explorer {explorer.id}, its program"):
            text = program(explorer)
    except (Refused, Unsupported) as refusal:
        return Verdict(False, str(refusal))
    chosen = settings_of(explorer, states)
    outcomes = compared(explorer, text, chosen, Path(cache) / explorer.id, jobs)
    computes, why = judgement(outcomes)
    return Verdict(computes, why, text if computes else "", tuple(outcomes))


def judgement(outcomes):
    """Return whether these outcomes let an explorer pass, and a sentence."""
    chaotic = [each for each in outcomes if each.is_chaotic]
    for each in outcomes:
        if each.fails:
            return False, f"at {_words(each.settings)} the page {each.difference}"
    if outcomes[0].is_slow:
        return False, f"the page takes {outcomes[0].seconds:.0f} s for its start"
    if len(chaotic) > MOST_CHAOTIC * len(outcomes):
        first = _words(chaotic[0].settings)
        return False, (
            f"last bits decide {len(chaotic)} of {len(outcomes)} settings, as {first}"
        )
    seconds = np.median([each.seconds for each in outcomes])
    why = f"{len(outcomes)} settings agree, half of them within {seconds:.2g} s"
    if chaotic:
        why += f"; last bits decide {len(chaotic)}, as {_words(chaotic[0].settings)}"
    return True, why


def settings_of(explorer, states):
    """Return the settings to compare: the start, ``states`` and random ones, no twice.

    Each control of a random one rests at its start or anywhere, both as likely.
    """
    found = {json.dumps(each): each for each in (explorer.settings(), *states)}
    for seed in SEEDS:
        rng = np.random.default_rng([seed, zlib.crc32(explorer.id.encode())])
        enough = len(found) + DRAWN
        for _ in range(TRIES):
            if len(found) == enough:
                break
            drawn = {
                name: anywhere(control, rng)
                for name, control in explorer.controls.items()
                if rng.random() < 0.5
            }
            settings = explorer.settings(**drawn)
            found.setdefault(json.dumps(settings), settings)
    return list(found.values())


def anywhere(control, rng):
    """Return one of a control's stops; of points any, for their stops are a start."""
    if isinstance(control, Grips):
        return control.drawn(rng)
    return control.stops[rng.integers(len(control.stops))]


def compared(explorer, text, chosen, cache, jobs):
    """Return the Outcome of each of these settings; from the cache if it is there.

    Where the first of them fails or is slow, the others are not looked at; and none
    anew where one of them is known to fail.
    """
    page = page_text(text)
    parts = (code_key(explorer).encode(), page.encode(), own_code())
    key = hashlib.sha256(b"".join(parts)).hexdigest()
    paths = {_path(cache, key, settings): settings for settings in chosen}
    first, *others = paths
    _fill(explorer, page, {first: paths[first]}, 1)
    known = [_load(first)]
    if not (known[0].fails or known[0].is_slow):
        if not any(_load(path).fails for path in others if path.exists()):
            _fill(explorer, page, {path: paths[path] for path in others}, jobs)
        known += [_load(path) for path in others if path.exists()]
    for path in {*cache.iterdir()} - {*paths}:  # of earlier code
        path.unlink(missing_ok=True)
    return known


@functools.cache
def own_code():
    """Return the bytes of the gate itself: another gate may judge otherwise."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return b"".join(path.read_bytes() for path in sources)


def _fill(explorer, page, paths, jobs):
    """Compare the settings whose outcome is not kept yet, some in one process."""
    missing = [pair for pair in paths.items() if not pair[0].exists()]
    batches = [missing[i : i + BATCH] for i in range(0, len(missing), BATCH)]
    joblib.Parallel(jobs if len(batches) > 1 else 1)(
        joblib.delayed(_compare)(explorer, page, batch) for batch in batches
    )


def _compare(explorer, page, pairs):
    """Compare some settings, in a worker process, and keep what came of each."""
    answers = in_page(explorer, page, [settings for _, settings in pairs])
    for (path, settings), (got, seconds) in zip(pairs, answers, strict=False):
        with _noted(f"explorer {explorer.id} at {_words(settings)}"):
            wanted = in_python(explorer, settings)
            words = difference(wanted, got)
            may_be_chaos = words and not (wanted.is_failure or got.is_failure)
            chaos = bool(may_be_chaos) and is_chaotic(explorer, settings, wanted)
        outcome = Outcome(settings, words, chaos, seconds)
        write_whole(path, json.dumps(asdict(outcome)).encode())


@contextlib.contextmanager
def _noted(place):
    """Let what is raised within say where that was."""
    try:
        yield
    except Exception as error:
        error.add_note(place)
        raise


def _load(path):
    return Outcome(**json.loads(path.read_bytes()))


def _path(cache, key, settings):
    text = key + json.dumps(settings)
    return cache / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.gate"


def _words(settings):
    return ", ".join(f"{name} = {value!r}" for name, value in settings.items())
