"""Random programs give the same values and gradients as PyTorch, to the 12th digit."""

import inspect
import types

import numpy as np
import pytest
from autograd import programs

from nb_lib.autograd import Tensor, tensor

GRAPHS, FEW = 2_000, 150

BROKEN = {  # a line of the engine, and the line with one slip
    "addition": (
        "np.add, lambda g, y, a, b: [g, g]",
        "np.add, lambda g, y, a, b: [g, -g]",
    ),
    "subtraction": ("[g, -g])", "[g, g])"),
    "multiplication": ("[g * b, g * a]", "[g * a, g * b]"),
    "division": ("-g * y / b", "-g * y / a"),
    "power, base": ("g * b * a ** (b - (b != 0))", "g * b * a ** b"),
    "power, exponent": ("g * y * log_a", "g * a * log_a"),
    "product, left": ("g @ b.mT", "2 * g @ b.mT"),
    "product, right": ("a.mT @ g", "-(a.mT @ g)"),
    "negation": ("a: [-g]", "a: [g]"),
    "exp": ("[g * y])", "[g * a])"),
    "log": ("[g / a])", "[g / y])"),
    "tanh": ("1 - y**2", "1 - y"),
    "relu": ("g * (a > 0)", "g * (y >= 0)"),
    "reshape": ("g.reshape(a.shape)", "g.ravel()[::-1].reshape(a.shape)"),
    "transpose": ("[g.T]", "[g.reshape(a.shape)]"),
    "sum": ("[np.zeros_like(a) + g.", "[np.ones_like(a) + g."),
    "mean": ("np.ones_like(self.data).sum(*axis, **how)", "np.size(self.data)"),
    "index": (
        "np.add.at(da := np.zeros_like(a), key, g)",
        "(da := np.zeros_like(a))[key] = g",
    ),
    "broadcast": ("g.sum(axis=tuple(ones))", "g.max(axis=tuple(ones))"),
    "accumulation": ("else node.grad + g", "else g"),
    "shared node": ("flow.get(x, 0) + ", ""),
    "what flows again": (
        "g = flow.pop(node := heappop(waiting)[1])",
        "node = heappop(waiting)[1]; g = flow.pop(node);"
        "g = node.grad = g + (0 if node.grad is None else node.grad)",
    ),
}


def first_failure(engine, graphs):
    """Return which program, counted from 1, is the first to differ, or None."""
    rng = np.random.default_rng(15)
    for number in range(1, graphs + 1):
        program, ours = programs.draw(rng, engine)
        if programs.differs(ours, programs.replay(program)):
            return number
    return None


@pytest.mark.slow
def test_random_programs_agree_with_torch():
    assert first_failure(Tensor, GRAPHS) is None


def test_programs_use_what_they_are_meant_to():
    rng = np.random.default_rng(15)
    drawn = [programs.draw(rng, Tensor)[0] for _ in range(200)]
    places = [[i for _, indices in p.steps for i in indices] for p in drawn]
    shared = sum(len(used) > len(set(used)) for used in places)
    assert shared > 100
    assert 50 < sum(p.is_twice for p in drawn) < 150
    assert 50 < sum(p.seed is None for p in drawn) < 150


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_random_programs_find_every_slip():
    source = inspect.getsource(tensor)
    missed = []
    for slip, (line, broken) in BROKEN.items():
        assert source.count(line) == 1, slip
        module = types.ModuleType("broken")
        exec(source.replace(line, broken), module.__dict__)
        try:
            found = first_failure(module.Tensor, FEW)
        except (ValueError, KeyError, TypeError, IndexError):
            found = "an error"  # a shape that fits nowhere is found as well
        if found is None:
            missed.append(slip)
    assert not missed
