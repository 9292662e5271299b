"""The same perceptron where autograd walks back: no ``backward`` to write.

Initial weights and batches come from the same generators as in
``nb_lib.numpy.sixty_lines``, so with equal seeds both walk the same path.
"""

from itertools import pairwise

import torch
from torch import nn

from nb_lib.numpy._settings import pick
from nb_lib.torch.activations import ACTIVATIONS
from nb_lib.torch.init import xavier_normal


class MLP(nn.Module):
    """Layers of the given sizes, (features, hidden..., classes).

    ``init`` draws the weights, a function as in ``nb_lib.torch.init``. The lists ``w``
    and ``b`` hold the parameters, the first layer first. An unknown name of an
    activation is a ValueError.
    """

    def __init__(self, sizes, *, rng, activation="tanh", init=xavier_normal):
        super().__init__()
        self.f = pick(ACTIVATIONS, activation, "activation")
        weights = [init(*fans, rng=rng) for fans in pairwise(sizes)]
        self.w = nn.ParameterList(weights)
        self.b = nn.ParameterList(w.new_zeros(w.shape[1]) for w in weights)

    def forward(self, x):
        """Map features x (N, sizes[0]) to logits (N, sizes[-1])."""
        h = x.to(self.w[0].dtype)
        for w, b in zip(self.w, self.b, strict=True):
            z = h @ w + b  # Eq. (9.8.1)
            h = self.f(z)  # Eq. (9.8.2), not used after the last z
        return z  # the last layer has no activation


def cross_entropy(logits, labels):
    """Return the mean of -log p[label] in nats; its slope is for autograd to find.

    Shapes: logits (N, C), labels (N,) of integers.
    """
    y = nn.functional.one_hot(labels.long(), logits.shape[1])
    log_p = logits - logits.logsumexp(dim=1, keepdim=True)  # Eq. (9.8.3)
    return -(y * log_p).sum() / len(y)  # Eq. (9.8.4)


def fit(model, x, labels, *, rng, lr=0.1, momentum=0.0, batch_size=32):
    """Descend for ever, one shuffled batch at a time; yield the loss of each batch."""
    optimiser = torch.optim.SGD(model.parameters(), lr=lr, momentum=momentum)
    while True:
        order = torch.from_numpy(rng.permutation(len(x)))
        for rows in order.split(batch_size):
            loss = cross_entropy(model(x[rows]), labels[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            yield loss.item()
