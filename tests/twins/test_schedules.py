"""Schedules: each walks the path of torch.optim.lr_scheduler, step by step."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nb_lib.numpy import schedules
from nb_lib.numpy.optimisers import SGD

torch = pytest.importorskip("torch")
rates = torch.optim.lr_scheduler

STEPS, WARM_UP, LR = 60, 12, 0.3


def after(theirs):
    """Let PyTorch climb for WARM_UP updates, and then go on as ``theirs``."""

    def make(optimiser):
        climb = {"start_factor": 1 / (WARM_UP + 1), "total_iters": WARM_UP}
        parts = [rates.LinearLR(optimiser, **climb), theirs(optimiser)]
        return rates.SequentialLR(optimiser, parts, milestones=[WARM_UP])

    return make


def cycle(optimiser):
    settings = {"max_lr": LR, "total_steps": STEPS + 1, "cycle_momentum": False}
    return rates.OneCycleLR(optimiser, **settings)


def noam(optimiser):
    """Write out the rate of the Transformer's paper: PyTorch has none of its own."""
    peak = WARM_UP**-0.5
    return rates.LambdaLR(
        optimiser, lambda k: min((k + 1) ** -0.5, (k + 1) * WARM_UP**-1.5) / peak
    )


PAIRS = {
    "constant": (
        "constant",
        {"warm_up": WARM_UP},
        after(partial(rates.ConstantLR, factor=1)),
    ),
    "step": (
        "step_decay",
        {"every": 7, "factor": 0.5},
        partial(rates.StepLR, step_size=7, gamma=0.5),
    ),
    "cosine": (
        "cosine",
        {"steps": STEPS},
        partial(rates.CosineAnnealingLR, T_max=STEPS),
    ),
    "cosine to a floor": (
        "cosine",
        {"steps": STEPS, "least": 0.1},
        partial(rates.CosineAnnealingLR, T_max=STEPS, eta_min=0.1 * LR),
    ),
    "cosine after a warm-up": (
        "cosine",
        {"steps": STEPS, "warm_up": WARM_UP},
        after(partial(rates.CosineAnnealingLR, T_max=STEPS - WARM_UP)),
    ),
    "one cycle": ("one_cycle", {"steps": STEPS + 1}, cycle),
    "inverse root": ("inverse_sqrt", {"warm_up": WARM_UP}, noam),
}
each = pytest.mark.parametrize("case", PAIRS)


def walk_torch(make):
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=LR)
    schedule = make(optimiser)
    for _ in range(STEPS + 1):
        yield optimiser.param_groups[0]["lr"]
        optimiser.step()
        schedule.step()


def walk_numpy(share):
    optimiser = SGD({"w": np.zeros(1)}, lr=LR)
    schedule = schedules.Schedule(optimiser, share)
    for _ in range(STEPS + 1):
        yield optimiser.lr
        schedule.step()


def share_of(case):
    name, settings, _ = PAIRS[case]
    return partial(getattr(schedules, name), **settings)


@each
@pytest.mark.filterwarnings("ignore:.*epoch parameter.*")  # PyTorch's own, within
def test_both_twins_walk_the_path_of_torch(case):
    twin = pytest.importorskip("nb_lib.torch.schedules")
    ours = list(walk_numpy(share_of(case)))
    theirs = list(walk_torch(PAIRS[case][2]))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)
    again = walk_torch(lambda optimiser: twin.Schedule(optimiser, share_of(case)))
    assert list(again) == ours
    assert min(ours) < 0.9 * max(ours)


@each
def test_the_share_stays_in_its_range_and_after_the_end(case):
    share = share_of(case)
    values = [share(count) for count in range(3 * STEPS)]
    assert min(values) >= 0
    assert max(values) <= 1
    if "steps" in PAIRS[case][1]:
        assert len(set(values[STEPS:])) == 1


@given(st.integers(1, 50), st.integers(1, 50))
def test_a_warm_up_ends_at_the_highest_rate(warm_up, more):
    for share in (
        partial(schedules.cosine, steps=warm_up + more, warm_up=warm_up),
        partial(schedules.constant, warm_up=warm_up),
        partial(schedules.step_decay, every=more, warm_up=warm_up),
    ):
        climb = [share(count) for count in range(warm_up + 1)]
        assert climb[-1] == 1
        np.testing.assert_allclose(np.diff(climb), 1 / (warm_up + 1), rtol=1e-9)


def test_a_schedule_goes_on_where_another_stopped():
    make = partial(schedules.Schedule, share=share_of("one cycle"))
    first, second = (SGD({"w": np.zeros(1)}, lr=lr) for lr in (LR, 7.0))
    stopped, other = make(first), make(second)
    for _ in range(23):
        stopped.step()
    other.load_state_dict(stopped.state_dict())
    other.step()
    stopped.step()
    assert second.lr == first.lr


REFUSED = {
    "a long warm-up": (lambda: schedules.cosine(0, steps=9, warm_up=9), "less than 9"),
    "no steps": (lambda: schedules.cosine(0, steps=0), "steps of 1 or more, got 0"),
    "one step": (lambda: schedules.one_cycle(0, steps=1), "steps of 2 or more"),
    "all rising": (lambda: schedules.one_cycle(0, steps=9, rising=1), "below 1, got 1"),
    "a growing factor": (lambda: schedules.step_decay(0, every=1, factor=2), "got 2"),
    "no warm-up": (
        lambda: schedules.inverse_sqrt(0, warm_up=0),
        "warm_up of 1 or more",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_impossible_settings_get_one_sentence(case):
    call, words = REFUSED[case]
    with pytest.raises(ValueError, match=words):
        call()
