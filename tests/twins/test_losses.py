"""Both twins against torch.nn.functional, closed forms, identities and autograd."""

import functools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from loops import over

from nb_lib.numpy import losses
from nb_lib.numpy.activations import log_softmax, sigmoid, softmax

torch = pytest.importorskip("torch")
F = torch.nn.functional

N, CLASSES = 7, 5


def _sign(rng, shape):
    return rng.choice([-1.0, 1.0], size=shape)


def _real(rng, shape):
    return rng.normal(size=shape)


def _share(rng, shape):
    return rng.uniform(size=shape)


def _label(rng, shape):
    return rng.integers(0, shape[1], size=shape[0])


def _distribution(rng, shape):
    t = softmax(3 * rng.normal(size=shape))
    t[0] = np.eye(shape[1])[0]  # zeros too: 0 log 0 = 0
    return t


def _own_focal(z, y, gamma):
    log_p = F.log_softmax(z, dim=1).gather(1, y[:, None])[:, 0]
    return -((1 - log_p.exp()) ** gamma * log_p).mean()


def _own_kl(z, t):
    return F.kl_div(F.log_softmax(z, dim=1), t, reduction="batchmean")


def _own_pinball(y, t, q):
    return (q * F.relu(t - y) + (1 - q) * F.relu(y - t)).mean()


# case -> (keywords, how targets are drawn, PyTorch's own loss)
OWN = {
    "mse": ({}, _real, F.mse_loss),
    "mae": ({}, _real, F.l1_loss),
    "huber": ({}, _real, F.huber_loss),
    "huber 0.3": ({"delta": 0.3}, _real, functools.partial(F.huber_loss, delta=0.3)),
    "pinball": ({}, _real, functools.partial(_own_pinball, q=0.5)),
    "pinball 0.9": ({"quantile": 0.9}, _real, functools.partial(_own_pinball, q=0.9)),
    "hinge": ({}, _sign, lambda s, t: F.relu(1 - t * s).mean()),
    "binary_cross_entropy": ({}, _share, F.binary_cross_entropy_with_logits),
    "cross_entropy": ({}, _label, F.cross_entropy),
    "cross_entropy smoothed": (
        {"label_smoothing": 0.3},
        _label,
        functools.partial(F.cross_entropy, label_smoothing=0.3),
    ),
    "focal": ({}, _label, functools.partial(_own_focal, gamma=2)),
    "focal 3.5": ({"gamma": 3.5}, _label, functools.partial(_own_focal, gamma=3.5)),
    "kl_divergence": ({}, _distribution, _own_kl),
}
RTOL = {"float32": 2e-5, "float64": 1e-12}
each = over("case", OWN)
each_dtype = over("dtype", ["float32", "float64"])
from_labels = over("name", ["cross_entropy", "focal"])
regression = over(
    "name",
    ["mse", "mae", "huber", "pinball", "hinge", "binary_cross_entropy"]
    + ["kl_divergence"],
)


def example(case, rng, dtype="float64", scale=1):
    """Draw predictions (or logits) and targets that fit the case."""
    predictions = (scale * rng.normal(size=(N, CLASSES))).astype(dtype)
    targets = OWN[case][1](rng, (N, CLASSES))
    return predictions, targets if targets.dtype == int else targets.astype(dtype)


def named(case, module, prefix=""):
    return functools.partial(getattr(module, prefix + case.split()[0]), **OWN[case][0])


def value_and_gradient(loss, predictions, targets):
    """Let torch.autograd differentiate the loss by its first argument."""
    predictions = torch.tensor(predictions, requires_grad=True)
    value = loss(predictions, torch.tensor(targets))
    value.backward()
    return value.item(), predictions.grad.numpy()


@each
@each_dtype
def test_loss_agrees_with_torch(backend, rng, case, dtype):
    predictions, targets = example(case, rng, dtype)
    loss = named(case, backend.module("losses"))
    got = backend.numpy(loss(backend.array(predictions), backend.array(targets)))
    want, _ = value_and_gradient(OWN[case][2], predictions, targets)
    assert (got.dtype, got.shape) == (dtype, ())
    assert got == pytest.approx(want, rel=RTOL[dtype])


