"""Accumulation, checkpointing, mixed precision: plain gradients, found otherwise."""

import copy
import tracemalloc

import numpy as np
import pytest

from nb_lib.numpy import checkpointing, losses, models, precision

SIZES, N = (3, 7, 5, 6, 8, 4), 11


def task(rng):
    return rng.normal(size=(N, SIZES[0])), rng.integers(0, SIZES[-1], size=N)


def gradients(backend, topic, name, *, dtype="float64", **settings):
    """Call one of the functions on a small net; return the loss and arrays by name."""
    x, labels = task(np.random.default_rng(9))
    net = backend.module("models").MLP(SIZES, rng=np.random.default_rng(8), dtype=dtype)
    loss = backend.module("losses").cross_entropy
    given = backend.array(x.astype(dtype)), backend.array(labels)
    before = copy.deepcopy(net.params)
    value, grads = getattr(backend.module(topic), name)(net, loss, *given, **settings)
    for key, w in net.params.items():
        np.testing.assert_array_equal(backend.numpy(w), backend.numpy(before[key]))
    return value, {key: backend.numpy(grad) for key, grad in grads.items()}


def plain(dtype="float64"):
    """Return loss and gradients of the whole batch by the ordinary way back."""
    x, labels = task(np.random.default_rng(9))
    net = models.MLP(SIZES, rng=np.random.default_rng(8), dtype=dtype)
    logits = net.forward(x.astype(dtype))
    value, dlogits = losses.value_and_gradient(losses.cross_entropy, logits, labels)
    net.backward(dlogits)
    return value, net.grads


def test_accumulation_gives_the_gradient_of_the_whole_batch(backend):
    want, wanted = plain()
    for size in (1, 3, 4, N, 50):  # 11 rows: most leave a smaller last one
        value, grads = gradients(backend, "accumulation", "accumulated", size=size)
        assert value == pytest.approx(want, abs=1e-12)
        assert list(grads) == list(wanted)
        for name in wanted:
            np.testing.assert_allclose(grads[name], wanted[name], rtol=0, atol=1e-12)


def test_checkpointing_gives_the_same_bits(backend):
    want = gradients(backend, "checkpointing", "checkpointed", segments=1)
    for segments in (2, 3, len(SIZES) - 1):
        got = gradients(backend, "checkpointing", "checkpointed", segments=segments)
        assert got[0] == want[0]
        for name in want[1]:
            np.testing.assert_array_equal(got[1][name], want[1][name])
    for name, grad in plain()[1].items():
        np.testing.assert_allclose(want[1][name], grad, rtol=0, atol=1e-14)


def test_numpy_checkpoints_have_the_bits_of_the_ordinary_way_back():
    x, labels = task(np.random.default_rng(9))
    net = models.MLP(SIZES, rng=np.random.default_rng(8))
    value, grads = checkpointing.checkpointed(
        net, losses.cross_entropy, x, labels, segments=3
    )
    want, wanted = plain()
    assert value == want
    assert all(np.array_equal(grads[name], wanted[name]) for name in wanted)


def test_torch_checkpoints_agree_with_its_own():
    torch = pytest.importorskip("torch")
    from torch.utils.checkpoint import checkpoint_sequential

    from nb_lib.torch import checkpointing as twin
    from nb_lib.torch import models as twin_models

    x, labels = map(torch.from_numpy, task(np.random.default_rng(9)))
    net = twin_models.MLP(SIZES, rng=np.random.default_rng(8))
    loss = torch.nn.functional.cross_entropy
    _, grads = twin.checkpointed(net, loss, x, labels, segments=3)
    layers = [net.linears[0]]
    for linear in net.linears[1:]:
        layers += [copy.deepcopy(net.activation), linear]  # each is called once
    chain = torch.nn.Sequential(*layers)
    loss(checkpoint_sequential(chain, 3, x, use_reentrant=False), labels).backward()
    for name, p in net.params.items():
        torch.testing.assert_close(grads[name], p.grad, rtol=0, atol=1e-15)


