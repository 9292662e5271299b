"""A multilayer perceptron with norms, as a plain stack or in residual blocks."""

from itertools import pairwise

import torch
from torch import nn

from nb_lib.numpy._settings import check_dtype, check_sizes, check_skip, pick
from nb_lib.torch import norms
from nb_lib.torch.init import INITS
from nb_lib.torch.layers import Activation, Linear

NORMS = {
    "none": None,
    "batch": norms.BatchNorm,
    "layer": norms.LayerNorm,
    "rms": norms.RMSNorm,
}
PLACES = {"plain": "no skip", "pre": "on the branch", "post": "behind the sum"}


class NormedMLP(nn.Module):
    """Map x to logits through hidden layers with a norm each, from z_1 = x @ w_1 + b_1.

    ``place`` says where the norm is, with F_l(u) = f(u) @ w_l + b_l:

    - "plain": z_l = F_l(norm(z_(l-1))), a stack without skip connections;
    - "pre": z_l = z_(l-1) + F_l(norm(z_(l-1))), the norm on the branch;
    - "post": z_l = norm(z_(l-1) + F_l(z_(l-1))), the norm behind the sum, and behind
      the first layer too.

    The logits are F_L of the last z, normalised first where the norm is not behind it.
    ``norm`` is "none", "batch", "layer" or "rms". ``train()`` and ``eval()`` are those
    of every module. ``params`` maps "0.w", "0.b", "0.gamma", "0.beta", "1.w", ... to
    the parameters. With "pre" and "post" the hidden layers must have one width. What is
    impossible is a ValueError.

    Sources: Kaiming He et al. (2016), figure 4e (pre); Ruibin Xiong et al. (2020).
    """

    def __init__(
        self,
        sizes,
        *,
        rng,
        norm="batch",
        place="plain",
        activation="relu",
        init="he_normal",
        gain=1.0,
        dtype="float64",
    ):
        super().__init__()
        sizes, dtype = check_sizes(sizes), check_dtype(dtype)
        make, scheme = pick(NORMS, norm, "norm"), pick(INITS, init, "init")
        pick(PLACES, place, "place")
        if place != "plain":
            check_skip(sizes)

        def draw(fan_in, fan_out, *, rng):
            return (gain * scheme(fan_in, fan_out, rng=rng)).to(getattr(torch, dtype))

        linears = (Linear(*pair, rng=rng, init=draw) for pair in pairwise(sizes))
        self.linears = nn.ModuleList(linears)
        made = (make(size, dtype=dtype) for size in sizes[1:-1]) if make else ()
        self.norms = nn.ModuleList(made)
        self.activation, self.place = Activation(activation), place

    @property
    def params(self):
        """Parameters by the names that the NumPy twin gives them."""
        found = {}
        for number, linear in enumerate(self.linears):
            for layer in (linear, *self.norms[number : number + 1]):
                held = layer.named_parameters()
                found |= {f"{number}.{name}": tensor for name, tensor in held}
        return found

    def forward(self, x):
        """Map features x (N, sizes[0]) to logits (N, sizes[-1])."""
        first, *others = self.linears
        z = self._behind(first(x), 0)
        for layer, linear in enumerate(others):
            y = linear(self.activation(self._ahead(z, layer)))
            has_skip = self.place != "plain" and linear is not self.linears[-1]
            z = self._behind(z + y if has_skip else y, layer + 1)
        return z

    def _ahead(self, z, layer):
        """Normalise what the branch is given, unless that was done behind the sum."""
        return self.norms[layer](z) if self._is(layer, ("plain", "pre")) else z

    def _behind(self, z, layer):
        """Normalise the sum with "post"; the logits have no norm."""
        return self.norms[layer](z) if self._is(layer, ("post",)) else z

    def _is(self, layer, places):
        return layer < len(self.norms) and self.place in places