@each
@each_dtype
def test_gradient_agrees_with_autograd(rng, case, dtype):
    predictions, targets = example(case, rng, dtype)
    got = named(case, losses, "d_")(predictions, targets)
    _, want = value_and_gradient(OWN[case][2], predictions, targets)
    assert got.dtype == dtype
    np.testing.assert_allclose(got, want, rtol=RTOL[dtype], atol=RTOL[dtype] / 10)


@each
@each_dtype
@over("scale", [1, 1e4])
def test_value_and_gradient_are_the_two_in_one_call(rng, case, dtype, scale):
    loss = named(case, losses) if OWN[case][0] else losses.LOSSES[case]
    predictions, targets = example(case, rng, dtype, scale=scale)
    value, gradient = losses.value_and_gradient(loss, predictions, targets)
    assert value == loss(predictions, targets)
    assert value.dtype == gradient.dtype == dtype
    np.testing.assert_array_equal(
        gradient, named(case, losses, "d_")(predictions, targets)
    )


def test_value_and_gradient_refuse_labels_that_cannot_be(rng):
    with pytest.raises(ValueError, match="cross_entropy wants labels"):
        losses.value_and_gradient(
            losses.cross_entropy, np.ones((2, 3)), np.array([9, 0])
        )


@each
@over("scale", [1, 1e4])
def test_autograd_through_the_twin_gives_the_gradient(rng, case, scale):
    twin = pytest.importorskip("nb_lib.torch.losses")
    predictions, targets = example(case, rng, scale=scale)
    got = value_and_gradient(named(case, twin), predictions, targets)
    assert got[0] == pytest.approx(named(case, losses)(predictions, targets), 1e-12)
    want = named(case, losses, "d_")(predictions, targets)
    np.testing.assert_allclose(got[1], want, rtol=1e-12, atol=1e-15)


@each
@each_dtype
def test_huge_logits_stay_finite_and_silent(backend, rng, case, dtype):
    predictions, targets = example(case, rng, dtype, scale=1e4)
    loss = named(case, backend.module("losses"))
    got = backend.numpy(loss(backend.array(predictions), backend.array(targets)))
    assert np.isfinite(got)
    assert np.isfinite(named(case, losses, "d_")(predictions, targets)).all()


@each
def test_loss_leaves_its_arguments_alone(rng, case):
    predictions, targets = example(case, rng)
    before = predictions.copy(), targets.copy()
    named(case, losses)(predictions, targets)
    named(case, losses, "d_")(predictions, targets)
    np.testing.assert_array_equal(predictions, before[0])
    np.testing.assert_array_equal(targets, before[1])


@over("name", losses.LOSSES)
def test_tables_hold_the_losses_of_their_names(backend, name):
    module = backend.module("losses")
    assert module.LOSSES[name] is getattr(module, name)
    gradient = losses.derivative(losses.LOSSES[name])
    assert gradient is getattr(losses, f"d_{name}")


def test_derivative_keeps_the_keywords_of_a_partial(rng):
    logits, labels = example("cross_entropy", rng)
    smooth = functools.partial(losses.cross_entropy, label_smoothing=0.3)
    want = losses.d_cross_entropy(logits, labels, label_smoothing=0.3)
    got = losses.derivative(smooth)(logits, labels)
    np.testing.assert_array_equal(got, want)


def test_derivative_names_the_losses_it_knows():
    with pytest.raises(ValueError, match="no gradient known .* cross_entropy"):
        losses.derivative(np.mean)


def test_cross_entropy_gradient_is_p_minus_y(rng):
    logits, labels = example("cross_entropy", rng)
    got = losses.d_cross_entropy(logits, labels)
    want = (softmax(logits) - np.eye(CLASSES)[labels]) / N
    np.testing.assert_allclose(got, want, atol=1e-16)
    np.testing.assert_allclose(got.sum(axis=1), 0, atol=1e-16)


def test_untrained_cross_entropy_is_log_of_the_classes(backend):
    logits, labels = np.zeros((3, 10)), np.arange(3)
    loss = backend.module("losses").cross_entropy
    got = loss(backend.array(logits), backend.array(labels))
    assert float(got) == pytest.approx(np.log(10))


def test_focal_without_focus_is_cross_entropy(rng):
    logits, labels = example("focal", rng)
    want = losses.cross_entropy(logits, labels)
    assert losses.focal(logits, labels, gamma=0) == pytest.approx(want, 1e-14)
    np.testing.assert_allclose(
        losses.d_focal(logits, labels, gamma=0),
        losses.d_cross_entropy(logits, labels),
        rtol=1e-12,
    )


