"""Exercises of 9.16, MNIST from scratch.

9.16.1  ``count(sizes)`` -> the number of weights and biases of an MLP of these sizes,
        e.g. (784, 128, 64, 10).
9.16.2  ``check_gradients(loss, w, indices, nudge)`` -> (slopes, share): dL/dw at the
        given (row, column) pairs by central differences, shape (len(indices),), where
        ``loss(w)`` is a number; and the share of spoilt weights that as many weights,
        drawn at random, show with probability 0.99.
9.16.3  ``most_confident_errors(probs, labels)`` -> the row numbers of the five wrong
        predictions in which the predicted class has the highest probability, the
        highest first. Shapes: probs (N, C), labels (N,).
9.16.4  ``settings``, a dict with any of hidden (a tuple of widths), activation, init,
        lr, momentum, batch, epochs (1-20), with at most 40,000 parameters: at least
        97 % of 10,000 held-out training images where the full MNIST is there, at least
        91 % of 1,000 of the shipped subset, which has far fewer to learn from.
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


def numerical_gradient(loss, w, indices, nudge):
    """Give (L(w + nudge) - L(w - nudge)) / 2 nudge for each index."""
    slopes = []
    for index in indices:
        up, down = w.copy(), w.copy()
        up[index] += nudge
        down[index] -= nudge
        slopes.append((loss(up) - loss(down)) / (2 * nudge))
    return np.array(slopes)


def share_shown(n):
    """Solve (1 - s)^n = 0.01 for the share s: of n draws not one meets a slip."""
    return 1 - 0.01 ** (1 / n)


def check_gradients(loss, w, indices, nudge):
    """Give the slopes, and the share of slips that so many draws can hardly miss."""
    return numerical_gradient(loss, w, indices, nudge), share_shown(len(indices))


def _forward_difference(loss, w, indices, nudge):
    slopes = []
    for index in indices:
        up = w.copy()
        up[index] += nudge
        slopes.append((loss(up) - loss(w)) / nudge)
    return np.array(slopes)


def _never_put_back(loss, w, indices, nudge):
    w, slopes = w.copy(), []
    for index in indices:
        w[index] += nudge
        up = loss(w)
        w[index] -= 2 * nudge
        slopes.append((up - loss(w)) / (2 * nudge))
    return np.array(slopes)


def _once_back(loss, w, indices, nudge):
    w, slopes = w.copy(), []
    for index in indices:
        w[index] += nudge
        up = loss(w)
        w[index] -= nudge
        slopes.append((up - loss(w)) / (2 * nudge))
    return np.array(slopes)


def _by_slopes(wrong):
    """Make an answer whose slopes are wrong and whose share is right."""
    return lambda *case: (wrong(*case), share_shown(len(case[2])))


def _by_share(wrong):
    """Make an answer whose slopes are right and whose share is wrong."""
    return lambda *case: (numerical_gradient(*case), wrong(len(case[2])))


def gradient_cases():
    """Give the loss as a function of a layer's weights, and 50 or 30 weights."""
    for layer in (0, 1):
        loss, w, rng, _ = small_network(layer)
        n = 50 - 20 * layer
        indices = [tuple(int(i) for i in rng.integers(w.shape)) for _ in range(n)]
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
        secrets=(r"\bfan_in \+ 1", r"\b785\b", r"\+ 1\) ?(\*|·|\\cdot)", r"100,480"),
    ),
    Exercise(
        "9.16.2",
        "Fifty gradients of many",
        check_gradients,
        gradient_cases,
        outputs=("slopes", "share"),
        slips={
            "a forward difference: its error falls with the nudge, that of the central "
            "one with its square": _by_slopes(_forward_difference),
            "the weight is not put back: each nudge stays in the next": (
                _by_slopes(_never_put_back)
            ),
            "a missing nudge: w + nudge and w are compared, but divided by two": (
                _by_slopes(_once_back)
            ),
            "this is the share of sound weights: the spoilt ones are the rest": (
                _by_share(lambda n: 0.01 ** (1 / n))
            ),
            "0.99 is how often a slip shows; n draws miss it with 0.01": (
                _by_share(lambda n: 1 - 0.99 ** (1 / n))
            ),
            "the root is missing: n draws multiply n chances": (
                _by_share(lambda n: 0.99 / n)
            ),
            "50 is written into the share: n is the number of indices": (
                _by_share(lambda n: share_shown(50))
            ),
            "this shows one spoilt weight on average, not with probability 0.99": (
                _by_share(lambda n: 1 / n)
            ),
        },
        rtol=1e-6,
        lesson="A slip in the code spoils a whole row or layer, so fifty will do.",
        secrets=(
            r"\(1 ?- ?(s|\\rho)\)",
            r"0\.01 ?\*\*",
            r"2 ?\*? ?(h|nudge)\)",
            r"8\.8 %",
        ),
    ),
    Exercise(
        "9.16.3",
        "The most confident errors",
        most_confident_errors,
        error_cases,
        run=without_luck,
        slips=SLIPS,
        lesson="Look at them: in some, the label may be what is wrong.",
        secrets=(r"flatnonzero\([^)\n]*!=", r"argsort\(-?probs", r"argpartition"),
    ),
    Exercise(
        "9.16.4",
        "97 % with the fewest parameters",
        judge=judge_mnist,
        secrets=(r"\bsilu\b", r"hidden[\"']?\s*[:=]\s*\(", r"smallest net"),
    ),
)
