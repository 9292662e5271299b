"""Layers: both twins alike, backward judged by differences and by autograd."""

import numpy as np
import pytest

from nb_lib.numpy.activations import ACTIVATIONS
from nb_lib.numpy.layers import Activation, Linear

N, FAN_IN, FAN_OUT = 3, 5, 7  # all different: a transposed product cannot pass


def plain(fan_in, fan_out, *, rng):
    return np.arange(fan_in * fan_out, dtype=np.float32).reshape(fan_in, fan_out)


def test_linear_maps_rows(backend, rng):
    linear = backend.module("layers").Linear(FAN_IN, FAN_OUT, rng=rng)
    x = rng.normal(size=(N, FAN_IN))
    w = Linear(FAN_IN, FAN_OUT, rng=np.random.default_rng(9)).params["w"]
    got = backend.numpy(linear.forward(backend.array(x)))
    np.testing.assert_allclose(got, x @ w, rtol=1e-13)


@pytest.mark.parametrize("shape", [(N, 4), (FAN_IN,), (2, N, FAN_IN)])
def test_linear_refuses_a_wrong_shape_in_one_sentence(backend, rng, shape):
    linear = backend.module("layers").Linear(FAN_IN, FAN_OUT, rng=rng)
    with pytest.raises(
        ValueError, match=r"^Linear wants x of shape \(N, 5\), got "
    ) as e:
        linear.forward(backend.array(np.zeros(shape)))
    assert str(e.value).endswith(str(shape))


def test_linear_refuses_a_list(backend, rng):
    linear = backend.module("layers").Linear(FAN_IN, FAN_OUT, rng=rng)
    with pytest.raises(TypeError, match="^Linear wants x as an array .*, got list$"):
        linear.forward([[0.0] * FAN_IN])


def test_linear_keeps_the_kind_of_its_init(backend, rng):
    def init(*shape, rng):
        return backend.array(plain(*shape, rng=rng))

    linear = backend.module("layers").Linear(FAN_IN, FAN_OUT, rng=rng, init=init)
    y = linear.forward(backend.array(np.ones((N, FAN_IN), np.float32)))
    b = linear.params["b"] if backend.name == "numpy" else linear.b
    assert backend.numpy(y).dtype == backend.numpy(b).dtype == np.float32


def test_linear_vjp_agrees_with_central_differences(rng):
    """One random direction v checks the whole Jacobian: <dy, J v> = <dx, v>."""
    layer, h = Linear(FAN_IN, FAN_OUT, rng=rng), 1e-6
    x, v = rng.normal(size=(2, N, FAN_IN))
    dy = rng.normal(size=(N, FAN_OUT))
    slope = (layer.forward(x + h * v) - layer.forward(x - h * v)) / (2 * h)
    layer.forward(x)
    assert np.sum(layer.backward(dy) * v) == pytest.approx(np.sum(dy * slope))


@pytest.mark.parametrize("bias", [True, False])
def test_linear_gradients_agree_with_autograd(rng, bias):
    torch = pytest.importorskip("torch")
    twin = pytest.importorskip("nb_lib.torch.layers").Linear
    x, dy = rng.normal(size=(N, FAN_IN)), rng.normal(size=(N, FAN_OUT))
    ours = Linear(FAN_IN, FAN_OUT, rng=np.random.default_rng(1), bias=bias)
    theirs = twin(FAN_IN, FAN_OUT, rng=np.random.default_rng(1), bias=bias)
    ours.forward(x)
    leaf = torch.tensor(x, requires_grad=True)
    theirs(leaf).backward(torch.tensor(dy))
    np.testing.assert_allclose(ours.backward(dy), leaf.grad.numpy(), rtol=1e-12)
    wanted = {name: p.grad.numpy() for name, p in theirs.named_parameters()}
    assert ours.grads.keys() == wanted.keys()
    for name, grad in wanted.items():
        np.testing.assert_allclose(ours.grads[name], grad, rtol=1e-12)


def test_linear_gives_no_input_gradient_where_none_is_needed(rng):
    layer = Linear(FAN_IN, FAN_OUT, rng=rng)
    layer.forward(np.ones((N, FAN_IN)))
    assert layer.backward(np.ones((N, FAN_OUT)), needs_dx=False) is None
    assert layer.grads["w"].shape == (FAN_IN, FAN_OUT)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activation_layer_agrees_with_autograd(rng, name):
    torch = pytest.importorskip("torch")
    twin = pytest.importorskip("nb_lib.torch.layers").Activation(name)
    z, dy = rng.normal(size=(2, N, FAN_IN))
    leaf, ours = torch.tensor(z, requires_grad=True), Activation(name)
    y = twin(leaf)
    y.backward(torch.tensor(dy))
    np.testing.assert_allclose(ours.forward(z), y.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(ours.backward(dy), leaf.grad.numpy(), rtol=1e-12)


def test_unknown_activation_lists_the_known_ones(backend):
    with pytest.raises(ValueError, match="unknown activation 'rleu': .*relu.*silu"):
        backend.module("layers").Activation("rleu")


@pytest.mark.parametrize("dtype", ["uint8", "int64", "bool"])
def test_whole_numbers_take_the_dtype_of_the_weights(backend, rng, dtype):
    module, x = backend.module("models"), np.eye(3, 5).astype(dtype)
    model = module.MLP((5, 7, 2), rng=rng, dtype="float32")
    got = backend.numpy(model.forward(backend.array(x)))
    want = backend.numpy(model.forward(backend.array(x.astype("float32"))))
    assert got.dtype == "float32"
    np.testing.assert_array_equal(got, want)