@over("gamma", [0, 0.5, 1, 5])
def test_focal_gradient_is_finite_where_all_is_learnt(gamma):
    logits, labels = np.array([[1e4, 0.0], [-1e4, 0.0]]), np.array([0, 0])
    twin = functools.partial(pytest.importorskip("nb_lib.torch.losses").focal)
    _, want = value_and_gradient(functools.partial(twin, gamma=gamma), logits, labels)
    got = losses.d_focal(logits, labels, gamma=gamma)
    np.testing.assert_allclose(got, want, atol=1e-15)


def test_binary_cross_entropy_is_the_two_class_case(rng):
    z, labels = rng.normal(size=(N, 1)), rng.integers(0, 2, size=N)
    pairs = np.hstack([np.zeros_like(z), z])
    want = losses.cross_entropy(pairs, labels)
    got = losses.binary_cross_entropy(z, labels[:, None].astype(float))
    assert got == pytest.approx(want, 1e-14)


@over("z", [40.0, -40.0])
def test_binary_cross_entropy_keeps_the_smallest_losses(backend, z):
    """Where σ(z) rounds to 1, the loss is still e^-z and not 0."""
    loss = backend.module("losses").binary_cross_entropy
    z, t = backend.array(np.array([z])), backend.array(np.array([float(z > 0)]))
    assert float(loss(z, t)) == pytest.approx(np.exp(-40), rel=1e-12, abs=0)


def test_wrong_side_learns_by_cross_entropy_and_hardly_by_mse():
    z, t = np.array([10.0]), np.array([0.0])
    p = sigmoid(z)
    assert losses.d_binary_cross_entropy(z, t)[0] == pytest.approx(0.99995, abs=1e-5)
    by_half_mse = losses.d_mse(p, t) / 2 * p * (1 - p)
    assert by_half_mse[0] == pytest.approx(4.5e-5, abs=1e-6)


@given(arrays(float, 9, elements=st.floats(-100, 100)), st.floats(-100, 100))
def test_mean_and_median_are_the_best_constants(y, other):
    def at(loss, c):
        return loss(np.full_like(y, c), y)

    assert at(losses.mse, y.mean()) <= at(losses.mse, other) + 1e-9
    assert at(losses.mae, np.median(y)) <= at(losses.mae, other) + 1e-9


@given(arrays(float, (N, CLASSES), elements=st.floats(-50, 50)))
def test_kl_divergence_is_zero_only_for_equal_distributions(logits):
    t = softmax(logits)
    assert losses.kl_divergence(logits, t) == pytest.approx(0, abs=1e-12)
    assert losses.kl_divergence(np.zeros_like(logits), t) >= -1e-12


def test_kl_divergence_is_cross_entropy_less_entropy(rng):
    logits, t = example("kl_divergence", rng)
    cross = -np.mean(np.sum(t * log_softmax(logits), axis=1))
    entropy = np.mean(np.sum(-t[1:] * np.log(t[1:]), axis=1)) * (N - 1) / N
    assert losses.kl_divergence(logits, t) == pytest.approx(cross - entropy)


def call(backend, name, predictions, targets, prefix=""):
    module = backend.module("losses")
    return getattr(module, prefix + name)(
        backend.array(predictions), backend.array(targets)
    )


@from_labels
@over(("labels", "sentence"), [
    (np.array([0, 1, 5]), "labels between 0 and 4, got values from 0 to 5"),
    (np.array([0, -1, 4]), "labels between 0 and 4, got values from -1 to 4"),
    (np.array([[0], [1], [4]]), r"labels of shape \(3,\), got \(3, 1\)"),
    (np.array([0, 1]), r"labels of shape \(3,\), got \(2,\)"),
])  # fmt: skip
def test_wrong_labels_are_refused_in_one_sentence(backend, name, labels, sentence):
    with pytest.raises(ValueError, match=f"^{name} wants {sentence}$"):
        call(backend, name, np.zeros((3, 5)), labels)


