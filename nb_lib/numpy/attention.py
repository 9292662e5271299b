"""Attention: every token asks, every token answers, and softmax shares out the reply.

Tokens are rows, as examples are elsewhere: T queries of d numbers look at S keys. A
mask holds True where a query may look. Impossible shapes, and a query that may look
nowhere, are a ValueError.

Source: Ashish Vaswani et al. (2017), section 3.2.
"""

import numpy as np

from nb_lib.data._checks import generator
from nb_lib.numpy._floats import floats, in_floats
from nb_lib.numpy._sequences import check_attention, check_heads, check_sequence
from nb_lib.numpy._settings import check_count, check_dtype
from nb_lib.numpy.activations import softmax
from nb_lib.numpy.init import lecun_normal


def causal_mask(size):
    """Return a mask (T, T) of bools: token t may look at 1 ... t and no further."""
    check_count("causal_mask", "size", size)
    places = np.arange(int(size))
    return places[:, None] >= places


def attention_weights(query, key, *, mask=None, scale=None):
    """Return a = softmax(scale · q kᵀ) over the keys, 0 where the mask is False.

    ``scale`` is 1 / √d unless one is given. Shapes: query (..., T, d),
    key (..., S, d), mask (T, S), a (..., T, S); each row of a sums to 1.
    """
    check_attention(query, key, key, mask)
    query, key = in_floats(query, key)
    scale = query.shape[-1] ** -0.5 if scale is None else scale
    scores = (query @ np.swapaxes(key, -1, -2)) * scale  # (..., T, S)
    return softmax(scores if mask is None else np.where(mask, scores, -np.inf))


def scaled_dot_product_attention(query, key, value, *, mask=None, scale=None):
    """y = softmax(q kᵀ / √d) v: a mean of the values, weighted anew for each query.

    Shapes: query (..., T, d), key (..., S, d), value (..., S, e), mask (T, S),
    y (..., T, e).

    Source: Ashish Vaswani et al. (2017), equation 1.
    """
    check_attention(query, key, value, mask)
    return attention_weights(query, key, mask=mask, scale=scale) @ floats(value)


def d_scaled_dot_product_attention(query, key, value, dy, *, mask=None, scale=None):
    """Take dy = dL/dy (..., T, e), give dL/dquery, dL/dkey and dL/dvalue."""
    query, key, value, dy = in_floats(query, key, value, dy)
    a = attention_weights(query, key, mask=mask, scale=scale)
    da = dy @ np.swapaxes(value, -1, -2)
    dscores = a * (da - (da * a).sum(axis=-1, keepdims=True))  # as d_softmax
    dscores = dscores * (query.shape[-1] ** -0.5 if scale is None else scale)
    dvalue = np.swapaxes(a, -1, -2) @ dy
    return dscores @ key, np.swapaxes(dscores, -1, -2) @ query, dvalue


class MultiHeadAttention:
    """Let ``heads`` attentions of D / heads features each look for their own thing.

    q, k, v = x w_query, x w_key, x w_value, cut into heads; y = [head 1, head 2, ...]
    w_out. Without biases. With ``causal`` no token sees a later one. ``weights``
    (N, heads, T, T) holds what ``forward`` has paid attention to.

    Shapes: x and y (N, T, D), all four weights (D, D). Features that do not divide
    into the heads are a ValueError.
    """

    def __init__(self, features, *, heads, rng, causal=False, dtype="float64"):
        features, self.heads = check_heads(features, heads)
        self.causal, dtype = causal, check_dtype(dtype, "MultiHeadAttention")
        names = ("w_query", "w_key", "w_value", "w_out")
        streams = generator(rng).spawn(4)
        self.params = {
            name: lecun_normal(features, features, rng=stream).astype(dtype)
            for name, stream in zip(names, streams, strict=True)
        }
        self.grads = {}

    def forward(self, x):
        """Map tokens x (N, T, D) to y (N, T, D)."""
        w_query, w_key, w_value, w_out = self.params.values()
        check_sequence("MultiHeadAttention", x, len(w_out))
        self.x = floats(x, w_out.dtype)
        self.mask = causal_mask(x.shape[1]) if self.causal else None
        parts = self.x @ w_query, self.x @ w_key, self.x @ w_value
        self.query, self.key, self.value = map(self._split, parts)
        self.weights = attention_weights(self.query, self.key, mask=self.mask)
        self.joined = self._join(self.weights @ self.value)
        return self.joined @ w_out

    def backward(self, dy):
        """Take dy = dL/dy, keep dL/dw in ``grads``, return dL/dx."""
        w_query, w_key, w_value, w_out = self.params.values()
        dheads = self._split(dy @ w_out.T)
        parts = d_scaled_dot_product_attention(
            self.query, self.key, self.value, dheads, mask=self.mask
        )
        dquery, dkey, dvalue = map(self._join, parts)
        found = (self.x, dquery), (self.x, dkey), (self.x, dvalue), (self.joined, dy)
        products = (_over_tokens(left, right) for left, right in found)
        self.grads = dict(zip(self.params, products, strict=True))
        return dquery @ w_query.T + dkey @ w_key.T + dvalue @ w_value.T

    def _split(self, x):
        """Cut (N, T, D) into heads (N, heads, T, D / heads)."""
        n, t, d = x.shape
        return x.reshape(n, t, self.heads, d // self.heads).transpose(0, 2, 1, 3)

    def _join(self, x):
        """Lay the heads side by side again, (N, T, D)."""
        n, heads, t, d = x.shape
        return x.transpose(0, 2, 1, 3).reshape(n, t, heads * d)


def _over_tokens(left, right):
    """Return leftᵀ right, summed over all tokens of all sequences."""
    return left.reshape(-1, left.shape[-1]).T @ right.reshape(-1, right.shape[-1])
