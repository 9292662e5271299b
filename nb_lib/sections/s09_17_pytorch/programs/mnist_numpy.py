"""MNIST in NumPy alone, from the four files to the test accuracy.

Above ``main`` stands what PyTorch brings along under the same names. Call it as
``python mnist_numpy.py FOLDER``; the folder holds the four files as idx .gz.
"""

import sys
from gzip import decompress
from pathlib import Path

import numpy as np


def read(path):
    """Unpack one file; 16 bytes of header before images, 8 before labels."""
    return np.frombuffer(decompress(path.read_bytes()), np.uint8)


def load(folder, part):
    """Read images x (N, 784) in [0, 1] and labels (N,), part "train" or "t10k"."""
    images, labels = map(read, sorted(Path(folder).glob(f"{part}-*.gz")))
    x = images[16:].reshape(-1, 784) / np.float32(255)
    return x, labels[8:].astype(np.int64)


def batches(x, labels, size, *, rng):
    """Yield one epoch of shuffled mini-batches."""
    order = rng.permutation(len(x))
    for start in range(0, len(x), size):
        rows = order[start : start + size]
        yield x[rows], labels[rows]


class Linear:
    """Affine map y = x @ w + b, drawn as Kaiming He et al. (2015), equation 10."""

    def __init__(self, fan_in, fan_out, *, rng):
        w = rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))
        self.w, self.b = w.astype(np.float32), np.zeros(fan_out, np.float32)

    def forward(self, x):
        """Map x (N, fan_in) to y (N, fan_out)."""
        self.x = x
        return x @ self.w + self.b

    def backward(self, dy):
        """Keep dL/dw and dL/db, return dL/dx."""
        self.dw, self.db = self.x.T @ dy, dy.sum(axis=0)
        return dy @ self.w.T

    def parameters(self):
        """Pair each parameter with its gradient."""
        return [(self.w, self.dw), (self.b, self.db)]


class ReLU:
    """Rectifier y = max(0, x)."""

    def forward(self, x):
        """Set what is negative to 0."""
        self.is_on = x > 0
        return x * self.is_on

    def backward(self, dy):
        """Let through what belongs to a positive x."""
        return dy * self.is_on

    def parameters(self):
        """Nothing here is learnt."""
        return []


class Sequential:
    """One layer after the other."""

    def __init__(self, *layers):
        self.layers = layers

    def forward(self, x):
        """Go through all layers, first to last."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dy):
        """Go through all layers, last to first."""
        for layer in reversed(self.layers):
            dy = layer.backward(dy)
        return dy

    def parameters(self):
        """Pair the parameters of all layers with their gradients."""
        return [pair for layer in self.layers for pair in layer.parameters()]


def log_softmax(logits):
    """Take the logarithm of the class probabilities, row by row."""
    shifted = logits - logits.max(axis=1, keepdims=True)  # exp never overflows
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def cross_entropy(logits, labels):
    """Mean cross-entropy in nats."""
    return -log_softmax(logits)[np.arange(len(labels)), labels].mean()


def d_cross_entropy(logits, labels):
    """Gradient of the mean cross-entropy: (p - onehot) / N."""
    dlogits = np.exp(log_softmax(logits))
    dlogits[np.arange(len(labels)), labels] -= 1
    return dlogits / len(labels)


class SGD:
    """Gradient descent with momentum, v <- momentum v + g, w <- w - lr v."""

    def __init__(self, model, *, lr, momentum):
        self.model, self.lr, self.momentum = model, lr, momentum
        self.velocities = None

    def step(self):
        """Move every parameter of the model once, in place."""
        pairs = self.model.parameters()
        if self.velocities is None:
            self.velocities = [np.zeros_like(parameter) for parameter, _ in pairs]
        for (parameter, grad), v in zip(pairs, self.velocities, strict=True):
            v *= self.momentum
            v += grad
            parameter -= self.lr * v


def main(folder, *, rng, epochs=2):
    """Train 784-128-64-10; return the share of test images it classifies correctly."""
    wide, narrow = Linear(784, 128, rng=rng), Linear(128, 64, rng=rng)
    model = Sequential(wide, ReLU(), narrow, ReLU(), Linear(64, 10, rng=rng))
    optimiser = SGD(model, lr=0.05, momentum=0.9)
    train_x, train_labels = load(folder, "train")
    for epoch in range(epochs):
        for x, labels in batches(train_x, train_labels, 64, rng=rng):
            logits = model.forward(x)
            loss = cross_entropy(logits, labels)
            model.backward(d_cross_entropy(logits, labels))
            optimiser.step()
        print(f"epoch {epoch + 1}: last batch at {loss:.3f} nats")
    x, labels = load(folder, "t10k")
    return float((model.forward(x).argmax(axis=1) == labels).mean())


if __name__ == "__main__":
    print(f"{main(sys.argv[1], rng=np.random.default_rng(9)):.2%} classified correctly")
