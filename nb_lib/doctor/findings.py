"""What a doctor says: findings, and the report that lists them."""

from dataclasses import dataclass, field

SECTIONS = {
    "nan": "9.19",
    "bad_start": "9.10",
    "input_scale": "9.10",
    "saturated_units": "9.4",
    "dead_units": "9.4",
    "vanishing_gradients": "9.11",
    "exploding_gradients": "9.11",
    "no_gradient": "9.15",
    "not_stepped": "9.17",
    "grads_not_cleared": "9.17",
    "lr_too_large": "9.14",
    "lr_too_small": "9.14",
    "update_ratio": "9.14",
    "no_learning": "9.19",
    "double_softmax": "9.9",
    "labels_shuffled": "9.19",
    "class_sorted": "9.19",
    "leakage": "9.19",
    "eval_mode": "9.13",
    "train_mode": "9.13",
    "overfit": "9.12",
    "single_batch": "9.19",
}


UNHEARD = (
    "But no loss was heard, so nothing was judged: "
    "tell the doctor that of each step with doctor.watch(loss)."
)


@dataclass(frozen=True)
class Finding:
    """One fault: its name, where it sits, when it was first seen, and the evidence.

    ``where`` holds names of modules and parameters as ``named_modules`` gives them,
    ``step`` counts the optimiser's steps from 0, ``figures`` maps a measure to its
    number, and ``repair`` says what to do in one sentence.
    """

    fault: str
    where: tuple[str, ...]
    step: int
    figures: dict[str, float] = field(default_factory=dict)
    repair: str = ""

    def __str__(self):
        places = ", ".join(self.where[:3]) or "the whole run"
        more = f" and {len(self.where) - 3} more" if len(self.where) > 3 else ""
        told = ", ".join(f"{name} {value:.3g}" for name, value in self.figures.items())
        first = f"{self.fault} in {places}{more}, first seen at step {self.step}"
        evidence = f" ({told})" if told else ""
        return f"{first}{evidence}. {self.repair} See section {SECTIONS[self.fault]}."


class Report(tuple):
    """The findings of a run of some ``steps``, gravest first; printed, a short report.

    ``failure`` is the error that ended the watching, if one did; ``is_heard`` says
    whether any loss was.
    """

    def __new__(cls, findings, steps, failure=None, *, is_heard=True):
        report = super().__new__(cls, findings)
        report.steps, report.failure, report.is_heard = steps, failure, is_heard
        return report

    def __getnewargs_ex__(self):
        """Return what a copy, or one read from a file, is made of."""
        return (tuple(self), self.steps, self.failure), {"is_heard": self.is_heard}

    def __str__(self):
        count = "1 finding" if len(self) == 1 else f"{len(self)} findings"
        steps = "1 step" if self.steps == 1 else f"{self.steps} steps"
        lines = [f"{count if self else 'Nothing found'} in {steps}."]
        if self.failure is not None:
            lines += [f"The doctor stopped watching there ({self.failure!r})."]
        elif self.steps and not self.is_heard:
            lines += [UNHEARD]
        return "\n".join(lines + [f"- {finding}" for finding in self])

    __repr__ = __str__
