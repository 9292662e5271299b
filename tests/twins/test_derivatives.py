"""Every derivative of activations and layers, by the dot-product test at any shape."""

import functools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nb_lib.autograd.check import dot_product_test
from nb_lib.numpy import activations, norms, sixty_lines
from nb_lib.numpy.layers import Activation, Linear
from nb_lib.numpy.many_nets import ManyNets
from nb_lib.numpy.models import MLP
from nb_lib.numpy.normed import PLACES, NormedMLP
from nb_lib.numpy.slopes import curvature, slope

RIGHT = 1e-7  # float64: what rounding costs at a nudge of 1e-6, times ten
SINGLE = 2e-5  # float32 against float64
KINKED = {"relu", "leaky_relu"}  # their slope jumps at 0
CASES = {name: {} for name in activations.DERIVATIVES} | {
    "leaky_relu, slope 0.3": {"slope": 0.3},
    "elu, alpha 1": {"alpha": 1.0},
    "gelu, tanh": {"approximate": "tanh"},
}
OVER_ROWS = ("softmax", "log_softmax")
seeds = st.integers(0, 2**32 - 1)
shapes = st.lists(st.integers(1, 7), min_size=1, max_size=3)
quick = settings(max_examples=min(25, settings.default.max_examples))


def named(case, prefix=""):
    """Return an activation, or with ``d_`` its derivative, with the settings given."""
    f = getattr(activations, prefix + case.split(",")[0])
    return functools.partial(f, **CASES[case])


def pre_activations(case, shape, rng, scale):
    """Draw z of any size, away from the kink where there is one."""
    z = scale * rng.normal(size=shape)
    is_kinked = case.split(",")[0] in KINKED
    return np.where(np.abs(z) < 1e-3, 0.1, z) if is_kinked else z


def gap_of(f, slopes, z, rng):
    """Check z + f(z), as a slope of 1e-9 alone would drown in the rounding of f."""
    return dot_product_test(
        lambda x: x + f(x), lambda dy: dy * (1 + slopes), (z,), rng=rng
    ).gap


def test_every_derivative_is_checked_here():
    formulas = {name for name in vars(activations) if name.startswith("d_")}
    checked = {*activations.DERIVATIVES, *OVER_ROWS, "swiglu"}
    assert formulas == {f"d_{name}" for name in checked}
    assert activations.SLOPES.keys() <= checked


@pytest.mark.parametrize("case", CASES)
@quick
@given(shapes, seeds, st.sampled_from([0.1, 1.0, 5.0, 30.0]))
def test_slope_of_an_activation_passes(case, shape, seed, scale):
    rng = np.random.default_rng(seed)
    z = pre_activations(case, shape, rng, scale)
    f, slopes = named(case), named(case, "d_")(z)
    assert slopes.shape == z.shape
    assert gap_of(f, slopes, z, rng) < RIGHT


@pytest.mark.parametrize("case", CASES)
@quick
@given(shapes, seeds, st.sampled_from([0.1, 1.0, 5.0, 30.0]))
def test_single_precision_keeps_its_kind_and_its_digits(case, shape, seed, scale):
    z = pre_activations(case, shape, np.random.default_rng(seed), scale)
    z = z.astype(np.float32)
    for f in (named(case), named(case, "d_")):
        got, want = f(z), f(z.astype(np.float64))
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, want, rtol=SINGLE, atol=SINGLE)


FAR = st.one_of(st.floats(1e3, 1e300), st.just(np.inf))


@pytest.mark.parametrize("case", CASES)
@quick
@given(FAR, st.sampled_from([-1.0, 1.0]))
def test_slopes_far_out_are_those_of_the_limit(case, far, sign):
    """And silent: pytest makes an error of every warning."""
    d = named(case, "d_")
    got, limit = d(np.array([sign * far, 0.5])), d(np.array([sign * 1e3, 0.5]))
    np.testing.assert_allclose(got, limit, rtol=0, atol=1e-15)


