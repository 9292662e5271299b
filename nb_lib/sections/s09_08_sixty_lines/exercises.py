"""Exercises of 9.8, Sixty lines of NumPy.

9.8.1  ``backward(x, h, w2, dlogits)`` -> ``(dw2, db2, dw1, db1)`` of the network
       h = tanh(x @ w1 + b1), logits = h @ w2 + b2. Shapes: x (N, D), h (N, H),
       w2 (H, C), dlogits (N, C), which already carries the 1/N of the mean loss.
9.8.2  ``momentum_step(w, velocity, dw, lr, momentum)`` -> ``(w, velocity)``, new
       arrays: one step as ``torch.optim.SGD(lr=lr, momentum=momentum)`` takes it.
9.8.3  ``settings``, a dict with any of width (1-32), depth (hidden layers, 1-8), lr,
       batch, activation, init: 97 % of fresh points after 400 steps on the spiral.
9.8.4  ``unit_gradient(x, u, v, dlogits)`` -> ``(du, dv)``: the gradient of the
       weights into (u, shape (D,)) and out of (v, shape (C,)) one tanh hidden unit
       with h = tanh(x @ u). All hidden units share u and v; which one is not told.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_08_sixty_lines.spiral_judge import judge_spiral

N, D, H, C = 4, 3, 5, 2


def backward(x, h, w2, dlogits):
    """Walk from dL/dlogits back to the four parameters of a tanh network."""
    dz = (dlogits @ w2.T) * (1 - h**2)
    return h.T @ dlogits, dlogits.sum(axis=0), x.T @ dz, dz.sum(axis=0)


def _backward_with(slope):
    """Give ``backward`` with another slope of tanh, a function of h."""

    def wrong(x, h, w2, dlogits):
        dz = (dlogits @ w2.T) * slope(h)
        return h.T @ dlogits, dlogits.sum(axis=0), x.T @ dz, dz.sum(axis=0)

    return wrong


def _backward_by_mean(x, h, w2, dlogits):
    return tuple(part / len(x) for part in backward(x, h, w2, dlogits))


def _bias_by_mean(x, h, w2, dlogits):
    dw2, db2, dw1, db1 = backward(x, h, w2, dlogits)
    return dw2, db2 / len(x), dw1, db1 / len(x)


def network_cases():
    """Draw two small networks with the gradients at their logits."""
    rng = np.random.default_rng(81)
    for _ in range(2):
        x, w1, w2 = (rng.normal(size=s) for s in [(N, D), (D, H), (H, C)])
        yield x, np.tanh(x @ w1), w2, rng.normal(size=(N, C)) / N


def momentum_step(w, velocity, dw, lr, momentum):
    """Step as torch.optim.SGD: v <- m v + dw, w <- w - lr v."""
    velocity = momentum * velocity + dw
    return w - lr * velocity, velocity


def _damped(w, velocity, dw, lr, momentum):
    velocity = momentum * velocity + (1 - momentum) * dw
    return w - lr * velocity, velocity


def _lr_inside(w, velocity, dw, lr, momentum):
    velocity = momentum * velocity - lr * dw
    return w + velocity, velocity


def _nesterov(w, velocity, dw, lr, momentum):
    velocity = momentum * velocity + dw
    return w - lr * (dw + momentum * velocity), velocity


def _plain(w, velocity, dw, lr, momentum):
    return w - lr * dw, momentum * velocity + dw


def _old_velocity(w, velocity, dw, lr, momentum):
    return w - lr * velocity, momentum * velocity + dw


def momentum_cases():
    """Draw one first step (velocity 0) and two later ones."""
    rng = np.random.default_rng(82)
    w, velocity, dw = rng.normal(size=(3, D, C))
    yield w, np.zeros((D, C)), dw, 0.1, 0.9
    yield w, velocity, dw, 0.1, 0.9
    yield w, velocity, dw, 0.3, 0.5


def unit_gradient(x, u, v, dlogits):
    """Give dL/du (D,) and dL/dv (C,): no index of the unit occurs."""
    h = np.tanh(x @ u)
    dz = (dlogits @ v) * (1 - h**2)
    return x.T @ dz, h @ dlogits


def _unit_without_slope(x, u, v, dlogits):
    return x.T @ (dlogits @ v), np.tanh(x @ u) @ dlogits


def _unit_without_tanh(x, u, v, dlogits):
    return unit_gradient(x, u, v, dlogits)[0], (x @ u) @ dlogits


def _swapped(x, u, v, dlogits):
    return unit_gradient(x, u, v, dlogits)[::-1]


def unit_cases():
    """Draw a unit that is not zero, then the one that zero initialisation gives."""
    rng = np.random.default_rng(84)
    x, dlogits = rng.normal(size=(N, D)), rng.normal(size=(N, C)) / N
    yield x, rng.normal(size=D), rng.normal(size=C), dlogits
    yield x, np.zeros(D), np.zeros(C), dlogits


EXERCISES = (
    Exercise(
        "9.8.1",
        "Backward by hand",
        backward,
        network_cases,
        outputs=("dw2", "db2", "dw1", "db1"),
        slips={
            "tanh's slope is missing: multiply dL/dh by 1 - h**2": _backward_with(
                np.ones_like
            ),
            "the square is missing: tanh's slope is 1 - h**2": _backward_with(
                lambda h: 1 - h
            ),
            "tanh taken twice: h is tanh(z) already, so the slope is 1 - h**2": (
                _backward_with(lambda h: 1 - np.tanh(h) ** 2)
            ),
            "sigmoid's slope h (1 - h) stands where tanh's 1 - h**2 belongs": (
                _backward_with(lambda h: h * (1 - h))
            ),
            "the mean taken twice: dlogits carries the 1/N already": _backward_by_mean,
            "a mean in the biases where a sum belongs: dlogits carries the 1/N": (
                _bias_by_mean
            ),
        },
        lesson="Two transposed products and one slope: this is all of backward.",
    ),
    Exercise(
        "9.8.2",
        "Momentum",
        momentum_step,
        momentum_cases,
        outputs=("w", "velocity"),
        slips={
            "damping: PyTorch adds dw whole, not (1 - momentum) * dw": _damped,
            "lr inside the velocity: the weights walk the same path while lr is "
            "constant, but PyTorch keeps lr outside": _lr_inside,
            "Nesterov's step: here the weights move by the velocity alone": _nesterov,
            "no momentum: the weights move by dw, not by the velocity": _plain,
            "the old velocity: renew it first, then move the weights": _old_velocity,
        },
        lesson="Your step and torch.optim.SGD walk the same path.",
    ),
    Exercise("9.8.3", "The spiral in 400 steps", judge=judge_spiral),
    Exercise(
        "9.8.4",
        "Zeros never part",
        unit_gradient,
        unit_cases,
        outputs=("du", "dv"),
        slips={
            "tanh's slope is missing: multiply by 1 - h**2": _unit_without_slope,
            "tanh is missing: dv wants h = tanh(x @ u)": _unit_without_tanh,
            "the order: du first, then dv": _swapped,
        },
        lesson="Nothing in it says which unit it is, so units that start equal get "
        "equal gradients and stay equal; from zeros both gradients are zero.",
    ),
)
