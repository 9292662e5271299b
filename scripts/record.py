"""Make the explorers ready for the pages: ``make record``, or with ids for some.

One that computes in the page becomes a program under ``_build/static/programs``, and of
its states only those are recorded that the text asks for; of one that replays, or of
which the page computes a part, they are all recorded. It is said which do what, and
why. States and comparisons are cached under ``_build/cache``: what did not change costs
nothing, what was interrupted goes on.
"""

import os

from nb_lib.arithmetic import ARITHMETIC

os.environ.update(ARITHMETIC)

import argparse
import functools
import sys
import time
import warnings
from pathlib import Path

from nbformat import read
from wanted import FOLDER, asked, linked, views

from nb_lib.data.atomic import write_whole
from nb_lib.explore import EXPLORERS
from nb_lib.live.page.assets import without_data
from nb_lib.live.page.gate.door import Verdict, judge
from nb_lib.live.page.recorder import asked_for, few, record
from nb_lib.live.page.script import deflated, program_script, runtime_script
from nb_lib.live.runtime import runtime

BUILD = Path(__file__).resolve().parents[1] / "_build"
MOST_BYTES = 500_000  # of one recording: a page has to load it
MOST_DATA = 200_000  # bytes of the arrays that one program carries, deflated


@functools.cache
def notebooks():
    """Read all notebooks."""
    return [read(path, 4) for path in sorted(FOLDER.glob("*.ipynb"))]


def shown(name):
    """List the views of an explorer in the notebooks."""
    found = (view for notebook in notebooks() for view in views(notebook))
    return [view for view in found if view.explorer == name]


def wishes(name):
    """List the settings of an explorer that the texts ask for: in views and links."""
    in_views = [wish for view in shown(name) for _, wish in asked(view)]
    links = [pair for notebook in notebooks() for pair in linked(notebook)]
    return in_views + [settings for id, settings in links if id == name]


def judged(name, live):
    """Return the Verdict about an explorer, and the settings to record."""
    explorer = EXPLORERS[name]
    if name not in live:
        return Verdict(False, "nobody asked for more"), None
    states = asked_for(explorer, wishes(name))
    return judge(explorer, states, cache=BUILD / "cache/gate"), states


def record_all(ids, whole, live=()):
    """Make these explorers ready; print how each lives, its states and its sizes.

    ``live`` names those that may compute. Stops at what is too heavy for a page.
    """
    total, start = 0, time.perf_counter()
    static = BUILD / "static"
    write(static / "runtime.js", runtime_script(runtime()))
    for name in ids:
        explorer = EXPLORERS[name]
        verdict, states = judged(name, live)
        publish(explorer, verdict.program, static / "programs" / f"{name}.js")
        if not verdict.computes or explorer.in_page:
            starts = [(view.settings, view.only) for view in shown(name)]
            states = None if name in whole else few(explorer, starts)
        folders = {"folder": static / "recordings", "cache": BUILD / "cache"}
        path = record(explorer, **folders, states=states)
        size, count = path.stat().st_size, len(states or explorer.grid())
        total += size
        print(f"{name}: {count} states, {size / 1e3:.0f} kB", flush=True)
        print(f"    {told(verdict)}", flush=True)
        if size > MOST_BYTES:
            sys.exit(f"{name}: a page takes {MOST_BYTES / 1e3:.0f} kB, record less")
    seconds = time.perf_counter() - start
    print(f"recordings: {total / 1e6:.2f} MB, {seconds:.0f} s", flush=True)


def publish(explorer, program, path):
    """Write the program of an explorer; where there is none, no old one stays.

    Stops at data that are too much for a page.
    """
    data = len(deflated(program)) - len(deflated(without_data(program)))
    if data > MOST_DATA:
        sys.exit(f"{explorer.id}: a page takes {MOST_DATA / 1e3:.0f} kB of data")
    if program:
        write(path, program_script(explorer, program))
    else:
        path.unlink(missing_ok=True)


def write(path, text):
    """Write a script whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode("ascii"))


def told(verdict):
    """Say whether an explorer computes or replays, and why."""
    if not verdict.computes:
        return f"replays: {verdict.why}"
    plain = len(deflated(without_data(verdict.program)))
    data = len(deflated(verdict.program)) - plain
    size = f"program {plain / 1e3:.0f} kB"
    if data:
        size += f", data {data / 1e3:.0f} kB"
    return f"computes: {verdict.why}; {size}"


def main():
    """Record those asked for, or all; Ctrl-C loses nothing but the states in hand."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ids", nargs="*", help=f"among {', '.join(EXPLORERS)}")
    parser.add_argument(
        "--whole", nargs="*", default=EXPLORERS, metavar="ID",
        help="record the whole grid of these, of the others a part, as the tests do",
    )  # fmt: skip
    parser.add_argument(
        "--live", nargs="*", default=EXPLORERS, metavar="ID",
        help="let these compute in the page if they pass; the others replay",
    )  # fmt: skip
    options = parser.parse_args()
    ids = options.ids or list(EXPLORERS)
    for name in [*ids, *options.whole, *options.live]:
        if name not in EXPLORERS:
            sys.exit(f"record wants explorers among {list(EXPLORERS)}, got {name!r}")
    # On a busy machine joblib replaces processes that had to wait: nothing is lost.
    warnings.filterwarnings("ignore", "A worker stopped", UserWarning)
    try:
        record_all(ids, options.whole, options.live)
    except KeyboardInterrupt:
        print("Interrupted: the next `make record` goes on here.", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
