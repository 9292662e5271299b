"""MNIST live: it learns to read, and what diverges says so."""

import numpy as np
import pytest

from nb_lib.sections.s09_16_mnist.explorer import describe, mnist
from nb_lib.sections.s09_16_mnist.run import EPOCHS, SHOWN, TESTS, data


def words(frame):
    """Collect all texts of the picture of a frame."""
    return [t.get_text() for ax in mnist.figure_of(frame).axes for t in ax.texts]


@pytest.fixture(scope="module")
def start():
    return list(mnist.frames())


def test_start_reads_nine_digits_in_ten(start):
    last = start[-1]
    assert last.accuracies[-1] > 0.92
    assert last.parameters == 55_050
    assert last.at[-1] == EPOCHS
    assert "reads 9" in describe(last)


def test_frames_grow_step_by_step(start):
    assert [frame.steps for frame in start] == list(range(1, EPOCHS * 63 + 1))
    read = np.rint(63 * start[-1].tested).astype(int)
    assert [*read] == [1, *range(63 // TESTS, EPOCHS * 63, 63 // TESTS), EPOCHS * 63]
    assert start[-1].grad_norms.shape[1] == len(start[-1].delta_norms) == 3


def test_equal_settings_give_equal_frames(start):
    np.testing.assert_array_equal(mnist.run().losses, start[-1].losses)


def test_deep_he_learns_where_the_default_stays_at_chance():
    he = mnist.run(depth=10, lr=0.02)
    default = mnist.run(depth=10, lr=0.02, init="torch_default")
    assert he.accuracies[-1] > 0.8
    assert default.accuracies[-1] == pytest.approx(0.1)
    assert "no better than chance" in describe(default)


def test_divergence_is_said_with_its_step():
    frame = mnist.run(depth=10, width=128, lr=3, batch=16)
    assert frame.diverged_at == frame.steps < 20
    assert f"diverged at step {frame.diverged_at}" in words(frame)
    assert describe(frame).startswith(f"Diverged at step {frame.diverged_at}:")


def test_a_rate_of_one_kills_relu_in_silence():
    frame = mnist.run(lr=1)
    assert frame.diverged_at is None
    np.testing.assert_array_equal(frame.grad_norms[-1], np.zeros(3))
    assert frame.losses[-1] == pytest.approx(np.log(10), abs=0.1)


def test_a_rate_of_one_saturates_tanh_and_explodes_leaky_relu():
    tanh, leaky = (mnist.run(lr=1, activation=a) for a in ("tanh", "leaky_relu"))
    assert tanh.diverged_at is None
    assert tanh.accuracies[-1] == pytest.approx(0.1, abs=0.01)
    assert leaky.diverged_at < 50


def test_tanh_learns_at_the_default_scale_where_leaky_relu_does_not():
    deep = {"depth": 10, "lr": 0.02, "init": "torch_default"}
    tanh, leaky = (mnist.run(activation=a, **deep) for a in ("tanh", "leaky_relu"))
    assert tanh.accuracies[-1] > 0.4
    assert leaky.accuracies[-1] == pytest.approx(0.1, abs=0.01)


def test_the_ten_digits_shown_are_0_to_9():
    _, _, _, labels = data()
    assert list(labels[list(SHOWN)]) == list(range(10))


def test_wrong_answers_carry_a_mark(start):
    shown = words(start[-1])
    answers = start[-1].answers.argmax(axis=1)
    marked = [
        text.endswith("✗") for text in shown if "%" in text and "right" not in text
    ]
    assert marked == list(answers != np.arange(10))