def peak(segments, *, layers=36, width=64, rows=256):
    """Measure the memory of one gradient at its peak, in states of (rows, width)."""
    rng = np.random.default_rng(9)
    net = models.MLP((width,) * (layers + 1), rng=rng)
    x, labels = rng.normal(size=(rows, width)), rng.integers(0, width, size=rows)
    tracemalloc.start()
    checkpointing.checkpointed(net, losses.cross_entropy, x, labels, segments=segments)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / x.nbytes


def test_checkpoints_save_the_memory_that_they_promise():
    """36 layers hold 36 states, and 6 segments 11; gradients and scratch are beside."""
    whole, cut = peak(1), peak(6)
    assert whole - cut > 20
    assert checkpointing.states_held(36, 1) == 36
    assert checkpointing.states_held(36, 6) == 11
    assert min(range(1, 37), key=lambda k: checkpointing.states_held(36, k)) in (5, 6)
    assert checkpointing.layers_computed(36, 6) == 36 + 30
    assert checkpointing.layers_computed(36, 1) == 36
    for layers, segments in ((7, 3), (9, 9), (10, 4)):
        spans = checkpointing.cuts(layers, segments)
        assert [n for start, end in spans for n in range(start, end)] == [
            *range(layers)
        ]


def test_half_gradients_are_those_of_float32_to_three_digits(backend):
    _, wanted = plain("float32")
    for scale in (1.0, 1024.0):
        _, grads = gradients(
            backend, "precision", "half_gradients", dtype="float32", scale=scale
        )
        for name, grad in wanted.items():
            assert grads[name].dtype == np.float32
            size = np.abs(grad).max()
            np.testing.assert_allclose(grads[name], grad, rtol=0, atol=6e-3 * size)


def test_small_gradients_vanish_and_a_scale_brings_them_back(backend):
    """Divided by 2^24 all gradients are below the smallest number of float16."""
    _, wanted = plain("float32")
    finite = backend.module("precision").all_finite
    tiny, huge = 2.0**-24, 2.0**24

    def shares(scale):
        _, grads = gradients(
            backend, "precision", "half_gradients", dtype="float32", scale=scale
        )
        own = {k: backend.array(g) for k, g in grads.items()}
        return np.mean([np.mean(g == 0) for g in grads.values()]), finite(own)

    lost = [shares(scale) for scale in (tiny, 1.0, huge)]
    dead = np.mean([np.mean(g == 0) for g in wanted.values()])
    assert lost[0][0] > 0.95
    assert lost[1] == (pytest.approx(dead, abs=0.02), True)
    assert not lost[2][1]


def test_the_loss_scale_walks_with_that_of_torch():
    torch = pytest.importorskip("torch")
    w = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.SGD([w], lr=0.0)
    how = {"init_scale": 8.0, "growth_interval": 3}
    scaler = torch.amp.GradScaler("cpu", **how)
    ours = precision.LossScale(8.0, patience=3)
    for is_finite in [True] * 4 + [False, True, True, False] + [True] * 7:
        optimiser.zero_grad()
        factor = 1.0 if is_finite else float("inf")
        scaler.scale((w * factor).sum()).backward()
        scaler.step(optimiser)
        scaler.update()
        assert ours.update(is_finite) == is_finite
        assert ours.scale == scaler.get_scale()
    again = precision.LossScale()
    again.load_state_dict(ours.state_dict())
    assert vars(again) == vars(ours)


def test_impossible_settings_get_one_sentence(backend):
    for topic, name, settings, words in (
        ("accumulation", "accumulated", {"size": 0}, "a size as a positive integer"),
        ("checkpointing", "checkpointed", {"segments": 6}, "at most 5 segments, got 6"),
        ("precision", "half_gradients", {"scale": 0}, "a scale above 0, got 0"),
    ):
        with pytest.raises(ValueError, match=words):
            gradients(backend, topic, name, **settings)


@pytest.mark.parametrize("setting", [{"skip": True}, {"norm": "layer"}])
def test_checkpointing_refuses_nets_that_it_cannot_cut(backend, setting):
    net = backend.module("models").MLP(
        (3, 3, 3), rng=np.random.default_rng(1), **setting
    )
    x, labels = backend.array(np.ones((2, 3))), backend.array(np.array([0, 1]))
    loss = backend.module("losses").cross_entropy
    with pytest.raises(ValueError, match="without skips and norms"):
        backend.module("checkpointing").checkpointed(net, loss, x, labels, segments=1)
