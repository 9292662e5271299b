"""Record the explorers for the pages: ``make record``, or with ids for some of them.

Each becomes one script under ``_build/static/recordings``. States are cached under
``_build/cache``: what did not change costs nothing, what was interrupted goes on.
"""

import argparse
import sys
import time
import warnings
from pathlib import Path

from nb_lib.explore import EXPLORERS
from nb_lib.live.page.recorder import record

BUILD = Path(__file__).resolve().parents[1] / "_build"


def record_all(ids):
    """Record these explorers; print the states and the size of each file."""
    total, start = 0, time.perf_counter()
    for name in ids:
        explorer = EXPLORERS[name]
        path = record(explorer, BUILD / "static/recordings", cache=BUILD / "cache")
        size = path.stat().st_size
        total += size
        print(f"{name}: {len(explorer.grid())} states, {size / 1e3:.0f} kB", flush=True)
    seconds = time.perf_counter() - start
    print(f"recordings: {total / 1e6:.2f} MB, {seconds:.0f} s", flush=True)


def main():
    """Record those asked for, or all; Ctrl-C loses nothing but the states in hand."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ids", nargs="*", help=f"among {', '.join(EXPLORERS)}")
    ids = parser.parse_args().ids
    for name in ids:
        if name not in EXPLORERS:
            sys.exit(f"record wants explorers among {list(EXPLORERS)}, got {name!r}")
    # On a busy machine joblib replaces processes that had to wait: nothing is lost.
    warnings.filterwarnings("ignore", "A worker stopped", UserWarning)
    try:
        record_all(ids or EXPLORERS)
    except KeyboardInterrupt:
        print("Interrupted: the next `make record` goes on here.", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
