"""A multilayer perceptron with norms, as a plain stack or in residual blocks."""

from itertools import pairwise

from nb_lib.numpy import norms
from nb_lib.numpy._settings import check_dtype, check_sizes, check_skip, pick
from nb_lib.numpy.init import INITS
from nb_lib.numpy.layers import Activation, Linear

NORMS = {
    "none": None,
    "batch": norms.BatchNorm,
    "layer": norms.LayerNorm,
    "rms": norms.RMSNorm,
}
PLACES = {"plain": "no skip", "pre": "on the branch", "post": "behind the sum"}


class NormedMLP:
    """Map x to logits through hidden layers with a norm each, from z_1 = x @ w_1 + b_1.

    ``place`` says where the norm is, with F_l(u) = f(u) @ w_l + b_l:

    - "plain": z_l = F_l(norm(z_(l-1))), a stack without skip connections;
    - "pre": z_l = z_(l-1) + F_l(norm(z_(l-1))), the norm on the branch;
    - "post": z_l = norm(z_(l-1) + F_l(z_(l-1))), the norm behind the sum, and behind
      the first layer too.

    The logits are F_L of the last z, normalised first where the norm is not behind it.
    ``norm`` is "none", "batch", "layer" or "rms". ``training``, True at first, is that
    of all batch norms. ``params`` and ``grads`` map "0.w", "0.b", "0.gamma", "0.beta",
    "1.w", ... to arrays; ``deltas`` holds dL/dz_l (N, sizes[l]) of every layer, before
    its norm where that is behind the sum. With "pre" and "post" the hidden
    layers must have one width. What is impossible is a ValueError.

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
        sizes, dtype = check_sizes(sizes), check_dtype(dtype)
        make, scheme = pick(NORMS, norm, "norm"), pick(INITS, init, "init")
        pick(PLACES, place, "place")
        if place != "plain":
            check_skip(sizes)

        def draw(fan_in, fan_out, *, rng):
            return (gain * scheme(fan_in, fan_out, rng=rng)).astype(dtype)

        self.linears = [Linear(*pair, rng=rng, init=draw) for pair in pairwise(sizes)]
        hidden = sizes[1:-1]
        self.norms = [make(size, dtype=dtype) for size in hidden] if make else []
        self.activations = [Activation(activation) for _ in hidden]
        self.place, self.grads, self.deltas = place, {}, []
        self.params = self._collect("params")

    @property
    def training(self):
        """Whether batch norms take the statistics of the batch."""
        return getattr(self, "_training", True)

    @training.setter
    def training(self, mode):
        self._training = mode
        for norm in self.norms:
            norm.training = mode

    def forward(self, x):
        """Map features x (N, sizes[0]) to logits (N, sizes[-1])."""
        first, *others = self.linears
        z = self._behind(first.forward(x), 0)
        for layer, linear in enumerate(others):
            y = linear.forward(self.activations[layer].forward(self._ahead(z, layer)))
            z = self._behind(z + y if self._skips(linear) else y, layer + 1)
        return z

    def backward(self, dlogits):
        """Take dL/dlogits; keep all gradients in ``grads`` and ``deltas``."""
        delta, self.deltas = dlogits, [dlogits]
        for layer in reversed(range(len(self.activations))):
            linear = self.linears[layer + 1]
            branch = self.activations[layer].backward(linear.backward(delta))
            if self.norms and self.place != "post":
                branch = self.norms[layer].backward(branch)
            delta = delta + branch if self._skips(linear) else branch
            if self.norms and self.place == "post":
                delta = self.norms[layer].backward(delta)
            self.deltas.append(delta)
        self.deltas.reverse()
        self.linears[0].backward(delta, needs_dx=False)
        self.grads = self._collect("grads")

    def _ahead(self, z, layer):
        """Normalise what the branch is given, unless that was done behind the sum."""
        return self.norms[layer].forward(z) if self._is(layer, ("plain", "pre")) else z

    def _behind(self, z, layer):
        """Normalise the sum with "post"; the logits have no norm."""
        return self.norms[layer].forward(z) if self._is(layer, ("post",)) else z

    def _is(self, layer, places):
        return layer < len(self.norms) and self.place in places

    def _skips(self, linear):
        """Whether a layer has a skip connection: hidden ones but the first."""
        return self.place != "plain" and linear is not self.linears[-1]

    def _collect(self, kind):
        """Number the arrays of all layers: "0.w", "0.b", "0.gamma", ..., "1.w", ..."""
        found = {}
        for number, linear in enumerate(self.linears):
            for layer in (linear, *self.norms[number : number + 1]):
                held = getattr(layer, kind)
                found |= {f"{number}.{name}": array for name, array in held.items()}
        return found