@pytest.mark.parametrize("name", activations.SLOPES)
@quick
@given(shapes, seeds)
def test_slope_from_the_output_is_that_from_the_input(name, shape, seed):
    z = np.random.default_rng(seed).normal(size=shape)
    from_h = activations.SLOPES[name](activations.ACTIVATIONS[name](z))
    np.testing.assert_allclose(from_h, activations.DERIVATIVES[name](z), rtol=1e-12)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "softplus", "gelu", "silu"])
@quick
@given(shapes, seeds)
def test_curvature_is_the_slope_of_the_slope(name, shape, seed):
    rng = np.random.default_rng(seed)
    z = 3 * rng.normal(size=shape)
    bend = curvature(z, activation=name)
    f = functools.partial(slope, activation=name)
    assert gap_of(f, bend, z, rng) < RIGHT


@pytest.mark.parametrize("name", OVER_ROWS)
@quick
@given(shapes, seeds, st.sampled_from([0.1, 1.0, 5.0]))
def test_gradient_over_rows_passes(name, shape, seed, scale):
    rng = np.random.default_rng(seed)
    z = scale * rng.normal(size=[*shape, 4])
    f, d = getattr(activations, name), getattr(activations, f"d_{name}")
    found = dot_product_test(
        lambda x: x + f(x), lambda dy: dy + d(z, dy), (z,), rng=rng
    )  # x beside f, as above
    assert found.gap < RIGHT


@pytest.mark.parametrize("name", OVER_ROWS)
def test_gradient_over_rows_survives_huge_logits(name):
    z = np.array([[1e4, -1e4, 0.0], [3e300, 3e300, -3e300]])
    dz = getattr(activations, f"d_{name}")(z, np.array([[1.0, 2, 3], [4, 5, 6]]))
    assert np.isfinite(dz).all()
    np.testing.assert_allclose(dz.sum(axis=1), 0, atol=1e-12)


sizes = st.lists(st.integers(1, 7), min_size=3, max_size=5)


@quick
@given(sizes, seeds)
def test_all_three_gradients_of_swiglu_pass(sizes, seed):
    rng = np.random.default_rng(seed)
    n, fan_in, fan_out = sizes[:3]
    arrays = rng.normal(size=(n, fan_in)), *rng.normal(size=(2, fan_in, fan_out))
    d = functools.partial(activations.d_swiglu, *arrays)
    assert dot_product_test(activations.swiglu, d, arrays, rng=rng).gap < RIGHT


@quick
@given(sizes, seeds, st.booleans())
def test_linear_goes_back_to_its_input_weights_and_biases(sizes, seed, bias):
    rng = np.random.default_rng(seed)
    n, fan_in, fan_out = sizes[:3]
    layer = Linear(fan_in, fan_out, rng=rng, bias=bias)
    arrays = rng.normal(size=(n, fan_in)), *layer.params.values()

    def forward(x, *params):
        layer.params = dict(zip(layer.params, params, strict=True))
        return layer.forward(x)

    def backward(dy):
        return layer.backward(dy), *layer.grads.values()

    assert dot_product_test(forward, backward, arrays, rng=rng).gap < RIGHT


@pytest.mark.parametrize("name", activations.ACTIVATIONS)
@quick
@given(sizes, seeds, st.booleans())
@example([1, 1, 1, 1], 0, False)
def test_a_whole_net_goes_back_to_all_its_parameters(name, sizes, seed, skip):
    rng = np.random.default_rng(seed)
    if skip:
        sizes = [sizes[0], *[sizes[1]] * (len(sizes) - 2), sizes[-1]]
    net = MLP(tuple(sizes), rng=rng, activation=name, skip=skip)
    found = moved_at_once(net, rng.normal(size=(6, sizes[0])), rng=rng)
    is_kinked = name in KINKED and found.bend > 1e-4
    assert found.gap < 10 * RIGHT or is_kinked


