"""What the doctor was measured to see and to miss, read from the kept results."""

import csv
import math
from dataclasses import dataclass
from pathlib import Path
from statistics import median

STORED = Path(__file__).with_name("measured.csv")
EARLIER = "earlier_looks.csv"  # beside it: the looks before the last ones
LISTS = ("said", "extra", "debugger", "debugger_names", "umlaut", "umlaut_names")
FIELDS = (
    "part",
    "look",
    "kind",
    "name",
    "architecture",
    "seed",
    "alarm",
    *LISTS,
    "cpu_seconds",
)
DOCTORS = {
    "this doctor": "said",
    "Debugger": "debugger_names",
    "UMLAUT": "umlaut_names",
}
ALARMS = {"this doctor": "said", "Debugger": "debugger", "UMLAUT": "umlaut"}


@dataclass(frozen=True)
class Share:
    """k of n, with its 95% interval of Edwin Wilson (1927)."""

    k: int
    n: int

    def interval(self, z=1.959964):
        """Return (low, high) in [0, 1]."""
        if not self.n:
            return 0.0, 1.0
        p, n = self.k / self.n, self.n
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, centre - half), min(1.0, centre + half)

    def __str__(self):
        if not self.n:
            return "none in this part"
        low, high = self.interval()
        return f"{self.k} of {self.n}: {self.k / self.n:.1%} ({low:.1%} to {high:.1%})"


def read(path=STORED):
    """Return the kept runs as dictionaries; none where there is no file."""
    if not Path(path).exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row |= {name: row[name].split() for name in LISTS}
        row["alarm"] = int(row["alarm"]) if row["alarm"] else None
    return rows


def by_look(path=STORED):
    """Return (part, look) -> its runs, of all looks that were kept beside ``path``."""
    found = {}
    for row in read(Path(path).with_name(EARLIER)) + read(path):
        found.setdefault((row["part"], int(row["look"])), []).append(row)
    return found


def choose(rows, part, kind):
    """Return the runs of one part and kind (``fault`` or ``healthy``)."""
    return [row for row in rows if (row["part"], row["kind"]) == (part, kind)]


def looks(rows, part):
    """Say how often a part has been looked at."""
    count = max((int(row["look"]) for row in rows if row["part"] == part), default=0)
    words = ("never", "once", "twice")
    return "looked at " + (words[count] if count < 3 else f"{count} times")


def named(rows, doctor):
    """Return the Share of faulty runs whose fault a doctor called by its name."""
    return Share(sum(row["name"] in row[DOCTORS[doctor]] for row in rows), len(rows))


def alarmed(rows, doctor):
    """Return the Share of runs on which a doctor raised any alarm."""
    return Share(sum(bool(row[ALARMS[doctor]]) for row in rows), len(rows))


def by_name(rows):
    """Group runs by the name of their fault or program, in the order of the file."""
    names = dict.fromkeys(row["name"] for row in rows)
    return {name: [row for row in rows if row["name"] == name] for name in names}


def faults_table(rows, part="fresh"):
    """Yield a line per fault: runs named by each doctor, first alarm, further names."""
    line = "{:20} {:>5} {:>12} {:>9} {:>7} {:>12} {:>6}"
    yield line.format("fault", "runs", *DOCTORS, "first alarm", "extra")
    for fault, runs in by_name(choose(rows, part, "fault")).items():
        alarms = [row["alarm"] for row in runs if row["alarm"] is not None]
        first = f"step {median(alarms):.0f}" if alarms else "never"
        counts = [named(runs, doctor).k for doctor in DOCTORS]
        extra = sum(bool(row["extra"]) for row in runs)
        yield line.format(fault, len(runs), *counts, first, extra)


def misses(rows, part="fresh"):
    """Yield a line for each fault and architecture that was not always named."""
    for fault, runs in by_name(choose(rows, part, "fault")).items():
        for architecture in dict.fromkeys(row["architecture"] for row in runs):
            some = [row for row in runs if row["architecture"] == architecture]
            missed = [row for row in some if fault not in row["said"]]
            if missed:
                said = sorted({name for row in missed for name in row["said"]})
                instead = ", ".join(said) or "nothing"
                count = f"{len(missed)} of {len(some)}"
                yield f"{fault} in {architecture}: {count} missed; said {instead}"


def healthy_table(rows, part="fresh"):
    """Yield a line per healthy program: runs on which each doctor raised an alarm."""
    line = "{:34} {:>5} {:>12} {:>9} {:>7}  {}"
    yield line.format("healthy program", "runs", *ALARMS, "").rstrip()
    for name, runs in by_name(choose(rows, part, "healthy")).items():
        counts = [alarmed(runs, doctor).k for doctor in ALARMS]
        said = ", ".join(sorted({fault for row in runs for fault in row["said"]}))
        yield line.format(name, len(runs), *counts, said).rstrip()


def summary(rows, part="fresh"):
    """Yield each doctor's share of faults named and of healthy runs disturbed."""
    ill, well = choose(rows, part, "fault"), choose(rows, part, "healthy")
    line = "{:12} {:>38} {:>38}"
    yield line.format("", "faults named", "false alarms on healthy runs")
    for doctor in DOCTORS:
        yield line.format(doctor, str(named(ill, doctor)), str(alarmed(well, doctor)))
