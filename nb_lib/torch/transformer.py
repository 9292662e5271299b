"""A small Transformer: blocks of attention and SwiGLU, and a language model of them.

Every part reads tokens x (N, T, D), N sequences of T tokens. In one's own work:
``torch.nn.TransformerEncoderLayer`` with ``norm_first=True``, which has two biases, a
layer norm and no gate where we have RMSNorm and SwiGLU. Impossible sizes and shapes are
a ValueError.
"""

import numpy as np
import torch
from torch import nn

from nb_lib.data._checks import generator
from nb_lib.numpy._sequences import check_sequence, check_tokens
from nb_lib.numpy._settings import check_count, check_dtype, check_positive
from nb_lib.torch._floats import floats
from nb_lib.torch.activations import softmax
from nb_lib.torch.attention import MultiHeadAttention
from nb_lib.torch.gated import gated_feed_forward, matched_width
from nb_lib.torch.init import lecun_normal, normal
from nb_lib.torch.norms import RMSNorm


class SwiGLU(nn.Module):
    """y = (SiLU(x w_gate) ⊙ (x w_value)) w_out, on each token alone.

    Shapes: x and y (N, T, D), w_gate and w_value (D, H), w_out (H, D). H is the least
    whole number that is not below 8D/3, see ``matched_width``.

    Source: Noam Shazeer (2020), equation 6.
    """

    def __init__(self, features, *, rng, dtype="float64"):
        super().__init__()
        check_count("SwiGLU", "features", features)
        hidden = matched_width(features)
        dtype = getattr(torch, check_dtype(dtype, "SwiGLU"))
        shapes = (features, hidden), (features, hidden), (hidden, features)
        names, streams = ("w_gate", "w_value", "w_out"), generator(rng).spawn(3)
        for name, shape, stream in zip(names, shapes, streams, strict=True):
            w = lecun_normal(*shape, rng=stream).to(dtype)
            self.register_parameter(name, nn.Parameter(w))

    def forward(self, x):
        """Map tokens x (N, T, D) to y (N, T, D)."""
        check_sequence("SwiGLU", x, len(self.w_gate))
        x = floats(x, self.w_out.dtype)
        return gated_feed_forward(x, self.w_gate, self.w_value, self.w_out)


class Block(nn.Module):
    """x ← x + attention(norm(x)), then x ← x + SwiGLU(norm(x)), both norms RMSNorm.

    Shapes: x and y (N, T, D). ``params`` have the names of the parts: "norm1.gamma",
    "attention.w_query", ..., "norm2.gamma", "swiglu.w_gate", ...

    Source: Ruibin Xiong et al. (2020), figure 1b, with RMSNorm and SwiGLU as in Hugo
    Touvron et al. (2023), section 2.2.
    """

    def __init__(self, features, *, heads, rng, causal=False, dtype="float64"):
        super().__init__()
        streams = generator(rng).spawn(2)
        self.norm1 = RMSNorm(features, dtype=dtype)
        self.attention = MultiHeadAttention(
            features, heads=heads, rng=streams[0], causal=causal, dtype=dtype
        )
        self.norm2 = RMSNorm(features, dtype=dtype)
        self.swiglu = SwiGLU(features, rng=streams[1], dtype=dtype)

    @property
    def params(self):
        """Parameters by the names that the NumPy twin gives them."""
        return dict(self.named_parameters())

    def forward(self, x):
        """Map tokens x (N, T, D) to y (N, T, D)."""
        x = x + self.attention(_on_rows(self.norm1, x))
        return x + self.swiglu(_on_rows(self.norm2, x))


class LanguageModel(nn.Module):
    """Guess the next token at every place: tokens, places, blocks, norm, logits.

    x = embedding[token] + places[t], then ``blocks`` causal blocks, then RMSNorm and
    logits = x w. ``forward`` takes tokens (N, T), T at most ``context``, and gives one
    row of logits for every place, (N T, V), in the order of ``tokens.reshape(-1)``: so
    losses, optimisers and ``descend`` fit with targets (N T,).

    Source: Alec Radford et al. (2018), section 3.1, with the block of ``Block``.
    """

    def __init__(
        self, vocabulary, *, context, features, heads, blocks, rng, dtype="float64"
    ):
        super().__init__()
        for what, size in (("vocabulary", vocabulary), ("context", context)):
            check_count("LanguageModel", what, size)
        check_count("LanguageModel", "blocks", blocks)
        streams = generator(rng).spawn(3 + blocks)
        self.embedding = _table(vocabulary, features, streams[0], dtype)
        self.places = _table(context, features, streams[1], dtype)
        how = {"heads": heads, "causal": True, "dtype": dtype}
        blocks = (Block(features, rng=rng, **how) for rng in streams[3:])
        self.blocks = nn.ModuleList(blocks)
        self.norm = RMSNorm(features, dtype=dtype)
        self.w = _table(features, vocabulary, streams[2], dtype)

    @property
    def params(self):
        """Parameters by the names that the NumPy twin gives them."""
        own = {"w": self.w, "embedding": self.embedding, "places": self.places}
        for number, block in enumerate(self.blocks):
            own |= {f"{number}.{name}": held for name, held in block.params.items()}
        return own | {"norm.gamma": self.norm.gamma}

    def forward(self, tokens):
        """Map tokens (N, T) to logits (N T, V), row by row for each place."""
        check_tokens("LanguageModel", tokens, len(self.embedding), len(self.places))
        picked = self.embedding[tokens.long()]  # as bytes they would be a mask
        x = picked + self.places[: tokens.shape[1]]
        for block in self.blocks:
            x = block(x)
        return self.norm(x.reshape(-1, x.shape[-1])) @ self.w


@torch.no_grad()
def sample(model, prompt, count, *, rng, temperature=1.0):
    """Let a language model go on from a prompt; return all its tokens (T + count,).

    Each next token is drawn from softmax(logits / temperature) of the last place. The
    model sees at most the latest ``context`` tokens. ``prompt`` holds whole numbers
    (T,), one or more; a temperature of 0 or below is a ValueError.
    """
    check_positive("sample", "temperature", temperature)
    generator(rng)
    context, found = len(model.places), np.asarray(prompt).tolist()
    for _ in range(count):
        logits = model(torch.tensor([found[-context:]]))[-1]
        probs = softmax(logits, temperature=temperature).numpy()
        found.append(int(rng.choice(len(probs), p=probs / probs.sum())))
    return torch.tensor(found)


def _table(rows, columns, rng, dtype):
    """Draw a table of small numbers."""
    dtype = getattr(torch, check_dtype(dtype))
    return nn.Parameter(normal(rows, columns, rng=rng, std=0.1).to(dtype))


def _on_rows(norm, x):
    """Let a norm see each token as one row (N T, D)."""
    return norm(x.reshape(-1, x.shape[-1])).reshape(x.shape)
