"""ReLU nets whose derivatives are right, and steps that pass over a kink."""

import numpy as np

from nb_lib.autograd.check import dot_product_test
from nb_lib.numpy.models import MLP

SIZES, EXAMPLES = (20, 32, 32, 4), 32  # 2,048 units times examples


def checked(seed, *, eps, activation="relu", slip=None):
    """Check all parameters of a random net in one direction.

    Returns the gap, and how many z have changed their sign on the way from one end
    of the step to the other. ``slip(net)`` may spoil the gradients.
    """
    rng = np.random.default_rng(seed)
    net = MLP(SIZES, rng=rng, activation=activation)
    for name, p in net.params.items():
        if name.endswith("b"):
            p += 0.1 * rng.normal(size=p.shape)
    x = rng.normal(size=(EXAMPLES, SIZES[0]))
    start = tuple(p.copy() for p in net.params.values())
    patterns = []

    def forward(*params):
        for own, moved in zip(net.params.values(), params, strict=True):
            own[...] = moved
        z = net.forward(x)
        patterns.append(np.concatenate([a.z > 0 for a in net.activations], axis=1))
        return z

    def backward(dz):
        net.backward(dz)
        if slip:
            slip(net)
        return tuple(net.grads.values())

    found = dot_product_test(forward, backward, start, rng=rng, eps=eps)
    ahead, behind = patterns[:2]
    return found.gap, int(np.sum(ahead != behind))
