"""Dropout put into a network: behind every activation, and switched off to judge."""

from nb_lib.numpy.regularisation import Dropout


class Dropped:
    """An activation with a dropout behind it: y = m ⊙ f(z)."""

    def __init__(self, activation, dropout):
        self.activation, self.dropout = activation, dropout
        self.params, self.grads = {}, {}

    def forward(self, z):
        """Map z to m ⊙ f(z)."""
        return self.dropout.forward(self.activation.forward(z))

    def backward(self, dy):
        """Take dL/dy, return dL/dz: the same mask, then the slope of f."""
        return self.activation.backward(self.dropout.backward(dy))


def with_dropout(net, p, *, rng):
    """Put dropout behind each activation of an MLP; return the network."""
    net.activations = [Dropped(a, Dropout(p, rng=rng)) for a in net.activations]
    return net


def train_mode(net, is_training):
    """Let masks be drawn, or let every unit speak."""
    for activation in net.activations:
        activation.dropout.training = is_training
