"""Every loss at random shapes, dtypes and sizes: slopes, noise, and what is refused."""

import functools
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nb_lib.numpy import losses
from nb_lib.numpy.activations import softmax

torch = pytest.importorskip("torch")
from nb_lib.torch import losses as twins  # noqa: E402

QUICK = settings(max_examples=20, deadline=None)
EPS = {"float16": 1e-2, "float32": 3e-5, "float64": 1e-11}
SETTINGS = {
    "huber": ("delta", 0.01, 5),
    "pinball": ("quantile", 0, 1),
    "focal": ("gamma", 0, 6),
    "cross_entropy": ("label_smoothing", 0, 1),
}


def targets_of(name, rng, shape):
    """Draw targets that fit a loss."""
    if name in ("cross_entropy", "focal"):
        return rng.integers(0, shape[1], size=shape[0])
    if name == "hinge":
        return rng.choice([-1.0, 1.0], size=shape)
    if name == "kl_divergence":
        return softmax(2 * rng.normal(size=shape))
    if name == "binary_cross_entropy":
        return rng.uniform(size=shape)
    return rng.normal(size=shape)


@st.composite
def batches(draw, dtypes=("float64",), scales=(1.0,)):
    """Draw a shape, a dtype and a size; give one call of each loss with them."""
    shape = draw(st.tuples(st.integers(1, 6), st.integers(1, 7)))
    dtype, scale = draw(st.sampled_from(dtypes)), draw(st.sampled_from(scales))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    return [call_of(name, rng, shape, dtype, scale) for name in losses.LOSSES]


def call_of(name, rng, shape, dtype, scale):
    """Draw predictions, targets and the setting of one loss, in an order of its own."""
    predictions = (scale * rng.uniform(-1, 1, size=shape)).astype(dtype)
    targets = targets_of(name, rng, shape)
    targets = targets if targets.dtype.kind == "i" else targets.astype(dtype)
    how = {}
    if name in SETTINGS:
        setting, low, high = SETTINGS[name]
        how[setting] = rng.choice([low, high, *rng.uniform(low, high, size=3)])
    return name, predictions, targets, how


@QUICK
@given(batches(scales=(0.1, 1.0, 30.0)), st.integers(0, 99))
def test_a_step_changes_the_loss_by_its_slope(calls, seed):
    """⟨dL/dy, v⟩ is the central difference of L along a random direction v."""
    for name, predictions, targets, how in calls:
        loss = functools.partial(losses.LOSSES[name], **how)
        v = np.random.default_rng(seed).normal(size=predictions.shape)
        up, down = (loss(predictions + h * v, targets) for h in (1e-6, -1e-6))
        slope = np.sum(losses.derivative(loss)(predictions, targets) * v)
        if not near_a_kink(name, predictions, targets):
            rounding = 3e-8 * max(1, up)
            wanted = pytest.approx((up - down) / 2e-6, rel=1e-6, abs=rounding)
            assert slope == wanted, name


def near_a_kink(name, predictions, targets):
    """Whether an error is so small that a step of 1e-6 may cross the kink."""
    if name in ("mae", "pinball"):
        return np.abs(predictions - targets).min() < 1e-5
    return name == "hinge" and np.abs(1 - predictions * targets).min() < 1e-5


@QUICK
@given(batches(dtypes=("float32", "float64"), scales=(1.0, 1e2, 1e4)))
def test_gradient_is_that_of_autograd(calls):
    """The judge counts in float64, whatever the dtype of what it judges."""
    for name, predictions, targets, how in calls:
        z = torch.tensor(predictions.astype(float), requires_grad=True)
        value = twins.LOSSES[name](z, twins_of(targets), **how)
        value.backward()
        got = getattr(losses, f"d_{name}")(predictions, targets, **how)
        assert got.dtype == predictions.dtype
        agree(got, z.grad.numpy(), name)
        ours = losses.LOSSES[name](predictions, targets, **how)
        agree(ours, value.detach().numpy(), name)


def twins_of(targets):
    """Give labels as they are, and other targets in float64."""
    return torch.tensor(targets if targets.dtype.kind == "i" else targets.astype(float))


def agree(got, want, name):
    """Compare to the last digits that the dtype has, relative to the largest entry."""
    atol = EPS[str(got.dtype)] * max(np.abs(want).max(), 0.1)
    np.testing.assert_allclose(got, want, rtol=0, atol=atol, err_msg=name)


@QUICK
@given(batches(dtypes=tuple(EPS), scales=(1.0, 1e2, 1e4)))
def test_losses_are_silent_finite_and_of_their_dtype(calls):
    """Only the square of an error beyond a float16 is infinite, as the module says."""
    for name, predictions, targets, how in calls:
        dtype = predictions.dtype
        wide = targets if targets.dtype.kind == "i" else targets.astype(float)
        for function in (losses.LOSSES[name], getattr(losses, f"d_{name}")):
            if function is losses.mse and dtype == "float16":
                continue
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                got = function(predictions, targets, **how)
            assert got.dtype == dtype
            agree(got, function(predictions.astype(float), wide, **how), name)


def test_a_square_beyond_float16_is_infinite_and_its_gradient_is_not(backend):
    y, t = np.array([300.0, 0.0], "float16"), np.zeros(2, "float16")
    with np.errstate(over="ignore"):
        value = backend.module("losses").mse(backend.array(y), backend.array(t))
    assert np.isinf(float(value))
    np.testing.assert_array_equal(losses.d_mse(y, t), [300, 0])


