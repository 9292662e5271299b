"""Run the ladder of 9.12 on the full MNIST: two runs at a time, each on one thread.

Every finished run is written to the log, and every epoch of the others is saved, so a
ladder that was stopped goes on from there. What the log holds already is not run again,
unless ``--again`` asks for it: then all is run into a log of its own and compared with
the stored one.
"""

import argparse
import multiprocessing
import sys
import time
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from pathlib import Path

from threadpoolctl import threadpool_limits
from workers import end_with_parent

from nb_lib.data import mnist_source
from nb_lib.sections.s09_12_regularisation import ladder
from nb_lib.sections.s09_12_regularisation.ladder_log import (
    STORED,
    read_log,
    write_log,
)

SAVED = Path(__file__).parents[1] / "_build" / "ladder"
WARPED = 2  # an epoch with warps takes about twice the time of one without
LINE = "{:42} {:>7} {:>17} {:>7} {:>7} {:>6}"
NOTE = """\
Interval: what the test images leave open about such a net, with 95%. Gain: over the
baseline, the second rung. Noise: two equally good rungs lie within that much of each
other with 95%, because seeds and test images differ. In brackets: a gain below it.
Test images chose nothing: epochs and amounts were picked on held-out images, each
amount of a tool in one run, so close ones are told apart by chance. The learning rate
of the first rung was not chosen at all."""

_worker = {}


def start_worker(folder, reports):
    """Prepare a process: the images, one thread, and where it tells its epochs."""
    end_with_parent()
    threadpool_limits(1)
    _worker.update(data=ladder.parts(), folder=folder, reports=reports)


def work(rung, seed):
    """Run one rung with one seed, from its saved epoch if there is one."""

    def report(climb):
        _worker["reports"].put((rung.name, seed, climb.done, climb.accuracies[-1]))

    path = saved(_worker["folder"], rung, seed)
    return ladder.run(rung, seed, _worker["data"], path=path, report=report)


def saved(folder, rung, seed):
    """Name the file of an unfinished run."""
    words = "".join(c if c.isalnum() else "_" for c in rung.name)
    return folder / f"{words}_{seed}.npz"


def units(rung, epochs):
    """Count the work of some epochs, in epochs without warps."""
    return epochs * (WARPED if rung.recipe.warp else 1)


class Progress:
    """How much is done, and how long the rest will take at this pace."""

    def __init__(self, jobs):
        self.left = {(r.name, s): units(r, r.recipe.epochs) for r, s in jobs}
        self.rungs = {rung.name: rung for rung, _ in jobs}
        self.total, self.start, self.first = sum(self.left.values()), time.time(), None

    def take(self, name, seed, epoch, held):
        """Note an epoch; return it as a line."""
        rung = self.rungs[name]
        self.left[name, seed] = units(rung, rung.recipe.epochs - epoch)
        left = sum(self.left.values())
        if self.first is None:  # what an earlier call had done says nothing of the pace
            self.first, self.start = left, time.time()
        done, spent = self.first - left, time.time() - self.start
        rest = f"about {spent / done * left / 60:.0f} min left" if done > 0 else "…"
        reading = "" if held is None else f", {held:.2%} of the held-out images"
        share = 1 - left / self.total
        return (
            f"{share:4.0%}, {rest} | {name}, seed {seed}: epoch {epoch} of "
            f"{rung.recipe.epochs}{reading}"
        )


def climb_all(jobs, log, folder, processes):
    """Run all jobs; write the log after each."""
    context = multiprocessing.get_context("spawn")
    reports, progress = context.Queue(), Progress(jobs)
    entries = read_log(log)
    pool = ProcessPoolExecutor(
        processes, context, initializer=start_worker, initargs=(folder, reports)
    )
    with pool:
        pending = {pool.submit(work, *job): job for job in jobs}
        try:
            while pending:
                finished, _ = wait(pending, timeout=1, return_when=FIRST_COMPLETED)
                tell(reports, progress)
                for future in finished:
                    rung, seed = pending.pop(future)
                    entries[rung.name, seed] = future.result()
                    write_log(in_order(entries), log)
                    saved(folder, rung, seed).unlink(missing_ok=True)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise


def tell(reports, progress):
    """Print the epochs that were reported: on a terminal over one another."""
    while not reports.empty():
        line = progress.take(*reports.get())
        is_terminal = sys.stdout.isatty()
        print(f"\r\033[K{line}" if is_terminal else line, end="", flush=True)
        if not is_terminal:
            print(flush=True)


def in_order(entries):
    """Sort the entries as they are declared, and leave out what is no longer."""
    keys = [(r.name, s) for r in declared() for s in r.seeds]
    return {key: entries[key] for key in keys if key in entries}


def declared():
    """Return trials and rungs, in the order in which they run."""
    return (*ladder.trials(), *ladder.rungs())


def to_do(entries, chosen):
    """List the jobs that the log lacks, or holds with other settings; longest first."""
    jobs = [(rung, seed) for rung in chosen for seed in rung.seeds]
    lacking = [
        (rung, seed)
        for rung, seed in jobs
        if entries.get((rung.name, seed), {}).get("recipe") != rung.settings
    ]
    return sorted(lacking, key=lambda job: job[0].is_trial, reverse=True)


def lines(rows):
    """Write the table, and what its columns mean."""
    yield LINE.format("rung", "test", "95% interval", "gain", "noise", "CPU s")
    for row in rows:
        span = f"{row.low:.2%} to {row.high:.2%}"
        gain = noise = ""
        if row.gain is not None:
            gain, noise = f"{100 * row.gain:+.2f}", f"{100 * row.noise:.2f}"
        if row.is_noise:
            gain = f"({gain})"
        seconds = f"{row.cpu_seconds:.0f}"
        yield LINE.format(row.name, f"{row.test:.2%}", span, gain, noise, seconds)
    yield NOTE


def compared(again, stored):
    """Say for each rung whether it came out as the stored table promises."""
    promised = {row.name: row for row in stored}
    for row in again:
        known = promised.get(row.name)
        if known:
            is_same = known.low <= row.test <= known.high
            verdict = "within" if is_same else "NOT within"
            yield f"{row.name}: {row.test:.2%}, {verdict} the stored interval"


def main(arguments=None):
    """Run what is lacking, then print the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", action="store_true", help="run all, and compare")
    parser.add_argument("--trials", action="store_true", help="only what is tried")
    parser.add_argument("--jobs", type=int, default=2, help="processes, 2 by default")
    options = parser.parse_args(arguments)
    if mnist_source() != "full":
        parser.error("the ladder wants the full MNIST: run make data, once")
    log = SAVED / "again.json" if options.again else STORED
    folder = SAVED / ("again" if options.again else "first")
    chosen = ladder.trials() if options.trials else declared()
    jobs = to_do(read_log(log), chosen)
    if options.again and not jobs:  # an earlier comparison came to its end
        log.unlink()
        jobs = to_do({}, chosen)
    if jobs:
        folder.mkdir(parents=True, exist_ok=True)
        print(f"{len(jobs)} runs to do, {options.jobs} at a time.")
        try:
            climb_all(jobs, log, folder, options.jobs)
        except KeyboardInterrupt:
            print("\nStopped: the same command goes on from here.")
            return 130
        print()
    else:
        print(f"{log.name} holds every run; --again runs them afresh.")
    print("\n".join(lines(ladder.table(log))))
    if options.again:
        print("\n".join(compared(ladder.table(log), ladder.table())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
