"""Optimisers: both twins walk the path of torch.optim, step by step."""

import numpy as np
import pytest
from loops import over

from nb_lib.numpy import optimisers

torch = pytest.importorskip("torch")

SHAPES, STEPS = {"w": (3, 5), "b": (5,)}, 50
# case -> (class, keywords, PyTorch's own optimiser)
PATHS = {
    "plain": ("SGD", {}, torch.optim.SGD),
    "momentum": ("SGD", {"momentum": 0.9}, torch.optim.SGD),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}, torch.optim.SGD),
    "decay": ("SGD", {"weight_decay": 0.1}, torch.optim.SGD),
    "all": (
        "SGD",
        {"momentum": 0.8, "nesterov": True, "weight_decay": 0.1},
        torch.optim.SGD,
    ),
    "rmsprop": ("RMSProp", {}, torch.optim.RMSprop),
    "rmsprop 0.9": ("RMSProp", {"alpha": 0.9, "eps": 1e-3}, torch.optim.RMSprop),
    "adam": ("Adam", {}, torch.optim.Adam),
    "adam 0.5": ("Adam", {"betas": (0.5, 0.9), "eps": 1e-3}, torch.optim.Adam),
    "adamw": ("AdamW", {}, torch.optim.AdamW),
    "adamw 0.3": ("AdamW", {"weight_decay": 0.3, "eps": 1e-3}, torch.optim.AdamW),
}
each = over("case", PATHS)
each_name = over("name", ["SGD", "RMSProp", "Adam", "AdamW"])


def start(rng):
    return {name: rng.normal(size=shape) for name, shape in SHAPES.items()}


def slope(w, count):
    """Let every step have its own gradient, steep here and flat there."""
    return np.sin(3 * w) + 0.1 * w * (1 + count % 3)


