"""Exercises of 9.16, MNIST from scratch.

9.16.1  ``count(sizes)`` -> the number of weights and biases of an MLP of these sizes,
        e.g. (784, 128, 64, 10).
9.16.2  ``numerical_gradient(loss, w, indices, h)`` -> dL/dw at the given (row, column)
        pairs by central differences, shape (len(indices),); ``loss(w)`` is a number.
9.16.3  ``settings``, a dict with any of hidden (a tuple of widths), activation, init,
        lr, momentum, batch, epochs (1-20), with at most 40,000 parameters: at least
        97 % of the test images where the full MNIST is there, at least 92 % on the
        shipped subset, which has fifteen times fewer to learn from.
9.16.4  ``most_confident_errors(probs, labels)`` -> the row numbers of the five wrong
        predictions in which the predicted class has the highest probability, the
        highest first. Shapes: probs (N, C), labels (N,).
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_16_mnist.errors import (
    SLIPS,
    error_cases,
    most_confident_errors,
    without_luck,
)
from nb_lib.sections.s09_16_mnist.mnist_judge import judge_mnist


def count(sizes):
    """Count weights and biases with the library's own network."""
    from nb_lib.numpy.models import MLP, count_parameters

    return count_parameters(MLP(sizes, rng=np.random.default_rng(0), init="zeros"))


def _without_biases(sizes):
    return sum(m * n for m, n in zip(sizes, sizes[1:], strict=False))


def _biases_of_fan_in(sizes):
    return sum(m * n + m for m, n in zip(sizes, sizes[1:], strict=False))


def _one_bias_a_layer(sizes):
    return sum(m * n + 1 for m, n in zip(sizes, sizes[1:], strict=False))


def numerical_gradient(loss, w, indices, h):
    """Give (L(w + h) - L(w - h)) / 2h for each index."""
    slopes = []
    for index in indices:
        up, down = w.copy(), w.copy()
        up[index] += h
        down[index] -= h
        slopes.append((loss(up) - loss(down)) / (2 * h))
    return np.array(slopes)


def _forward_difference(loss, w, indices, h):
    slopes = []
    for index in indices:
        up = w.copy()
        up[index] += h
        slopes.append((loss(up) - loss(w)) / h)
    return np.array(slopes)


def _never_put_back(loss, w, indices, h):
    w, slopes = w.copy(), []
    for index in indices:
        w[index] += h
        up = loss(w)
        w[index] -= 2 * h
        slopes.append((up - loss(w)) / (2 * h))
    return np.array(slopes)


def _once_back(loss, w, indices, h):
    w, slopes = w.copy(), []
    for index in indices:
        w[index] += h
        up = loss(w)
        w[index] -= h
        slopes.append((up - loss(w)) / (2 * h))
    return np.array(slopes)


def gradient_cases():
    """Give the loss as a function of a layer's weights, and 50 random weights."""
    for layer in (0, 1):
        loss, w, rng, _ = small_network(layer)
        indices = [tuple(int(i) for i in rng.integers(w.shape)) for _ in range(50)]
        yield loss, w, indices, 1e-3


def small_network(layer):
    """Build a tanh network; give its loss as a function of one weight matrix.

    Returns loss, w, rng and the gradient that the library's backward finds.
    """
    from nb_lib.numpy.losses import cross_entropy, d_cross_entropy
    from nb_lib.numpy.models import MLP

    rng = np.random.default_rng(162)
    model = MLP((6, 5, 3), rng=rng, activation="tanh", init="xavier_normal")
    x, labels = rng.normal(size=(8, 6)), rng.integers(3, size=8)
    live = model.params[f"{layer}.w"]
    start = live.copy()

    def loss(w):
        live[:] = w
        return float(cross_entropy(model.forward(x), labels))

    model.backward(d_cross_entropy(model.forward(x), labels))
    return loss, start, rng, model.grads[f"{layer}.w"].copy()


EXERCISES = (
    Exercise(
        "9.16.1",
        "Count the parameters",
        count,
        lambda: [((784, 128, 64, 10),), ((784, 10),), ((2, 3, 5, 7),)],
        slips={
            "the biases are missing: one for each unit that is fed": _without_biases,
            "a bias belongs to each unit that is fed, not to each that feeds": (
                _biases_of_fan_in
            ),
            "one bias a layer: each unit has its own": _one_bias_a_layer,
            "units counted instead of connections": sum,
            "the biases of the input: it has none": (
                lambda sizes: _without_biases(sizes) + sum(sizes)
            ),
        },
        lesson="784-128-64-10 has 109,386 parameters, 92 % of them in its first layer.",
    ),
    Exercise(
        "9.16.2",
        "Check 50 gradients",
        numerical_gradient,
        gradient_cases,
        slips={
            "a forward difference: its error falls with h, that of the central one "
            "with h**2": _forward_difference,
            "the weight is not put back: each nudge stays in the next": _never_put_back,
            "a missing nudge: w + h and w are compared, but divided by 2h": _once_back,
        },
        rtol=1e-6,
        lesson="It costs two forward passes a weight: good for a check, not to train.",
    ),
    Exercise("9.16.3", "97 % with few parameters", judge=judge_mnist),
    Exercise(
        "9.16.4",
        "The most confident errors",
        most_confident_errors,
        error_cases,
        run=without_luck,
        slips=SLIPS,
        lesson="Look at them: in some, the label may be what is wrong.",
    ),
)
