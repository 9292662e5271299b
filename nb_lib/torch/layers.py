"""Layers as modules: ``forward`` is all they need, autograd walks back.

In one's own work: ``torch.nn.Linear`` (its weight is the transpose of ours,
(fan_out, fan_in)) and ``torch.nn.ReLU``, ``torch.nn.Tanh``, ...
"""

import torch
from torch import nn

from nb_lib.numpy._checks import check_features
from nb_lib.numpy._settings import pick
from nb_lib.torch._floats import floats
from nb_lib.torch.activations import ACTIVATIONS
from nb_lib.torch.init import he_normal


class Linear(nn.Module):
    """Affine map y = x @ w + b, or y = x @ w with ``bias=False``.

    Shapes: x (N, fan_in), w (fan_in, fan_out), b (fan_out,), y (N, fan_out).
    ``init`` draws w, a function as in ``nb_lib.torch.init``; b starts at 0. An x of
    another shape is a ValueError.
    """

    def __init__(self, fan_in, fan_out, *, rng, init=he_normal, bias=True):
        super().__init__()
        w = init(fan_in, fan_out, rng=rng)
        self.w = nn.Parameter(w)
        self.b = nn.Parameter(torch.zeros(fan_out, dtype=w.dtype)) if bias else None

    def forward(self, x):
        """Map features x (N, fan_in) to y (N, fan_out)."""
        check_features("Linear", x, len(self.w))
        y = floats(x, self.w.dtype) @ self.w
        return y + self.b if self.b is not None else y


class Activation(nn.Module):
    """Elementwise y = f(z), f one of ``nb_lib.torch.activations.ACTIVATIONS``.

    Shapes: z and y alike, any. An unknown name is a ValueError.
    """

    def __init__(self, name):
        super().__init__()
        self.f = pick(ACTIVATIONS, name, "activation")

    def forward(self, z):
        """Map pre-activations z to y = f(z)."""
        return self.f(floats(z))
