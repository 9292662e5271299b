"""Normalisation: both twins are torch.nn's layers, forward and backward."""

import numpy as np
import pytest

from nb_lib.numpy import norms

torch = pytest.importorskip("torch")

N, D, GROUPS = 5, 12, 3
# name -> (keywords, PyTorch's own layer)
LAYERS = {
    "BatchNorm": ({}, lambda: torch.nn.BatchNorm1d(D)),
    "LayerNorm": ({}, lambda: torch.nn.LayerNorm(D)),
    "GroupNorm": ({"groups": GROUPS}, lambda: torch.nn.GroupNorm(GROUPS, D)),
    "RMSNorm": ({}, lambda: torch.nn.RMSNorm(D, eps=1e-5)),
}
each = pytest.mark.parametrize("name", LAYERS)


def ours(name, rng, dtype="float64"):
    layer = getattr(norms, name)(D, **LAYERS[name][0], dtype=dtype)
    for values in layer.params.values():
        values += rng.normal(size=D).astype(dtype)
    return layer


def theirs(name, layer, dtype="float64"):
    judge = LAYERS[name][1]().to(getattr(torch, dtype))
    values = [torch.from_numpy(a.copy()) for a in layer.params.values()]
    for parameter, value in zip(judge.parameters(), values, strict=True):
        parameter.data = value
    return judge


def batch(rng, offset, dtype="float64"):
    return (offset + rng.normal(size=(N, D))).astype(dtype)


def both_ways(judge, x, dy):
    """Run PyTorch forward and back: y, dL/dx and the gradients of the parameters."""
    x = torch.from_numpy(x).requires_grad_()
    y = judge(x)
    y.backward(torch.from_numpy(dy))
    grads = [parameter.grad.numpy() for parameter in judge.parameters()]
    return [y.detach().numpy(), x.grad.numpy(), *grads]


@each
@pytest.mark.parametrize(
    ("dtype", "offset", "tolerance"),
    [("float64", 0, 1e-12), ("float64", 1000, 1e-10), ("float32", 0, 2e-6)],
)
def test_forward_and_backward_are_those_of_torch_nn(
    rng, name, dtype, offset, tolerance
):
    layer = ours(name, rng, dtype)
    x, dy = batch(rng, offset, dtype), batch(rng, 0, dtype)
    want = both_ways(theirs(name, layer, dtype), x, dy)
    got = [layer.forward(x), layer.backward(dy), *layer.grads.values()]
    for a, b in zip(got, want, strict=True):
        assert a.dtype == b.dtype == dtype
        np.testing.assert_allclose(a, b, rtol=0, atol=tolerance * max(1, abs(b).max()))


@each
def test_an_offset_costs_no_digits_in_float32(backend, rng, name):
    """PyTorch's own layers lose three of them: there the mean goes off only once."""
    make = getattr(backend.module("norms"), name)
    layer = make(D, **LAYERS[name][0], dtype="float32")
    x = batch(rng, 1000, "float32")
    exact = getattr(norms, name)(D, **LAYERS[name][0]).forward(x.astype("float64"))
    y = backend.numpy(layer.forward(backend.array(x)))
    np.testing.assert_allclose(y, exact, rtol=0, atol=1e-6)


@each
def test_the_twin_walks_the_same_way(rng, name):
    layer = ours(name, rng)
    twin = getattr(pytest.importorskip("nb_lib.torch.norms"), name)
    twin = twin(D, **LAYERS[name][0])
    for parameter, value in zip(twin.parameters(), layer.params.values(), strict=True):
        parameter.data = torch.from_numpy(value.copy())
    x, dy = batch(rng, 1000), batch(rng, 0)
    got = [layer.forward(x), layer.backward(dy), *layer.grads.values()]
    for a, b in zip(got, both_ways(twin, x, dy), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)


