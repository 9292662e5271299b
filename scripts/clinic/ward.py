"""One run under all doctors at once, and what each of them said."""

import time
from dataclasses import dataclass, field

import torch

from clinic import architectures
from clinic.baselines import Debugger
from clinic.faults import ALSO
from clinic.fresh_faults import FRESH_FAULTS
from clinic.healthy_control import CONTROL
from clinic.healthy_fresh import HEALTHY_FRESH
from clinic.healthy_held_out import HELD_OUT
from clinic.healthy_lessons import HEALTHY_LESSONS
from clinic.healthy_tuning import HEALTHY
from clinic.held_out_faults import HELD_OUT_FAULTS
from clinic.lessons import LESSONS
from clinic.programs import run
from clinic.tuning_faults import TUNING_FAULTS
from clinic.umlaut import Umlaut
from nb_lib.doctor import Doctor


@dataclass(frozen=True)
class Part:
    """Programs of one part: faults put into architectures, and healthy ones.

    ``ill`` maps a fault to a function (architecture, seed) -> program, ``well`` a name
    to a function (seed, watch) -> doctors, ``lessons`` a title to a fault and a
    function seed -> program.
    """

    ill: dict
    names: dict
    well: dict
    lessons: dict = field(default_factory=dict)

    def programs(self):
        """List (kind, name, architecture) of all programs."""
        ill = [("fault", fault, name) for fault in self.ill for name in self.names]
        more = [("fault", fault, title) for title, (fault, _) in self.lessons.items()]
        return [*ill, *more, *(("healthy", name, "") for name in self.well)]


PARTS = {
    "tuning": Part(
        TUNING_FAULTS,
        architectures.TUNING,
        HEALTHY | HEALTHY_LESSONS,
        LESSONS,
    ),
    "held out": Part(
        HELD_OUT_FAULTS,
        architectures.HELD_OUT,
        HELD_OUT,
    ),
    "fresh": Part(FRESH_FAULTS, architectures.FRESH, HEALTHY_FRESH),
    "control": Part({}, {}, CONTROL),
}
CHECKPOINTS = (5, 10, 20, 40, 60, 80, 100, 125, 150, 200, 300, 400)
SEEDS = range(5)


class Ward(Doctor):
    """A doctor that is asked now and then, with two others beside it."""

    def __init__(self, model, optimiser):
        super().__init__(model, optimiser)
        self.others = {"debugger": Debugger(), "umlaut": Umlaut()}
        self.seen = {}  # fault -> checkpoint that named it first

    def __enter__(self):
        super().__enter__()
        for other in self.others.values():
            other.start(self)
        self.clock = self.optimiser.register_step_post_hook(self.ask)
        return self

    def __exit__(self, *error):
        self.clock.remove()
        for other in self.others.values():
            other.stop()
        super().__exit__(*error)

    def ask(self, *_):
        """Ask for a report at the checkpoints."""
        if self.evidence.step in CHECKPOINTS:
            for finding in self.report():
                self.seen.setdefault(finding.fault, self.evidence.step)

    def note(self, output, y):
        """Let the others see a training batch's output."""
        for other in self.others.values():
            other.note(output, y)

    def test(self, loss, output=None, y=None):
        """Let the others see an evaluation."""
        super().test(loss, output, y)
        for other in self.others.values():
            other.test(float(loss), output, y)


def measure(part, kind, name, architecture, seed):
    """Run one program with one seed; return a record of what was said."""
    start = time.process_time()
    torch.set_num_threads(1)
    torch.manual_seed(1000 + seed)
    chosen = PARTS[part]
    if kind == "healthy":
        doctors = chosen.well[name](seed, Ward)
    elif architecture in chosen.lessons:
        doctors = [run(chosen.lessons[architecture][1](seed), Ward)]
    else:
        doctors = [run(chosen.ill[name](architecture, seed), Ward)]
    for doctor in doctors:
        if doctor.failure is not None:
            raise doctor.failure
    findings = [finding for doctor in doctors for finding in doctor.report()]
    record = {
        "part": part,
        "kind": kind,
        "name": name,
        "architecture": architecture,
        "seed": seed,
        "said": list(dict.fromkeys(finding.fault for finding in findings)),
        "first": {f: s for doctor in doctors for f, s in doctor.seen.items()},
        "also": sorted(ALSO.get(name, ())),
    }
    for label in ("debugger", "umlaut"):
        others = [doctor.others[label] for doctor in doctors]
        record[label] = sorted({rule for other in others for rule in other.fired})
        names = [other.names[rule] for other in others for rule in other.fired]
        record[label + " names"] = sorted(set().union(*names))
    return record | {"cpu_seconds": round(time.process_time() - start, 2)}
