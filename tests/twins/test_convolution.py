"""Convolution and pooling against torch.nn, the twin, the way back and a shift."""

import numpy as np
import pytest

from nb_lib.autograd.check import dot_product_test
from nb_lib.numpy import convolution

HOWS = (
    {},
    {"stride": 2, "padding": 1},
    {"padding": 2, "padding_mode": "circular"},
    {"stride": 3, "padding": 1, "padding_mode": "circular"},
)
POOLS = ("max_pool2d", "avg_pool2d")


def drawn(rng, dtype="float64"):
    """Draw x (2, 3, 7, 9), w (5, 3, 4, 2) and b (5,)."""
    shapes = (2, 3, 7, 9), (5, 3, 4, 2), (5,)
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


def test_conv2d_agrees_with_torch_nn(backend, rng):
    torch = pytest.importorskip("torch")
    for how in HOWS:
        x, w, b = drawn(rng)
        layer = torch.nn.Conv2d(3, 5, (4, 2), dtype=torch.float64, **how)
        layer.weight.data, layer.bias.data = map(torch.from_numpy, (w, b))
        want = layer(torch.from_numpy(x)).detach().numpy()
        got = backend.module("convolution").conv2d(
            *map(backend.array, (x, w, b)), **how
        )
        np.testing.assert_allclose(backend.numpy(got), want, rtol=0, atol=1e-12)


def test_pools_agree_with_torch_nn_ties_included(backend, rng):
    torch = pytest.importorskip("torch")
    for name in POOLS:
        for size in (2, 3):
            x = rng.integers(0, 3, size=(2, 3, 7, 10)).astype(float)
            want = getattr(torch.nn.functional, name)(torch.from_numpy(x), size)
            pool = getattr(backend.module("convolution"), name)
            got = backend.numpy(pool(backend.array(x), size=size))
            np.testing.assert_allclose(got, want.numpy(), rtol=1e-15)


def test_the_way_back_is_that_of_torch_nn(rng):
    torch = pytest.importorskip("torch")
    for how in HOWS:
        arrays = drawn(rng)
        leaves = [torch.from_numpy(a).requires_grad_() for a in arrays]
        layer = torch.nn.Conv2d(3, 5, (4, 2), dtype=torch.float64, **how)
        names = dict(zip(("weight", "bias"), leaves[1:], strict=True))
        y = torch.func.functional_call(layer, names, (leaves[0],))
        dy = rng.normal(size=tuple(y.shape))
        want = torch.autograd.grad(y, leaves, torch.from_numpy(dy))
        for ours, theirs in zip(
            convolution.d_conv2d(*arrays, dy, **how), want, strict=True
        ):
            np.testing.assert_allclose(ours, theirs.numpy(), rtol=0, atol=1e-12)
    x = rng.integers(0, 3, size=(2, 3, 7, 10)).astype(float)
    for name in POOLS:
        leaf = torch.from_numpy(x).requires_grad_()
        y = getattr(torch.nn.functional, name)(leaf, 3)
        dy = rng.normal(size=tuple(y.shape))
        (want,) = torch.autograd.grad(y, leaf, torch.from_numpy(dy))
        ours = getattr(convolution, f"d_{name}")(x, dy, size=3)
        np.testing.assert_allclose(ours, want.numpy(), rtol=0, atol=1e-12)


def test_a_nudge_finds_the_same_slopes(rng):
    for how in HOWS:
        arrays = drawn(rng)
        found = dot_product_test(
            lambda *a, how=how: convolution.conv2d(*a, **how),
            lambda dy, a=arrays, how=how: convolution.d_conv2d(*a, dy, **how),
            tuple(arrays),
            rng=rng,
        )
        assert found.gap < 1e-7


