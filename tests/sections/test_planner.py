"""Run planner: the run is the textbook's, and what it costs is counted right."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from nb_lib.explore import planner
from nb_lib.live.declare.calculation import calculation
from nb_lib.numpy import schedules
from nb_lib.numpy.checkpointing import states_held
from nb_lib.numpy.models import MLP
from nb_lib.sections.s09_14_practice import run as room
from nb_lib.sections.s09_14_practice.explorer import compute
from nb_lib.sections.s09_14_practice.trials import START, final_loss, interval


def plan(**changes):
    """Return a run that has not begun."""
    return room.Run(tuple((START | changes).values()))


def test_one_step_is_that_of_the_library(rng):
    run = plan(lr=0.1)
    net, start = MLP(room.SIZES, rng=rng), run.params.copy()
    weights, biases = room.in_layers(start.astype(float))
    for linear, w, b in zip(net.linears, weights, biases, strict=True):
        linear.params = {"w": w, "b": b}
    x, labels = run.x[:64], run.labels[:64]
    _, grad = run.gradient(x, labels)
    logits = net.forward(x)
    probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    net.backward((probs - np.eye(2)[labels]) / len(x))
    wanted = np.concatenate(
        [np.ravel(net.grads[f"{n}.{name}"]) for n in range(9) for name in "wb"]
    )
    np.testing.assert_allclose(grad, wanted, atol=1e-6)
    run.update(grad, 0.1)
    np.testing.assert_allclose(run.params, start - 0.1 * wanted, atol=1e-6)
    run.update(grad, 0.1)  # momentum: the second step is 1.9 times the first
    np.testing.assert_allclose(run.params, start - 0.29 * wanted, atol=1e-6)


def test_the_order_of_a_sum_decides_nothing(rng):
    a, b = (rng.normal(size=shape).astype(np.float32) for shape in ((5, 64), (64, 7)))
    order = rng.permutation(64)
    assert not np.array_equal(a[:, order] @ b[order], a @ b)  # as it does in float32
    got = room.product(a[:, order], b[order])
    np.testing.assert_array_equal(got, room.product(a, b))
    assert got.dtype == np.float32


def test_micro_batches_and_segments_leave_the_gradient_alone():
    losses = []
    for changes in ({}, {"micro": 4}, {"segments": 3}):
        run = plan(**changes)
        for count in range(1, 6):
            run.step(count)
        losses.append(run.losses)
    np.testing.assert_allclose(losses[1:], [losses[0]] * 2, rtol=1e-4)
    frame = plan(segments=3, micro=4, dtype="mixed")
    assert frame.memory == pytest.approx(states_held(9, 3) / 9 / 4 / 2)
    assert frame.work == pytest.approx((9 + 6 + 18) / 27)
    assert (plan().memory, plan().work) == (1, 1)


def test_the_planned_rates_are_those_of_the_schedules():
    for schedule, share in {
        "constant": lambda n: schedules.constant(n, warm_up=20),
        "step": lambda n: schedules.step_decay(n, every=33, factor=0.2, warm_up=20),
        "cosine": lambda n: schedules.cosine(n, steps=100, warm_up=20),
        "one_cycle": lambda n: schedules.one_cycle(n, steps=100),
        "inverse_sqrt": lambda n: schedules.inverse_sqrt(n, warm_up=20),
    }.items():
        rates = plan(schedule=schedule, warm_up=20, lr=0.1).rates
        np.testing.assert_allclose(rates, [0.1 * share(n) for n in range(100)])


def test_clipping_bounds_what_one_batch_can_do():
    run = plan(lr=1.0, clip=1.0)
    before = run.params.copy()
    run.update(np.full_like(before, 100.0), 1.0)
    assert np.linalg.norm(run.params - before) == pytest.approx(1, rel=1e-5)


def test_a_scale_is_undone_and_an_overflow_skips_the_update():
    plain, scaled = (plan(scale=scale) for scale in (1.0, 2.0**8))
    for run in (plain, scaled):
        run.step(1)
    np.testing.assert_allclose(scaled.params, plain.params, atol=1e-6)
    over = plan(dtype="mixed", scale=2.0**24)
    before = over.params.copy()
    with calculation():
        over.step(1)
    assert over.skipped == 1
    np.testing.assert_array_equal(over.params, before)
    none = planner.run(dtype="mixed", scale=2.0**-20)
    assert none.lost > 0.9
    assert none.skipped == 0


def test_only_float16_throughout_rounds_the_stored_weights():
    for dtype, is_short in {"float32": 0, "mixed": 0, "float16": 1}.items():
        run = plan(dtype=dtype)
        run.step(1)
        short = run.params.astype(np.float16).astype(np.float32)
        assert np.array_equal(short, run.params) == is_short


def test_a_run_streams_says_how_far_it_is_and_can_be_dropped():
    frames = (offer() for offer in compute(**planner.settings(micro=8)))
    for done in (1, 2, 3):
        (frame,) = islice(frames, 1)
        assert len(frame.losses) == done
        assert planner.describe(frame).startswith(f"After {done} of 100 updates")
        assert len(frame.rates) == 100  # the plan is on the axes from the first frame
    frames.close()


def test_a_lost_run_ends_and_says_so():
    frame = planner.run(lr=1.0)
    assert frame.diverged_at == len(frame.losses) < 100
    assert f"diverged at step {frame.diverged_at}" in planner.describe(frame)
    assert final_loss(9, {"lr": 1.0}) == np.inf


def test_a_setting_that_no_run_has_is_named():
    with pytest.raises(ValueError, match="no setting 'rate'.*lr, schedule"):
        final_loss(9, {"rate": 1.0})


@pytest.mark.slow
def test_clipping_holds_over_seeds_and_warm_up_does_not():
    def learnt(**how):
        return sum(final_loss(seed, {"lr": 0.2, **how}) < 0.6 for seed in range(30, 36))

    assert learnt(clip=1.0) == 6
    assert learnt() < 6
    assert learnt(warm_up=20) < 6


@pytest.mark.slow
def test_half_of_the_deltas_is_missed_by_most_seeds_but_not_by_all():
    def ends(power):
        plan = {"dtype": "mixed", "scale": 2.0**power}
        return np.array([final_loss(seed, plan) for seed in range(9, 21)])

    assert 8 <= np.sum(ends(-16) > ends(0)) < 12


def test_the_end_is_calmer_and_clipping_gives_room_in_the_view():
    tops, lows = {}, {}
    for schedule in ("constant", "step", "cosine", "one_cycle", "inverse_sqrt"):
        losses = planner.run(lr=0.1, schedule=schedule).losses[-20:]
        tops[schedule], lows[schedule] = losses.max(), losses.min()
    assert max(tops, key=tops.get) == "constant"
    assert sum(low < lows["constant"] for low in lows.values()) == 1
    assert planner.run(lr=0.3, clip=1.0).losses[-20:].mean() < 0.2
    assert planner.run(lr=0.3).losses[-20:].mean() > 0.69


def test_the_interval_is_students():
    values = [0.3, -0.1, 0.4, 0.2]
    half = 3.182446 * np.std(values, ddof=1) / 2  # 97.5% of t with 3 degrees
    np.testing.assert_allclose(interval(values), [0.2 - half, 0.2 + half], rtol=1e-6)
    with pytest.raises(ValueError, match="at least two values, got 1"):
        interval([0.3])


def test_halves_are_numpy_s(rng):
    edges = [0.0, -0.0, 65504, 65519.9, 65520, -1e30, np.inf, -np.inf, np.nan, 2**-25]
    ties = np.arange(4096) * 2.0**-12 * (1 + 2**-11)
    drawn = rng.normal(size=999) * 2.0 ** rng.integers(-30, 18, 999)
    values = np.concatenate([edges, ties, drawn]).astype(np.float32)
    with np.errstate(over="ignore"):
        wanted = values.astype(np.float16).astype(np.float32)
    np.testing.assert_array_equal(room.halved(values), wanted)


def test_one_skipped_update_is_said_in_the_singular():
    frame = next(planner.frames(dtype="mixed"))
    said = [planner.describe(replace(frame, skipped=n)) for n in (0, 1)]
    assert "0 updates were skipped" in said[0]
    assert "1 update was skipped" in said[1]
