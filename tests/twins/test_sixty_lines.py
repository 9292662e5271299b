"""The listing of 9.8: short, alone, right, and in step with its twin."""

import ast
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from nb_lib.book.lines import count_code_lines
from nb_lib.data import spirals
from nb_lib.numpy import losses, optimisers, sixty_lines, train
from nb_lib.numpy.sixty_lines import ACTIVATIONS, INITS, MLP, cross_entropy, fit

SIZES, N = (2, 9, 8, 3), 70


@pytest.fixture
def example(rng):
    return rng.normal(size=(N, 2)), rng.integers(0, 3, size=N)


def trained(backend, example, steps, **settings):
    """Train a fresh net on one path; return it with its losses."""
    module, (x, labels) = backend.module("sixty_lines"), map(backend.array, example)
    model = module.MLP(SIZES, rng=np.random.default_rng(1), **settings)
    path = np.random.default_rng(2)
    told = module.fit(model, x, labels, rng=path, lr=0.3, batch_size=32)
    return model, list(islice(told, steps))


def test_listing_has_at_most_sixty_lines():
    assert count_code_lines(sixty_lines) <= 60


def test_listing_imports_numpy_alone():
    tree = ast.parse(Path(sixty_lines.__file__).read_text(encoding="utf-8"))
    kinds = ast.Import | ast.ImportFrom
    imports = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, kinds)]
    assert imports == ["import numpy as np"]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_parameters_stay_within_1e_12_of_torch(example, activation):
    """200 steps from the same weights over the same batches."""
    twin = pytest.importorskip("nb_lib.torch.sixty_lines")
    torch = pytest.importorskip("torch")
    ours, theirs = (
        module.MLP(SIZES, rng=np.random.default_rng(1), activation=activation)
        for module in (sixty_lines, twin)
    )
    tensors = map(torch.from_numpy, example)
    for module, model, data in ((sixty_lines, ours, example), (twin, theirs, tensors)):
        list(islice(module.fit(model, *data, rng=np.random.default_rng(2)), 200))
    for name, p in theirs.params.items():
        want = p.detach().numpy()
        np.testing.assert_allclose(ours.params[name], want, rtol=0, atol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backward_agrees_with_central_differences(example, rng, activation):
    """One random direction through all parameters checks every gradient."""
    (x, labels), h = example, 1e-6
    model = MLP(SIZES, rng=rng, activation=activation)
    way = {name: rng.normal(size=w.shape) for name, w in model.params.items()}
    values = []
    for sign in (1, -1):
        for name, w in model.params.items():
            w += sign * h * way[name]
        values.append(cross_entropy(model.forward(x), labels)[0])
        for name, w in model.params.items():
            w -= sign * h * way[name]
    _, dlogits = cross_entropy(model.forward(x), labels)
    model.backward(dlogits)
    got = sum(np.sum(model.grads[name] * v) for name, v in way.items())
    assert got == pytest.approx((values[0] - values[1]) / (2 * h), rel=1e-6)


def test_cross_entropy_is_that_of_the_library(rng):
    logits, labels = rng.normal(size=(7, 5)), rng.integers(0, 5, size=7)
    loss, dlogits = cross_entropy(logits, labels)
    assert loss == pytest.approx(losses.cross_entropy(logits, labels), rel=1e-14)
    want = losses.d_cross_entropy(logits, labels)
    np.testing.assert_allclose(dlogits, want, rtol=1e-12)


def test_cross_entropy_survives_huge_logits(backend):
    logits, labels = np.array([[1e4, -1e4], [-1e4, 1e4]]), np.array([0, 0])
    module = backend.module("sixty_lines")
    got = module.cross_entropy(backend.array(logits), backend.array(labels))
    assert float(got[0] if isinstance(got, tuple) else got) == 1e4


SPREADS = {  # of weights from 300 units to 200
    "zeros": 0,
    "normal": 0.01,
    "xavier_normal": (2 / 500) ** 0.5,
    "he_normal": (2 / 300) ** 0.5,
    "standard_normal": 1,
}


@pytest.mark.parametrize("init", INITS)
def test_init_has_the_stated_spread(backend, rng, init):
    module = backend.module("sixty_lines")
    w = backend.numpy(module.MLP((300, 200), rng=rng, init=init).params["0.w"])
    assert w.std() == pytest.approx(SPREADS[init], rel=0.02)


def test_zero_initialisation_never_parts_the_hidden_units(backend, example):
    model, _ = trained(backend, example, 50, init="zeros")
    w = backend.numpy(model.params["0.w"])
    np.testing.assert_array_equal(w, np.broadcast_to(w[:, :1], w.shape))


def test_deltas_and_gradients_have_their_shapes(example, rng):
    (x, labels), model = example, MLP(SIZES, rng=rng)
    model.backward(cross_entropy(model.forward(x), labels)[1])
    assert [d.shape for d in model.deltas] == [(N, width) for width in SIZES[1:]]
    for name, w in model.params.items():
        assert model.grads[name].shape == w.shape


@pytest.mark.parametrize("setting", [{"activation": "rleu"}, {"init": "glorot"}])
def test_unknown_names_list_the_known_ones(backend, rng, setting):
    with pytest.raises(ValueError, match="among .*'tanh'.* and among .*'he_normal'"):
        backend.module("sixty_lines").MLP(SIZES, rng=rng, **setting)


def test_fit_walks_the_path_of_descend(example):
    """Its own loop and ``train.descend`` are one: same losses, same parameters."""
    model, values = trained_numpy(example, 30)
    other, (x, labels) = MLP(SIZES, rng=np.random.default_rng(1)), example
    path = np.random.default_rng(2)

    def data():
        while True:
            for rows in np.split(path.permutation(N), [32, 64]):
                yield x[rows], labels[rows]

    optimiser = optimisers.SGD(other.params, lr=0.3)
    steps = islice(train.descend(other, cross_entropy, data(), optimiser), 30)
    assert [step.loss for step in steps] == values
    for name, w in model.params.items():
        np.testing.assert_array_equal(other.params[name], w)


def trained_numpy(example, steps):
    model = MLP(SIZES, rng=np.random.default_rng(1))
    told = fit(model, *example, rng=np.random.default_rng(2), lr=0.3)
    return model, list(islice(told, steps))


def test_descend_tells_the_norms_first_layer_first(example, rng):
    """Although ``backward`` fills ``grads`` from the last layer on."""
    model = MLP(SIZES, rng=rng)
    optimiser = optimisers.SGD(model.params, lr=0.1)
    step = next(train.descend(model, losses.cross_entropy, [example], optimiser))
    norms = [np.linalg.norm(model.grads[f"{layer}.w"]) for layer in range(3)]
    np.testing.assert_allclose(step.grad_norms, norms, rtol=1e-12)
    deltas = [np.linalg.norm(delta) for delta in model.deltas]
    np.testing.assert_allclose(step.delta_norms, deltas, rtol=1e-12)


def test_fit_yields_python_numbers_that_fall(backend, example):
    _, values = trained(backend, example, 300)
    assert type(values[0]) is float
    assert np.mean(values[-10:]) < np.mean(values[:10])


def test_it_reaches_97_per_cent_on_the_spirals(rng):
    x, labels = spirals(300, rng=rng, noise=0.05)
    model = MLP((2, 32, 32, 2), rng=rng, activation="relu", init="he_normal")
    list(islice(fit(model, x, labels, rng=rng, lr=0.3, batch_size=32), 3000))
    assert train.accuracy(model, x, labels) >= 0.97