def test_running_numbers_and_evaluation_are_those_of_torch(backend, rng):
    layer = backend.module("norms").BatchNorm(D, momentum=0.3)
    judge = torch.nn.BatchNorm1d(D, momentum=0.3).double()
    for scale in (1, 5, 0.1):
        x = 3 + scale * rng.normal(size=(N, D))
        layer.forward(backend.array(x))
        judge(torch.from_numpy(x))
    for kind in ("running_mean", "running_var"):
        got, want = backend.numpy(getattr(layer, kind)), getattr(judge, kind).numpy()
        np.testing.assert_allclose(got, want, rtol=1e-12)
    layer.training, judge.training = False, False
    y = backend.numpy(layer.forward(backend.array(x)))
    np.testing.assert_allclose(y, judge(torch.from_numpy(x)).detach(), rtol=1e-10)


def test_evaluation_walks_back_past_the_running_numbers(rng):
    layer = ours("BatchNorm", rng)
    layer.forward(batch(rng, 2))
    judge = theirs("BatchNorm", layer).eval()
    judge.running_mean.copy_(torch.from_numpy(layer.running_mean))
    judge.running_var.copy_(torch.from_numpy(layer.running_var))
    layer.training = False
    x, dy = batch(rng, 0), batch(rng, 0)
    layer.forward(x)
    want = both_ways(judge, x, dy)[1]
    np.testing.assert_allclose(layer.backward(dy), want, rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "shift", "scale"),
    [("LayerNorm", 7, 3), ("GroupNorm", 7, 3), ("BatchNorm", 7, 3), ("RMSNorm", 0, 3)],
)
def test_what_each_ignores(backend, rng, name, shift, scale):
    layer = getattr(backend.module("norms"), name)(D, **LAYERS[name][0], eps=0)
    x = batch(rng, 0)
    pair = (
        backend.numpy(layer.forward(backend.array(a))) for a in (x, scale * x + shift)
    )
    np.testing.assert_allclose(*pair, rtol=0, atol=1e-12)


def test_rms_norm_sees_a_shift(backend, rng):
    layer = backend.module("norms").RMSNorm(D)
    x = batch(rng, 0)
    pair = [backend.numpy(layer.forward(backend.array(a))) for a in (x, x + 7)]
    assert np.abs(pair[0] - pair[1]).max() > 0.5


def test_a_batch_of_one_row_gives_beta(backend, rng):
    layer = backend.module("norms").BatchNorm(D)
    beta = layer.params["beta"] if backend.name == "numpy" else layer.beta.data
    beta += 0.25
    y = backend.numpy(layer.forward(backend.array(batch(rng, 9)[:1])))
    np.testing.assert_array_equal(y, np.full((1, D), 0.25))
    assert np.isfinite(backend.numpy(layer.running_var)).all()


def test_whole_numbers_count_as_floats(backend):
    x = np.arange(N * D).reshape(N, D) ** 2 % 251
    layer = backend.module("norms").LayerNorm(D)
    pair = (x.astype("uint8"), x.astype("float64"))
    got = [backend.numpy(layer.forward(backend.array(a))) for a in pair]
    np.testing.assert_array_equal(*got)


REFUSED = {
    "no rows": (lambda m: m.LayerNorm(D), (0, D), "one row or more"),
    "other features": (lambda m: m.BatchNorm(D), (N, 4), r"of shape \(N, 12\)"),
    "groups": (
        lambda m: m.GroupNorm(D, groups=5),
        None,
        "divide into 5 groups, got 12",
    ),
    "no groups": (lambda m: m.GroupNorm(D, groups=0), (N, D), "groups as a positive"),
    "half a feature": (lambda m: m.RMSNorm(1.5), (N, D), "features as a positive"),
    "eps": (lambda m: m.RMSNorm(D, eps=-1), (N, D), "an eps of 0 or more, got -1"),
    "momentum": (lambda m: m.BatchNorm(D, momentum=2), (N, D), "momentum from 0 to 1"),
    "dtype": (lambda m: m.BatchNorm(D, dtype="int8"), (N, D), "BatchNorm wants dtype"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_gets_one_sentence(backend, case):
    make, shape, words = REFUSED[case]
    with pytest.raises(ValueError, match=words) as e:
        make(backend.module("norms")).forward(backend.array(np.zeros(shape)))
    assert "\n" not in str(e.value)
