"""The multilayer perceptron, put together from layers."""

from itertools import pairwise

from nb_lib.numpy._settings import check_dtype, check_sizes, check_skip, pick
from nb_lib.numpy.init import INITS
from nb_lib.numpy.layers import Activation, Linear
from nb_lib.numpy.norms import BatchNorm, LayerNorm, RMSNorm

NORMS = {"batch": BatchNorm, "layer": LayerNorm, "rms": RMSNorm}


class MLP:
    """z_l = h_(l-1) @ w_l + b_l and h_l = f(z_l), from h_0 = x to the logits z_L.

    ``sizes`` are (features, hidden..., classes), as (784, 128, 64, 10). ``gain``
    multiplies the initial weights. ``params`` and ``grads`` map "0.w", "0.b", "1.w",
    ... to arrays, in the order of the layers; an optimiser updates ``params`` in
    place. ``deltas`` holds dL/dz_l (N, sizes[l]) of every layer after ``backward``.

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
        sizes, dtype = check_sizes(sizes), check_dtype(dtype)
        if skip:
            check_skip(sizes)
        scheme = pick(INITS, init, "init")

        def draw(fan_in, fan_out, *, rng):
            return (gain * scheme(fan_in, fan_out, rng=rng)).astype(dtype)

        how = {"rng": rng, "init": draw, "bias": bias}
        self.linears = [Linear(*pair, **how) for pair in pairwise(sizes)]
        self.activations = [Activation(activation) for _ in self.linears[1:]]
        if norm is not None:
            make = pick(NORMS, norm, "norm")
            norms = (make(width, dtype=dtype) for width in sizes[1:-1])
            self.activations = list(map(_Normed, norms, self.activations))
        self.params = self._collect("params")
        self.grads, self.deltas = {}, []
        self.skip = skip

    def forward(self, x):
        """Map features x (N, sizes[0]) to logits (N, sizes[-1])."""
        z = self.linears[0].forward(x)
        for linear, activation in zip(self.linears[1:], self.activations, strict=True):
            y = linear.forward(activation.forward(z))
            z = z + y if self._skips(linear) else y
        return z

    def backward(self, dlogits):
        """Take dL/dlogits; keep all gradients in ``grads`` and ``deltas``."""
        delta, self.deltas = dlogits, [dlogits]
        pairs = zip(self.linears[1:], self.activations, strict=True)
        for linear, activation in reversed(list(pairs)):
            dz = activation.backward(linear.backward(delta))
            delta = delta + dz if self._skips(linear) else dz
            self.deltas.append(delta)
        self.deltas.reverse()
        self.linears[0].backward(delta, needs_dx=False)
        self.grads = self._collect("grads")

    @property
    def training(self):
        """Whether batch norms, if there are any, take the numbers of the batch."""
        return all(getattr(norm, "training", True) for norm in self._norms())

    @training.setter
    def training(self, is_training):
        for norm in self._norms():
            norm.training = is_training

    def _norms(self):
        return [layer.norm for layer in self.activations if isinstance(layer, _Normed)]

    def _skips(self, linear):
        """Whether a later linear layer adds what came before its activation."""
        return self.skip and linear is not self.linears[-1]

    def _collect(self, kind):
        """Number the arrays of all layers: "0.w", "0.b", "1.w", ..."""
        return {
            f"{number}.{name}": array
            for layers in (self.linears, self.activations)
            for number, layer in enumerate(layers)
            for name, array in getattr(layer, kind).items()
        }


class _Normed:
    """h = f(norm(z)), a norm and an activation in one; γ and β are its parameters."""

    def __init__(self, norm, activation):
        self.norm, self.activation = norm, activation
        self.params, self.grads = norm.params, {}

    def forward(self, z):
        return self.activation.forward(self.norm.forward(z))

    def backward(self, dh):
        dz = self.norm.backward(self.activation.backward(dh))
        self.grads = self.norm.grads
        return dz


def count_parameters(model):
    """Count the numbers that training may change: (fan_in + 1) fan_out a layer."""
    return sum(array.size for array in model.params.values())
