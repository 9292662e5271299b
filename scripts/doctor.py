"""Measure the doctor as one measures a medical test: two runs at a time.

Every finished run is kept, so a measuring that was stopped goes on from there. The
tuning half may be run as often as one likes; the held-out half is for counting, once
per version of the rules: ``--held-out`` asks for it, and nothing should be tuned on
what it shows. ``--again`` forgets what was kept of the half that is run.
"""

import argparse
import csv
import io
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from clinic.overhead import overhead
from clinic.ward import SEEDS, measure, programs

from nb_lib.data.atomic import write_whole
from nb_lib.doctor import measured

KEY = ("half", "kind", "name", "architecture", "seed")


def key(row):
    """Return what tells one run from all others."""
    return tuple(str(row[name]) for name in KEY)


def jobs(halves, seeds=SEEDS):
    """List all runs of some halves, seed by seed."""
    return [(h, *p, seed) for seed in seeds for h in halves for p in programs(h)]


def flat(record):
    """Return a record as a row of the file."""
    fault, said = record["name"], record["said"]
    extra = [n for n in said if n != fault and n not in record["also"]]
    row = record | {"extra": extra if record["kind"] == "fault" else []}
    row["alarm"] = record["first"].get(fault, "")
    row |= {
        f"{label}_names": record[f"{label} names"] for label in ("debugger", "umlaut")
    }
    return {
        name: " ".join(row[name]) if name in measured.LISTS else row[name]
        for name in measured.FIELDS
    }


def write(rows, path):
    """Write the file whole, in the order in which the runs are declared."""
    place = {
        tuple(map(str, job)): n for n, job in enumerate(jobs(("tuning", "held out")))
    }
    kept = sorted(
        (row for row in rows if key(row) in place), key=lambda r: place[key(r)]
    )
    file = io.StringIO()
    writer = csv.DictWriter(file, measured.FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    write_whole(path, file.getvalue().encode())


def kept(path):
    """Return the rows of the file as they are written there."""
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run_all(todo, rows, path, processes):
    """Run what is lacking; write the file now and then, and tell how long it takes."""
    start, context = time.time(), multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context) as pool:
        pending = [pool.submit(measure, *job) for job in todo]
        try:
            for done, future in enumerate(as_completed(pending), start=1):
                rows.append(flat(future.result()))
                if done % 20 == 0 or done == len(todo):
                    write(rows, path)
                    rest = (time.time() - start) / done * (len(todo) - done) / 60
                    print(
                        f"{done} of {len(todo)}, about {rest:.0f} min left", flush=True
                    )
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            write(rows, path)
            raise


def tell(rows, half):
    """Print the tables of one half."""
    print(f"\n== {half}\n")
    for table in (measured.summary, measured.faults_table, measured.misses):
        print("\n".join(table(rows, half)), end="\n\n")
    print("\n".join(measured.healthy_table(rows, half)))


def main(arguments=None):
    """Run what is lacking, then print the tables; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="the other half")
    parser.add_argument("--again", action="store_true", help="forget the runs kept")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many")
    parser.add_argument("--jobs", type=int, default=2, help="processes, 2 by default")
    parser.add_argument("--path", type=Path, default=measured.STORED, help="the file")
    options = parser.parse_args(arguments)
    halves = ("held out",) if options.held_out else ("tuning",)
    rows = kept(options.path)
    if options.again:
        rows = [row for row in rows if row["half"] not in halves]
    have = set(map(key, rows))
    todo = [
        job
        for job in jobs(halves, range(options.seeds))
        if tuple(map(str, job)) not in have
    ]
    try:
        run_all(todo, rows, options.path, options.jobs)
    except KeyboardInterrupt:
        print("\nStopped: the same command goes on from here.")
        return 130
    for half in halves:
        tell(measured.read(options.path), half)
    print(f"\noverhead on the MNIST MLP: {overhead():.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
