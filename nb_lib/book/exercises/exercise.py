"""What an exercise declares, and where the declarations are found."""

import copy
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from nb_lib.book import rooms
from nb_lib.book.exercises.agreement import LONG_SINGLE, close, widened
from nb_lib.book.exercises.reading import is_sequence
from nb_lib.book.exercises.showing import shown
from nb_lib.book.exercises.verdict import Verdict


def call(function, *case):
    """Run an answer on one case the plain way."""
    return function(*case)


@dataclass(frozen=True)
class Trial:
    """One case: its arguments, the results by name, and the relative tolerance."""

    inputs: dict
    got: object
    wanted: object
    rtol: float
    is_single: bool = False  # came in float32 where float64 was wanted

    def agrees(self):
        """Whether shape, dtype and values are those wanted."""
        return close(self.got, self.wanted, self.rtol)

    def part(self, index):
        """Give the trial of one entry of a result that has several."""
        return replace(self, got=self.got[index], wanted=self.wanted[index])


@dataclass(frozen=True)
class Exercise:
    """One exercise: what is wanted, on which cases, and the slips known by name.

    ``cases()`` gives argument tuples for ``reference``; without cases the answer is a
    value. ``run(function, *case)`` turns an answer into what is compared, ``outputs``
    names the parts of a tuple. ``slips`` maps words to wrong answers. ``judge(answer)``
    replaces all of it: it returns whether the answer passes and sentences that say why.
    A run raises Unreadable, a judge Refused, for an answer of the wrong form; any other
    exception of theirs is reported as a fault of the book. ``secrets`` are patterns of
    what gives the answer away: the text above the exercise must not match them. An
    array in float32 where float64 was wanted is compared to its rounding, unless
    the exercise ``is_about_dtype``.
    """

    id: str
    title: str
    reference: Callable = None
    cases: Callable = None
    outputs: tuple = ()
    slips: Mapping = field(default_factory=dict)
    run: Callable = call
    rtol: float = 1e-7
    lesson: str = ""
    judge: Callable = None
    names: tuple = ()  # of the arguments of a case, where not the reference's
    may_change: tuple = ()  # arguments that the answer may change
    secrets: tuple = ()
    is_about_dtype: bool = False

    def verdict(self, state, *rows):
        """Judge this exercise: right, wrong or empty, with the rows that say why."""
        return Verdict(self.id, self.title, state, tuple(rows))

    def inputs(self, case):
        """Name the arguments of a case, as the reference does unless told."""
        names = self.names or inspect.signature(self.reference).parameters
        return dict(zip(names, case, strict=True))

    def trial(self, inputs, got, wanted):
        """Make a trial; float32 counts as float64 of fewer digits."""
        if self.is_about_dtype:
            return Trial(inputs, got, wanted, self.rtol)
        got, is_single = widened(got, wanted)
        rtol = max(self.rtol, LONG_SINGLE) if is_single else self.rtol
        return Trial(inputs, got, wanted, rtol, is_single)

    def named_slip(self, trials, index=None):
        """Find the declared slip that gives what came: all of it, or up to a part."""
        for words, wrong in self.slips.items():
            if all(self.makes(wrong, trial, index) for trial in trials):
                return words
        return None

    def makes(self, wrong, trial, index=None):
        """Whether a wrong answer gives what came in this trial."""
        result = wrong
        if callable(wrong):
            try:
                result = self.run(wrong, *copy.deepcopy(tuple(trial.inputs.values())))
            except Exception:  # a slip need not survive every case
                return False
        rtol = max(trial.rtol, 1e-6) if callable(wrong) else trial.rtol
        if index is None:
            return close(trial.got, result, rtol)
        if not is_sequence(result) or len(result) <= index:
            return False
        parts = zip(trial.got[: index + 1], result, strict=False)
        if not all(close(got, part, rtol) for got, part in parts):
            return False  # and what explains a wrong part is wrong in it, not near it
        right = trial.part(index).agrees()
        return right or not close(result[index], trial.wanted[index], rtol)


def find(id):
    """Look up an exercise by its id, e.g. "9.8.1"."""
    sections = rooms.sections()
    section = ".".join(str(id).split(".")[:2])
    written = sections[section].exercises if section in sections else ()
    for exercise in written:
        if exercise.id == id:
            return exercise
    raise ValueError(f"There is no exercise {shown(id)}: {way_out(id, sections)}")


def way_out(id, sections):
    """Say which ids are near, or how ids read."""
    if callable(id):
        return "the id comes first, then the answer."
    known = [e.id for s in sections.values() for e in s.exercises]
    near = [other for other in known if other.startswith(f"{id}.")]
    near = near or get_close_matches(str(id), known, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else "ids read like 9.8.1."
