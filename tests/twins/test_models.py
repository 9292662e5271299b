"""The MLP: both twins alike, its gradients judged by autograd and by differences."""

import numpy as np
import pytest

from nb_lib.numpy.activations import ACTIVATIONS
from nb_lib.numpy.init import INITS
from nb_lib.numpy.losses import cross_entropy, d_cross_entropy
from nb_lib.numpy.models import MLP, count_parameters

SIZES, N = (3, 7, 6, 5), 4


def twins(sizes=SIZES, **settings):
    """Build the net twice with the same numbers."""
    torch_mlp = pytest.importorskip("nb_lib.torch.models").MLP
    draws = [np.random.default_rng(1) for _ in range(2)]
    return (
        MLP(sizes, rng=draws[0], **settings),
        torch_mlp(sizes, rng=draws[1], **settings),
    )


@pytest.fixture
def example(rng):
    return rng.normal(size=(N, SIZES[0])), rng.integers(0, SIZES[-1], size=N)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("sizes", "skip"), [(SIZES, False), ((3, 7, 7, 7, 5), True)])
def test_gradients_agree_with_autograd(example, activation, sizes, skip):
    torch = pytest.importorskip("torch")
    ours, theirs = twins(sizes, activation=activation, skip=skip)
    x, labels = example
    logits = ours.forward(x)
    ours.backward(d_cross_entropy(logits, labels))
    outputs = theirs(torch.tensor(x))
    torch.nn.functional.cross_entropy(outputs, torch.tensor(labels)).backward()
    np.testing.assert_allclose(logits, outputs.detach().numpy(), rtol=1e-12)
    assert list(ours.grads) == list(theirs.params)
    for name, grad in ours.grads.items():
        want = theirs.params[name].grad.numpy()
        np.testing.assert_allclose(grad, want, rtol=1e-10, atol=1e-15)


def test_deltas_are_the_gradients_at_the_pre_activations(example, rng):
    """A shift of layer l's bias shifts each z_l: dL/db_l is the column sum of δ_l."""
    (x, labels), model = example, MLP(SIZES, rng=rng, activation="tanh")
    model.backward(d_cross_entropy(model.forward(x), labels))
    assert [d.shape for d in model.deltas] == [(N, width) for width in SIZES[1:]]
    for layer, delta in enumerate(model.deltas):
        bias, h, slopes = model.params[f"{layer}.b"], 1e-6, []
        for sign in (1, -1):
            bias[0] += sign * h
            slopes.append(cross_entropy(model.forward(x), labels))
            bias[0] -= sign * h
        want = (slopes[0] - slopes[1]) / (2 * h)
        assert delta[:, 0].sum() == pytest.approx(want, abs=1e-9)


def test_skip_adds_what_came_before_the_activation(backend, rng):
    sizes = (3, 7, 7, 5)
    model = backend.module("models").MLP(sizes, rng=rng, activation="tanh", skip=True)
    x = rng.normal(size=(N, 3))
    w = [backend.numpy(model.params[f"{layer}.w"]) for layer in range(3)]
    z = x @ w[0]
    z = z + np.tanh(z) @ w[1]
    got = backend.numpy(model.forward(backend.array(x)))
    np.testing.assert_allclose(got, np.tanh(z) @ w[2], rtol=1e-12)


def test_skip_wants_hidden_layers_of_one_width(backend, rng):
    with pytest.raises(ValueError, match=r"one width, got \(7, 6\)"):
        backend.module("models").MLP(SIZES, rng=rng, skip=True)


def test_params_are_the_arrays_that_forward_uses(example, rng):
    model = MLP(SIZES, rng=rng)
    for array in model.params.values():
        array *= 0
    np.testing.assert_array_equal(model.forward(example[0]), np.zeros((N, SIZES[-1])))


def test_names_run_in_the_order_of_the_layers(backend, rng):
    model = backend.module("models").MLP(SIZES, rng=rng)
    assert list(model.params) == ["0.w", "0.b", "1.w", "1.b", "2.w", "2.b"]
    shapes = [tuple(p.shape) for p in model.params.values()]
    assert shapes == [(3, 7), (7,), (7, 6), (6,), (6, 5), (5,)]


