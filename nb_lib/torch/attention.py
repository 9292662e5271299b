"""Attention in tensor operations; autograd finds the way back.

Tokens are rows, as examples are elsewhere: T queries of d numbers look at S keys. A
mask holds True where a query may look. In one's own work:
``torch.nn.functional.scaled_dot_product_attention``, and
``torch.nn.MultiheadAttention``, whose ``in_proj_weight`` holds the transposes of our
three, one below the other. Impossible shapes, and a query that may look nowhere, are a
ValueError.

Source: Ashish Vaswani et al. (2017), section 3.2.
"""

import torch
from torch import nn

from nb_lib.data._checks import generator
from nb_lib.numpy._sequences import check_attention, check_heads, check_sequence
from nb_lib.numpy._settings import check_count, check_dtype
from nb_lib.torch._floats import floats, in_floats
from nb_lib.torch.init import lecun_normal


def causal_mask(size):
    """Return a mask (T, T) of bools: token t may look at 1 ... t and no further."""
    check_count("causal_mask", "size", size)
    return torch.ones((int(size), int(size)), dtype=torch.bool).tril()


def attention_weights(query, key, *, mask=None, scale=None):
    """Return a = softmax(scale · q kᵀ) over the keys, 0 where the mask is False.

    ``scale`` is 1 / √d unless one is given. Shapes: query (..., T, d),
    key (..., S, d), mask (T, S), a (..., T, S); each row of a sums to 1.
    """
    check_attention(query, key, key, mask)
    query, key = in_floats(query, key)
    scale = query.shape[-1] ** -0.5 if scale is None else scale
    scores = (query @ key.transpose(-1, -2)) * scale  # (..., T, S)
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    return torch.softmax(scores, dim=-1)


def scaled_dot_product_attention(query, key, value, *, mask=None, scale=None):
    """y = softmax(q kᵀ / √d) v: a mean of the values, weighted anew for each query.

    Shapes: query (..., T, d), key (..., S, d), value (..., S, e), mask (T, S),
    y (..., T, e).

    Source: Ashish Vaswani et al. (2017), equation 1.
    """
    check_attention(query, key, value, mask)
    return attention_weights(query, key, mask=mask, scale=scale) @ floats(value)


class MultiHeadAttention(nn.Module):
    """Let ``heads`` attentions of D / heads features each look for their own thing.

    q, k, v = x w_query, x w_key, x w_value, cut into heads; y = [head 1, head 2, ...]
    w_out. Without biases. With ``causal`` no token sees a later one. ``weights``
    (N, heads, T, T) holds what ``forward`` has paid attention to.

    Shapes: x and y (N, T, D), all four weights (D, D). Features that do not divide
    into the heads are a ValueError.
    """

    def __init__(self, features, *, heads, rng, causal=False, dtype="float64"):
        super().__init__()
        features, self.heads = check_heads(features, heads)
        self.causal = causal
        dtype = getattr(torch, check_dtype(dtype, "MultiHeadAttention"))
        names = ("w_query", "w_key", "w_value", "w_out")
        for name, stream in zip(names, generator(rng).spawn(4), strict=True):
            w = lecun_normal(features, features, rng=stream).to(dtype)
            self.register_parameter(name, nn.Parameter(w))

    def forward(self, x):
        """Map tokens x (N, T, D) to y (N, T, D)."""
        check_sequence("MultiHeadAttention", x, len(self.w_out))
        x = floats(x, self.w_out.dtype)
        mask = causal_mask(x.shape[1]) if self.causal else None
        parts = x @ self.w_query, x @ self.w_key, x @ self.w_value
        query, key, value = map(self._split, parts)
        self.weights = attention_weights(query, key, mask=mask)
        joined = (self.weights @ value).transpose(1, 2).reshape(x.shape)
        return joined @ self.w_out

    def _split(self, x):
        """Cut (N, T, D) into heads (N, heads, T, D / heads)."""
        n, t, d = x.shape
        return x.reshape(n, t, self.heads, d // self.heads).transpose(1, 2)
