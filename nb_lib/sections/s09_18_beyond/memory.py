"""Remember the first of many letters: trained nets, with and without gates."""

import numpy as np

from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.optimisers import Adam, Clipped
from nb_lib.numpy.recurrent import SequenceNet
from nb_lib.numpy.train import accuracy, descend

LETTERS, HIDDEN, BATCH, RATE = 4, 10, 32, 0.02


def sequences(n, steps, *, rng):
    """Draw n sequences of letters, one-hot (n, steps, 4); the label is the first."""
    letters = rng.integers(0, LETTERS, size=(n, steps))
    return np.eye(LETTERS)[letters], letters[:, 0]


def trained(layer, steps, *, seed, forget_bias=1.0, updates=100):
    """Train a net on fresh sequences; return it and a stream for new ones."""
    start, draw, test = np.random.default_rng(seed).spawn(3)
    net = SequenceNet(LETTERS, HIDDEN, LETTERS, rng=start, layer=layer)
    if layer == "lstm":
        net.params["0.b"][HIDDEN : 2 * HIDDEN] = forget_bias
    optimiser = Clipped(Adam(net.params, lr=RATE), max_norm=1.0)
    data = (sequences(BATCH, steps, rng=draw) for _ in range(updates))
    for _ in descend(net, cross_entropy, data, optimiser, watch=updates):
        pass
    return net, test


def remembered(layer, steps, *, seed, forget_bias=1.0, updates=100):
    """Share of 500 new sequences whose first letter is told at their end."""
    net, test = trained(
        layer, steps, seed=seed, forget_bias=forget_bias, updates=updates
    )
    return accuracy(net, *sequences(500, steps, rng=test))


def reach(layer, steps, *, seed, forget_bias=1.0):
    """Length of dL/d(state) of step 1 over that of the last, and what f allows.

    The net is untrained. What f allows is the product of the forget gates, a root mean
    square over units and sequences; of an RNN it is nan.
    """
    net, rng = trained(layer, steps, seed=seed, forget_bias=forget_bias, updates=1)
    x, _ = sequences(64, steps, rng=rng)
    logits = net.forward(x)
    net.backward(rng.normal(size=logits.shape))
    along = net.layer.dstates
    share = float(np.linalg.norm(along[:, 0]) / np.linalg.norm(along[:, -1]))
    if layer == "rnn":
        return share, float("nan")
    product = np.prod(net.layer.gates[1][:, 1:], axis=1)
    return share, float(np.sqrt(np.mean(product**2)))
