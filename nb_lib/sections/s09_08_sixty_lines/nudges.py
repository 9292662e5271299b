"""The check of gradients: nudge every parameter, and compare with ``backward``."""

import numpy as np

from nb_lib.numpy.init import he_normal
from nb_lib.numpy.sixty_lines import MLP, cross_entropy

SIZES, EXAMPLES = (2, 5, 4, 3), 6


def small_net(seed, activation, *, spread=0.0):
    """Return a net of SIZES with a batch x (6, 2) and its labels (6,).

    ``spread`` is the standard deviation of the biases; with 0 they start at 0.
    """
    rng = np.random.default_rng(seed)
    net = MLP(SIZES, rng=rng, activation=activation, init=he_normal)
    x = rng.normal(size=(EXAMPLES, SIZES[0]))
    labels = rng.integers(0, SIZES[-1], size=EXAMPLES)
    for b in net.b:
        b += spread * rng.normal(size=b.shape)
    return net, x, labels


def central_difference(net, x, labels, p, index, step):
    """Return (L(p + step) - L(p - step)) / (2 step) for one entry of a parameter."""
    kept, losses = p[index], []
    for moved in (kept + step, kept - step):
        p[index] = moved
        losses.append(cross_entropy(net.forward(x), labels)[0])
    p[index] = kept
    return (losses[0] - losses[1]) / (2 * step)


def worst_gap(net, x, labels, *, step=1e-5):
    """Return the greatest difference of a slope by ``backward`` and by nudging."""
    net.backward(cross_entropy(net.forward(x), labels)[1])
    gaps = [
        abs(central_difference(net, x, labels, p, index, step) - dp[index])
        for p, dp in zip(net.w + net.b, net.dw + net.db, strict=True)
        for index in np.ndindex(p.shape)
    ]
    return max(gaps)


def forgetful(net):
    """Make a slip on purpose: f' is left out of the walk back."""
    net.slope = np.ones_like
    return net
