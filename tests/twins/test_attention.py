"""Attention: both twins are torch.nn's, and permute with their tokens."""

import numpy as np
import pytest

from nb_lib.autograd.check import dot_product_test
from nb_lib.numpy import attention

torch = pytest.importorskip("torch")
F = torch.nn.functional

N, T, S, D, E, HEADS = 2, 5, 7, 6, 4, 3


def drawn(rng, dtype="float64"):
    shapes = (N, HEADS, T, D), (N, HEADS, S, D), (N, HEADS, S, E)
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


def masks(rng):
    mask = rng.uniform(size=(T, S)) < 0.5
    mask[:, 3] = True
    return None, mask


@pytest.mark.parametrize(("dtype", "atol"), [("float64", 1e-12), ("float32", 1e-5)])
def test_attention_is_that_of_torch_forward_and_back(backend, rng, dtype, atol):
    arrays, dy = drawn(rng, dtype), rng.normal(size=(N, HEADS, T, E)).astype(dtype)
    f = backend.module("attention").scaled_dot_product_attention
    for mask in masks(rng):
        leaves = [torch.from_numpy(a).requires_grad_() for a in arrays]
        judge_mask = None if mask is None else torch.from_numpy(mask)
        want = F.scaled_dot_product_attention(*leaves, attn_mask=judge_mask)
        want.backward(torch.from_numpy(dy))
        own = None if mask is None else backend.array(mask)
        y = backend.numpy(f(*map(backend.array, arrays), mask=own))
        assert y.dtype == dtype
        np.testing.assert_allclose(y, want.detach(), rtol=0, atol=atol)
        back = attention.d_scaled_dot_product_attention(*arrays, dy, mask=mask)
        for got, leaf in zip(back, leaves, strict=True):
            np.testing.assert_allclose(got, leaf.grad, rtol=0, atol=atol)


def test_one_random_direction_checks_the_way_back(rng):
    arrays = tuple(drawn(rng))
    for scale in (None, 0.3):
        for mask in masks(rng):
            how = {"mask": mask, "scale": scale}
            found = dot_product_test(
                lambda *a, how=how: attention.scaled_dot_product_attention(*a, **how),
                lambda dy, how=how: attention.d_scaled_dot_product_attention(
                    *arrays, dy, **how
                ),
                arrays,
                rng=rng,
            )
            assert found.gap < 1e-7


def layers(rng, **how):
    from nb_lib.torch.attention import MultiHeadAttention

    seed = int(rng.integers(99))
    how = {"heads": HEADS, **how}
    return [
        kind(D, rng=np.random.default_rng(seed), **how)
        for kind in (attention.MultiHeadAttention, MultiHeadAttention)
    ]


@pytest.mark.parametrize("causal", [False, True])
def test_heads_are_those_of_torch_nn_and_of_the_twin(rng, causal):
    ours, twin = layers(rng, causal=causal)
    x, dy = rng.normal(size=(2, N, T, D))
    judge = torch.nn.MultiheadAttention(D, HEADS, bias=False, batch_first=True)
    judge = judge.double()
    w = [torch.from_numpy(a.T.copy()) for a in ours.params.values()]
    judge.in_proj_weight.data, judge.out_proj.weight.data = torch.cat(w[:3]), w[3]
    leaf = torch.from_numpy(x).requires_grad_()
    mask = ~torch.ones(T, T).tril().bool() if causal else None  # True: hidden
    y, weights = judge(leaf, leaf, leaf, attn_mask=mask, average_attn_weights=False)
    y.backward(torch.from_numpy(dy))
    stacked = judge.in_proj_weight.grad.reshape(3, D, D).transpose(1, 2)
    want = [y.detach(), leaf.grad, *stacked, judge.out_proj.weight.grad.T]
    got = [ours.forward(x), ours.backward(dy), *ours.grads.values()]
    twin_x = torch.from_numpy(x).requires_grad_()
    twin_y = twin(twin_x)
    twin_y.backward(torch.from_numpy(dy))
    other = [twin_y.detach(), twin_x.grad, *(p.grad for p in twin.parameters())]
    for a, b, c in zip(got, want, other, strict=True):
        np.testing.assert_allclose(a, b, rtol=0, atol=1e-12)
        np.testing.assert_allclose(a, c, rtol=0, atol=1e-12)
    np.testing.assert_allclose(ours.weights, weights.detach(), atol=1e-12)
    np.testing.assert_allclose(twin.weights.detach(), weights.detach(), atol=1e-12)


def test_tokens_in_another_order_give_the_replies_in_that_order(backend, rng):
    """Without positions attention knows a set, C18.1; a causal mask brings order."""
    heads = backend.module("attention").MultiHeadAttention
    x, order = rng.normal(size=(N, T, D)), rng.permutation(T)
    for causal in (False, True):
        layer = heads(D, heads=HEADS, rng=np.random.default_rng(5), causal=causal)
        y = backend.numpy(layer.forward(backend.array(x)))
        moved = backend.numpy(layer.forward(backend.array(x[:, order])))
        gap = np.abs(moved - y[:, order]).max()
        assert gap > 0.1 if causal else gap < 1e-12


def test_a_causal_reply_depends_on_no_later_token(backend, rng):
    layer = backend.module("attention").MultiHeadAttention(
        D, heads=HEADS, rng=rng, causal=True
    )
    x = rng.normal(size=(N, T, D))
    y = backend.numpy(layer.forward(backend.array(x)))
    x[:, 3:] += 5
    moved = backend.numpy(layer.forward(backend.array(x)))
    np.testing.assert_array_equal(moved[:, :3], y[:, :3])
    assert np.abs(moved[:, 3:] - y[:, 3:]).min() > 0


def test_huge_scores_give_a_choice_and_no_nan(backend):
    far = backend.array(np.array([[1e4, 0.0], [0.0, -1e4]]))
    weights = backend.module("attention").attention_weights
    mask = backend.module("attention").causal_mask(2)
    np.testing.assert_array_equal(backend.numpy(weights(far, far)), np.eye(2))
    np.testing.assert_array_equal(
        backend.numpy(weights(far, far, mask=mask)), np.eye(2)
    )


def test_what_does_not_fit_is_refused(backend, rng):
    package, a = backend.module("attention"), backend.array
    q, k, v = (a(rng.normal(size=(n, 4))) for n in (3, 5, 5))
    f = package.scaled_dot_product_attention
    with pytest.raises(ValueError, match=r"attention wants query \(..., T, d\)"):
        f(q, k[:, :3], v)
    with pytest.raises(ValueError, match=r"attention wants query \(..., T, d\)"):
        f(q, k, v[:4])
    with pytest.raises(ValueError, match=r"a mask of bools \(3, 5\)"):
        f(q, k, v, mask=a(np.ones((3, 5))))
    with pytest.raises(ValueError, match="one key or more for each query, got none"):
        f(q, k, v, mask=a(np.arange(15).reshape(3, 5) < 10))
    with pytest.raises(ValueError, match="features that divide into 4 heads, got 6"):
        package.MultiHeadAttention(6, heads=4, rng=rng)
    with pytest.raises(ValueError, match=r"wants x of shape \(N, T, 6\)"):
        package.MultiHeadAttention(6, heads=3, rng=rng).forward(q)
