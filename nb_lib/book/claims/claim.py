"""A claim: a sentence, what measures it, what it must meet, the verdict on record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from math import inf

from threadpoolctl import threadpool_limits

from nb_lib.data import mnist_source

VERDICTS = ("holds", "holds with limits", "does not hold")
UNTRIED = "not measured"


@dataclass(frozen=True)
class Bound:
    """A measured number shall lie between ``low`` and ``high``, both included."""

    name: str
    low: float = -inf
    high: float = inf

    def met(self, values):
        """Whether the number of this name lies within; NaN never does."""
        return bool(self.low <= values[self.name] <= self.high)

    def __str__(self):
        low, high = written(self.low), written(self.high)
        if self.low == self.high:
            return f"{self.name} = {low}"
        if self.high == inf:
            return f"{self.name} ≥ {low}"
        if self.low == -inf:
            return f"{self.name} ≤ {high}"
        return f"{self.name} from {low} to {high}"


def written(number):
    """Write a bound: whole numbers in full, others with four digits."""
    is_whole = abs(number) < inf and number == round(number)
    return f"{number:,.0f}" if is_whole else f"{number:.4g}"


def about(name, stated, *, within):
    """Bound a number to the stated one, give or take a share of it."""
    room = within * abs(stated)
    return Bound(name, stated - room, stated + room)


@dataclass(frozen=True)
class Claim:
    """One number that the chapter states, and how it is put to the test.

    ``measure()`` returns named numbers, which ``template`` formats into one line. All
    of ``core`` must be met, else the claim does not hold. ``beyond`` is what the
    sentence promises as well: where it fails, the claim holds with the ``limits``.
    ``verdict`` is the one on record. ``note`` says how far the measurement reaches;
    ``needs`` names what it cannot do without, of ``NEEDS``.
    """

    id: str
    sentence: str
    measure: Callable[[], Mapping[str, float]]
    template: str
    core: tuple[Bound, ...]
    beyond: tuple[Bound, ...] = ()
    verdict: str = "holds"
    limits: str = ""
    note: str = ""
    needs: tuple[str, ...] = ()

    def judge(self, values):
        """Return the verdict that the measured numbers give, one of ``VERDICTS``."""
        if not all(bound.met(values) for bound in self.core):
            return "does not hold"
        is_whole = all(bound.met(values) for bound in self.beyond)
        return "holds" if is_whole else "holds with limits"

    @property
    def criterion(self):
        """The bounds in words."""
        words = "; ".join(map(str, self.core))
        beyond = "; ".join(map(str, self.beyond))
        return words + (f"; for no limits also {beyond}" if beyond else "")


@dataclass(frozen=True)
class Finding:
    """What became of one claim: named numbers, or what was missing to have them."""

    claim: Claim
    values: Mapping[str, float] | None = None
    missing: str = ""

    @property
    def measured(self):
        """The numbers in one line, or what was missing."""
        if self.values is None:
            return f"{UNTRIED}: {self.missing} missing"
        return self.claim.template.format_map(self.values)

    @property
    def verdict(self):
        """The verdict of the numbers, or that there are none."""
        return UNTRIED if self.values is None else self.claim.judge(self.values)

    @property
    def changed(self):
        """Whether the verdict is another than the one on record."""
        return self.values is not None and self.verdict != self.claim.verdict


def has_full_mnist():
    """Whether ``load_mnist`` would serve all 70,000 images."""
    return mnist_source() == "full"


def has_torch():
    """Whether PyTorch can be imported; imports it."""
    try:
        import_module("torch")
    except ImportError:
        return False
    return True


NEEDS = {"full MNIST": has_full_mnist, "PyTorch": has_torch}


def find_out(claim):
    """Measure one claim on one thread; return its ``Finding``."""
    for name in claim.needs:
        if not NEEDS[name]():
            return Finding(claim, missing=name)
    with threadpool_limits(1):  # small matrices are fastest so, and sums stay alike
        return Finding(claim, claim.measure())