def test_circular_convolution_commutes_with_shifts(backend, rng):
    """And one with zeros does not, so the witness can fail."""
    x, w, b = rng.normal(size=(2, 3, 6, 8)), rng.normal(size=(5, 3, 3, 3)), np.ones(5)
    gaps = {}
    for mode in ("circular", "zeros"):
        how = {"padding": 1, "padding_mode": mode}

        def mapped(x, how=how):
            arrays = map(backend.array, (x, w, b))
            return backend.numpy(backend.module("convolution").conv2d(*arrays, **how))

        moved = mapped(np.roll(x, (2, 3), (2, 3)).copy())
        gaps[mode] = np.abs(moved - np.roll(mapped(x), (2, 3), (2, 3))).max()
    assert gaps["circular"] < 1e-12 < 0.1 < gaps["zeros"]


def test_single_precision_stays_single(backend, rng):
    arrays = drawn(rng, "float32")
    module = backend.module("convolution")
    assert backend.numpy(module.conv2d(*map(backend.array, arrays))).dtype == "float32"
    for name in POOLS:
        assert backend.numpy(getattr(module, name)(backend.array(arrays[0]))).dtype == (
            "float32"
        )
    gradients = convolution.d_conv2d(*arrays, convolution.conv2d(*arrays))
    assert {g.dtype.name for g in gradients} == {"float32"}


def test_a_small_net_walks_the_path_of_its_twin(rng):
    torch = pytest.importorskip("torch")
    from nb_lib.torch import convolution as theirs

    x = rng.normal(size=(4, 1, 9, 10))
    ours = convolution.ConvNet((1, 3, 5), 7, rng=np.random.default_rng(1))
    twin = theirs.ConvNet((1, 3, 5), 7, rng=np.random.default_rng(1))
    logits, same = ours.forward(x), twin.forward(torch.from_numpy(x))
    np.testing.assert_allclose(logits, same.detach().numpy(), rtol=0, atol=1e-12)
    dlogits = rng.normal(size=logits.shape)
    ours.backward(dlogits)
    same.backward(torch.from_numpy(dlogits))
    assert list(ours.grads) == list(ours.params) == list(twin.params)
    for name, p in twin.params.items():
        np.testing.assert_allclose(ours.grads[name], p.grad.numpy(), atol=1e-12)


REFUSALS = (
    (((2, 3), (5, 3, 2, 2), (5,)), {}, "x of shape \\(N, C, H, W\\), got \\(2, 3\\)"),
    (((1, 3, 4, 4), (5, 2, 2, 2), (5,)), {}, "w of shape \\(O, 3, K, L\\)"),
    (((1, 3, 4, 4), (5, 3, 2, 2), (4,)), {}, "b of shape \\(5,\\), got \\(4,\\)"),
    (((1, 3, 4, 4), (5, 3, 5, 2), (5,)), {}, "no larger than the padded image"),
    (((1, 3, 4, 4), (5, 3, 2, 2), (5,)), {"stride": 0}, "stride as a positive"),
    (((1, 3, 4, 4), (5, 3, 2, 2), (5,)), {"padding": -1}, "padding of 0 or more"),
    (((1, 3, 4, 4), (5, 3, 2, 2), (5,)), {"padding": 0.5}, "positive integer"),
    (((1, 3, 4, 4), (5, 3, 2, 2), (5,)), {"padding_mode": "same"}, "choose one of"),
    (
        ((1, 3, 2, 4), (5, 3, 2, 2), (5,)),
        {"padding": 3, "padding_mode": "circular"},
        "circular padding of 2 at most",
    ),
)


def test_what_does_not_fit_is_refused(backend):
    module = backend.module("convolution")
    for shapes, how, words in REFUSALS:
        arrays = [backend.array(np.ones(shape)) for shape in shapes]
        with pytest.raises(ValueError, match=words):
            module.conv2d(*arrays, **how)
    with pytest.raises(TypeError, match="w as an array"):
        module.conv2d(backend.array(np.ones((1, 1, 2, 2))), [[1]], 0)
    with pytest.raises(ValueError, match="no larger than the image, got size 5"):
        module.max_pool2d(backend.array(np.ones((1, 1, 4, 6))), size=5)
    with pytest.raises(ValueError, match="an odd size, got \\(1, 3\\) and 4"):
        module.ConvNet((1, 3), 2, size=4, rng=np.random.default_rng(0))
