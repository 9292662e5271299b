"""One run under all doctors at once, and what each of them said."""

import time

import torch

from clinic.baselines import Debugger, Umlaut
from clinic.faults import ALSO, FAULTS
from clinic.healthy_held_out import HELD_OUT
from clinic.healthy_tuning import HEALTHY
from clinic.programs import run
from nb_lib.doctor import Doctor

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


def programs(half):
    """List (kind, name, architecture) of a half, ``tuning`` or ``held out``."""
    from clinic import architectures

    held = half == "held out"
    names = architectures.HELD_OUT if held else architectures.TUNING
    healthy = HELD_OUT if held else HEALTHY
    ill = [("fault", fault, name) for fault in FAULTS for name in names]
    return [*ill, *(("healthy", name, "") for name in healthy)]


def measure(half, kind, name, architecture, seed):
    """Run one program with one seed; return a record of what was said."""
    start = time.process_time()
    torch.set_num_threads(1)
    torch.manual_seed(1000 + seed)
    if kind == "fault":
        variant = FAULTS[name][half == "held out"]
        doctors = [run(variant(architecture, seed), Ward)]
    else:
        doctors = (HELD_OUT if half == "held out" else HEALTHY)[name](seed, Ward)
    for doctor in doctors:
        if doctor.failure is not None:
            raise doctor.failure
    findings = [finding for doctor in doctors for finding in doctor.report()]
    record = {
        "half": half,
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
