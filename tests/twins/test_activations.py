"""Both twins against PyTorch's own functions, scipy, closed forms and themselves."""

import functools

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from loops import over

from nb_lib.numpy import activations

torch = pytest.importorskip("torch")
F = torch.nn.functional

Z = np.array([-30.0, -4.0, -1.5, -1e-3, -0.0, 0.0, 1e-8, 0.7, 3.0, 25.0])
HUGE = np.array([-1e4, -1e3, -700.0, 700.0, 1e3, 1e4])
RTOL = {"float32": 2e-5, "float64": 1e-12}
ATOL = {"float32": 1e-6, "float64": 1e-15}  # PyTorch's GELU cancels in the tail
# name -> (keywords, PyTorch's own function)
OWN = {
    "identity": ({}, lambda z: z + 0),
    "sigmoid": ({}, F.sigmoid),
    "tanh": ({}, F.tanh),
    "relu": ({}, F.relu),
    "leaky_relu": ({"slope": 0.2}, lambda z: F.leaky_relu(z, 0.2)),
    "elu": ({"alpha": 1.5}, lambda z: F.elu(z, 1.5)),
    "softplus": ({}, lambda z: F.softplus(z, threshold=40)),
    "gelu": ({}, F.gelu),
    "gelu tanh": ({"approximate": "tanh"}, lambda z: F.gelu(z, approximate="tanh")),
    "silu": ({}, F.silu),
}
each = over("case", OWN)
each_dtype = over("dtype", ["float32", "float64"])


def named(case, module, prefix=""):
    keywords, _ = OWN[case]
    return functools.partial(getattr(module, prefix + case.split()[0]), **keywords)


def value_and_slope(f, z):
    """Let torch.autograd differentiate f at z."""
    z = torch.tensor(z, requires_grad=True)
    y = f(z)
    y.sum().backward()
    return y.detach().numpy(), z.grad.numpy()


@each
@each_dtype
@over("z", [Z, HUGE, Z.reshape(5, 2)], ids=["usual", "huge", "2d"])
def test_activation_agrees_with_torch(backend, case, z, dtype):
    z = z.astype(dtype)
    f = named(case, backend.module("activations"))
    got, (want, _) = (
        backend.numpy(f(backend.array(z))),
        value_and_slope(OWN[case][1], z),
    )
    assert got.dtype == dtype
    np.testing.assert_allclose(got, want, rtol=RTOL[dtype], atol=ATOL[dtype])


@each
@each_dtype
@over("z", [Z, HUGE], ids=["usual", "huge"])
def test_derivative_agrees_with_autograd(case, z, dtype):
    z = z.astype(dtype)
    got = named(case, activations, "d_")(z)
    _, want = value_and_slope(OWN[case][1], z)
    assert got.dtype == dtype
    np.testing.assert_allclose(got, want, rtol=RTOL[dtype], atol=ATOL[dtype])


@each
@over("z", [Z, HUGE], ids=["usual", "huge"])
def test_autograd_through_the_twin_gives_the_derivative(case, z):
    twin = pytest.importorskip("nb_lib.torch.activations")
    _, got = value_and_slope(named(case, twin), z)
    want = named(case, activations, "d_")(z)
    np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-15)


@each
def test_activation_leaves_its_argument_alone(case):
    z = Z.copy()
    named(case, activations)(z)
    named(case, activations, "d_")(z)
    np.testing.assert_array_equal(z, Z)


@each
def test_activation_takes_a_python_number(case):
    assert float(named(case, activations)(0.5)) > 0
    assert float(named(case, activations, "d_")(0.5)) > 0


@over("name", activations.ACTIVATIONS)
def test_tables_hold_the_functions_of_their_names(backend, name):
    module = backend.module("activations")
    assert module.ACTIVATIONS[name] is getattr(module, name)
    assert activations.DERIVATIVES[name] is getattr(activations, f"d_{name}")


def test_sigmoid_agrees_with_expit_in_both_tails():
    z = np.linspace(-700, 700, 1401)
    np.testing.assert_allclose(
        activations.sigmoid(z), scipy.special.expit(z), rtol=1e-14
    )


def test_sigmoid_slope_is_at_most_a_quarter():
    slopes = activations.d_sigmoid(np.linspace(-20, 20, 4001))
    assert slopes.max() == activations.d_sigmoid(0.0) == 0.25


def test_relu_slope_at_the_kink_is_zero():
    twin = pytest.importorskip("nb_lib.torch.activations")
    _, slope = value_and_slope(twin.relu, np.zeros(1))
    assert activations.d_relu(np.zeros(1)) == slope == 0


def test_nan_is_never_hidden(backend):
    module = backend.module("activations")
    for name, f in module.ACTIVATIONS.items():
        assert np.isnan(backend.numpy(f(backend.array([np.nan])))).all(), name


def test_gelu_forms_differ_by_at_most_4_8e_4():
    z = np.linspace(-6, 6, 120_001)
    gap = activations.gelu(z) - activations.gelu(z, approximate="tanh")
    assert 4.7e-4 < np.abs(gap).max() < 4.8e-4


def test_gelu_names_its_two_forms(backend):
    with pytest.raises(ValueError, match='"none" or "tanh", got \'erf\''):
        backend.module("activations").gelu(backend.array(Z), approximate="erf")


