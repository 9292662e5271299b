"""Plain and gated blocks against torch.nn, and the width that makes them equal."""

import numpy as np
import pytest

from nb_lib.numpy.gated import matched_width, shapes

SIZES = (3, 5, 7)  # batch, features, hidden


def drawn(rng, gated):
    """Draw x (3, 5) and the matrices of a block with 7 hidden units."""
    batch, d, hidden = SIZES
    matrices = [rng.normal(size=shape) for shape in shapes(d, hidden, gated=gated)]
    return [rng.normal(size=(batch, d)), *matrices]


def linear(w):
    """Build torch's own layer, which stores the transpose."""
    torch = pytest.importorskip("torch")
    layer = torch.nn.Linear(*w.shape, bias=False, dtype=torch.float64)
    layer.weight.data = torch.from_numpy(w.T.copy())
    return layer


@pytest.mark.parametrize("activation", ["gelu", "relu"])
def test_plain_block_agrees_with_torch(backend, rng, activation):
    torch = pytest.importorskip("torch")
    x, *matrices = drawn(rng, gated=False)
    bend = {"gelu": torch.nn.GELU(), "relu": torch.nn.ReLU()}[activation]
    net = torch.nn.Sequential(linear(matrices[0]), bend, linear(matrices[1]))
    block = backend.module("gated").feed_forward
    got = block(*map(backend.array, (x, *matrices)), activation=activation)
    want = net(torch.from_numpy(x)).detach().numpy()
    np.testing.assert_allclose(backend.numpy(got), want, rtol=1e-12)


def test_gated_block_agrees_with_torch(backend, rng):
    torch = pytest.importorskip("torch")
    x, *matrices = drawn(rng, gated=True)
    gate, value, out = map(linear, matrices)
    rows = torch.from_numpy(x)
    want = out(torch.nn.functional.silu(gate(rows)) * value(rows)).detach().numpy()
    got = backend.module("gated").gated_feed_forward(
        *map(backend.array, (x, *matrices))
    )
    np.testing.assert_allclose(backend.numpy(got), want, rtol=1e-12)


def test_a_gate_far_open_leaves_a_linear_value(rng):
    """SiLU(z) → z for large z: the gate then multiplies by a number of its own."""
    from nb_lib.numpy.gated import gated_feed_forward

    x, _, w_value, w_out = drawn(rng, gated=True)
    x = np.abs(x)
    wide = np.full(w_value.shape, 1e3)
    want = ((x @ wide) * (x @ w_value)) @ w_out
    np.testing.assert_allclose(gated_feed_forward(x, wide, w_value, w_out), want)


def test_blocks_of_matched_width_have_equal_parameters():
    def count(d, hidden, gated):
        return sum(a * b for a, b in shapes(d, hidden, gated=gated))

    for d in (3, 12, 768):  # a third of 8d is whole
        assert count(d, matched_width(d), True) == count(d, 4 * d, False) == 8 * d * d


@pytest.mark.parametrize(
    ("d", "multiple", "width"),
    [(768, 1, 2048), (4096, 256, 11008), (512, 1, 1366), (5, 7, 14), (1, 1, 3)],
)
def test_width_is_rounded_up_to_the_multiple(backend, d, multiple, width):
    assert backend.module("gated").matched_width(d, multiple=multiple) == width


@pytest.mark.parametrize(("d", "multiple"), [(0, 1), (2.5, 1), (8, 0)])
def test_impossible_sizes_are_refused(d, multiple):
    with pytest.raises(ValueError, match="wants a whole number above 0, got"):
        matched_width(d, multiple=multiple)


@pytest.mark.parametrize("d", [float("nan"), float("inf")])
def test_no_size_is_no_number_or_endless(d):
    with pytest.raises(ValueError, match="d wants a whole number above 0, got"):
        matched_width(d)
