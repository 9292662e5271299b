"""The listing of 9.8: short, right, and in step with its twin."""

import ast
import re
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from nb_lib.book.lines import count_code_lines
from nb_lib.data import spirals
from nb_lib.numpy import init, losses, optimisers, sixty_lines, train
from nb_lib.numpy.activations import SLOPES
from nb_lib.numpy.sixty_lines import MLP, cross_entropy, fit

SIZES, N = (2, 9, 8, 3), 70
TABLES = ("_settings", "activations", "init")


@pytest.fixture
def example(rng):
    return rng.normal(size=(N, 2)), rng.integers(0, 3, size=N)


def trained(backend, example, steps, *, init="xavier_normal", **settings):
    """Train a fresh net on one path; return it with its losses."""
    module, (x, labels) = backend.module("sixty_lines"), map(backend.array, example)
    init = getattr(backend.module("init"), init)
    model = module.MLP(SIZES, rng=np.random.default_rng(1), init=init)
    path = np.random.default_rng(2)
    how = {"lr": 0.3, "batch_size": 32} | settings
    return model, list(islice(module.fit(model, x, labels, rng=path, **how), steps))


def test_listing_has_at_most_sixty_lines():
    assert count_code_lines(sixty_lines) <= 60


def test_listing_takes_nothing_of_ours_but_tables(backend):
    path = Path(backend.module("sixty_lines").__file__)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ours = [
        node.module.split(".")[-1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module.startswith("nb_lib")
    ]
    assert sorted(ours) == sorted(TABLES)


def emptied():
    """Put the lines that 9.8 prints in the place of the imports from this book."""
    root = Path(__file__).parents[2]
    text = (root / "notebooks/md/09_08_sixty_lines.md").read_text(encoding="utf-8")
    box = text.split("the same program in an empty file</summary>")[1]
    said, lines = re.search(r"of (\d+) lines.*?```python\n(.*?)```", box, re.S).groups()
    source = Path(sixty_lines.__file__).read_text(encoding="utf-8")
    kept = re.sub(r"^from nb_lib.*\n", "", source, flags=re.M)
    assert source.count("\n") - kept.count("\n") == 3
    return kept.replace("import numpy as np\n", f"import numpy as np\n\n{lines}"), int(
        said
    )


def test_it_runs_in_an_empty_file_with_as_many_lines_as_the_section_says():
    source, said = emptied()
    assert count_code_lines(source) == said <= 60
    assert not re.search(r"^\s*(from|import) nb_lib", source, re.M)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("scheme", ["xavier_normal", "he_normal"])
def test_in_an_empty_file_it_walks_the_same_path(example, activation, scheme):
    alone = {"__name__": "alone"}
    exec(emptied()[0], alone)
    how = {"activation": activation, "rng": np.random.default_rng(1)}
    theirs = alone["MLP"](SIZES, init=alone[scheme], **how)
    how = {"activation": activation, "rng": np.random.default_rng(1)}
    ours = MLP(SIZES, init=getattr(init, scheme), **how)
    for model, descend in ((ours, fit), (theirs, alone["fit"])):
        descent = descend(model, *example, rng=np.random.default_rng(2), momentum=0.9)
        list(islice(descent, 50))
    for w, other in zip(ours.w + ours.b, theirs.w + theirs.b, strict=True):
        np.testing.assert_allclose(w, other, rtol=0, atol=1e-12)


def test_lines_carry_equations_of_the_section(backend):
    """Each number in the listing is that of a displayed equation in 9.8."""
    source = Path(backend.module("sixty_lines").__file__).read_text(encoding="utf-8")
    root = Path(__file__).parents[2]
    text = (root / "notebooks/md/09_08_sixty_lines.md").read_text(encoding="utf-8")
    numbers = re.findall(r"# Eqs?\. \((9\.8\.\d+)\)", source)
    assert len(numbers) >= 4
    assert set(numbers) <= set(re.findall(r"\\tag\{(.*?)\}", text))


@pytest.mark.parametrize("momentum", [pytest.param(0.0, marks=pytest.mark.slow), 0.9])
@pytest.mark.parametrize("activation", SLOPES)
def test_parameters_stay_within_1e_12_of_torch(example, activation, momentum):
    """200 steps from the same weights over the same batches."""
    twin = pytest.importorskip("nb_lib.torch.sixty_lines")
    torch = pytest.importorskip("torch")
    ours, theirs = (
        module.MLP(SIZES, rng=np.random.default_rng(1), activation=activation)
        for module in (sixty_lines, twin)
    )
    how = {"lr": 0.03, "momentum": momentum}
    tensors = map(torch.from_numpy, example)
    for module, model, data in ((sixty_lines, ours, example), (twin, theirs, tensors)):
        list(islice(module.fit(model, *data, rng=np.random.default_rng(2), **how), 200))
    for w, twin_w in zip(ours.w + ours.b, [*theirs.w, *theirs.b], strict=True):
        np.testing.assert_allclose(w, twin_w.detach().numpy(), rtol=0, atol=1e-12)


@pytest.mark.parametrize("activation", SLOPES)
def test_backward_agrees_with_central_differences(example, rng, activation):
    """One random direction through all parameters checks every gradient."""
    (x, labels), h = example, 1e-6
    model = MLP(SIZES, rng=rng, activation=activation)
    way = [rng.normal(size=p.shape) for p in model.w + model.b]
    values = []
    for moved in (h, -2 * h, h):
        for p, v in zip(model.w + model.b, way, strict=True):
            p += moved * v
        values.append(cross_entropy(model.forward(x), labels)[0])
    model.backward(cross_entropy(model.forward(x), labels)[1])
    pairs = zip(model.dw + model.db, way, strict=True)
    got = sum(np.sum(dp * v) for dp, v in pairs)
    assert got == pytest.approx((values[0] - values[1]) / (2 * h), rel=1e-6)


def test_cross_entropy_is_that_of_the_library(rng):
    logits, labels = rng.normal(size=(7, 5)), rng.integers(0, 5, size=7)
    loss, dlogits = cross_entropy(logits, labels)
    assert loss == pytest.approx(losses.cross_entropy(logits, labels), rel=1e-14)
    want = losses.d_cross_entropy(logits, labels)
    np.testing.assert_allclose(dlogits, want, rtol=1e-12, atol=1e-17)


def test_cross_entropy_survives_huge_logits(backend):
    logits, labels = np.array([[1e4, -1e4], [-1e4, 1e4]]), np.array([0, 0])
    module = backend.module("sixty_lines")
    got = module.cross_entropy(backend.array(logits), backend.array(labels))
    assert float(got[0] if isinstance(got, tuple) else got) == 1e4


def test_float32_stays_float32(example):
    (x, labels), model = example, MLP(SIZES, rng=np.random.default_rng(1))
    model.w = [w.astype("float32") for w in model.w]
    model.b = [b.astype("float32") for b in model.b]
    rng = np.random.default_rng(2)
    next(fit(model, x.astype("float32"), labels, rng=rng, momentum=0.9))
    kept = model.w + model.b + model.dw + model.db + model.deltas
    assert {array.dtype for array in kept} == {np.dtype("float32")}


def test_zero_initialisation_never_parts_the_hidden_units(backend, example):
    model, _ = trained(backend, example, 50, init="zeros")
    w = backend.numpy(model.w[0])
    np.testing.assert_array_equal(w, np.broadcast_to(w[:, :1], w.shape))


def test_deltas_and_gradients_have_their_shapes(example, rng):
    (x, labels), model = example, MLP(SIZES, rng=rng)
    model.backward(cross_entropy(model.forward(x), labels)[1])
    assert [d.shape for d in model.deltas] == [(N, width) for width in SIZES[1:]]
    for gradients, parameters in ((model.dw, model.w), (model.db, model.b)):
        assert [g.shape for g in gradients] == [p.shape for p in parameters]


def test_unknown_activation_lists_the_known_ones(backend, rng):
    with pytest.raises(ValueError, match="unknown activation 'rleu'.*tanh, relu"):
        backend.module("sixty_lines").MLP(SIZES, rng=rng, activation="rleu")


def test_fit_walks_the_path_of_descend(example):
    """Its own loop, and the library's net, loss, optimiser and loop: one path."""
    from nb_lib.data import minibatches
    from nb_lib.numpy import models

    how = {"lr": 0.3, "momentum": 0.9}
    ours = MLP(SIZES, rng=np.random.default_rng(1))
    values = fit(ours, *example, rng=np.random.default_rng(2), **how)
    start = {"activation": "tanh", "init": "xavier_normal"}
    other = models.MLP(SIZES, rng=np.random.default_rng(1), **start)
    data = minibatches(*example, 32, rng=np.random.default_rng(2))
    optimiser = optimisers.SGD(other.params, **how)
    steps = train.descend(other, losses.cross_entropy, data, optimiser)
    told = [(value, step.loss) for value, step in islice(zip(values, steps), 30)]  # noqa: B905
    np.testing.assert_allclose(*zip(*told, strict=True), rtol=1e-12)
    for layer, (w, b) in enumerate(zip(ours.w, ours.b, strict=True)):
        np.testing.assert_allclose(w, other.params[f"{layer}.w"], rtol=1e-11)
        np.testing.assert_allclose(b, other.params[f"{layer}.b"], rtol=1e-11)


def test_fit_yields_python_numbers_that_fall(backend, example):
    _, values = trained(backend, example, 300)
    assert type(values[0]) is float
    assert np.mean(values[-10:]) < np.mean(values[:10])


def test_it_reaches_97_per_cent_on_the_spirals(rng):
    from nb_lib.numpy.init import he_normal

    x, labels = spirals(300, rng=rng, noise=0.05)
    model = MLP((2, 32, 32, 2), rng=rng, activation="relu", init=he_normal)
    list(islice(fit(model, x, labels, rng=rng, lr=0.1, momentum=0.9), 1000))
    assert train.accuracy(model, x, labels) >= 0.97