@given(st.integers(0, 99), st.floats(0, 1))
def test_classification_gradients_push_as_much_up_as_down(seed, smoothing):
    rng = np.random.default_rng(seed)
    z, labels = 30 * rng.normal(size=(5, 7)), rng.integers(0, 7, size=5)
    for rows in (
        losses.d_cross_entropy(z, labels, label_smoothing=smoothing),
        losses.d_focal(z, labels),
        losses.d_kl_divergence(z, softmax(rng.normal(size=(5, 7)))),
    ):
        np.testing.assert_allclose(rows.sum(axis=1), 0, atol=1e-15)


def huber_density(stats, e):
    """-log of the density whose middle is Gaussian and whose tails are Laplacian."""
    rho = np.where(np.abs(e) <= 1, e**2 / 2, np.abs(e) - 0.5)
    middle = np.sqrt(2 * np.pi) * (2 * stats.norm.cdf(1) - 1)
    return rho + np.log(middle + 2 * np.exp(-0.5))


@pytest.mark.parametrize(
    ("name", "scale", "surprise"),
    [
        ("mse", 0.5, lambda stats, e: -stats.norm.logpdf(e)),
        ("mae", 1, lambda stats, e: -stats.laplace.logpdf(e)),
        ("huber", 1, huber_density),
        (
            "pinball",
            1,
            lambda stats, e: (
                -stats.laplace_asymmetric.logpdf(np.sqrt(0.5 * 0.5) * e, kappa=1)
            ),
        ),
    ],
)
def test_a_regression_loss_is_a_surprise_but_for_a_constant(rng, name, scale, surprise):
    from scipy import stats  # loads for a second, and few tests need it

    y, other, t = rng.normal(scale=3, size=(3, 9))
    loss = losses.LOSSES[name]
    got = scale * (loss(y, t) - loss(other, t))
    want = np.mean(surprise(stats, t - y) - surprise(stats, t - other))
    assert got == pytest.approx(want, rel=1e-12)


def test_classification_losses_are_the_surprise_of_coin_and_die(rng):
    from scipy import stats

    z, coin = rng.normal(size=(2, 9)), rng.integers(0, 2, size=(2, 9))
    p = 1 / (1 + np.exp(-z))
    want = -np.mean(stats.bernoulli.logpmf(coin, p))
    got = losses.binary_cross_entropy(z, coin.astype(float))
    assert got == pytest.approx(want, rel=1e-12)
    logits, labels = rng.normal(size=(5, 7)), rng.integers(0, 7, size=5)
    sides = np.eye(7, dtype=int)[labels]
    want = -np.mean(stats.multinomial.logpmf(sides, 1, softmax(logits)))
    assert losses.cross_entropy(logits, labels) == pytest.approx(want, rel=1e-12)


def test_half_the_pinball_loss_of_the_median_is_mae(backend, rng):
    y, t = rng.normal(size=(2, 5, 3))
    m, arrays = backend.module("losses"), (backend.array(y), backend.array(t))
    assert float(m.pinball(*arrays)) == pytest.approx(float(m.mae(*arrays)) / 2)


@given(st.integers(0, 999), st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_pinball_is_least_at_the_quantile(seed, q):
    rng = np.random.default_rng(seed)
    t, other = rng.normal(size=11), rng.normal()
    best = np.quantile(t, q, method="inverted_cdf")
    at = [losses.pinball(np.full(11, c), t, quantile=q) for c in (best, other)]
    assert at[0] <= at[1] + 1e-12


@pytest.mark.parametrize("name", losses.LOSSES)
def test_nan_is_passed_on(name, rng):
    predictions = rng.normal(size=(3, 5))
    predictions[1, 2] = np.nan
    targets = targets_of(name, rng, (3, 5))
    assert np.isnan(losses.LOSSES[name](predictions, targets))


@given(st.floats(0.05, 20), st.integers(0, 99))
def test_temperature_divides_the_logits(temperature, seed):
    from nb_lib.numpy import activations
    from nb_lib.torch import activations as theirs

    rng = np.random.default_rng(seed)
    z, dy = rng.normal(size=(2, 3, 5))
    for name in ("softmax", "log_softmax"):
        got = getattr(activations, name)(z, temperature=temperature)
        want = getattr(activations, name)(z / temperature)
        np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-300)
        x = torch.tensor(z, requires_grad=True)
        y = getattr(theirs, name)(x, temperature=temperature)
        np.testing.assert_allclose(y.detach().numpy(), want, rtol=1e-12, atol=1e-14)
        y.backward(torch.tensor(dy))
        slope = getattr(activations, f"d_{name}")(z, dy, temperature=temperature)
        np.testing.assert_allclose(slope, x.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_at_the_lowest_temperature_equal_logits_share(backend):
    z = backend.array(np.array([3.0, 3.0, 1.0]))
    got = backend.module("activations").log_softmax(z, temperature=1e-300)
    np.testing.assert_allclose(backend.numpy(got)[:2], -np.log(2))


@pytest.mark.parametrize("value", [0.0, -1.0, np.nan])
def test_a_temperature_that_is_not_above_zero_is_refused(backend, value):
    z = backend.array(np.zeros(3))
    for name in ("softmax", "log_softmax"):
        function = getattr(backend.module("activations"), name)
        with pytest.raises(ValueError, match=f"^{name} wants temperature above 0, got"):
            function(z, temperature=value)
    with pytest.raises(TypeError, match="wants temperature as a number, got '1'"):
        function(z, temperature="1")


@pytest.mark.parametrize("dtype", EPS)
def test_a_cold_softmax_of_huge_logits_is_silent_and_sure(backend, dtype):
    z = np.array([1e4, 0.0, -1e4], dtype)
    softmax = backend.module("activations").softmax
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        got = backend.numpy(softmax(backend.array(z), temperature=0.1))
    assert got.dtype == dtype
    np.testing.assert_array_equal(got, [1, 0, 0])