def test_torch_parameters_come_in_the_order_of_the_names():
    _, theirs = twins()
    pairs = zip(theirs.parameters(), theirs.params.values(), strict=True)
    assert all(a is b for a, b in pairs)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_whole_pass_keeps_its_dtype(example, dtype):
    (x, labels), (ours, theirs) = example, twins(dtype=dtype, gain=0.5)
    logits = ours.forward(x.astype(dtype))
    ours.backward(d_cross_entropy(logits, labels))
    arrays = [logits, *ours.params.values(), *ours.grads.values(), *ours.deltas]
    assert {a.dtype.name for a in arrays} == {dtype}
    assert {str(p.dtype) for p in theirs.parameters()} == {f"torch.{dtype}"}


def test_gain_multiplies_the_weights(backend, rng):
    models = backend.module("models")
    one, three = (
        models.MLP(SIZES, rng=np.random.default_rng(1), gain=gain) for gain in (1, 3)
    )
    got, want = (backend.numpy(model.params["1.w"]) for model in (three, one))
    np.testing.assert_allclose(got, 3 * want)


@pytest.mark.parametrize("init", INITS)
def test_every_init_starts_the_twins_alike(init):
    ours, theirs = twins(init=init)
    for name, p in theirs.params.items():
        np.testing.assert_array_equal(p.detach().numpy(), ours.params[name])


def test_linear_model_needs_no_hidden_layer(backend, rng):
    model = backend.module("models").MLP((3, 2), rng=rng)
    y = backend.numpy(model.forward(backend.array(np.ones((N, 3)))))
    assert y.shape == (N, 2)


def test_linear_model_has_a_backward_pass(rng):
    model = MLP((3, 2), rng=rng)
    model.forward(np.ones((N, 3)))
    model.backward(np.ones((N, 2)))
    np.testing.assert_array_equal(model.grads["0.w"], np.full((3, 2), N))


def test_mnist_net_has_109_386_parameters(backend, rng):
    models = backend.module("models")
    model = models.MLP((784, 128, 64, 10), rng=rng)
    assert models.count_parameters(model) == 109_386


def test_frozen_parameters_are_not_counted():
    ours, theirs = twins()
    theirs.params["0.w"].requires_grad_(False)
    count = pytest.importorskip("nb_lib.torch.models").count_parameters
    assert count(theirs) == count_parameters(ours) - 3 * 7


@pytest.mark.parametrize("sizes", [(3,), (), (3, 0, 2), (3, 2.5, 2), (3, -1)])
def test_impossible_sizes_are_refused(backend, rng, sizes):
    with pytest.raises(ValueError, match="MLP wants two or more sizes, all positive"):
        backend.module("models").MLP(sizes, rng=rng)


@pytest.mark.parametrize("dtype", ["int64", "half", None])
def test_weights_want_a_dtype_of_fractions(backend, rng, dtype):
    with pytest.raises(ValueError, match='^MLP wants dtype "float32" or "float64", '):
        backend.module("models").MLP(SIZES, rng=rng, dtype=dtype)


@pytest.mark.parametrize(("setting", "sentence"), [
    ({"init": "glorot"}, "unknown init 'glorot': choose one of .*xavier_normal"),
    ({"activation": "rleu"}, "unknown activation 'rleu': choose one of .*relu"),
])  # fmt: skip
def test_unknown_names_list_the_known_ones(backend, rng, setting, sentence):
    with pytest.raises(ValueError, match=sentence):
        backend.module("models").MLP(SIZES, rng=rng, **setting)


@pytest.mark.parametrize("init", ["he_normal", "zeros"])
def test_a_seed_is_no_generator(backend, init):
    with pytest.raises(
        TypeError, match=r"such as numpy.random.default_rng\(9\), got i"
    ):
        backend.module("models").MLP(SIZES, rng=0, init=init)