@over(
    ("name", "setting", "value", "limits"),
    [
        ("huber", "delta", -1.0, "of 0 or more"),
        ("pinball", "quantile", 1.5, "from 0 to 1"),
        ("focal", "gamma", -0.5, "of 0 or more"),
        ("cross_entropy", "label_smoothing", 1.5, "from 0 to 1"),
        ("cross_entropy", "label_smoothing", np.nan, "from 0 to 1"),
    ],
)
def test_setting_out_of_its_range_is_refused(backend, name, setting, value, limits):
    is_number = name in ("huber", "pinball")
    targets = np.zeros((3, 5)) if is_number else np.array([0, 1, 4])
    losses = backend.module("losses")
    sentence = f"^{name} wants {setting} {limits}, got"
    pair = [backend.array(part) for part in (np.zeros((3, 5)), targets)]
    with pytest.raises(ValueError, match=sentence):
        getattr(losses, name)(*pair, **{setting: value})
    if backend.name == "numpy":
        with pytest.raises(ValueError, match=sentence):
            getattr(losses, f"d_{name}")(*pair, **{setting: value})


@from_labels
@over("kind", ["float64", "bool"])
def test_labels_that_are_no_integers_are_refused(backend, name, kind):
    with pytest.raises(
        TypeError, match=f"^{name} wants .*integer labels, got .*{kind}"
    ):
        call(backend, name, np.zeros((3, 5)), np.zeros(3, kind))


def test_a_list_of_labels_is_refused(backend):
    with pytest.raises(TypeError, match="wants an array of integer labels, got list"):
        backend.module("losses").cross_entropy(backend.array(np.zeros((2, 5))), [0, 1])


@from_labels
def test_a_list_of_logits_is_refused(backend, name):
    loss = getattr(backend.module("losses"), name)
    with pytest.raises(TypeError, match=f"^{name} wants logits as an array .*, got li"):
        loss([[0.0, 1.0]], backend.array(np.array([1])))


@from_labels
@over("shape", [(5,), (2, 3, 5), (0, 5), (2, 0)])
def test_logits_of_a_wrong_shape_are_refused(backend, name, shape):
    with pytest.raises(ValueError, match=f"^{name} wants logits of shape .N, C."):
        call(backend, name, np.zeros(shape), np.zeros(shape[:1], int))


@from_labels
@over("kind", ["uint8", "int32", "int64"])
def test_labels_of_any_integer_kind_will_do(backend, rng, name, kind):
    logits, labels = example(name, rng)
    got = call(backend, name, logits, labels.astype(kind))
    assert float(got) == pytest.approx(getattr(losses, name)(logits, labels))


@from_labels
def test_labels_of_bytes_reach_beyond_256_classes(backend, name):
    """The number of classes is not squeezed into a byte, where 299 is 43."""
    got = call(backend, name, np.zeros((1, 300)), np.array([255], "uint8"))
    want = call(backend, name, np.zeros((1, 300)), np.array([255]))
    assert float(got) == float(want) > 5


@over("dtype", ["float16", "float32"])
def test_what_all_logits_share_costs_no_digit(backend, dtype):
    """Of two equal logits each has -log p = log 2, however large they are."""
    loss = backend.module("losses").cross_entropy
    for size in (1e3, -1e4, 3e4):
        z = backend.array(np.full((1, 2), size, dtype))
        got = float(loss(z, backend.array(np.array([1]))))
        assert got == pytest.approx(np.log(2), rel=1e-3 if dtype == "float16" else 1e-6)


@regression
@over("prefix", ["", "d_"])
def test_targets_never_broadcast(name, prefix):
    wanted = rf"^{name} wants targets of shape \(3, 1\), got \(3,\)$"
    with pytest.raises(ValueError, match=wanted):
        getattr(losses, prefix + name)(np.zeros((3, 1)), np.ones(3))


@regression
def test_targets_never_broadcast_in_torch(name):
    twin = pytest.importorskip("nb_lib.torch.losses")
    with pytest.raises(ValueError, match=r"targets of shape \(3, 1\), got \(3,\)$"):
        getattr(twin, name)(torch.zeros(3, 1), torch.ones(3))


def test_hinge_wants_signs(backend):
    """However many others come, five of them make one short sentence."""
    for others in (np.array([0.0, 1.0, np.nan]), np.linspace(-1, 1, 500)):
        with pytest.raises(ValueError, match="^hinge wants targets -1 or 1") as error:
            call(backend, "hinge", np.zeros(len(others)), others)
        assert len(str(error.value)) < 150
        assert "\n" not in str(error.value)


