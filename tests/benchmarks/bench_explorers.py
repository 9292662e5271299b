"""What each explorer asks of the kernel after a move: at its start and at the corners.

In milliseconds: from the settings to the first frame and to the last (calculation
and painting, as the worker does it), and the painting of one frame; medians at the
start. Then the slowest of all corners of its ranges. Beside them, in the same run,
the flagship's start is the measure: how many times as long the others take.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # corners

from corners import corners

from nb_lib.explore import EXPLORERS
from nb_lib.live.kernel.worker import Worker

ROUNDS = 9


def answer(explorer, painter, **settings):
    """Answer one move by a worker; return when each frame came, and its cost."""
    start, painted, costs = time.perf_counter(), [], []

    def paint(_settings, frame, _is_last):
        before = time.perf_counter()
        painter.paint(frame)
        explorer.describe(frame)
        painted.append(time.perf_counter() - start)
        costs.append(time.perf_counter() - before)

    failed = painted.append  # an error has no median
    worker = Worker(explorer.compute, paint, failed, name=explorer.id)
    worker.ask(explorer.settings(**settings))
    worker.wait()
    return painted, costs


def median(values):
    """Return the median in milliseconds."""
    return 1e3 * statistics.median(values)


def measure(explorer):
    """Return first, last and painting at the start, the slowest corner and its time."""
    painter = explorer.painter()
    answer(explorer, painter)  # what is loaded once is loaded
    runs = [answer(explorer, painter) for _ in range(ROUNDS)]
    slowest, where = 0.0, {}
    for settings in ({}, *corners(explorer)):
        painted, _ = answer(explorer, painter, **settings)
        if painted[-1] > slowest:
            slowest, where = painted[-1], settings
    return (
        median(painted[0] for painted, _ in runs),
        median(painted[-1] for painted, _ in runs),
        median(cost for _, costs in runs for cost in costs),
        1e3 * slowest,
        where,
    )


if __name__ == "__main__":
    print(f"{'explorer':14}  first   last  ratio  paint  slowest corner")
    flagship = None
    for name in sorted(EXPLORERS, key=lambda name: name != "sixty_lines"):
        first, last, paint, slowest, where = measure(EXPLORERS[name])
        flagship = flagship or last
        there = ", ".join(f"{key} {value}" for key, value in where.items()) or "start"
        print(
            f"{name:14} {first:6.1f} {last:6.1f} {last / flagship:6.2f} {paint:6.2f}  "
            f"{slowest:6.0f}  {there}",
            flush=True,
        )
