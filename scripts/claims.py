"""Measure the chapter's claims, print the table; fail where a verdict has changed."""

import argparse
import sys
import time

from nb_lib.book.claims import Report, claims, find_out


def timed(claim):
    """Measure one claim; return its finding and the seconds it took."""
    start = time.perf_counter()
    finding = find_out(claim)
    return finding, time.perf_counter() - start


def measure(chosen, jobs):
    """Measure some claims, with several jobs in processes of their own."""
    if jobs == 1 or len(chosen) == 1:
        return [timed(claim) for claim in chosen]
    from joblib import Parallel, delayed

    return Parallel(n_jobs=jobs, batch_size=1)(map(delayed(timed), chosen))


def main(arguments=None):
    """Measure all claims, or those of one section; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("section", nargs="?", help="e.g. 9.8; all if none is named")
    parser.add_argument("--jobs", type=int, default=2, help="processes, 2 by default")
    options = parser.parse_args(arguments)
    try:
        chosen = claims(options.section)
    except ValueError as error:
        parser.error(str(error))
    start = time.perf_counter()
    found = measure(chosen, options.jobs)
    total = time.perf_counter() - start
    report = Report([finding for finding, _ in found])
    print(report)
    slowest = sorted(found, key=lambda pair: -pair[1])[:3]
    told = ", ".join(f"{finding.claim.id} {each:.0f} s" for finding, each in slowest)
    print(f"{total:.0f} s with {options.jobs} jobs; the longest: {told}.")
    return 1 if report.changed else 0


if __name__ == "__main__":
    sys.exit(main())
