"""Exercises of 9.8, Sixty lines of NumPy.

9.8.1  ``backward(x, h, w1, w2, w3, dlogits)`` -> ``(dw1, dw3, dx)`` of the network
       h = tanh(x @ w1), logits = h @ w2 + x @ w3. Shapes: x (N, D), h (N, H),
       w1 (D, H), w2 (H, C), w3 (D, C), dlogits (N, C), which carries the 1/N already.
9.8.2  ``merge(g, k, lr)`` -> ``(G, rate_u, rate_G)``: the weights out of the one unit
       that replaces k alike units with the weights g (C,) out of each, and the rates
       with which its weights in and out walk the path of the k units.
9.8.3  ``(factor, steps)``: how far momentum 0.9 goes in one step along a constant
       slope, in plain steps, and which step is the first at 90% of it.
9.8.4  ``settings``, a dict with any of the names in ``spiral_judge.RULES``: both
       spirals of 1988 right, and 97% of the places between their points.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_08_sixty_lines.momentum_judge import judge_momentum
from nb_lib.sections.s09_08_sixty_lines.spiral_judge import judge_spiral

N, D, H, C = 4, 3, 5, 2


def backward(x, h, w1, w2, w3, dlogits):
    """Walk back along both ways from the logits to x."""
    dz = (dlogits @ w2.T) * (1 - h**2)
    return x.T @ dz, x.T @ dlogits, dz @ w1.T + dlogits @ w3.T


def _backward_with(slope):
    """Give ``backward`` with another slope of tanh, a function of h."""

    def wrong(x, h, w1, w2, w3, dlogits):
        dz = (dlogits @ w2.T) * slope(h)
        return x.T @ dz, x.T @ dlogits, dz @ w1.T + dlogits @ w3.T

    return wrong


def _by_mean(x, h, w1, w2, w3, dlogits):
    parts = backward(x, h, w1, w2, w3, dlogits)
    return tuple(part / len(x) for part in parts)


def _long_way_only(x, h, w1, w2, w3, dlogits):
    dw1, dw3, dx = backward(x, h, w1, w2, w3, dlogits)
    return dw1, dw3, dx - dlogits @ w3.T


def _short_way_only(x, h, w1, w2, w3, dlogits):
    dw1, dw3, _ = backward(x, h, w1, w2, w3, dlogits)
    return dw1, dw3, dlogits @ w3.T


def _from_hidden(x, h, w1, w2, w3, dlogits):
    dw1, _, dx = backward(x, h, w1, w2, w3, dlogits)
    return dw1, h.T @ dlogits, dx


def network_cases():
    """Draw two small networks with the gradients at their logits."""
    rng = np.random.default_rng(81)
    shapes = [(N, D), (D, H), (H, C), (D, C)]
    for _ in range(2):
        x, w1, w2, w3 = (rng.normal(size=shape) for shape in shapes)
        yield x, np.tanh(x @ w1), w1, w2, w3, rng.normal(size=(N, C)) / N


def merge(g, k, lr):
    """Sum the weights out; in, the slope is k times as large, out, the way is."""
    return k * g, lr / k, k * lr


def merge_cases():
    """Give three alike units, and seven with other numbers."""
    yield np.array([0.5, -1.0]), 3, 0.3
    yield np.array([2.0, 0.25, -0.5]), 7, 0.05


EXERCISES = (
    Exercise(
        "9.8.1",
        "A short cut from the input to the logits",
        backward,
        network_cases,
        outputs=("dw1", "dw3", "dx"),
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
            "the mean taken twice: dlogits carries the 1/N already": _by_mean,
            "one way is missing: x also reaches the logits through w3": _long_way_only,
            "one way is missing: x also reaches the logits through h": _short_way_only,
            "dw3 from h: w3 multiplies x, not h": _from_hidden,
        },
        lesson="Two ways lead from x to the logits, and their slopes add up.",
        secrets=(r"dlogits @ w3", r"x\.T @ dlogits", r"w_3"),
    ),
    Exercise(
        "9.8.2",
        "Many alike units are one",
        merge,
        merge_cases,
        outputs=("G", "rate_u", "rate_G"),
        slips={
            "the weights out: k units push the logits k times as hard as one": (
                lambda g, k, lr: (g, lr / k, k * lr)
            ),
            "one rate for both: look at dL/du and at dL/dG of the single unit again": (
                lambda g, k, lr: (k * g, lr, lr)
            ),
            "the rate in: with k times the slope, the same step wants a smaller rate": (
                lambda g, k, lr: (k * g, k * lr, k * lr)
            ),
            "the two rates are swapped": lambda g, k, lr: (k * g, k * lr, lr / k),
            "the rate in: the slope of u is k times as large as before": (
                lambda g, k, lr: (k * g, lr, k * lr)
            ),
            "the rate out: G = k g has k times as far to go as g": (
                lambda g, k, lr: (k * g, lr / k, lr)
            ),
        },
        lesson="So a layer of alike units is one unit that learns at odd rates.",
        secrets=(
            r"k \* g",
            r"\bkg\b",
            r"lr / k",
            r"k \* lr",
            r"\\eta ?/ ?k",
            r"k ?\\eta",
        ),
    ),
    Exercise(
        "9.8.3",
        "How far momentum goes",
        judge=judge_momentum,
        secrets=(r"1 - \\mu", r"1 - momentum", r"1 - 0\.9", r"tenfold", r"\b22 steps"),
    ),
    Exercise(
        "9.8.4",
        "The spirals of 1988",
        judge=judge_spiral,
        secrets=(r"batch_size=(97|194)", r"\bscale\b", r"lr=0\.0[2-7]"),
    ),
)
