"""A small Transformer: blocks of attention and SwiGLU, and a language model of them.

Every part reads tokens x (N, T, D), N sequences of T tokens, keeps what ``backward``
will need, and holds ``params`` and ``grads`` by name. Impossible sizes and shapes are a
ValueError.
"""

import numpy as np

from nb_lib.data._checks import generator
from nb_lib.numpy._floats import floats
from nb_lib.numpy._sequences import check_sequence, check_tokens
from nb_lib.numpy._settings import check_count, check_dtype, check_positive
from nb_lib.numpy.activations import d_swiglu, softmax, swiglu
from nb_lib.numpy.attention import MultiHeadAttention
from nb_lib.numpy.gated import matched_width
from nb_lib.numpy.init import lecun_normal, normal
from nb_lib.numpy.norms import RMSNorm


class SwiGLU:
    """y = (SiLU(x w_gate) ⊙ (x w_value)) w_out, on each token alone.

    Shapes: x and y (N, T, D), w_gate and w_value (D, H), w_out (H, D). H is the least
    whole number that is not below 8D/3, see ``matched_width``.

    Source: Noam Shazeer (2020), equation 6.
    """

    def __init__(self, features, *, rng, dtype="float64"):
        check_count("SwiGLU", "features", features)
        hidden, dtype = matched_width(features), check_dtype(dtype, "SwiGLU")
        streams = generator(rng).spawn(3)
        shapes = (features, hidden), (features, hidden), (hidden, features)
        names = ("w_gate", "w_value", "w_out")
        self.params = {
            name: lecun_normal(*shape, rng=stream).astype(dtype)
            for name, shape, stream in zip(names, shapes, streams, strict=True)
        }
        self.grads = {}

    def forward(self, x):
        """Map tokens x (N, T, D) to y (N, T, D)."""
        w_gate, w_value, w_out = self.params.values()
        check_sequence("SwiGLU", x, len(w_gate))
        self.rows = floats(x, w_out.dtype).reshape(-1, len(w_gate))
        self.gated = swiglu(self.rows, w_gate, w_value)
        return (self.gated @ w_out).reshape(x.shape)

    def backward(self, dy):
        """Take dy = dL/dy, keep dL/dw in ``grads``, return dL/dx."""
        w_gate, w_value, w_out = self.params.values()
        rows = dy.reshape(self.rows.shape)
        dx, dgate, dvalue = d_swiglu(self.rows, w_gate, w_value, rows @ w_out.T)
        self.grads = {"w_gate": dgate, "w_value": dvalue, "w_out": self.gated.T @ rows}
        return dx.reshape(dy.shape)


class Block:
    """x ← x + attention(norm(x)), then x ← x + SwiGLU(norm(x)), both norms RMSNorm.

    Shapes: x and y (N, T, D). ``params`` and ``grads`` have the names of the parts:
    "norm1.gamma", "attention.w_query", ..., "norm2.gamma", "swiglu.w_gate", ...

    Source: Ruibin Xiong et al. (2020), figure 1b, with RMSNorm and SwiGLU as in Hugo
    Touvron et al. (2023), section 2.2.
    """

    def __init__(self, features, *, heads, rng, causal=False, dtype="float64"):
        streams = generator(rng).spawn(2)
        self.norm1 = RMSNorm(features, dtype=dtype)
        self.attention = MultiHeadAttention(
            features, heads=heads, rng=streams[0], causal=causal, dtype=dtype
        )
        self.norm2 = RMSNorm(features, dtype=dtype)
        self.swiglu = SwiGLU(features, rng=streams[1], dtype=dtype)
        self.params, self.grads = _collect(self._parts(), "params"), {}

    def forward(self, x):
        """Map tokens x (N, T, D) to y (N, T, D)."""
        x = x + self.attention.forward(_on_rows(self.norm1.forward, x))
        return x + self.swiglu.forward(_on_rows(self.norm2.forward, x))

    def backward(self, dy):
        """Take dy = dL/dy, keep all gradients in ``grads``, return dL/dx."""
        dx = dy + _on_rows(self.norm2.backward, self.swiglu.backward(dy))
        dx = dx + _on_rows(self.norm1.backward, self.attention.backward(dx))
        self.grads = _collect(self._parts(), "grads")
        return dx

    def _parts(self):
        return {
            "norm1": self.norm1,
            "attention": self.attention,
            "norm2": self.norm2,
            "swiglu": self.swiglu,
        }


