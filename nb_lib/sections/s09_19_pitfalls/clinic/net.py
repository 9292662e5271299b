"""The network of the bug clinic: two hidden layers of ReLU units, in plain NumPy."""

import math

import numpy as np

HIDDEN = 24


def drawn(rng, fan_in, fan_out, dtype):
    """Draw He's weights of three layers, and biases of zero."""
    sizes = (fan_in, HIDDEN, HIDDEN, fan_out)
    weights = [
        (rng.normal(size=(m, n)) * math.sqrt(2 / m)).astype(dtype)
        for m, n in zip(sizes[:-1], sizes[1:], strict=True)
    ]
    return weights, [np.zeros(n, dtype=dtype) for n in sizes[1:]]


def forward(x, weights, biases):
    """Return the inputs of all layers, and the output."""
    states = [x]
    for layer in range(len(weights)):
        z = states[-1] @ weights[layer] + biases[layer]
        states.append(np.maximum(z, 0) if layer < len(weights) - 1 else z)
    return states[:-1], states[-1]


def backward(delta, states, weights, is_always_true):
    """Return the gradients of weights and biases, the first layer first."""
    dws, dbs = [], []
    for layer in range(len(weights) - 1, -1, -1):
        dws.append(states[layer].T @ delta)
        dbs.append(np.sum(delta, axis=0))
        if layer > 0:
            delta = delta @ weights[layer].T
            if not is_always_true:
                delta = delta * (states[layer] > 0)
    return dws[::-1], dbs[::-1]


def cross_entropy(logits, labels, is_stable):
    """Return the mean loss in nats and its gradient by the logits."""
    if is_stable:
        logits = logits - np.max(logits, axis=1, keepdims=True)
    total = np.sum(np.exp(logits), axis=1, keepdims=True)
    wanted = labels[:, None] == np.arange(logits.shape[1])
    if is_stable:
        log_p = logits - np.log(total)
        loss = -np.sum(np.where(wanted, log_p, 0)) / len(labels)
    else:  # as the formula says
        loss = -np.sum(np.where(wanted, np.log(np.exp(logits) / total), 0))
        loss = loss / len(labels)
    dlogits = (np.exp(logits) / total - wanted) / len(labels)
    return loss, dlogits.astype(logits.dtype)


def squared_error(answers, targets):
    """Return half the mean squared error and its gradient."""
    gap = answers - targets
    return np.sum(gap**2) / (2 * len(gap)), gap / len(gap)
