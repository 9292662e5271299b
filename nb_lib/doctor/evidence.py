"""What a doctor writes down while a run goes on. No judgement here."""

from dataclasses import dataclass, field

import torch


@dataclass
class Layer:
    """What passed through one module with weights, per step that was looked at."""

    name: str
    depth: int  # order of first call
    normalises: bool = False  # a norm or an embedding
    signal: dict[int, float] = field(default_factory=dict)  # step -> rms of dL/d output
    squashed: dict[int, float] = field(default_factory=dict)  # step -> saturated share
    alive: torch.Tensor | None = None  # which inputs were nonzero in this window
    rows: int = 0  # examples in this window
    looks: int = 0  # looks in this window
    since: int = 0  # step of its first look
    windows: dict[int, float] = field(default_factory=dict)  # first step -> dead share


@dataclass
class Weights:
    """One parameter of the optimiser, per step that was looked at."""

    name: str
    natural: float = 0.0  # norm that a usual start would give it
    gradient: dict[int, float] = field(default_factory=dict)  # step -> norm of gradient
    size: dict[int, float] = field(default_factory=dict)  # step -> norm of weights
    ratio: dict[int, float] = field(
        default_factory=dict
    )  # step -> |update| / |weights|
    missing: int = 0  # looks without a gradient
    seen: int = 0  # looks with one


@dataclass
class Pass:
    """Training passes in a row that were made in the same mode."""

    step: int  # of the first
    training: bool  # some part of the model is in training mode
    asleep: tuple[str, ...]  # dropout and batch norms in evaluation mode
    awake: tuple[str, ...]  # the same in training mode
    count: int = 1

    @property
    def mode(self):
        """What two passes in the same mode have in common."""
        return self.training, self.asleep, self.awake


@dataclass
class Evaluation:
    """One forward pass without gradients."""

    step: int
    training: bool
    awake: tuple[str, ...]
    rows: torch.Tensor | None  # fingerprints (N,)
    is_told: bool = False  # ``doctor.test`` was called after it


@dataclass
class Evidence:
    """All that was seen of one run; ``step`` counts the optimiser's steps."""

    step: int = 0
    losses: dict[int, float] = field(default_factory=dict)  # mean over backward passes
    backwards: int = 0  # backward passes since the last step
    slopes: dict[int, float] = field(default_factory=dict)  # step -> gradient . update
    cleared: dict[int, bool] = field(default_factory=dict)  # step -> began without rest
    readings: dict[int, object] = field(default_factory=dict)  # looked at -> Reading
    labels: list[torch.Tensor] = field(default_factory=list)  # per batch looked at
    singles: list[torch.Tensor] = field(default_factory=list)  # batches of one, all
    targets: list[torch.Tensor] = field(default_factory=list)  # floats, some of each
    constant: list[bool] = field(
        default_factory=list
    )  # batches with one (float) target only
    graded: set[str] = field(default_factory=set)  # parameters that had a gradient
    passes: list[Pass] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    layers: dict[str, Layer] = field(default_factory=dict)
    weights: dict[str, Weights] = field(default_factory=dict)
    inputs: dict[int, dict[str, float]] = field(default_factory=dict)  # step -> scales
    tests: dict[int, float] = field(default_factory=dict)  # step -> test loss
    broken: tuple[int, tuple[str, ...], str] | None = None  # step, where, what


def rms(tensor):
    """Return the root mean square of a tensor's entries, be they ever so small."""
    whole = tensor.detach()
    whole = whole.abs() if whole.is_complex() else whole
    return float(whole.double().pow(2).mean().sqrt())


def is_finite(tensor):
    """Say whether all entries are finite (a finite sum says so at once)."""
    whole = tensor.detach()
    if not (whole.is_floating_point() or whole.is_complex()):
        return True
    return bool(torch.isfinite(whole.sum())) or bool(torch.isfinite(whole).all())


def first_tensor(*values):
    """Return the first tensor in nested arguments, or None."""
    for value in values:
        if isinstance(value, torch.Tensor):
            return value
        if isinstance(value, dict):
            value = tuple(value.values())
        if isinstance(value, list | tuple):
            found = first_tensor(*value)
            if found is not None:
                return found
    return None


def rows_of(tensor):
    """Return a tensor (N, ...) that holds rows of real numbers; of others None."""
    if tensor is None or tensor.layout != torch.strided or tensor.is_nested:
        return None
    return tensor if tensor.dim() and len(tensor) and not tensor.is_complex() else None
