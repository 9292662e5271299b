"""The block and the language model: their parts are PyTorch's, their twins agree."""

import numpy as np
import pytest

from nb_lib.autograd.check import dot_product_test
from nb_lib.numpy import transformer

torch = pytest.importorskip("torch")
F = torch.nn.functional

N, T, D, HEADS, V, CONTEXT = 2, 5, 6, 3, 11, 7


def twins(name, *args, **how):
    from nb_lib.torch import transformer as twin

    return [
        getattr(package, name)(*args, rng=np.random.default_rng(6), **how)
        for package in (transformer, twin)
    ]


def block_of_torch(x, params):
    """Put the block together from PyTorch's own functions and modules."""
    p = {name: torch.from_numpy(a) for name, a in params.items()}

    def norm(x, gamma):
        return F.rms_norm(x, (D,), gamma, eps=1e-5)

    def split(x):
        return x.unflatten(-1, (HEADS, -1)).transpose(1, 2)

    u = norm(x, p["norm1.gamma"])
    qkv = (split(u @ p[f"attention.w_{k}"]) for k in ("query", "key", "value"))
    heads = F.scaled_dot_product_attention(*qkv, is_causal=True)
    x = x + heads.transpose(1, 2).flatten(2) @ p["attention.w_out"]
    u = norm(x, p["norm2.gamma"])
    gated = F.silu(u @ p["swiglu.w_gate"]) * (u @ p["swiglu.w_value"])
    return x + gated @ p["swiglu.w_out"]


def test_a_block_is_the_one_put_together_from_torch(backend, rng):
    block = backend.module("transformer").Block(
        D, heads=HEADS, rng=np.random.default_rng(6), causal=True
    )
    x = rng.normal(size=(N, T, D))
    params = {name: backend.numpy(p) for name, p in block.params.items()}
    params["norm1.gamma"] += 0.2 * rng.normal(size=D)  # in place: the block's own
    want = block_of_torch(torch.from_numpy(x), params)
    y = backend.numpy(block.forward(backend.array(x)))
    np.testing.assert_allclose(y, want, rtol=0, atol=1e-12)


def test_both_walk_back_to_the_same_gradients(rng):
    ours, twin = twins("Block", D, heads=HEADS)
    x, dy = rng.normal(size=(2, N, T, D))
    leaf = torch.from_numpy(x).requires_grad_()
    twin(leaf).backward(torch.from_numpy(dy))
    ours.forward(x)
    np.testing.assert_allclose(ours.backward(dy), leaf.grad, rtol=0, atol=1e-12)
    assert list(ours.params) == list(twin.params) == list(ours.grads)
    for name, parameter in twin.params.items():
        np.testing.assert_allclose(ours.grads[name], parameter.grad, atol=1e-12)


def test_one_random_direction_checks_the_whole_model(rng):
    model = twins("LanguageModel", V, context=CONTEXT, features=D, heads=2, blocks=2)[0]
    tokens = rng.integers(0, V, size=(N, T))
    start = tuple(p.copy() for p in model.params.values())

    def forward(*params):
        for own, moved in zip(model.params.values(), params, strict=True):
            own[...] = moved
        return model.forward(tokens)

    def backward(dlogits):
        model.backward(dlogits)
        return tuple(model.grads[name] for name in model.params)

    assert dot_product_test(forward, backward, start, rng=rng).gap < 1e-6


def test_models_descend_and_write_alike(rng):
    from nb_lib.numpy import losses, optimisers, train
    from nb_lib.torch import losses as torch_losses
    from nb_lib.torch import train as torch_train
    from nb_lib.torch.transformer import sample

    how = {"context": CONTEXT, "features": D, "heads": 2, "blocks": 2}
    ours, twin = twins("LanguageModel", V, **how)
    assert list(ours.params) == list(twin.params)
    tokens, targets = rng.integers(0, V, size=(2, N, T))
    data = [(tokens, targets.reshape(-1))] * 5
    tensors = [tuple(map(torch.from_numpy, pair)) for pair in data]
    first = train.descend(
        ours, losses.cross_entropy, data, optimisers.Adam(ours.params, lr=0.01)
    )
    adam = torch.optim.Adam(twin.parameters(), lr=0.01)
    second = torch_train.descend(twin, torch_losses.cross_entropy, tensors, adam)
    lists = [[step.loss for step in steps] for steps in (first, second)]
    np.testing.assert_allclose(*lists, rtol=1e-9)
    assert lists[0][0] > lists[0][-1]
    prompt, draws = [1, 2, 3], [np.random.default_rng(8) for _ in range(2)]
    said = transformer.sample(ours, prompt, 12, rng=draws[0], temperature=0.7)
    again = sample(twin, prompt, 12, rng=draws[1], temperature=0.7)
    assert len(said) == 15
    np.testing.assert_array_equal(said, again)


def test_a_place_knows_nothing_of_later_tokens(backend, rng):
    model = backend.module("transformer").LanguageModel(
        V, context=CONTEXT, features=D, heads=2, blocks=2, rng=rng
    )
    tokens = np.array([[1, 2, 3, 4, 5]])
    logits = backend.numpy(model.forward(backend.array(tokens)))
    tokens[0, 3] = 9
    moved = backend.numpy(model.forward(backend.array(tokens)))
    np.testing.assert_array_equal(moved[:3], logits[:3])
    assert (moved[3:] != logits[3:]).all()


def test_a_cold_sample_takes_the_likeliest(backend, rng):
    package = backend.module("transformer")
    how = {"context": CONTEXT, "features": D, "heads": 2, "blocks": 1}
    model = package.LanguageModel(V, rng=rng, **how)
    said = package.sample(model, [4], 9, rng=rng, temperature=1e-6).tolist()
    for t in range(1, 10):
        seen = backend.array(np.array([said[max(0, t - CONTEXT) : t]]))
        assert backend.numpy(model.forward(seen))[-1].argmax() == said[t]


def test_float32_stays_float32(backend, rng):
    package = backend.module("transformer")
    how = {"context": CONTEXT, "features": D, "heads": 2, "blocks": 1}
    model = package.LanguageModel(V, rng=rng, dtype="float32", **how)
    logits = model.forward(backend.array(np.array([[1, 2]])))
    assert backend.numpy(logits).dtype == np.float32


def test_what_is_impossible_is_refused(backend, rng):
    package = backend.module("transformer")
    how = {"features": D, "heads": 2, "blocks": 1, "rng": rng}
    model = package.LanguageModel(V, context=CONTEXT, **how)
    array = backend.array
    with pytest.raises(ValueError, match="tokens between 0 and 10, got"):
        model.forward(array(np.array([[1, V]])))
    with pytest.raises(ValueError, match=r"shape \(N, T\), T at most 7, got \(1, 8\)"):
        model.forward(array(np.ones((1, 8), int)))
    with pytest.raises(TypeError, match="tokens as whole numbers"):
        model.forward(array(np.ones((1, 3))))
    with pytest.raises(ValueError, match="sample wants temperature above 0, got 0"):
        package.sample(model, [1], 3, rng=rng, temperature=0)
    with pytest.raises(ValueError, match="context as a positive integer, got 0"):
        package.LanguageModel(V, context=0, **how)
    with pytest.raises(ValueError, match=r"SwiGLU wants x of shape \(N, T, 6\)"):
        package.SwiGLU(D, rng=rng).forward(array(np.ones((3, D))))
