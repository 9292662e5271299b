"""The cost meter: what it charges is what a net counts as it runs."""

import numpy as np
import pytest
from shown import shown

from nb_lib.numpy.models import MLP, count_parameters
from nb_lib.sections.s09_06_backpropagation import counting
from nb_lib.sections.s09_06_backpropagation.cost import MOST, sizes_of, written
from nb_lib.sections.s09_06_backpropagation.explorer import MNIST, cost
from nb_lib.sections.s09_06_backpropagation.meter import metered


def products_of(sizes, batch):
    """Let a net note its own products: those forward, those back."""
    tally, rng = [], np.random.default_rng(9)
    net = MLP(sizes, rng=rng)
    z = net.forward(metered(rng.normal(size=(batch, sizes[0])), tally))
    ahead = list(tally)
    net.backward(metered(np.ones(z.shape), tally))
    return net, ahead, tally[len(ahead) :]


@pytest.mark.parametrize("network", ["equal", "digits"])
def test_bars_are_the_products_of_a_net_that_runs(network):
    for depth in (1, 2, 3, 5):
        settings = {"depth": depth, "width": 20, "batch": 7, "network": network}
        frame = cost.run(**settings)
        net, ahead, back = products_of(frame.sizes, 7)
        assert frame.forward[:depth].tolist() == ahead
        biases = [7 * fan_out for fan_out in frame.sizes[1:]]
        found = [*frame.weights[:depth], *frame.errors[1:depth], *biases]
        assert sorted(found) == sorted(back)
        assert frame.errors[0] == 0
        assert counting.parameters(frame.sizes) == count_parameters(net)


@pytest.mark.parametrize("depth", range(1, MOST + 1))
def test_equal_layers_cost_two_minus_one_part_in_depth(depth):
    frame = cost.run(depth=depth)
    back = frame.gradient / frame.one_pass - 1
    assert back == pytest.approx(2 - 1 / depth, rel=1e-12)
    whole = cost.run(depth=depth, method="with_dx")
    assert whole.gradient == pytest.approx(3 * whole.one_pass, rel=1e-12)


def test_the_mnist_net_is_that_of_the_chapter():
    frame = cost.run(**MNIST)
    assert frame.sizes == (784, 128, 64, 10)
    assert f"{frame.gradient / frame.one_pass - 1:.2f}" == "1.08"
    frame = cost.run(**MNIST, method="differences")
    assert frame.passes == 109_387
    assert frame.gradient == 109_387 * 109_184
    assert "109,387 forward passes" in cost.describe(frame)


def test_the_lines_run_in_their_order():
    """Forward layer by layer; then the output error; then three lines a layer."""
    frames = list(cost.frames(depth=3))
    assert [frame.running for frame in frames] == [
        0,
        0,
        0,
        1,
        3,
        4,
        2,
        3,
        4,
        2,
        3,
        4,
        -1,
    ]
    assert frames[-1].runs == (3, 1, 2, 3, 3)
    layers = [np.flatnonzero(frame.weights)[0] + 1 for frame in frames[4:]]
    assert layers == [3, 3, 3, 2, 2, 2, 1, 1, 1]
    assert all(
        a.gradient <= b.gradient for a, b in zip(frames, frames[1:], strict=False)
    )


@pytest.mark.parametrize("method", ["backprop", "with_dx", "differences"])
def test_the_sentence_judges_nothing_before_the_end(method):
    *running, last = (
        cost.describe(frame) for frame in cost.frames(depth=2, method=method)
    )
    assert all("so far" in words and "need" not in words for words in running)
    assert "so far" not in last


def test_batch_scales_all_costs_alike():
    one, many = cost.run(batch=1, depth=5), cost.run(batch=1000, depth=5)
    assert many.gradient == 1000 * one.gradient
    assert many.passes == one.passes == 1


def test_halving_never_ends_in_an_empty_layer():
    assert sizes_of("digits", MOST, 8) == (784, 8, 4, 2, *[1] * 8, 10)
    assert sizes_of("digits", 1, 8) == (784, 10)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (640, "640"),
        (109_184, "109,184"),
        (1.19e10, "11.9 billion"),
        (2.5e7, "25 million"),
    ],
)
def test_huge_counts_are_written_short(count, words):
    assert written(count) == words


def test_picture_charges_the_bars_and_marks_the_line():
    frames = list(cost.frames(depth=2))
    figure = shown(cost, frames[4])
    bars, lines, totals = figure.axes
    heights = [bar.get_height() for bar in bars.containers[2]]
    assert heights[:2] == [0, 0]
    (mark,) = lines.lines
    assert len(mark.get_xdata()) == 1
    assert totals.containers[0][1].get_width() == frames[4].gradient
    done = shown(cost, frames[-1])
    assert len(done.axes[1].lines[0].get_xdata()) == 0
    assert [bar.get_height() for bar in done.axes[0].containers[2]][:2] == [0, 1]
    assert "back / forward = 1.50" in [t.get_text() for t in done.axes[0].texts]
