"""Exercise 9.16.2: slopes by central differences, with the cases and slips."""

import numpy as np


def numerical_gradient(loss, w, indices, nudge):
    """Give (L(w + nudge) - L(w - nudge)) / 2 nudge for each index."""
    slopes = []
    for index in indices:
        up, down = w.copy(), w.copy()
        up[index] += nudge
        down[index] -= nudge
        slopes.append((loss(up) - loss(down)) / (2 * nudge))
    return np.array(slopes)


def share_shown(m):
    """Solve (1 - s)^m = 0.01 for the share s: of m draws not one meets a slip."""
    return 1 - 0.01 ** (1 / m)


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


def _own_nudge(loss, w, indices, nudge):
    return numerical_gradient(loss, w, indices, 1e-5)


def _by_slopes(wrong):
    """Make an answer whose slopes are wrong and whose share is right."""
    return lambda *case: (wrong(*case), share_shown(len(case[2])))


def _by_share(wrong):
    """Make an answer whose slopes are right and whose share is wrong."""
    return lambda *case: (numerical_gradient(*case), wrong(len(case[2])))


def cases():
    """Give the loss as a function of a layer's weights, and 50 or 30 weights.

    The second nudge is so large that the slopes show whether it has been used.
    """
    for layer, m, nudge in ((0, 50, 1e-3), (1, 30, 3e-2)):
        loss, w, rng, _ = small_network(layer)
        indices = [tuple(int(i) for i in rng.integers(w.shape)) for _ in range(m)]
        yield loss, w, indices, nudge


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


SLIPS = {
    "a forward difference: its error falls with the nudge, that of the central "
    "one with its square": _by_slopes(_forward_difference),
    "the weight is not put back: each nudge stays in the next": (
        _by_slopes(_never_put_back)
    ),
    "a missing nudge: w + nudge and w are compared, but divided by two": (
        _by_slopes(_once_back)
    ),
    "the nudge is written in: use the one that is given": _by_slopes(_own_nudge),
    "this is the share of sound weights: the spoilt ones are the rest": (
        _by_share(lambda m: 0.01 ** (1 / m))
    ),
    "0.99 is how often a slip shows; m draws miss it with 0.01": (
        _by_share(lambda m: 1 - 0.99 ** (1 / m))
    ),
    "the root is missing: m draws multiply m chances": (_by_share(lambda m: 0.99 / m)),
    "50 is written into the share: m is the number of indices": (
        _by_share(lambda m: share_shown(50))
    ),
    "this shows one spoilt weight on average, not with probability 0.99": (
        _by_share(lambda m: 1 / m)
    ),
}
