"""PyTorch's own optimisers under the names and parameters of the NumPy twin.

``params`` may be ``model.parameters()`` or the dict ``model.params``; ``step()``
reads the gradients that ``backward()`` left in the parameters. In one's own work:
``torch.optim``, without the thin coat. A setting below 0, NaN, and a beta of 1 or more
are a ValueError; PyTorch itself refuses a gradient of another shape than its parameter.
"""

import torch

from nb_lib.numpy._settings import check_number


class SGD(torch.optim.SGD):
    """Stochastic gradient descent with a velocity v.

    g ← g + λ w (λ the weight decay), v ← μ v + g (μ the momentum), then
    w ← w - η v, or with Nesterov's look ahead w ← w - η (g + μ v).

    Nesterov without momentum is a ValueError.

    Source: Boris Polyak (1964); Ilya Sutskever et al. (2013), section 2.
    """

    def __init__(self, params, *, lr, momentum=0.0, nesterov=False, weight_decay=0.0):
        check_number("SGD", "a learning rate", lr, 0)
        check_number("SGD", "a momentum", momentum, 0)
        check_number("SGD", "a weight_decay", weight_decay, 0)
        super().__init__(
            _tensors(params),
            lr=lr,
            momentum=momentum,
            nesterov=nesterov,
            weight_decay=weight_decay,
        )


class RMSProp(torch.optim.RMSprop):
    """Divide each gradient by the running root of its mean square.

    s ← α s + (1 - α) g², w ← w - η g / (√s + ε).

    Source: Tijmen Tieleman and Geoffrey Hinton (2012), lecture 6.5.
    """

    def __init__(self, params, *, lr, alpha=0.99, eps=1e-8):
        check_number("RMSProp", "a learning rate", lr, 0)
        check_number("RMSProp", "an alpha", alpha, 0)
        check_number("RMSProp", "an eps", eps, 0)
        super().__init__(_tensors(params), lr=lr, alpha=alpha, eps=eps)


class Adam(torch.optim.Adam):
    """Momentum over a running root mean square, both freed of their start at 0.

    m ← β₁ m + (1 - β₁) g, s ← β₂ s + (1 - β₂) g², at step t
    w ← w - η m̂ / (√ŝ + ε) with m̂ = m / (1 - β₁^t), ŝ = s / (1 - β₂^t).

    Source: Diederik Kingma and Jimmy Ba (2015), algorithm 1.
    """

    def __init__(self, params, *, lr, betas=(0.9, 0.999), eps=1e-8):
        _check_adam("Adam", lr, betas, eps)
        super().__init__(_tensors(params), lr=lr, betas=betas, eps=eps)


class AdamW(torch.optim.AdamW):
    """Adam with weight decay beside the gradient, not inside it.

    w ← w - η λ w first, then the step of Adam.

    Source: Ilya Loshchilov and Frank Hutter (2019), algorithm 2.
    """

    def __init__(self, params, *, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        _check_adam("AdamW", lr, betas, eps)
        check_number("AdamW", "a weight_decay", weight_decay, 0)
        super().__init__(
            _tensors(params), lr=lr, betas=betas, eps=eps, weight_decay=weight_decay
        )


class Clipped:
    """An optimiser whose gradients are clipped by norm before each of its steps.

    ``total_norm`` is that of the latest gradients before they were clipped.
    """

    def __init__(self, optimiser, *, max_norm):
        check_number("Clipped", "a max_norm", max_norm, 0)
        self.optimiser, self.max_norm = optimiser, float(max_norm)
        self.total_norm = None
        self.zero_grad = optimiser.zero_grad

    def step(self):
        """Clip the gradients in place, then let the optimiser take its step."""
        held = [p for group in self.optimiser.param_groups for p in group["params"]]
        grads = {i: p.grad for i, p in enumerate(held) if p.grad is not None}
        self.total_norm = clip_grad_norm_(grads, self.max_norm)
        self.optimiser.step()

    def state_dict(self):
        """Return the state of the optimiser; clipping has none of its own."""
        return self.optimiser.state_dict()

    def load_state_dict(self, state):
        """Hand a state on to the optimiser."""
        self.optimiser.load_state_dict(state)


@torch.no_grad()
def clip_grad_norm_(grads, max_norm):
    """Shorten all gradients by one factor, in place, to ‖g‖ ≤ c; return ‖g‖ before.

    g ← g · min(1, c / (‖g‖ + 1e-6)), with c = ``max_norm``. The norm is taken over all
    tensors at once, as if they were one long vector, so the direction of the step
    stays. ``grads`` maps names to tensors; what is not finite becomes NaN or 0. In
    practice ``torch.nn.utils.clip_grad_norm_``, which takes the parameters.

    Source: Razvan Pascanu, Tomas Mikolov and Yoshua Bengio (2013), algorithm 1.
    """
    check_number("clip_grad_norm_", "a max_norm", max_norm, 0)
    total = torch.stack([g.norm() for g in grads.values()]).norm()
    factor = (max_norm / (total + 1e-6)).clamp(max=1.0)
    for g in grads.values():
        g *= factor
    return total.item()


def _check_adam(name, lr, betas, eps):
    check_number(name, "a learning rate", lr, 0)
    for beta in betas:
        check_number(name, "betas", beta, 0, below=1)
    check_number(name, "an eps", eps, 0)


def _tensors(params):
    return params.values() if isinstance(params, dict) else params