@pytest.mark.parametrize("place", PLACES)
@quick
@given(st.integers(1, 5), seeds, st.sampled_from(["none", "batch", "layer", "rms"]))
def test_a_normed_net_goes_back_to_all_its_parameters(place, depth, seed, norm):
    rng = np.random.default_rng(seed)
    sizes = (3, *[4] * depth, 2)
    net = NormedMLP(sizes, rng=rng, norm=norm, place=place, activation="tanh")
    assert moved_at_once(net, rng.normal(size=(6, 3)), rng=rng).gap < 10 * RIGHT


def moved_at_once(net, x, *, rng):
    """Move all parameters of a net at once in one random direction."""
    for p in net.params.values():
        p += 0.1 * rng.normal(size=p.shape)  # no z on a kink

    def forward(*params):
        for own, moved in zip(net.params.values(), params, strict=True):
            own[...] = moved
        return net.forward(x)

    def backward(dy):
        net.backward(dy)
        return tuple(net.grads.values())

    start = tuple(p.copy() for p in net.params.values())
    return dot_product_test(forward, backward, start, rng=rng)


@pytest.mark.parametrize("name", activations.ACTIVATIONS)
def test_an_empty_batch_has_empty_deltas_and_zero_gradients(name):
    """A sum over no examples is 0; only a mean over none is refused, by the losses."""
    rng = np.random.default_rng(9)
    layer, activation = Linear(5, 7, rng=rng), Activation(name)
    y = activation.forward(layer.forward(np.zeros((0, 5))))
    dx = layer.backward(activation.backward(np.zeros_like(y)))
    assert (y.shape, dx.shape) == ((0, 7), (0, 5))
    assert not layer.grads["w"].any()
    assert activations.DERIVATIVES[name] is activation.derivative


def nets_of_the_book(sizes, seed):
    """Give each net that walks back by hand: it, its parameters and its gradients."""
    rng = np.random.default_rng(seed)
    plain = sixty_lines.MLP(sizes, rng=rng, activation="tanh")
    many = ManyNets(sizes, rngs=rng.spawn(3), activation="tanh")
    yield plain, [*plain.w, *plain.b], lambda: [*plain.dw, *plain.db]
    yield many, list(many.params.values()), lambda: [many.grads[k] for k in many.params]


@quick
@given(sizes, seeds)
def test_nets_of_the_listing_and_side_by_side_go_back_too(sizes, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(4, sizes[0]))
    for net, held, gradients in nets_of_the_book(tuple(sizes), seed):

        def forward(*params, net=net, held=held):
            for own, moved in zip(held, params, strict=True):
                own[...] = moved
            return net.forward(x)

        def backward(dy, net=net, gradients=gradients):
            net.backward(dy)
            return gradients()

        start = tuple(p.copy() for p in held)
        assert dot_product_test(forward, backward, start, rng=rng).gap < 10 * RIGHT


NORMS = {
    "BatchNorm": {},
    "LayerNorm": {},
    "GroupNorm": {"groups": 2},
    "RMSNorm": {},
}


@pytest.mark.parametrize("name", NORMS)
@quick
@given(st.integers(3, 7), st.integers(2, 4), seeds, st.sampled_from([0.0, 9.0]))
def test_a_norm_goes_back_to_its_input_and_its_parameters(name, n, half, seed, offset):
    rng = np.random.default_rng(seed)
    layer = getattr(norms, name)(2 * half, **NORMS[name], eps=0.1)
    arrays = offset + rng.normal(size=(n, 2 * half)), *layer.params.values()

    def forward(x, *params):
        layer.params = dict(zip(layer.params, params, strict=True))
        return layer.forward(x)

    def backward(dy):
        return layer.backward(dy), *layer.grads.values()

    assert dot_product_test(forward, backward, arrays, rng=rng).gap < 10 * RIGHT
