"""C17.2: the twins on the same batches, and where a kink can part them."""

import numpy as np
import pytest

from nb_lib.data import mnist_subset

torch = pytest.importorskip("torch", reason="one of the twins is PyTorch's")
from nb_lib.sections.s09_17_pytorch import comparison  # noqa: E402

SIZES = (784, 128, 64, 10)


def compare(steps=63, **kind):
    (x, labels), _ = mnist_subset()
    rng = np.random.default_rng(9)
    return comparison.side_by_side(x, labels, sizes=SIZES, steps=steps, rng=rng, **kind)


@pytest.mark.parametrize(
    ("activation", "dtype", "most"),
    [("relu", "float64", 1e-12), ("tanh", "float64", 1e-12), ("tanh", "float32", 5e-6)],
)
def test_an_epoch_keeps_the_twins_together(activation, dtype, most):
    seen = compare(activation=activation, dtype=dtype)
    assert seen.losses.shape == (2, 63)
    assert seen.gaps.max() <= most
    np.testing.assert_allclose(*seen.losses, rtol=most)


def test_float32_with_relu_stays_calm_until_the_first_crossing():
    assert compare(dtype="float32").calm.max() <= 5e-6


def test_crossings_are_counted_unit_by_unit_and_image_by_image():
    seen = compare(steps=3)
    x = mnist_subset()[1][0][:7]
    assert comparison.crossings(seen.net, seen.twin, x) == 0
    z = seen.net.linears[1].forward(np.maximum(seen.net.linears[0].forward(x), 0))
    with torch.no_grad():
        seen.twin.params["1.b"][3] -= 1e6  # unit 3 goes out for every image
    assert comparison.crossings(seen.net, seen.twin, x) == np.sum(z[:, 3] > 0) > 0


def test_a_smooth_net_has_no_kink_to_cross():
    seen = compare(3, activation="tanh", dtype="float32")
    seen.net.params["0.b"] += 100
    x = mnist_subset()[1][0][:7].astype("float32")
    assert comparison.crossings(seen.net, seen.twin, x) == 0


def test_calm_is_all_where_nothing_crosses():
    gaps = np.arange(1, 5)
    for crossed, length in [([0] * 4, 4), ([0, 0, 2, 0], 2), ([1] * 4, 0)]:
        seen = comparison.Comparison(None, None, None, gaps, np.array(crossed))
        assert len(seen.calm) == length
