"""The same networks, many at once, where autograd walks back.

The sum of all losses is one number, and its gradient by the parameters of net s is
that of net s alone. In practice ``torch.func.stack_module_state`` and
``torch.vmap`` do the same for any module.
"""

from itertools import count, pairwise

import torch
from torch import nn

from nb_lib.numpy._checks import check_rows
from nb_lib.numpy._settings import check_number, check_rngs, check_sizes, pick
from nb_lib.numpy.many_nets import ManyNetsStep, wilson
from nb_lib.torch._floats import floats, setting
from nb_lib.torch.activations import ACTIVATIONS, sigmoid, softplus
from nb_lib.torch.init import INITS

__all__ = ["ManyNets", "ManyNetsStep", "descend", "solved", "wilson"]


class ManyNets(nn.Module):
    """S networks z_l = h_(l-1) @ w_l + b_l, h_l = f(z_l), one for each of ``rngs``.

    ``sizes`` are (features, hidden..., outputs). ``params`` maps "0.w", "0.b", ... to
    parameters of shapes (S, fan_in, fan_out) and (S, 1, fan_out).

    Impossible sizes or an unknown name of ``activation`` or ``init`` are a ValueError.
    """

    def __init__(self, sizes, *, rngs, activation="relu", init="he_normal"):
        super().__init__()
        sizes, rngs = check_sizes(sizes), check_rngs(rngs)
        draw = pick(INITS, init, "init")
        self.f = pick(ACTIVATIONS, activation, "activation")
        nets = [[draw(*pair, rng=rng) for pair in pairwise(sizes)] for rng in rngs]
        self.w, self.b = nn.ParameterList(), nn.ParameterList()
        for layer, w in enumerate(zip(*nets, strict=True)):
            self.w.append(torch.stack(w))
            self.b.append(w[0].new_zeros(len(w), 1, sizes[layer + 1]))

    @property
    def params(self):
        """Parameters by the names that the NumPy twin gives them."""
        pairs = enumerate(zip(self.w, self.b, strict=True))
        return {
            f"{n}.{k}": p for n, pair in pairs for k, p in zip("wb", pair, strict=True)
        }

    def forward(self, x):
        """Map features x (N, D), the same for all nets, to logits (S, N, outputs)."""
        self.z = [floats(x) @ self.w[0] + self.b[0]]
        for w, b in zip(self.w[1:], self.b[1:], strict=True):
            self.z.append(self.f(self.z[-1]) @ w + b)
        return self.z[-1]


def descend(nets, x, targets, optimiser, *, watch=1):
    """Update all nets on the full batch, for ever; yield a ``ManyNetsStep`` each time.

    Each net has its own loss, the mean over its N rows of the cross-entropy of its
    one logit z, with targets t of 0 and 1, shape (N, 1). The gradient of their sum is
    each net's own. Norms are taken on the first and every ``watch``-th step.
    """
    check_number("descend", "watch", watch, 1)
    check_rows("descend", x, targets)
    for step in count(1):
        logits = nets(x)
        is_watched = step == 1 or step % watch == 0
        for z in nets.z if is_watched else ():
            z.retain_grad()
        losses = torch.mean(softplus(logits) - targets * logits, dim=(1, 2))
        optimiser.zero_grad(set_to_none=True)
        losses.sum().backward()
        norms = None, None
        if is_watched:
            norms = _norms(nets.z), _norms(nets.w)
        optimiser.step()
        yield ManyNetsStep(step, losses.detach(), *norms)


def _norms(tensors):
    """Take the norm of each gradient for each layer and net, (layers, S)."""
    return torch.stack([torch.linalg.norm(t.grad, dim=(1, 2)) for t in tensors])


@torch.no_grad()
def solved(nets, x, targets, *, least=0.6):
    """Ask of each net whether every row has its label at a probability of ``least``.

    A net that says one half everywhere is right or wrong by rounding alone, so the
    least is above one half. Shapes: x (N, D), targets (N, 1) of 0 and 1, result (S,).
    """
    x, targets, least = floats(x), floats(targets), setting(least)
    check_rows("solved", x, targets)
    right = sigmoid(nets(x) * (2 * targets - 1))  # of each row's own label
    return (right > least).all(dim=2).all(dim=1)