def test_hinge_passes_nan_on_and_keeps_the_wider_dtype():
    t = np.array([1.0, -1.0], "float32")
    got = losses.d_hinge(np.array([np.nan, 0.0]), t)
    np.testing.assert_array_equal(got, [np.nan, 0.5])
    assert got.dtype == "float64"


@over("shape", [(), (3,), (2, 2, 3), (2, 0)])
def test_kl_divergence_wants_rows_of_classes(backend, shape):
    """Of another shape the mean over the batch has no batch."""
    t = np.full(shape, 1 / 3)
    for prefix in ("", "d_") if backend.name == "numpy" else ("",):
        with pytest.raises(ValueError, match="^kl_divergence wants"):
            call(backend, "kl_divergence", np.zeros(shape), t, prefix)


@over("row", [[0.5, 0.6, 0.0], [0.0, 0.0, 0.0], [0.5, 0.4, 0.0]])
def test_kl_divergence_wants_rows_that_sum_to_one(backend, row):
    t = np.array([[0.2, 0.3, 0.5], row])
    for prefix in ("", "d_") if backend.name == "numpy" else ("",):
        with pytest.raises(ValueError, match=rf"rows of sum 1, got {sum(row):g}"):
            call(backend, "kl_divergence", np.zeros((2, 3)), t, prefix)


def test_kl_divergence_of_a_class_that_is_ruled_out(backend):
    """Its logit is -∞: nothing where the target is 0, and infinite where it is not."""
    logits, t = np.array([[1.0, -np.inf, 2.0]]), np.array([[0.4, 0.0, 0.6]])
    kept = [0, 2]
    got, all_else = (
        backend.numpy(call(backend, "kl_divergence", z, y))
        for z, y in ((logits, t), (logits[:, kept], t[:, kept]))
    )
    assert got == pytest.approx(all_else, rel=1e-14)
    ruled_out = call(backend, "kl_divergence", logits, np.array([[0.4, 0.1, 0.5]]))
    assert backend.numpy(ruled_out) == np.inf


def test_gradient_of_kl_divergence_rests_at_a_class_that_is_ruled_out():
    from nb_lib.torch.losses import kl_divergence

    logits, t = np.array([[1.0, -np.inf, 2.0]]), np.array([[0.4, 0.0, 0.6]])
    _, want = value_and_gradient(kl_divergence, logits, t)
    np.testing.assert_allclose(losses.d_kl_divergence(logits, t), want, rtol=1e-14)
    assert want[0, 1] == 0


@over("name", ["binary_cross_entropy", "kl_divergence"])
def test_shares_lie_between_zero_and_one(backend, name):
    with pytest.raises(ValueError, match="targets between 0 and 1, got .* -1.0 to 1.0"):
        call(backend, name, np.zeros((1, 2)), np.array([[-1.0, 1.0]]))


def test_bytes_do_not_wrap_around(backend):
    """Errors of 100 and 10: the mean of their squares in bytes is 58."""
    predictions, targets = (
        np.array([[10, 200]], "uint8"),
        np.array([[110, 190]], "uint8"),
    )
    mse = backend.module("losses").mse
    assert mse(backend.array(predictions), backend.array(targets)) == 5050


@over("name", ["binary_cross_entropy", "kl_divergence"])
def test_nan_is_no_share(backend, name):
    targets = backend.array([[0.5, np.nan]])
    loss = getattr(backend.module("losses"), name)
    with pytest.raises(ValueError, match="between 0 and 1, got NaN among them"):
        loss(backend.array(np.zeros((1, 2))), targets)


@regression
def test_an_empty_batch_is_refused(backend, name):
    none = backend.array(np.zeros((0, 3)))
    with pytest.raises(ValueError, match=rf"{name} wants one row or more, got none"):
        getattr(backend.module("losses"), name)(none, none)


def test_a_setting_that_is_no_number_is_one_sentence(backend):
    one = backend.array(np.ones(2))
    for several in (np.array([0.1, 0.2]), torch.ones(2)):
        with pytest.raises(TypeError, match="huber wants delta as a number, got"):
            backend.module("losses").huber(one, one, delta=several)
    with pytest.raises(TypeError, match="huber wants delta as a number, got '1'"):
        backend.module("losses").huber(one, one, delta="1")
