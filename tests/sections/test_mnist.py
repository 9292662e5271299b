"""MNIST live: it learns to read, and what diverges says so."""

from itertools import islice

import numpy as np
import pytest
from shown import painter_of, shown

from nb_lib.data import mnist_subset
from nb_lib.live.page.gate.run import in_python, is_chaotic
from nb_lib.numpy.activations import softmax
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import accuracy, descend
from nb_lib.sections.s09_16_mnist.explorer import describe, mnist
from nb_lib.sections.s09_16_mnist.run import EPOCHS, FIT, LOOKS, SHOWN, data


def words(frame):
    """Collect all texts of the picture of a frame."""
    return [t.get_text() for ax in shown(mnist, frame).axes for t in ax.texts]


@pytest.fixture(scope="module")
def start():
    return list(mnist.frames())


def test_start_reads_nine_digits_in_ten(start):
    last = start[-1]
    assert last.accuracies[-1] > 0.92
    assert last.parameters == 109_386
    assert last.at[-1] == EPOCHS
    assert "reads 9" in describe(last)
    assert "the first layer's gradient is" in describe(last)


def test_frames_grow_step_by_step(start):
    assert [frame.steps for frame in start] == list(range(1, EPOCHS * 47 + 1))
    read = np.rint(47 * start[-1].looked).astype(int)
    assert [*read] == [1, *range(47 // LOOKS, EPOCHS * 47, 47 // LOOKS), EPOCHS * 47]
    assert start[-1].grad_norms.shape[1] == len(start[-1].delta_norms) == 3


@pytest.mark.slow
def test_large_batches_take_few_steps_and_are_watched_all_the_way():
    frame = mnist.run(batch=256, lr=0.02)
    assert frame.steps == EPOCHS * 12
    assert len(frame.watched) == frame.steps


def test_equal_settings_give_equal_frames(start):
    again = next(islice(mnist.frames(), 50, None))  # the second epoch has begun
    np.testing.assert_array_equal(again.losses, start[50].losses)


@pytest.mark.slow
def test_last_bits_do_not_decide_what_a_small_net_reads():
    settings = mnist.settings(depth=3, first=24, width=80, init="xavier_normal")
    assert not is_chaotic(mnist, settings, in_python(mnist, settings))


def test_divergence_is_said_with_its_step():
    frame = mnist.run(depth=10, width=128, lr=3, batch=16)
    assert frame.diverged_at == frame.steps < 20
    assert f"diverged at step {frame.diverged_at}" in words(frame)
    assert describe(frame).startswith(f"Diverged at step {frame.diverged_at}:")


@pytest.mark.slow
@pytest.mark.parametrize("lr", [0.5, 1])
def test_large_rates_kill_relu_in_silence(lr):
    frame = mnist.run(lr=lr)
    assert frame.diverged_at is None
    assert not frame.grad_norms[frame.watched > EPOCHS - 1].any()
    assert frame.losses[-1] == pytest.approx(np.log(10), abs=0.1)


def test_a_rate_of_three_explodes():
    assert mnist.run(lr=3).diverged_at < 10


@pytest.mark.slow
def test_a_rate_of_one_saturates_tanh_and_explodes_leaky_relu():
    tanh, leaky = (mnist.run(lr=1, activation=a) for a in ("tanh", "leaky_relu"))
    assert tanh.diverged_at is None
    assert tanh.accuracies[-1] == pytest.approx(0.1, abs=0.015)
    assert leaky.diverged_at < 50


@pytest.mark.slow
def test_tanh_learns_at_the_default_scale_where_leaky_relu_does_not():
    deep = {"depth": 10, "lr": 0.02, "init": "torch_default"}
    tanh, leaky = (mnist.run(activation=a, **deep) for a in ("tanh", "leaky_relu"))
    assert tanh.accuracies[-1] > 0.4
    assert leaky.accuracies[-1] == pytest.approx(0.1, abs=0.015)


def test_both_widths_shape_the_net():
    how = {"first": 16, "width": 8}
    assert next(mnist.frames(depth=3, **how)).sizes == (784, 16, 8, 8, 10)
    assert next(mnist.frames(depth=1, **how)).sizes == (784, 16, 10)


def test_no_test_image_takes_part():
    x, labels, x_held, labels_held = data()
    (images, all_labels), _ = mnist_subset()
    np.testing.assert_array_equal([*labels, *labels_held], all_labels)
    off = np.vstack([x, x_held]) - images  # four shades: 0, 1/3, 2/3, 1
    assert np.abs(off).max() <= 0.25
    assert (len(x), len(x_held)) == (FIT, 1000)


@pytest.mark.slow
@pytest.mark.parametrize("words", mnist.presets)
def test_presets_show_what_the_text_says_of_them(words):
    frame = mnist.run(**mnist.presets[words])
    assert frame.diverged_at is None
    first_layer, last_layer = frame.grad_norms[-1][[0, -1]]
    if words == "ten layers, He":
        assert frame.accuracies[-1] > 0.85
        assert first_layer > last_layer / 10
    else:
        assert "no better than chance" in describe(frame)
        assert first_layer == 0
        assert "all gradients of its weights are zero" in describe(frame)


def after_blocks(length, lr, momentum):
    """Take 400 steps, so many batches of one digit in a row; return two accuracies.

    For the second, the probability of each digit is divided by its mean.
    """
    x, labels, x_held, labels_held = data()
    rows_of = [np.flatnonzero(labels == digit) for digit in range(10)]
    turns = [
        np.take(rows, range(at, at + 64 * length), mode="wrap")
        for at in range(0, 512, 64 * length)
        for rows in rows_of
    ]
    blocks = np.concatenate(turns).reshape(-1, 64)
    batches = ((x[rows], labels[rows]) for _ in range(5) for rows in blocks)
    net = MLP((784, 128, 64, 10), rng=np.random.default_rng(9), dtype="float32")
    optimiser = SGD(net.params, lr=lr, momentum=momentum)
    list(descend(net, cross_entropy, batches, optimiser, watch=1000))
    probs = softmax(net.forward(x_held).astype(float))
    divided = (probs / probs.mean(axis=0)).argmax(axis=1)
    return accuracy(net, x_held, labels_held), np.mean(divided == labels_held)


@pytest.mark.slow
@pytest.mark.parametrize(("lr", "momentum"), [(0.3, 0), (0.03, 0.9)])
def test_the_velocity_is_not_what_lets_single_batches_pass(lr, momentum):
    """At one effective rate plain descent and momentum forget alike."""
    assert after_blocks(1, lr, momentum)[0] > 0.75
    share, divided = after_blocks(8, lr, momentum)
    assert share < 0.2
    assert divided < 0.3


@pytest.mark.slow
def test_at_a_small_rate_digits_are_outvoted_rather_than_forgotten():
    share, divided = after_blocks(8, 0.03, 0)
    assert divided > share + 0.15


def test_a_narrow_screen_gets_three_columns():
    assert len(painter_of(mnist.id).cuts()) == 4


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