@over(("name", "at", "low"), [
    ("gelu", -0.7518, -0.1700), ("silu", -1.2784, -0.2785),
])  # fmt: skip
def test_smooth_activation_has_its_minimum_there(name, at, low):
    f, slope = getattr(activations, name), getattr(activations, f"d_{name}")
    assert f(at) == pytest.approx(low, abs=5e-5)
    assert slope(at) == pytest.approx(0, abs=5e-5)


@each_dtype
@over("shape", [(5,), (3, 5), (2, 3, 5)])
@over("scale", [1, 1e4])
@over("name", ["softmax", "log_softmax"])
def test_softmax_agrees_with_scipy(backend, rng, name, shape, dtype, scale):
    z = (scale * rng.normal(size=shape)).astype(dtype)
    got = backend.numpy(getattr(backend.module("activations"), name)(backend.array(z)))
    assert got.dtype == dtype
    want = getattr(scipy.special, name)(z.astype(float), axis=-1)
    np.testing.assert_allclose(got, want, rtol=RTOL[dtype], atol=RTOL[dtype] / 10)


@given(arrays(float, (3, 5), elements=st.floats(-1e4, 1e4)), st.floats(-1e4, 1e4))
def test_softmax_sums_to_one_and_ignores_a_shift(z, shift):
    p = activations.softmax(z)
    np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-14)
    np.testing.assert_allclose(activations.softmax(z + shift), p, atol=1e-11)


@given(arrays(float, 7, elements=st.floats(-1e4, 1e4)))
def test_identities_that_hold_for_every_z(z):
    sigmoid, softplus = activations.sigmoid, activations.softplus
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-15)
    np.testing.assert_allclose(activations.tanh(z), 2 * sigmoid(2 * z) - 1, atol=1e-15)
    np.testing.assert_allclose(softplus(z) - softplus(-z), z, rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(activations.relu(z) - activations.relu(-z), z)


@over("name", ["softmax", "log_softmax"])
def test_softmax_gradient_agrees_with_autograd(rng, name):
    z, dy = rng.normal(size=(2, 3, 5))
    tensor = torch.tensor(z, requires_grad=True)
    getattr(torch, name)(tensor, dim=-1).backward(torch.tensor(dy))
    got = getattr(activations, f"d_{name}")(z, dy)
    np.testing.assert_allclose(got, tensor.grad.numpy(), rtol=1e-12)


def test_swiglu_agrees_with_its_parts_and_with_autograd(backend, rng):
    x, w_gate, w_value, dy = (
        rng.normal(size=size) for size in [(3, 5), (5, 7), (5, 7), (3, 7)]
    )
    tensors = [torch.tensor(a, requires_grad=True) for a in (x, w_gate, w_value)]
    want = F.silu(tensors[0] @ tensors[1]) * (tensors[0] @ tensors[2])
    want.backward(torch.tensor(dy))
    arrays_ = [backend.array(a) for a in (x, w_gate, w_value)]
    got = backend.numpy(backend.module("activations").swiglu(*arrays_))
    np.testing.assert_allclose(got, want.detach().numpy(), rtol=1e-12)
    for ours, tensor in zip(
        activations.d_swiglu(x, w_gate, w_value, dy), tensors, strict=True
    ):
        np.testing.assert_allclose(ours, tensor.grad.numpy(), rtol=1e-12)


def far(dtype):
    """Give numbers out to infinity, on both sides."""
    greatest = np.finfo(dtype).max
    sizes = [1e3, 1e5, 1e20, 1e38, greatest / 2, greatest, np.inf]
    sizes += [1e300] if dtype == "float64" else []
    return np.array([sign * size for size in sizes for sign in (1, -1)], dtype)


@each
@each_dtype
def test_far_out_every_value_is_the_limit(backend, case, dtype):
    """Silent too: a warning of NumPy's would fail the test."""
    z = far(dtype)
    got = backend.numpy(named(case, backend.module("activations"))(backend.array(z)))
    on_the_left = {"identity": z, "leaky_relu": z * 0.2, "elu": -1.5, "tanh": -1}
    left = on_the_left.get(case, 0)
    right = 1 if case in ("sigmoid", "tanh") else z
    assert got.dtype == dtype
    np.testing.assert_allclose(got, np.where(z > 0, right, left), rtol=1e-6)


@each
@each_dtype
def test_far_out_every_slope_is_the_limit(backend, case, dtype):
    z = far(dtype)
    if backend.name == "torch":
        _, got = value_and_slope(named(case, backend.module("activations")), z)
    else:
        got = named(case, activations, "d_")(z)
    left = {"identity": 1, "leaky_relu": 0.2}.get(case, 0)
    right = 0 if case in ("sigmoid", "tanh") else 1
    assert got.dtype == dtype
    np.testing.assert_allclose(got, np.where(z > 0, right, left), rtol=1e-6)


@over("name", ["softmax", "log_softmax"])
def test_softmax_takes_an_infinite_gap(backend, name):
    """A mask of -inf leaves nothing; a gap of 1e300 neither."""
    z = backend.array([[-np.inf, 0.0, 0.0], [0.0, -1e300, 0.0]])
    got = backend.numpy(getattr(backend.module("activations"), name)(z))
    p = np.array([[0, 0.5, 0.5], [0.5, 0, 0.5]])
    want = (
        p if name == "softmax" else np.where(p > 0, np.log(0.5), [[-np.inf], [-1e300]])
    )
    np.testing.assert_allclose(got, want, rtol=1e-12)
