"""Twins: the two nets walk one path until something is injected."""

import threading

import numpy as np
import pytest

from nb_lib.live.declare.calculation import calculation, frame_of

torch = pytest.importorskip("torch", reason="the explorer trains a PyTorch twin")
from nb_lib.sections.s09_17_pytorch.curvature import (  # noqa: E402
    FAST_AND_DEEP,
    growth,
)
from nb_lib.sections.s09_17_pytorch.explorer import twins  # noqa: E402
from nb_lib.sections.s09_17_pytorch.run import STEPS  # noqa: E402


@pytest.mark.parametrize(("dtype", "most"), [("float64", 1e-13), ("float32", 5e-5)])
def test_equal_twins_differ_by_rounding_only(dtype, most):
    frame = twins.run(dtype=dtype)
    assert frame.losses.shape == (2, STEPS)
    assert frame.gaps[0] == 0
    assert frame.gaps.max() < most


@pytest.mark.slow
def test_each_injected_difference_opens_the_gap_at_its_own_step():
    def opened(injected):
        """The first step after which the weights differ, and the first loss gap."""
        frame = twins.run(injected=injected)
        losses = np.abs(frame.losses[0] - frame.losses[1])
        return tuple(int(np.flatnonzero(gap > 1e-9)[0]) for gap in (frame.gaps, losses))

    assert opened("initialisation") == (0, 0)
    assert opened("batches") == (1, 0)
    assert opened("bias") == (2, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("injected", "when"),
    [
        ("nothing", "never differ by more than 1,000 eps"),
        ("initialisation", "first differ by more than 1,000 eps before the first step"),
        ("batches", "first differ by more than 1,000 eps after step 1."),
        ("bias", "first differ by more than 1,000 eps after step 2."),
    ],
)
def test_the_sentence_says_when_the_gap_opens(injected, when):
    assert when in twins.describe(twins.run(injected=injected))


def test_alone_in_a_page_numpy_s_twin_takes_the_same_steps():
    both, alone = twins.run(), twins.for_page().run()
    np.testing.assert_array_equal(alone.losses, both.losses[:1])
    assert len(alone.gaps) == 0
    assert [*twins.for_page().run(injected="bias").losses[0]] == [*alone.losses[0]]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            {},
            f"After {STEPS} steps the loss is 0.005108 nats in NumPy. PyTorch does not",
        ),
        ({"lr": 10.0, "activation": "relu", "depth": 8}, "diverged at step 3. PyTorch"),
    ],
)
def test_alone_in_a_page_the_sentence_says_where_both_are_seen(settings, words):
    page = twins.for_page()
    frame = page.run(**settings)
    assert words in page.describe(frame)
    assert "run the notebook to see its twin" in page.describe(frame)
    shown = [text.get_text() for text in page.figure_of(frame).axes[1].texts]
    assert "PyTorch's twin is not in the page" in shown


def test_alone_in_a_page_a_run_under_way_does_not_say_that_the_other_is_missing():
    page = twins.for_page()
    start = frame_of(next(iter(page.compute(**page.settings()))))
    assert "PyTorch's twin joins it at the end" in page.describe(start)
    shown = [text.get_text() for text in page.figure_of(start).axes[1].texts]
    assert not any("PyTorch" in words for words in shown)


@pytest.mark.parametrize("injected", ["nothing", "bias", "initialisation", "batches"])
def test_alone_in_a_page_a_difference_is_told_only_where_there_is_one(injected):
    page = twins.for_page()
    said = page.describe(page.run(injected=injected))
    assert ("the difference is injected" in said) == (injected != "nothing")


def test_the_legend_names_pytorch_only_where_it_has_a_curve():
    for explorer, seen in (
        (twins.for_page(), ["NumPy"]),
        (twins, ["NumPy", "PyTorch"]),
    ):
        legend = explorer.figure_of(explorer.run()).axes[0].get_legend()
        for parts in (legend.get_texts(), legend.get_lines()):
            names = zip(("NumPy", "PyTorch"), parts, strict=True)
            assert [name for name, part in names if part.get_visible()] == seen


def test_what_diverges_says_at_which_step():
    frame = twins.run(lr=10.0, activation="relu", depth=8)
    assert frame.diverged_at == frame.losses.shape[1] < STEPS
    assert f"step {frame.diverged_at}" in twins.describe(frame)
    words = [text.get_text() for ax in twins.figure_of(frame).axes for text in ax.texts]
    assert f"diverged at step {frame.diverged_at}" in words


def test_frames_come_early_and_often():
    counts = [frame.losses.shape[1] for frame in twins.frames()]
    assert counts[0] <= 10
    assert len(counts) >= 5
    assert counts == sorted(set(counts))


@pytest.mark.slow
def test_equal_settings_give_equal_frames():
    first, second = (twins.run(depth=4, injected="batches") for _ in range(2))
    np.testing.assert_array_equal(first.losses, second.losses)
    np.testing.assert_array_equal(first.gaps, second.gaps)


def test_torch_keeps_to_one_thread_inside_and_to_its_own_outside():
    seen, before = [], torch.get_num_threads()

    def calculate():
        with calculation():
            seen.append(torch.get_num_threads())

    thread = threading.Thread(target=calculate)
    thread.start()
    thread.join()
    assert seen == [1]
    assert torch.get_num_threads() == before


@pytest.mark.slow
def test_negative_curvature_parts_the_fast_and_deep_twins():
    grown = growth(3, steps=16, **FAST_AND_DEEP)
    assert grown["every λ"] == pytest.approx(grown["two runs"], rel=0.02)
    assert grown["two runs"] > 100
    assert grown["no λ > border"] > 0.1 * grown["two runs"]
    assert grown["no λ < 0"] < 0.1 * grown["two runs"]
