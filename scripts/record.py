"""Record the explorers for the pages: ``make record``, or with ids for some of them.

Each becomes one script under ``_build/static/recordings``. States are cached under
``_build/cache``: what did not change costs nothing, what was interrupted goes on.
"""

import argparse
import sys
import time
import warnings
from pathlib import Path

from nbformat import read
from wanted import FOLDER, views

from nb_lib.explore import EXPLORERS
from nb_lib.live.page.recorder import few, record

BUILD = Path(__file__).resolve().parents[1] / "_build"
MOST_BYTES = 500_000  # of one recording: a page has to load it


def shown(name):
    """List where the notebooks show an explorer: its settings, the controls shown."""
    found = [view for path in FOLDER.glob("*.ipynb") for view in views(read(path, 4))]
    return [(view.settings, view.only) for view in found if view.explorer == name]


def record_all(ids, whole):
    """Record these explorers; print the states and the size of each file.

    Stops at a recording that is too heavy for a page.
    """
    total, start = 0, time.perf_counter()
    for name in ids:
        explorer = EXPLORERS[name]
        states = None if name in whole else few(explorer, shown(name))
        folders = {"folder": BUILD / "static/recordings", "cache": BUILD / "cache"}
        path = record(explorer, **folders, states=states)
        size, count = path.stat().st_size, len(states or explorer.grid())
        total += size
        print(f"{name}: {count} states, {size / 1e3:.0f} kB", flush=True)
        if size > MOST_BYTES:
            sys.exit(f"{name}: a page takes {MOST_BYTES / 1e3:.0f} kB, record less")
    seconds = time.perf_counter() - start
    print(f"recordings: {total / 1e6:.2f} MB, {seconds:.0f} s", flush=True)


def main():
    """Record those asked for, or all; Ctrl-C loses nothing but the states in hand."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ids", nargs="*", help=f"among {', '.join(EXPLORERS)}")
    parser.add_argument(
        "--whole", nargs="*", default=EXPLORERS, metavar="ID",
        help="record the whole grid of these, of the others a part, as the tests do",
    )  # fmt: skip
    options = parser.parse_args()
    ids = options.ids or list(EXPLORERS)
    for name in [*ids, *options.whole]:
        if name not in EXPLORERS:
            sys.exit(f"record wants explorers among {list(EXPLORERS)}, got {name!r}")
    # On a busy machine joblib replaces processes that had to wait: nothing is lost.
    warnings.filterwarnings("ignore", "A worker stopped", UserWarning)
    try:
        record_all(ids, options.whole)
    except KeyboardInterrupt:
        print("Interrupted: the next `make record` goes on here.", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