def walk_numpy(case, params, lr):
    name, keywords, _ = PATHS[case]
    params = {k: w.copy() for k, w in params.items()}
    optimiser = getattr(optimisers, name)(params, lr=lr, **keywords)
    for count in range(STEPS):
        optimiser.lr = lr / (1 + count // 20)  # a schedule may set it
        optimiser.step({k: slope(w, count) for k, w in params.items()})
        yield {k: w.copy() for k, w in params.items()}


def walk_torch(make, keywords, params, lr):
    params = {k: torch.tensor(w, requires_grad=True) for k, w in params.items()}
    optimiser = make(params.values(), lr=lr, **keywords)
    for count in range(STEPS):
        optimiser.param_groups[0]["lr"] = lr / (1 + count // 20)
        for w in params.values():
            w.grad = torch.from_numpy(slope(w.detach().numpy(), count))
        optimiser.step()
        yield {k: w.detach().numpy().copy() for k, w in params.items()}


@each
def test_numpy_walks_the_path_of_torch_optim(rng, case):
    _, keywords, make = PATHS[case]
    first = start(rng)
    theirs = walk_torch(make, keywords, first, 0.1)
    for ours, want in zip(walk_numpy(case, first, 0.1), theirs, strict=True):
        for k in SHAPES:
            np.testing.assert_allclose(ours[k], want[k], rtol=0, atol=1e-12)


@each
def test_the_twin_is_torch_optim(rng, case):
    name, keywords, make = PATHS[case]
    twin = getattr(pytest.importorskip("nb_lib.torch.optimisers"), name)
    assert issubclass(twin, make)
    first = start(rng)
    paths = [walk_torch(kind, keywords, first, 0.1) for kind in (twin, make)]
    for ours, want in zip(*paths, strict=True):
        for k in SHAPES:
            np.testing.assert_array_equal(ours[k], want[k])


@each
def test_update_is_in_place_and_leaves_the_gradients(rng, case):
    name, keywords, _ = PATHS[case]
    params, grads = start(rng), start(rng)
    before = {k: g.copy() for k, g in grads.items()}
    same = dict(params)
    optimiser = getattr(optimisers, name)(params, lr=0.1, **keywords)
    for _ in range(2):
        optimiser.step(grads)
    assert all(params[k] is same[k] for k in SHAPES)
    for k, g in grads.items():
        np.testing.assert_array_equal(g, before[k])


@each
def test_float32_stays_float32(rng, case):
    name, keywords, _ = PATHS[case]
    params = {k: w.astype("float32") for k, w in start(rng).items()}
    optimiser = getattr(optimisers, name)(params, lr=np.float64(0.1), **keywords)
    optimiser.step({k: np.ones_like(w) for k, w in params.items()})
    state = [vars(optimiser).get(k) or {} for k in ("velocity", "mean", "mean_square")]
    kinds = {a.dtype.name for held in (params, *state) for a in held.values()}
    assert kinds == {"float32"}


@over("name", ["Adam", "AdamW"])
@over("size", [1e-3, 1.0, 1e3])
def test_bias_correction_makes_the_first_step_the_learning_rate(name, size):
    params = {"w": np.zeros(3)}
    getattr(optimisers, name)(params, lr=0.1, eps=0).step({"w": np.full(3, size)})
    np.testing.assert_allclose(params["w"], -0.1, rtol=1e-12)


def test_adamw_shrinks_by_the_rate_where_the_gradient_is_zero():
    params = {"w": np.ones(3)}
    optimiser = optimisers.AdamW(params, lr=0.1, weight_decay=0.5)
    optimiser.step({"w": np.zeros(3)})
    np.testing.assert_allclose(params["w"], 1 - 0.1 * 0.5)


@each_name
def test_twins_take_the_params_of_a_model(backend, rng, name):
    model = backend.module("models").MLP((3, 2), rng=rng)
    make = getattr(backend.module("optimisers"), name)
    assert make(model.params, lr=0.1) is not None


@each_name
def test_negative_learning_rate_is_refused(backend, rng, name):
    model = backend.module("models").MLP((3, 2), rng=rng)
    make = getattr(backend.module("optimisers"), name)
    with pytest.raises(ValueError, match="(?i)learning rate.* -0.1"):
        make(model.params, lr=-0.1)


@over(
    ("name", "settings"),
    [
        ("SGD", {"lr": 0.1, "momentum": -0.5}),
        ("SGD", {"lr": 0.1, "weight_decay": -1e-3}),
        ("RMSProp", {"lr": 0.1, "alpha": -0.1}),
        ("RMSProp", {"lr": 0.1, "eps": -1e-8}),
        ("Adam", {"lr": 0.1, "betas": (0.9, 1.0)}),
        ("Adam", {"lr": 0.1, "betas": (-0.1, 0.999)}),
        ("AdamW", {"lr": 0.1, "weight_decay": -1e-3}),
    ],
)
def test_absurd_settings_are_refused_with_the_value(backend, rng, name, settings):
    model = backend.module("models").MLP((3, 2), rng=rng)
    value = list(settings.values())[-1]
    said = value if not isinstance(value, tuple) else next(b for b in value if b != 0.9)
    with pytest.raises(ValueError, match=str(said)):
        getattr(backend.module("optimisers"), name)(model.params, **settings)


def test_nesterov_without_momentum_is_refused(backend, rng):
    model = backend.module("models").MLP((3, 2), rng=rng)
    with pytest.raises(ValueError, match="(?i)nesterov .* a momentum"):
        backend.module("optimisers").SGD(model.params, lr=0.1, nesterov=True)


@each_name
@over("shape", [(5,), (3, 1), (1, 3, 5)])
def test_a_gradient_of_another_shape_is_refused(rng, name, shape):
    """(5,) and (3, 1) would be broadcast, each row or column taking the same step."""
    params = start(rng)
    before = {k: w.copy() for k, w in params.items()}
    optimiser = getattr(optimisers, name)(params, lr=0.1)
    with pytest.raises(ValueError, match=rf"{name} wants .* \(3, 5\) for 'w', got"):
        optimiser.step({"b": np.ones(5), "w": np.ones(shape)})
    for k in SHAPES:
        np.testing.assert_array_equal(params[k], before[k])


def test_torch_refuses_a_gradient_of_another_shape_itself(rng):
    model = pytest.importorskip("nb_lib.torch.models").MLP((3, 5), rng=rng)
    with pytest.raises(RuntimeError, match="size"):
        model.params["0.w"].grad = torch.ones(5, dtype=torch.float64)


@each_name
def test_a_missing_gradient_is_named(rng, name):
    optimiser = getattr(optimisers, name)(start(rng), lr=0.1)
    with pytest.raises(ValueError, match=f"{name} wants a gradient for 'b', got none"):
        optimiser.step({"w": np.ones((3, 5))})


@each_name
def test_parameters_of_integers_are_refused(name):
    """In place a step of 0.1 would be rounded to nothing."""
    with pytest.raises(TypeError, match="wants parameters of floats, got int64 'w'"):
        getattr(optimisers, name)({"w": np.ones(3, "int64")}, lr=0.1)


@each_name
def test_parameters_come_by_name(name):
    with pytest.raises(TypeError, match="wants params as a dict of arrays, got list"):
        getattr(optimisers, name)([np.ones(3)], lr=0.1)


@over("setting", ["lr", "momentum", "weight_decay"])
def test_nan_is_no_setting(backend, rng, setting):
    model = backend.module("models").MLP((3, 2), rng=rng)
    settings = {"lr": 0.1, setting: float("nan")}
    with pytest.raises(ValueError, match="SGD wants .* of 0 or more, got nan"):
        backend.module("optimisers").SGD(model.params, **settings)


def gradients(rng, size=1.0):
    return {name: size * rng.normal(size=shape) for name, shape in SHAPES.items()}


@over("size", [1e-9, 0.3, 1.0, 1e3, 1e200, np.inf, np.nan])
def test_clipping_is_that_of_torch(backend, rng, size):
    """In place, and by the norm over all tensors at once."""
    grads = gradients(rng)
    grads["w"][0, 0] = size
    params = [torch.tensor(g, requires_grad=True) for g in grads.values()]
    for p in params:
        p.grad = p.detach().clone()
    want = torch.nn.utils.clip_grad_norm_(params, 2.5)
    held = {name: backend.array(g.copy()) for name, g in grads.items()}
    got = backend.module("optimisers").clip_grad_norm_(held, 2.5)
    assert got == pytest.approx(want.item(), rel=1e-12, nan_ok=True)
    for ours, p in zip(held.values(), params, strict=True):
        np.testing.assert_allclose(backend.numpy(ours), p.grad.numpy(), rtol=1e-12)


def test_clipping_keeps_the_direction_and_leaves_short_gradients(backend, rng):
    module, grads = backend.module("optimisers"), gradients(rng)
    held = {name: backend.array(g.copy()) for name, g in grads.items()}
    before = module.clip_grad_norm_(held, 0.5)
    shorter = np.concatenate([backend.numpy(g).ravel() for g in held.values()])
    whole = np.concatenate([g.ravel() for g in grads.values()])
    assert before == pytest.approx(np.linalg.norm(whole), rel=1e-12)
    assert np.linalg.norm(shorter) == pytest.approx(0.5, rel=1e-5)
    np.testing.assert_allclose(shorter / 0.5, whole / before, rtol=1e-5)
    kept = {name: g * 1 for name, g in held.items()}
    assert module.clip_grad_norm_(held, 0.6) == pytest.approx(0.5, rel=1e-5)
    for name in held:
        np.testing.assert_array_equal(backend.numpy(held[name]), kept[name])


def test_clipped_steps_equal_those_of_torch(rng):
    """Long and short gradients in turn, under momentum."""
    twin = pytest.importorskip("nb_lib.torch.optimisers")
    first, how = start(rng), {"lr": 0.1, "momentum": 0.9}
    ours = {k: w.copy() for k, w in first.items()}
    theirs = {k: torch.tensor(w, requires_grad=True) for k, w in first.items()}
    walks = [
        optimisers.Clipped(optimisers.SGD(ours, **how), max_norm=1.0),
        twin.Clipped(twin.SGD(theirs, **how), max_norm=1.0),
    ]
    oracle = {k: torch.tensor(w, requires_grad=True) for k, w in first.items()}
    sgd = torch.optim.SGD(oracle.values(), **how)
    for count in range(9):
        grads = gradients(rng, (0.01, 1.0, 50.0)[count % 3])
        for held in (theirs, oracle):
            for name, w in held.items():
                w.grad = torch.tensor(grads[name])
        torch.nn.utils.clip_grad_norm_(oracle.values(), 1.0)
        walks[0].step({name: g.copy() for name, g in grads.items()})
        walks[1].step()
        sgd.step()
        assert walks[0].total_norm == pytest.approx(walks[1].total_norm, rel=1e-12)
        for name, w in oracle.items():
            want = w.detach().numpy()
            np.testing.assert_allclose(ours[name], want, rtol=1e-10)
            np.testing.assert_allclose(theirs[name].detach().numpy(), want, rtol=1e-10)


def test_a_bound_that_is_no_length_is_refused(backend, rng):
    module = backend.module("optimisers")
    grads = {"w": backend.array(rng.normal(size=(3, 5)))}
    for wrong in (-1.0, float("nan")):
        with pytest.raises(ValueError, match="wants a max_norm of 0 or more, got"):
            module.clip_grad_norm_(grads, wrong)