def test_a_generator_of_pytorch_is_told_apart(backend):
    torch = pytest.importorskip("torch")
    with pytest.raises(TypeError, match=r"a NumPy Generator .*, got torch\._C\.Gener"):
        backend.module("models").MLP(SIZES, rng=torch.Generator())


@pytest.mark.parametrize("told", [np.float32, np.dtype("float32"), "f4", "torch"])
def test_dtype_may_be_told_in_any_way(backend, rng, told):
    told = pytest.importorskip("torch").float32 if told == "torch" else told
    model = backend.module("models").MLP(SIZES, rng=rng, dtype=told)
    assert {backend.numpy(p).dtype.name for p in model.params.values()} == {"float32"}


@pytest.mark.parametrize("told", ["float16", "int64", int, None, "half", 3.5, "torch"])
def test_dtype_must_hold_weights(backend, rng, told):
    told = pytest.importorskip("torch").int64 if told == "torch" else told
    with pytest.raises(ValueError, match='MLP wants dtype "float32" or "float64", got'):
        backend.module("models").MLP(SIZES, rng=rng, dtype=told)


NORMED = {"norm": "layer", "activation": "tanh"}


@pytest.mark.parametrize("norm", ["batch", "layer", "rms"])
@pytest.mark.parametrize("skip", [False, True])
def test_a_normed_net_agrees_with_autograd(example, norm, skip):
    """The gains γ, the shifts β and the deltas of the layers included."""
    torch = pytest.importorskip("torch")
    how = {"norm": norm, "skip": skip, "activation": "tanh", "bias": not skip}
    ours, theirs = twins((3, 7, 7, 7, 5), **how)
    x, labels = example
    logits = ours.forward(x)
    ours.backward(d_cross_entropy(logits, labels))
    outputs = theirs(torch.tensor(x))
    torch.nn.functional.cross_entropy(outputs, torch.tensor(labels)).backward()
    np.testing.assert_allclose(logits, outputs.detach().numpy(), rtol=1e-10)
    assert list(ours.grads) == list(ours.params) == list(theirs.params)
    assert "2.gamma" in ours.grads
    for name, grad in ours.grads.items():
        want = theirs.params[name].grad.numpy()
        np.testing.assert_allclose(grad, want, rtol=1e-8, atol=1e-14)


def test_a_norm_stands_before_the_activation(backend, rng):
    model = backend.module("models").MLP((3, 7, 5), rng=rng, **NORMED)
    x = rng.normal(size=(N, 3))
    w = [backend.numpy(model.params[f"{layer}.w"]) for layer in range(2)]
    z = x @ w[0]
    z = z - z.mean(axis=1, keepdims=True)
    h = np.tanh(z / np.sqrt((z * z).mean(axis=1, keepdims=True) + 1e-5))
    got = backend.numpy(model.forward(backend.array(x)))
    np.testing.assert_allclose(got, h @ w[1], rtol=1e-12)


def test_without_biases_there_are_weights_alone(backend, rng):
    model = backend.module("models").MLP(SIZES, rng=rng, bias=False)
    assert list(model.params) == ["0.w", "1.w", "2.w"]


def test_an_unknown_norm_is_named(backend, rng):
    with pytest.raises(ValueError, match="unknown norm 'group': choose one of batch"):
        backend.module("models").MLP(SIZES, rng=rng, norm="group")


def test_accuracy_leaves_the_mode_of_training_for_a_while(backend, rng):
    """With the running numbers, which still are 0 and 1, one row is as good as many."""
    model = backend.module("models").MLP(SIZES, rng=rng, norm="batch")
    x, labels = backend.array(rng.normal(size=(9, 3))), np.arange(9) % 5
    accuracy = backend.module("train").accuracy
    whole = accuracy(model, x, backend.array(labels))
    rows = [
        accuracy(model, x[i : i + 1], backend.array(labels[i : i + 1]))
        for i in range(9)
    ]
    assert whole == pytest.approx(np.mean(rows), rel=1e-12)
    assert model.training
