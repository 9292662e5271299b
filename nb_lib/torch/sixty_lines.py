"""The same perceptron where autograd walks back: no ``backward`` to write.

Layers, initial numbers and batches are those of ``nb_lib.numpy.sixty_lines``, so
with one seed both walk the same path.
"""

from itertools import pairwise

import torch
from torch import nn

from nb_lib.numpy.sixty_lines import INITS
from nb_lib.torch._floats import floats
from nb_lib.torch.layers import Linear

__all__ = ["ACTIVATIONS", "INITS", "MLP", "cross_entropy", "fit"]

ACTIVATIONS = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": nn.functional.leaky_relu,
    "sigmoid": torch.sigmoid,
}


class MLP(nn.Module):
    """Layers of the given sizes, (features, hidden..., classes).

    ``params`` maps "0.w", "0.b", "1.w", ... to the parameters. An unknown name is a
    ValueError.
    """

    def __init__(self, sizes, *, rng, activation="tanh", init="xavier_normal"):
        super().__init__()
        if activation not in ACTIVATIONS or init not in INITS:
            raise ValueError(f"choose among {[*ACTIVATIONS]} and among {[*INITS]}")
        self.f = ACTIVATIONS[activation]

        def draw(*shape, rng):
            return torch.from_numpy(INITS[init](*shape) * rng.normal(size=shape))

        layers = (Linear(*shape, rng=rng, init=draw) for shape in pairwise(sizes))
        self.layers = nn.ModuleList(layers)

    @property
    def params(self):
        """Parameters by the names that the NumPy twin gives them."""
        return dict(self.layers.named_parameters())

    def forward(self, x):
        """Map features x (N, sizes[0]) to logits (N, sizes[-1])."""
        h = x
        for layer in self.layers[:-1]:
            h = self.f(layer(h))
        return self.layers[-1](h)


def cross_entropy(logits, labels):
    """Mean of -log softmax(logits)[label] in nats; its gradient is autograd's.

    Shapes: logits (N, C), labels (N,) of integers.
    """
    logits = floats(logits)
    log_p = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    return -log_p[torch.arange(len(labels)), labels.long()].mean()


def fit(model, x, labels, *, rng, lr=0.1, batch_size=32):
    """Descend for ever, one shuffled batch at a time; yield the loss of each batch."""
    optimiser = torch.optim.SGD(model.parameters(), lr=lr)
    while True:
        order = torch.from_numpy(rng.permutation(len(x)))
        for rows in order.split(batch_size):
            loss = cross_entropy(model(x[rows]), labels[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            yield loss.item()
