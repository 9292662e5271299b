"""The schemes of both twins: variances, bounds, the same numbers on both sides."""

import numpy as np
import pytest
from loops import over

from nb_lib.numpy.init import INITS, weight_variance

FAN_IN, FAN_OUT = 300, 200

VARIANCES = {
    "zeros": 0,
    "normal": 1e-4,
    "xavier_uniform": 2 / (FAN_IN + FAN_OUT),
    "xavier_normal": 2 / (FAN_IN + FAN_OUT),
    "he_uniform": 2 / FAN_IN,
    "he_normal": 2 / FAN_IN,
    "lecun_normal": 1 / FAN_IN,
    "orthogonal": 1 / FAN_IN,
    "torch_default": 1 / (3 * FAN_IN),
}
BOUNDS = {
    "xavier_uniform": np.sqrt(6 / (FAN_IN + FAN_OUT)),
    "he_uniform": np.sqrt(6 / FAN_IN),
    "torch_default": np.sqrt(1 / FAN_IN),
}


def draw(backend, name, rng, fan_in=FAN_IN, fan_out=FAN_OUT):
    scheme = backend.module("init").INITS[name]
    return backend.numpy(scheme(fan_in, fan_out, rng=rng))


@over("name", INITS)
def test_init_has_shape_and_double_precision(backend, rng, name):
    w = draw(backend, name, rng, 5, 7)
    assert (w.shape, w.dtype) == ((5, 7), np.float64)


@over("name", INITS)
def test_init_has_the_stated_variance_and_no_mean(backend, rng, name):
    w = draw(backend, name, rng)
    assert np.mean(w**2) == pytest.approx(VARIANCES[name], rel=0.02)
    assert abs(w.mean()) < 0.02 * np.sqrt(VARIANCES[name]) + 1e-12


@over("name", BOUNDS)
def test_uniform_init_fills_its_interval(backend, rng, name):
    w = draw(backend, name, rng)
    assert np.abs(w).max() <= BOUNDS[name]
    assert np.abs(w).max() == pytest.approx(BOUNDS[name], rel=1e-3)


@over("name", INITS)
def test_twins_draw_the_same_numbers(name):
    twin = pytest.importorskip("nb_lib.torch.init").INITS[name]
    ours = INITS[name](5, 7, rng=np.random.default_rng(3))
    theirs = twin(5, 7, rng=np.random.default_rng(3)).numpy()
    np.testing.assert_array_equal(theirs, ours)


def test_normal_takes_its_spread(rng):
    w = INITS["normal"](FAN_IN, FAN_OUT, rng=rng, std=3)
    assert w.std() == pytest.approx(3, rel=0.02)


@over(("fan_in", "fan_out"), [(7, 5), (5, 7), (5, 5)])
def test_orthogonal_is_orthonormal_along_the_short_side(backend, rng, fan_in, fan_out):
    w = draw(backend, "orthogonal", rng, fan_in, fan_out)
    gram = w.T @ w if fan_in >= fan_out else w @ w.T
    np.testing.assert_allclose(gram, np.eye(min(fan_in, fan_out)), atol=1e-14)


def test_orthogonal_prefers_no_sign(rng):
    """QR alone gives the diagonal of w one sign; uniform draws give both."""
    signs = [INITS["orthogonal"](1, 1, rng=rng)[0, 0] for _ in range(40)]
    assert {-1.0, 1.0} == set(np.sign(signs))


def test_torch_default_spreads_like_torch_linear(rng):
    nn = pytest.importorskip("torch.nn")
    theirs = nn.Linear(FAN_IN, FAN_OUT).weight.detach().numpy()
    ours = INITS["torch_default"](FAN_IN, FAN_OUT, rng=rng)
    assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=1e-3)
    assert ours.std() == pytest.approx(theirs.std(), rel=0.02)


@over("scheme", INITS)
@over(("fan_in", "fan_out"), [(300, 200), (200, 300), (250, 250)])
def test_weight_variance_is_that_of_the_draws(backend, rng, scheme, fan_in, fan_out):
    module = backend.module("init")
    w = backend.numpy(module.INITS[scheme](fan_in, fan_out, rng=rng))
    want = module.weight_variance(scheme, fan_in, fan_out)
    assert fan_in * np.mean(w * w) == pytest.approx(want, rel=0.03)


@over(("scheme", "factor"), [
    ("zeros", 0), ("normal", 0.03), ("he_uniform", 2), ("he_normal", 2),
    ("lecun_normal", 1), ("torch_default", 1 / 3), ("orthogonal", 0.75),
    ("xavier_uniform", 6 / 7), ("xavier_normal", 6 / 7),
])  # fmt: skip
def test_weight_variance_is_exact(backend, scheme, factor):
    got = backend.module("init").weight_variance(scheme, 300, 400)
    assert type(got) is float
    assert got == pytest.approx(factor, rel=1e-15)


@over("scheme", [s for s in INITS if s != "normal"])
def test_weight_variance_of_a_square_layer_ignores_its_width(scheme):
    values = {weight_variance(scheme, width, width) for width in (1, 7, 49, 512)}
    assert len(values) == 1


def test_weight_variance_knows_its_schemes(backend):
    with pytest.raises(
        ValueError, match="unknown init 'he': choose one of zeros, norm"
    ):
        backend.module("init").weight_variance("he", 3, 5)


@pytest.mark.parametrize("scheme", INITS)
@pytest.mark.parametrize("rng", [0, None, np.random], ids=["0", "None", "module"])
def test_a_draw_wants_a_generator(backend, scheme, rng):
    if scheme == "zeros" and rng is None:
        pytest.skip("zeros draws nothing, so None will do")
    with pytest.raises(TypeError, match="rng wants a NumPy Generator such as .*, got"):
        backend.module("init").INITS[scheme](3, 5, rng=rng)


@over("scheme", INITS)
@over("fans", [(0, 5), (3, -1), (3, 2.5)])
def test_a_draw_wants_whole_sizes(backend, rng, scheme, fans):
    wanted = f"{scheme} wants fan_in and fan_out as positive integers, got {fans[0]} "
    with pytest.raises(ValueError, match=wanted):
        backend.module("init").INITS[scheme](*fans, rng=rng)
