"""Training as an iterator: both twins walk one path and tell the same of it."""

import dataclasses
import functools
from itertools import islice

import numpy as np
import pytest

from nb_lib.numpy import losses
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import accuracy, descend, has_diverged

N, BATCH, SIZES = 210, 30, (4, 9, 8, 3)


def points(dtype="float64"):
    """Three classes that a small net can tell apart."""
    rng = np.random.default_rng(5)
    labels = rng.integers(0, SIZES[-1], size=N)
    x = rng.normal(size=(N, SIZES[0])) + 2 * np.eye(SIZES[-1], SIZES[0])[labels]
    return x.astype(dtype), labels


def batches(backend, dtype="float64"):
    """Yield shuffled batches forever."""
    (x, labels), rng = points(dtype), np.random.default_rng(6)
    while True:
        for rows in np.split(rng.permutation(N), N // BATCH):
            yield backend.array(x[rows]), backend.array(labels[rows])


def run(backend, steps, *, watch=1, lr=0.1, dtype="float64", loss="cross_entropy"):
    """Train a fresh net; return it with the steps."""
    mlp, sgd = backend.module("models").MLP, backend.module("optimisers").SGD
    model = mlp(SIZES, rng=np.random.default_rng(7), activation="tanh", dtype=dtype)
    optimiser = sgd(model.params, lr=lr, momentum=0.9)
    loss = getattr(backend.module("losses"), loss)
    data = batches(backend, dtype)
    told = backend.module("train").descend(model, loss, data, optimiser, watch=watch)
    return model, list(islice(told, steps))


@pytest.fixture
def both(backend):
    """The twin under test and NumPy, which is told apart only when it is torch."""
    return backend, dataclasses.replace(backend, name="numpy")


def test_an_epoch_leaves_the_twins_within_1e_12(both):
    (theirs, steps), (ours, own) = (run(b, 2 * N // BATCH) for b in both)
    for name, w in ours.params.items():
        got = both[0].numpy(theirs.params[name])
        np.testing.assert_allclose(got, w, rtol=0, atol=1e-12)
    got, want = ([step.loss for step in told] for told in (steps, own))
    np.testing.assert_allclose(got, want, rtol=0, atol=1e-12)


def test_twins_tell_the_same_norms(both):
    (_, steps), (_, own) = (run(b, 5) for b in both)
    for step, want in zip(steps, own, strict=True):
        np.testing.assert_allclose(step.grad_norms, want.grad_norms, rtol=1e-12)
        np.testing.assert_allclose(step.delta_norms, want.delta_norms, rtol=1e-12)


def test_float32_training_stays_float32(backend):
    model, _ = run(backend, 3, dtype="float32")
    kinds = {backend.numpy(w).dtype.name for w in model.params.values()}
    assert kinds == {"float32"}


def test_loss_falls_and_accuracy_rises(backend):
    x, labels = map(backend.array, points())
    share = backend.module("train").accuracy
    fresh, (first, *_) = run(backend, 1, lr=0)
    model, steps = run(backend, 100)
    assert steps[-1].loss < 0.5 * first.loss
    assert share(model, x, labels) > 0.9 > share(fresh, x, labels)


def test_step_is_frozen_and_counts_from_one(backend):
    _, steps = run(backend, 3)
    assert [step.count for step in steps] == [1, 2, 3]
    assert type(steps[0].loss) is float
    assert {type(norm) for norm in steps[0].grad_norms} == {float}
    with pytest.raises(dataclasses.FrozenInstanceError):
        steps[0].loss = 0.0


def test_norms_come_with_the_first_and_every_watched_step(backend):
    _, steps = run(backend, 7, watch=3)
    told = [step.count for step in steps if step.grad_norms is not None]
    assert told == [1, 3, 6]
    assert told == [step.count for step in steps if step.delta_norms is not None]
    assert {len(steps[2].grad_norms), len(steps[2].delta_norms)} == {len(SIZES) - 1}


def test_loss_and_norms_are_those_before_the_update(backend):
    x, labels = next(batches(dataclasses.replace(backend, name="numpy")))
    model = MLP(SIZES, rng=np.random.default_rng(7), activation="tanh")
    logits = model.forward(x)
    model.backward(losses.d_cross_entropy(logits, labels))
    _, (step,) = run(backend, 1)
    assert step.loss == pytest.approx(losses.cross_entropy(logits, labels), 1e-12)
    norms = [np.linalg.norm(model.grads[f"{layer}.w"]) for layer in range(3)]
    np.testing.assert_allclose(step.grad_norms, norms, rtol=1e-12)
    deltas = [np.linalg.norm(delta) for delta in model.deltas]
    np.testing.assert_allclose(step.delta_norms, deltas, rtol=1e-12)


def test_descend_wants_to_watch_some_steps(backend):
    steps = backend.module("train").descend(None, None, [], None, watch=0)
    with pytest.raises(ValueError, match="descend wants watch of 1 or more, got 0"):
        next(steps)


def test_descend_takes_no_batch_before_it_is_asked(backend):
    taken, descend = [], backend.module("train").descend
    data = map(taken.append, range(3))
    steps = descend(None, None, data, None)
    assert taken == []
    with pytest.raises(TypeError, match="unpack"):  # what append returns is no batch
        next(steps)
    assert taken == [0]


def test_descend_prints_nothing(backend, capsys):
    run(backend, 2)
    assert capsys.readouterr() == ("", "")


def test_finite_data_end_the_descent(rng):
    x, labels = points()
    model = MLP(SIZES, rng=rng)
    optimiser = SGD(model.params, lr=0.1)
    steps = descend(model, losses.cross_entropy, [(x, labels)] * 4, optimiser)
    assert len(list(steps)) == 4


def test_descend_takes_a_partial_and_a_loss_of_ones_own(rng):
    """All three say the same: smoothing 0 is none, and (loss, gradient) is a pair."""

    def own(logits, labels):
        pair = losses.cross_entropy, losses.d_cross_entropy
        return tuple(f(logits, labels) for f in pair)

    partial = functools.partial(losses.cross_entropy, label_smoothing=0.0)
    told = []
    for loss in (losses.cross_entropy, partial, own):
        model = MLP(SIZES, rng=np.random.default_rng(7))
        optimiser = SGD(model.params, lr=0.1)
        told.append(list(descend(model, loss, [points()] * 3, optimiser)))
    assert told[0] == told[1] == told[2]


def test_descend_survives_divergence(backend):
    """It goes on with what is no number; the caller decides to stop."""
    with np.errstate(all="ignore"):
        _, steps = run(backend, 60, lr=1e200)
    assert has_diverged(steps[-1].loss)
    assert len(steps) == 60


@pytest.mark.parametrize(("loss", "verdict"), [
    (0.0, False), (1e4, False), (1.01e4, True),
    (float("nan"), True), (float("inf"), True), (float("-inf"), True),
])  # fmt: skip
def test_has_diverged_knows_what_is_beyond_repair(backend, loss, verdict):
    assert backend.module("train").has_diverged(loss) is verdict


def test_accuracy_counts_every_row_once(backend, rng):
    """2,345 rows: the last chunk is not full."""
    model = backend.module("models").MLP((3, 5), rng=rng)
    x = backend.array(rng.normal(size=(2345, 3)))
    best = backend.numpy(model.forward(x)).argmax(axis=1)
    wrong = np.where(np.arange(2345) < 345, (best + 1) % 5, best)
    share = backend.module("train").accuracy
    assert share(model, x, backend.array(wrong)) == pytest.approx(2000 / 2345)


@pytest.mark.parametrize(("rows", "shape"), [(3, (3, 1)), (3, (2,)), (0, (0,))])
def test_accuracy_wants_one_label_a_row(backend, rng, rows, shape):
    model = backend.module("models").MLP((4, 2), rng=rng)
    x, labels = np.zeros((rows, 4)), np.zeros(shape, int)
    with pytest.raises(ValueError, match="accuracy wants one label per row of x"):
        backend.module("train").accuracy(model, backend.array(x), backend.array(labels))


def test_accuracy_of_the_first_answer_is_the_share_of_label_zero(rng):
    """All logits are 0, and argmax takes the first."""
    model = MLP((4, 3), rng=rng, init="zeros")
    assert accuracy(model, np.zeros((4, 4)), np.array([0, 1, 2, 0])) == 0.5


def test_torch_accuracy_leaves_the_mode_of_training(rng):
    torch = pytest.importorskip("torch")
    share = pytest.importorskip("nb_lib.torch.train").accuracy
    model = torch.nn.Sequential(torch.nn.Linear(4, 2), torch.nn.Dropout(0.9))
    x, labels = torch.zeros(30, 4), torch.zeros(30, dtype=int)
    assert share(model, x, labels) in (0, 1)  # no dropout: all rows answer alike
    assert model.training
    share(model.eval(), x, labels)
    assert not model.training


def test_torch_descend_takes_any_module_and_leaves_no_hooks():
    torch = pytest.importorskip("torch")
    nn, train = torch.nn, pytest.importorskip("nb_lib.torch.train")
    model = nn.Sequential(nn.Linear(4, 9), nn.Tanh(), nn.Linear(9, 3)).double()
    x, labels = map(torch.from_numpy, points())
    optimiser = torch.optim.Adam(model.parameters())
    loss = nn.functional.cross_entropy
    step = next(train.descend(model, loss, [(x, labels)], optimiser))
    assert len(step.grad_norms) == len(step.delta_norms) == 2
    assert not any(m._forward_hooks for m in model.modules())


def test_nan_logits_count_as_wrong(backend, rng):
    """After divergence every logit is NaN, and argmax would answer 0 to all."""
    model = backend.module("models").MLP((4, 3), rng=rng)
    x = np.ones((5, 4))
    x[:3] = np.nan
    best = backend.numpy(model.forward(backend.array(np.ones((1, 4))))).argmax()
    labels = backend.array(np.where(np.arange(5) < 3, 0, best))
    assert backend.module("train").accuracy(model, backend.array(x), labels) == 0.4


def test_one_nan_among_the_logits_is_enough(backend, rng):
    model = backend.module("models").MLP((4, 3), rng=rng, init="zeros")
    backend.numpy(model.params["0.b"])[:] = [1, np.nan, 0]
    x, labels = backend.array(np.ones((2, 4))), backend.array(np.array([0, 1]))
    assert backend.module("train").accuracy(model, x, labels) == 0
