"""What the claims of 9.18 measure of recurrent nets and attention."""

import numpy as np

from nb_lib.numpy.attention import (
    MultiHeadAttention,
    d_scaled_dot_product_attention,
    scaled_dot_product_attention,
)
from nb_lib.numpy.recurrent import LSTM, RNN
from nb_lib.sections.s09_18_beyond.memory import reach, remembered

N, T, D, H = 3, 7, 6, 5


def permutations():
    """Gap between attention of shuffled tokens and shuffled attention, C18.1."""
    rng = np.random.default_rng(181)
    x, order = rng.normal(size=(N, T, D)), rng.permutation(T)
    layer = MultiHeadAttention(D, heads=2, rng=rng)
    y, moved = layer.forward(x), layer.forward(x[:, order])
    places = rng.normal(size=(T, D))  # a vector for each
    y_placed, moved_placed = (layer.forward(v + places) for v in (x, x[:, order]))
    return {
        "attention": float(np.abs(moved - y[:, order]).max()),
        "with places": float(np.abs(moved_placed - y_placed[:, order]).max()),
    }


def against_torch():
    """Gaps to torch.nn of RNN, LSTM and attention, forward and back, C18.6."""
    return {
        "RNN": _recurrent_gap(RNN, 1),
        "LSTM": _recurrent_gap(LSTM, 4),
        "attention": _attention_gap(),
    }


def _recurrent_gap(kind, quarters):
    import torch

    rng = np.random.default_rng(186)
    ours = kind(D, H, rng=rng)
    ours.params["b"] += rng.normal(size=quarters * H)
    judge = getattr(torch.nn, kind.__name__)(D, H, batch_first=True).double()
    w_x, w_h, b = (torch.from_numpy(w) for w in ours.params.values())
    judge.weight_ih_l0.data, judge.weight_hh_l0.data = w_x.T, w_h.T
    judge.bias_ih_l0.data, judge.bias_hh_l0.data = b, torch.zeros_like(b)
    x, dh = rng.normal(size=(N, T, D)), rng.normal(size=(N, T, H))
    leaf = torch.from_numpy(x).requires_grad_()
    h = judge(leaf)[0]
    h.backward(torch.from_numpy(dh))
    grads = judge.weight_ih_l0.grad.T, judge.weight_hh_l0.grad.T, judge.bias_ih_l0.grad
    got = ours.forward(x), ours.backward(dh), *ours.grads.values()
    return _greatest(got, (h, leaf.grad, *grads))


def _attention_gap():
    import torch

    rng = np.random.default_rng(187)
    arrays, dy = rng.normal(size=(3, N, T, D)), rng.normal(size=(N, T, D))
    mask = np.arange(T)[:, None] >= np.arange(T)
    leaves = [torch.from_numpy(a.copy()).requires_grad_() for a in arrays]
    y = torch.nn.functional.scaled_dot_product_attention(*leaves, is_causal=True)
    y.backward(torch.from_numpy(dy))
    got = (
        scaled_dot_product_attention(*arrays, mask=mask),
        *d_scaled_dot_product_attention(*arrays, dy, mask=mask),
    )
    return _greatest(got, (y, *(leaf.grad for leaf in leaves)))


def _greatest(got, wanted):
    """Return the greatest difference of any entry."""
    pairs = zip(got, wanted, strict=True)
    return max(float(np.abs(a - b.detach().numpy()).max()) for a, b in pairs)


def products():
    """Variance of q·k before and behind the division, d from 4 to 1,024, C18.2."""
    rng, found = np.random.default_rng(182), {}
    for d in (4, 64, 1024):
        q, k = rng.normal(size=(2, 10_000, d))
        scores = (q * k).sum(axis=1)
        found[f"before, {d}"] = float(scores.var() / d)
        found[f"behind, {d}"] = float((scores / np.sqrt(d)).var())
    return found


def memories():
    """How a gradient fades in both, and what nets remember, C18.3."""
    rng, found = np.random.default_rng(183), {}
    rnn = RNN(D, H, rng=rng, gain=0.8)
    rnn.forward(1e-6 * rng.normal(size=(N, 20, D)))  # where tanh is straight
    dh = np.zeros((N, 20, H))
    dh[:, -1] = rng.normal(size=(N, H))
    rnn.backward(dh)
    lengths = np.linalg.norm(rnn.dstates, axis=(0, 2))
    found["w to the t"] = float(lengths[0] / lengths[-1] / 0.8**19)
    lstm = LSTM(D, H, rng=rng, gain=0.0)
    lstm.forward(rng.normal(size=(N, 20, D)))
    lstm.backward(dh)
    product = np.prod(lstm.gates[1][:, 1:], axis=1)
    gap = lstm.dstates[:, 0] - lstm.dstates[:, -1] * product
    found["gates alone"] = float(np.abs(gap).max())
    for bias in (0.0, 4.0):
        along = [reach("lstm", 20, seed=seed, forget_bias=bias) for seed in range(3)]
        whole, gates = np.mean(along, axis=0)
        found[f"beside, {bias:.0f}"] = float(whole / gates)
    nets = {"rnn": ("rnn", 0.0), "lstm, 0": ("lstm", 0.0), "lstm, 4": ("lstm", 4.0)}
    for name, (layer, bias) in nets.items():
        shares = [remembered(layer, 20, seed=s, forget_bias=bias) for s in range(3)]
        found[name] = float(np.median(shares))
    return found
