"""The net for the head: two inputs, three ReLU units, one output, one example."""

import numpy as np

X, TARGET = np.array([[2.0, 1.0]]), 3.0
W1, B1 = np.array([[1.0, -1.0, 1.0], [1.0, 1.0, -1.0]]), np.zeros(3)
W2, B2 = np.array([[2.0], [1.0], [-1.0]]), np.zeros(1)


def forward(x=X, w1=W1, b1=B1, w2=W2, b2=B2):
    """Return z1 (N, 3), h1 (N, 3) and z2 (N, 1)."""
    z1 = x @ w1 + b1
    h1 = np.maximum(z1, 0)
    return z1, h1, h1 @ w2 + b2


def loss(x=X, w1=W1, b1=B1, w2=W2, b2=B2):
    """Return half the squared error, as a mean over the examples."""
    return np.mean((forward(x, w1, b1, w2, b2)[2] - TARGET) ** 2) / 2


def slopes():
    """Return the slopes of the loss by name, as a walk back finds them."""
    z1, h1, z2 = forward()
    dz2 = z2 - TARGET
    dz1 = dz2 @ W2.T * (z1 > 0)
    return {
        "z2": dz2,
        "z1": dz1,
        "x": dz1 @ W1.T,
        "w2": h1.T @ dz2,
        "w1": X.T @ dz1,
    }
