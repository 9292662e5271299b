"""A multilayer perceptron in sixty lines: section 9.8, one equation a line.

Rows are examples. A layer has weights w (fan_in, fan_out) and biases b (fan_out,). Its
input h is (N, fan_in), its z and δ = dL/dz are (N, fan_out). The equations count the
layers from 1 to L and Python counts from 0, so ``h[layer]`` is what goes into a layer.

Source: David Rumelhart, Geoffrey Hinton and Ronald Williams (1986).
"""

from itertools import pairwise

import numpy as np

from nb_lib.numpy._settings import pick
from nb_lib.numpy.activations import ACTIVATIONS, SLOPES
from nb_lib.numpy.init import xavier_normal


class MLP:
    """Layers of the given sizes, (features, hidden..., classes).

    ``init`` draws the weights, a function as in ``nb_lib.numpy.init``. The lists ``w``
    and ``b`` hold the parameters, and ``backward`` fills ``dw``, ``db`` and ``deltas``,
    the first layer first. An unknown name of an activation is a ValueError.
    """

    def __init__(self, sizes, *, rng, activation="tanh", init=xavier_normal):
        self.slope = pick(SLOPES, activation, "activation")
        self.f = ACTIVATIONS[activation]
        self.w = [init(*fans, rng=rng) for fans in pairwise(sizes)]
        self.b = [np.zeros(fan_out) for fan_out in sizes[1:]]
        self.dw = [None] * len(self.w)
        self.db = [None] * len(self.w)
        self.deltas = [None] * len(self.w)

    def forward(self, x):
        """Map features x (N, sizes[0]) to logits (N, sizes[-1]), and keep every h."""
        h, self.h = x, []
        for w, b in zip(self.w, self.b, strict=True):
            self.h.append(h)
            z = h @ w + b  # Eq. (9.8.1)
            h = self.f(z)  # Eq. (9.8.2), not used after the last z
        return z  # the last layer has no activation

    def backward(self, delta):
        """Take δ of the last layer, dL/dlogits, and walk back to the first."""
        for layer in reversed(range(len(self.w))):
            w, h = self.w[layer], self.h[layer]
            self.deltas[layer] = delta
            self.dw[layer] = h.T @ delta  # Eq. (9.8.7)
            self.db[layer] = delta.sum(axis=0)  # Eq. (9.8.8)
            if layer > 0:  # below the first layer there is nothing to train
                delta = (delta @ w.T) * self.slope(h)  # Eq. (9.8.9)


def cross_entropy(logits, labels):
    """Return the mean of -log p[label] in nats, and its slope along the logits.

    Shapes: logits (N, C), labels (N,) of integers, the slope (N, C).
    """
    y = np.eye(logits.shape[1], dtype=logits.dtype)[labels]  # one-hot rows
    z = logits - logits.max(axis=1, keepdims=True)  # so that exp never overflows
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))  # Eq. (9.8.3)
    loss = -np.sum(y * log_p) / len(y)  # Eq. (9.8.4)
    return loss, (np.exp(log_p) - y) / len(y)  # Eq. (9.8.6)


def fit(model, x, labels, *, rng, lr=0.1, momentum=0.0, batch_size=32):
    """Descend for ever, one shuffled batch at a time; yield the loss of each batch."""
    params = model.w + model.b
    velocity = [np.zeros_like(q) for q in params]
    while True:
        order = rng.permutation(len(x))
        for rows in np.split(order, range(batch_size, len(x), batch_size)):
            loss, delta = cross_entropy(model.forward(x[rows]), labels[rows])
            model.backward(delta)
            for q, v, dq in zip(params, velocity, model.dw + model.db, strict=True):
                v *= momentum
                v += dq  # Eq. (9.8.11)
                q -= lr * v  # Eq. (9.8.12)
            yield float(loss)
