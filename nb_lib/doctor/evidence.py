"""What a doctor writes down while a run goes on. No judgement here."""

from dataclasses import dataclass, field

import torch


@dataclass
class Layer:
    """What passed through one module with weights, per step that was looked at."""

    name: str
    depth: int  # order of first call
    normalises: bool = False  # a norm or an embedding
    kind: str = ""  # the activation that made its input: "Relu", "Tanh", ...
    signal: dict[int, float] = field(default_factory=dict)  # step -> rms of dL/d output
    squashed: dict[int, float] = field(default_factory=dict)  # step -> saturated share
    alive: torch.Tensor | None = None  # which inputs were nonzero in this window
    rows: int = 0  # examples in this window
    looks: int = 0  # looks in this window
    windows: dict[int, float] = field(default_factory=dict)  # step -> dead share


@dataclass
class Weights:
    """One parameter of the optimiser, per step that was looked at."""

    name: str
    gradient: dict[int, float] = field(default_factory=dict)  # step -> norm of gradient
    size: dict[int, float] = field(default_factory=dict)  # step -> norm of weights
    ratio: dict[int, float] = field(default_factory=dict)  # step -> |update| / |weights|
    missing: int = 0  # steps without a gradient
    seen: int = 0  # steps with one


@dataclass
class Pass:
    """One forward pass of the whole model."""

    step: int
    learns: bool  # gradients are on
    training: bool  # the model's own flag
    asleep: tuple[str, ...]  # dropout and batch norms in evaluation mode
    awake: tuple[str, ...]  # the same in training mode
    rows: int


@dataclass
class Evidence:
    """All that was seen of one run; ``step`` counts the optimiser's steps."""

    step: int = 0
    losses: dict[int, float] = field(default_factory=dict)  # mean over backward passes
    backwards: int = 0  # backward passes since the last step
    uncleared: list[int] = field(default_factory=list)  # steps on leftover gradients
    readings: dict[int, object] = field(default_factory=dict)
    labels: list[torch.Tensor] = field(default_factory=list)  # per batch
    targets: list[float] = field(default_factory=list)  # variance of float targets
    passes: list[Pass] = field(default_factory=list)
    layers: dict[str, Layer] = field(default_factory=dict)
    weights: dict[str, Weights] = field(default_factory=dict)
    inputs: list[dict[str, float]] = field(default_factory=list)
    constant: list[bool] = field(default_factory=list)  # batches with one target only
    tested_awake: list[Pass] = field(default_factory=list)
    first_repeat: int | None = None  # step that showed an example again
    tests: dict[int, float] = field(default_factory=dict)  # step -> test loss
    broken: tuple[int, tuple[str, ...], str] | None = None  # step, where, what

    @property
    def plays(self):
        """Say whether targets are constant in most batches, as in a game of two nets."""
        return bool(self.constant) and sum(self.constant) > len(self.constant) / 2


def rms(tensor):
    """Return the root mean square of a tensor's entries."""
    return float(tensor.detach().float().pow(2).mean().sqrt())
