"""A multilayer perceptron in sixty lines: forward, backward, descent.

Rows are examples. With h_0 = x, layer l computes z_l = h_(l-1) @ w_l + b_l and
h_l = f(z_l); the last z are the logits. Write δ_l = dL/dz_l. Backpropagation is

    δ_L = (softmax(logits) - y) / N        what the loss wants of the logits
    δ_l = (δ_(l+1) @ w_(l+1)ᵀ) ⊙ f'(z_l)   what each layer passes down
    dL/dw_l = h_(l-1)ᵀ @ δ_l               what its weights are to blame for
    dL/db_l = Σ_rows δ_l                   and its bias

and descent subtracts a little of each gradient. In the code layers count from 0, so
``h[layer]`` is what goes into a layer, the f(z) of the one below.

Source: David Rumelhart, Geoffrey Hinton and Ronald Williams (1986).
"""

import numpy as np

# f(z), and its slope f'(z) as h = f(z) alone gives it
ACTIVATIONS = {
    "tanh": (np.tanh, lambda h: 1 - h * h),
    "relu": (lambda z: np.maximum(z, 0), lambda h: h > 0),
    "leaky_relu": (lambda z: np.maximum(z, 0.01 * z), lambda h: 0.01 + 0.99 * (h > 0)),
    "sigmoid": (lambda z: (1 + np.tanh(z / 2)) / 2, lambda h: h * (1 - h)),
}
# the standard deviation of an initial weight
INITS = {
    "zeros": lambda fan_in, fan_out: 0,
    "normal": lambda fan_in, fan_out: 0.01,
    "xavier_normal": lambda fan_in, fan_out: np.sqrt(2 / (fan_in + fan_out)),
    "he_normal": lambda fan_in, fan_out: np.sqrt(2 / fan_in),
    "standard_normal": lambda fan_in, fan_out: 1,
}


class MLP:
    """Layers of the given sizes, (features, hidden..., classes).

    ``params`` and ``grads`` map "0.w", "0.b", "1.w", ... to arrays; ``deltas`` lists
    dL/dz (N, width) of each layer. An unknown name is a ValueError.
    """

    def __init__(self, sizes, *, rng, activation="tanh", init="xavier_normal"):
        if activation not in ACTIVATIONS or init not in INITS:
            raise ValueError(f"choose among {[*ACTIVATIONS]} and among {[*INITS]}")
        self.f, self.slope = ACTIVATIONS[activation]
        self.depth = len(sizes) - 1
        self.params, self.grads, self.deltas = {}, {}, [None] * self.depth
        for layer in range(self.depth):
            shape = sizes[layer : layer + 2]  # (fan_in, fan_out)
            self.params[f"{layer}.w"] = INITS[init](*shape) * rng.normal(size=shape)
            self.params[f"{layer}.b"] = np.zeros(shape[1])

    def forward(self, x):
        """Map features x (N, sizes[0]) to logits (N, sizes[-1]), keeping every h."""
        self.h = [x]
        for layer in range(self.depth):
            z = self.h[layer] @ self.params[f"{layer}.w"] + self.params[f"{layer}.b"]
            self.h.append(self.f(z) if layer < self.depth - 1 else z)
        return self.h[-1]

    def backward(self, dlogits):
        """Take dL/dlogits; fill ``grads`` and ``deltas``, the last layer first."""
        delta = dlogits
        for layer in reversed(range(self.depth)):
            h = self.h[layer]
            self.deltas[layer] = delta
            self.grads[f"{layer}.w"] = h.T @ delta
            self.grads[f"{layer}.b"] = delta.sum(axis=0)
            if layer > 0:  # nobody trains the data
                delta = (delta @ self.params[f"{layer}.w"].T) * self.slope(h)


def cross_entropy(logits, labels):
    """Mean of -log softmax(logits)[label] in nats, and its gradient (p - y) / N.

    Shapes: logits (N, C), labels (N,) of integers, the gradient (N, C).
    """
    rows = np.arange(len(labels))
    z = logits - 1.0 * logits.max(axis=1, keepdims=True)  # exp never overflows
    p = np.exp(z)
    total = p.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(total[:, 0]) - z[rows, labels])
    p /= total
    p[rows, labels] -= 1
    return loss, p / len(labels)


def fit(model, x, labels, *, rng, lr=0.1, batch_size=32):
    """Descend for ever, one shuffled batch at a time; yield the loss of each batch."""
    while True:
        order = rng.permutation(len(x))
        for rows in np.split(order, range(batch_size, len(x), batch_size)):
            loss, dlogits = cross_entropy(model.forward(x[rows]), labels[rows])
            model.backward(dlogits)
            for name, w in model.params.items():
                w -= lr * model.grads[name]
            yield float(loss)
