"""C17.3: the clock sees the same work in both twins, or the verdict changes."""

from itertools import count

import pytest

pytest.importorskip("torch", reason="one of the twins is PyTorch's")
from nb_lib.numpy.train import Step
from nb_lib.sections.s09_17_pytorch import claims, speed

CLAIM = next(claim for claim in claims.CLAIMS if claim.id == "C17.3")


def idle():
    """Take steps that calculate nothing."""
    return speed.Run(Step(n, 1.0, None, None) for n in count(1))


def double(make):
    """Take two steps where one is asked for."""
    run = make()
    run.steps = (step for step, _ in zip(run.steps, run.steps, strict=True))
    return run


def ignorant(make):
    """Pass forward at each step and learn nothing."""
    run = make()
    loss = next(run.steps).loss
    run.steps = (Step(n, loss, run.count(), None) for n in count(1))
    return run


def verdict():
    return CLAIM.judge(speed.speeds())


def test_equal_work_holds():
    assert verdict() == CLAIM.verdict == "holds"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["numpy_run", "torch_run"])
@pytest.mark.parametrize("fault", [lambda make: idle(), double, ignorant],
                         ids=["idle", "double", "ignorant"])  # fmt: skip
def test_twin_that_does_other_work_is_noticed(name, fault, monkeypatch):
    make = getattr(speed, name)
    monkeypatch.setattr(speed, name, lambda: fault(make))
    assert verdict() == "does not hold"