class LanguageModel:
    """Guess the next token at every place: tokens, places, blocks, norm, logits.

    x = embedding[token] + places[t], then ``blocks`` causal blocks, then RMSNorm and
    logits = x w. ``forward`` takes tokens (N, T), T at most ``context``, and gives one
    row of logits for every place, (N T, V), in the order of ``tokens.reshape(-1)``: so
    losses, optimisers and ``descend`` fit with targets (N T,). ``deltas`` holds
    dL/dlogits.

    Source: Alec Radford et al. (2018), section 3.1, with the block of ``Block``.
    """

    def __init__(
        self, vocabulary, *, context, features, heads, blocks, rng, dtype="float64"
    ):
        for what, size in (("vocabulary", vocabulary), ("context", context)):
            check_count("LanguageModel", what, size)
        check_count("LanguageModel", "blocks", blocks)
        streams = generator(rng).spawn(3 + blocks)
        self.embedding = _table(vocabulary, features, streams[0], dtype)
        self.places = _table(context, features, streams[1], dtype)
        how = {"heads": heads, "causal": True, "dtype": dtype}
        self.blocks = [Block(features, rng=rng, **how) for rng in streams[3:]]
        self.norm = RMSNorm(features, dtype=dtype)
        self.w = _table(features, vocabulary, streams[2], dtype)
        self.params, self.grads, self.deltas = self._parameters(), {}, []

    def forward(self, tokens):
        """Map tokens (N, T) to logits (N T, V), row by row for each place."""
        check_tokens("LanguageModel", tokens, len(self.embedding), len(self.places))
        self.tokens = tokens
        x = self.embedding[tokens] + self.places[: tokens.shape[1]]
        for block in self.blocks:
            x = block.forward(x)
        self.rows = self.norm.forward(x.reshape(-1, x.shape[-1]))
        return self.rows @ self.w

    def backward(self, dlogits):
        """Take dL/dlogits; keep all gradients in ``grads`` and ``deltas``."""
        self.deltas = [dlogits]
        self.grads = {"w": self.rows.T @ dlogits}
        n, steps = self.tokens.shape
        dx = self.norm.backward(dlogits @ self.w.T).reshape(n, steps, -1)
        for block in self.blocks[::-1]:
            dx = block.backward(dx)
        picked = np.eye(len(self.embedding), dtype=dx.dtype)[self.tokens.reshape(-1)]
        dplaces = np.zeros_like(self.places)
        dplaces[:steps] = dx.sum(axis=0)
        self.grads["embedding"] = picked.T @ dx.reshape(n * steps, -1)
        self.grads["places"] = dplaces
        self.grads.update(_collect(self._parts(), "grads"))

    def _parts(self):
        named = {f"{number}": block for number, block in enumerate(self.blocks)}
        return named | {"norm": self.norm}

    def _parameters(self):
        own = {"w": self.w, "embedding": self.embedding, "places": self.places}
        return own | _collect(self._parts(), "params")


def sample(model, prompt, count, *, rng, temperature=1.0):
    """Let a language model go on from a prompt; return all its tokens (T + count,).

    Each next token is drawn from softmax(logits / temperature) of the last place. The
    model sees at most the latest ``context`` tokens. ``prompt`` holds whole numbers
    (T,), one or more; a temperature of 0 or below is a ValueError.
    """
    check_positive("sample", "temperature", temperature)
    generator(rng)
    context, found = len(model.places), list(prompt)
    for _ in range(count):
        logits = model.forward(np.array([found[-context:]]))[-1]
        probs = softmax(logits, temperature=temperature)
        found.append(int(rng.choice(len(probs), p=probs / probs.sum())))
    return np.array(found)


def _table(rows, columns, rng, dtype):
    """Draw a table of small numbers."""
    return normal(rows, columns, rng=rng, std=0.1).astype(check_dtype(dtype))


def _on_rows(way, x):
    """Let a norm see each token as one row (N T, D)."""
    return way(x.reshape(-1, x.shape[-1])).reshape(x.shape)


def _collect(parts, kind):
    """Name the arrays of all parts: "norm1.gamma", "attention.w_query", ..."""
    return {
        f"{part}.{name}": array
        for part, layer in parts.items()
        for name, array in getattr(layer, kind).items()
    }
