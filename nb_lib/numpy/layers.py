"""Layers as pairs: ``forward`` keeps what ``backward`` will need."""

import numpy as np

from nb_lib.numpy._checks import check_features
from nb_lib.numpy._floats import floats
from nb_lib.numpy._settings import pick
from nb_lib.numpy.activations import ACTIVATIONS, DERIVATIVES
from nb_lib.numpy.init import he_normal


class Linear:
    """Affine map y = x @ w + b, or y = x @ w with ``bias=False``.

    Shapes: x (N, fan_in), w (fan_in, fan_out), b (fan_out,), y (N, fan_out).
    ``init`` draws w, a function as in ``nb_lib.numpy.init``; b starts at 0. An x of
    another shape is a ValueError.
    """

    def __init__(self, fan_in, fan_out, *, rng, init=he_normal, bias=True):
        w = init(fan_in, fan_out, rng=rng)
        self.params = {"w": w}
        if bias:
            self.params["b"] = np.zeros(fan_out, w.dtype)
        self.grads = {}

    def forward(self, x):
        """Map features x (N, fan_in) to y (N, fan_out)."""
        w = self.params["w"]
        check_features("Linear", x, len(w))
        if x.dtype.kind != "f":
            x = floats(x, w.dtype)
        self.x = x
        y = x @ w
        if "b" in self.params:
            y += self.params["b"]
        return y

    def backward(self, dy, *, needs_dx=True):
        """Take dy = dL/dy, keep dL/dw and dL/db in ``grads``, return dL/dx.

        The first layer of a network asks for no dL/dx: nobody trains the data, and
        with 784 features it would cost as much as dL/dw.
        """
        self.grads = {"w": self.x.T @ dy}
        if "b" in self.params:
            self.grads["b"] = np.ones(len(dy), dy.dtype) @ dy  # faster than dy.sum
        return dy @ self.params["w"].T if needs_dx else None


class Activation:
    """Elementwise y = f(z), f one of ``nb_lib.numpy.activations.ACTIVATIONS``.

    Shapes: z and y alike, any. An unknown name is a ValueError.
    """

    def __init__(self, name):
        self.f = pick(ACTIVATIONS, name, "activation")
        self.derivative = DERIVATIVES[name]
        self.params, self.grads = {}, {}

    def forward(self, z):
        """Map pre-activations z to y = f(z)."""
        self.z = floats(z)
        return self.f(self.z)

    def backward(self, dy):
        """Take dy = dL/dy, return dL/dz = dy ⊙ f'(z)."""
        return dy * self.derivative(self.z)
