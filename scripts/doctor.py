"""Measure the doctor as one measures a medical test: two runs at a time.

Every finished run is kept, so a measuring that was stopped goes on from there. The
tuning part may be run as often as one likes; the held-out and the fresh part are for
counting, once per version of the rules, and nothing should be tuned on what they show.
``--again`` begins one more look at the parts that are run and puts the last one aside;
of the tuning part nothing is put aside.
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
from clinic.ward import PARTS, SEEDS, measure
from workers import end_with_parent

from nb_lib.data.atomic import write_whole
from nb_lib.doctor import measured

KEY = ("part", "kind", "name", "architecture", "seed")


def key(row):
    """Return what tells one run from all others."""
    return tuple(str(row[name]) for name in KEY)


def jobs(parts=tuple(PARTS), seeds=SEEDS, only=()):
    """List all runs of some parts, seed by seed; ``only`` names faults and programs."""
    return [
        (part, *program, seed)
        for seed in seeds
        for part in parts
        for program in PARTS[part].programs()
        if not only or program[1] in only
    ]


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
    """Write the file whole, part by part, in the order in which runs are declared.

    What is no longer declared is left out.
    """
    seeds = sorted({int(row["seed"]) for row in rows})
    order = sorted(
        jobs(seeds=seeds), key=lambda job: (list(PARTS).index(job[0]), job[-1])
    )
    place = {tuple(map(str, job)): n for n, job in enumerate(order)}
    known = sorted(
        (row for row in rows if key(row) in place), key=lambda r: place[key(r)]
    )
    file = io.StringIO()
    writer = csv.DictWriter(file, measured.FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(known)
    write_whole(path, file.getvalue().encode())


def kept(path):
    """Return the rows of the file as they are written there.

    A file with other columns, or a row that lacks some, is a ValueError.
    """
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    if tuple(reader.fieldnames or ()) != measured.FIELDS:
        raise ValueError(f"{path.name} has other columns than this version keeps")
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values() or not row["seed"].isdigit():
            raise ValueError(f"{path.name}, line {line}: this is no whole run")
    return rows


def put_aside(rows, path):
    """Add the runs of a look that is over to the file of the earlier looks."""
    aside = path.with_name(measured.EARLIER)
    before = aside.read_text(encoding="utf-8") if aside.exists() else ""
    file = io.StringIO()
    writer = csv.DictWriter(file, measured.FIELDS, lineterminator="\n")
    if not before:
        writer.writeheader()
    writer.writerows(row for row in rows if row["part"] != "tuning")
    write_whole(aside, (before + file.getvalue()).encode())


def run_all(todo, looks, rows, path, processes):
    """Run what is lacking; write the file now and then, and tell how long it takes."""
    start, context = time.time(), multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=end_with_parent) as pool:
        pending = [pool.submit(measure, *job) for job in todo]
        try:
            for done, future in enumerate(as_completed(pending), start=1):
                record = future.result()
                rows.append(flat(record | {"look": looks[record["part"]]}))
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


def tell(rows, part):
    """Print the tables of one part."""
    print(f"\n== {part}, {measured.looks(rows, part)}\n")
    for table in (measured.summary, measured.faults_table, measured.misses):
        print("\n".join(table(rows, part)), end="\n\n")
    print("\n".join(measured.healthy_table(rows, part)))


def options(arguments):
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = [part.replace(" ", "-") for part in PARTS]
    parser.add_argument("--parts", nargs="+", choices=names, default=names)
    parser.add_argument("--again", action="store_true", help="one more look")
    parser.add_argument("--only", nargs="+", default=(), help="faults, programs")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many")
    parser.add_argument("--jobs", type=int, default=2, help="processes, 2 by default")
    parser.add_argument("--path", type=Path, default=measured.STORED, help="the file")
    chosen = parser.parse_args(arguments)
    chosen.parts = [part.replace("-", " ") for part in chosen.parts]
    known = {name for part in PARTS.values() for _, name, _ in part.programs()}
    if unknown := sorted({*chosen.only} - known):
        parser.error(f"no fault or program is called {', '.join(unknown)}")
    return chosen


def number_of(part, rows, chosen):
    """Return the number of the look at a part that is asked for."""
    looks = [look for known, look in measured.by_look(chosen.path) if known == part]
    is_begun = not chosen.again and part in {row["part"] for row in rows}
    return max(looks, default=0) + (not is_begun)


def main(arguments=None):
    """Run what is lacking, then print the tables; return the exit status."""
    chosen = options(arguments)
    try:
        rows = kept(chosen.path)
    except ValueError as error:
        print(f"{error}. Move it away, or mend it.", file=sys.stderr)
        return 1
    looks = {part: number_of(part, rows, chosen) for part in chosen.parts}
    if chosen.again:
        put_aside([row for row in rows if row["part"] in chosen.parts], chosen.path)
        rows = [row for row in rows if row["part"] not in chosen.parts]
    have = set(map(key, rows))
    asked = jobs(chosen.parts, range(chosen.seeds), chosen.only)
    todo = [job for job in asked if tuple(map(str, job)) not in have]
    try:
        run_all(todo, looks, rows, chosen.path, chosen.jobs)
    except KeyboardInterrupt:
        print("\nStopped: the same command goes on from here.")
        return 130
    for part in chosen.parts:
        tell(measured.read(chosen.path), part)
    if not chosen.only:
        print(f"\noverhead on the MNIST MLP: {overhead():.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
