"""The multilayer perceptron, put together from modules."""

from itertools import pairwise

import torch
from torch import nn

from nb_lib.numpy._settings import check_dtype, check_sizes, check_skip, pick
from nb_lib.torch.init import INITS
from nb_lib.torch.layers import Activation, Linear
from nb_lib.torch.norms import BatchNorm, LayerNorm, RMSNorm

NORMS = {"batch": BatchNorm, "layer": LayerNorm, "rms": RMSNorm}


class MLP(nn.Module):
    """z_l = h_(l-1) @ w_l + b_l and h_l = f(z_l), from h_0 = x to the logits z_L.

    ``sizes`` are (features, hidden..., classes), as (784, 128, 64, 10). ``gain``
    multiplies the initial weights. ``params`` maps "0.w", "0.b", "1.w", ... to the
    parameters, in the order of the layers.

    With ``skip`` hidden layers from the second on add what came before the activation:
    z_l = z_(l-1) + h_(l-1) @ w_l + b_l. They must then have one width. With a ``norm``,
    "batch", "layer" or "rms", the activation gets normalised inputs, f(norm(z_l)), and
    "0.gamma", "0.beta", ... join the parameters. With ``bias=False`` no b is added.

    Impossible sizes or an unknown name of ``activation``, ``init``, ``norm`` or
    ``dtype`` are a ValueError.
    """

    def __init__(
        self,
        sizes,
        *,
        rng,
        activation="relu",
        init="he_normal",
        gain=1.0,
        dtype="float64",
        skip=False,
        norm=None,
        bias=True,
    ):
        super().__init__()
        sizes, dtype = check_sizes(sizes), check_dtype(dtype)
        if skip:
            check_skip(sizes)
        scheme = pick(INITS, init, "init")

        def draw(fan_in, fan_out, *, rng):
            return (gain * scheme(fan_in, fan_out, rng=rng)).to(getattr(torch, dtype))

        how = {"rng": rng, "init": draw, "bias": bias}
        linears = (Linear(*pair, **how) for pair in pairwise(sizes))
        self.linears = nn.ModuleList(linears)
        self.activation = Activation(activation)
        if norm is None:
            norms = (nn.Identity() for _ in sizes[1:-1])
        else:
            make = pick(NORMS, norm, "norm")
            norms = (make(width, dtype=dtype) for width in sizes[1:-1])
        self.norms = nn.ModuleList(norms)
        self.skip = skip

    @property
    def params(self):
        """Parameters by the names that the NumPy twin gives them."""
        parts = self.linears, self.norms
        return {name: p for part in parts for name, p in part.named_parameters()}

    def forward(self, x):
        """Map features x (N, sizes[0]) to logits (N, sizes[-1])."""
        z = self.linears[0](x)
        for norm, linear in zip(self.norms, self.linears[1:], strict=True):
            y = linear(self.activation(norm(z)))
            z = z + y if self.skip and linear is not self.linears[-1] else y
        return z


def count_parameters(model):
    """Count the numbers that training may change: (fan_in + 1) fan_out a layer."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
