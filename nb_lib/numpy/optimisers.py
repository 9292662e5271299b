"""Optimisers: each turns gradients g into a step of the parameters w, in place.

``params`` maps names to arrays, ``step(grads)`` takes the gradients under the same
names, and ``lr`` may be set between two steps. All walk the path of ``torch.optim``.
A setting below 0, a beta of 1 or more, and a gradient that is missing or of another
shape than its parameter are a ValueError, parameters of integers a TypeError.
"""

import math
from copy import deepcopy

import numpy as np

from nb_lib.numpy._checks import check_gradients, check_params
from nb_lib.numpy._settings import check_number


class _Optimiser:
    """What all have in common: a state that another of the same kind can go on with."""

    def state_dict(self):
        """Return all but the parameters: the settings, and what earlier steps left."""
        return {name: held for name, held in vars(self).items() if name != "params"}

    def load_state_dict(self, state):
        """Take over settings and memory; those of another kind are a ValueError."""
        kind, own = type(self).__name__, self.state_dict()
        if state.keys() != own.keys():
            raise ValueError(
                f"{kind} wants a state with {', '.join(own)}, got {', '.join(state)}"
            )
        for memory in state.values():
            if isinstance(memory, dict) and memory:
                check_gradients(kind, self.params, memory)
        vars(self).update(deepcopy(state))


class SGD(_Optimiser):
    """Stochastic gradient descent with a velocity v.

    g ← g + λ w (λ the weight decay), v ← μ v + g (μ the momentum), then
    w ← w - η v, or with Nesterov's look ahead w ← w - η (g + μ v).

    Nesterov without momentum is a ValueError.

    Source: Boris Polyak (1964); Ilya Sutskever et al. (2013), section 2, in the
    form of ``torch.optim.SGD``, where η stands outside v.
    """

    def __init__(self, params, *, lr, momentum=0.0, nesterov=False, weight_decay=0.0):
        if nesterov and not momentum > 0:
            raise ValueError(f"nesterov wants a momentum above 0, got {momentum}")
        check_params("SGD", params)
        check_number("SGD", "a learning rate", lr, 0)
        check_number("SGD", "a momentum", momentum, 0)
        check_number("SGD", "a weight_decay", weight_decay, 0)
        self.params, self.lr = params, float(lr)
        self.momentum, self.nesterov = momentum, nesterov
        self.weight_decay = weight_decay
        self.velocity = _zeros_like(params) if momentum else {}

    def step(self, grads):
        """Move every parameter against its gradient."""
        check_gradients("SGD", self.params, grads)
        for name, w in self.params.items():
            g = grads[name]
            if self.weight_decay:
                g = g + self.weight_decay * w
            if self.momentum:
                v = self.velocity[name]
                v *= self.momentum
                v += g
                g = g + self.momentum * v if self.nesterov else v
            w -= self.lr * g


class RMSProp(_Optimiser):
    """Divide each gradient by the running root of its mean square.

    s ← α s + (1 - α) g², w ← w - η g / (√s + ε).

    Source: Tijmen Tieleman and Geoffrey Hinton (2012), lecture 6.5.
    """

    def __init__(self, params, *, lr, alpha=0.99, eps=1e-8):
        check_params("RMSProp", params)
        check_number("RMSProp", "a learning rate", lr, 0)
        check_number("RMSProp", "an alpha", alpha, 0)
        check_number("RMSProp", "an eps", eps, 0)
        self.params, self.lr = params, float(lr)
        self.alpha, self.eps = alpha, eps
        self.mean_square = _zeros_like(params)

    def step(self, grads):
        """Move every parameter by about the learning rate."""
        check_gradients("RMSProp", self.params, grads)
        for name, w in self.params.items():
            g, s = grads[name], self.mean_square[name]
            s *= self.alpha
            s += (1 - self.alpha) * g * g
            w -= self.lr * g / (np.sqrt(s) + self.eps)


class Adam(_Optimiser):
    """Momentum over a running root mean square, both freed of their start at 0.

    m ← β₁ m + (1 - β₁) g, s ← β₂ s + (1 - β₂) g², at step t
    w ← w - η m̂ / (√ŝ + ε) with m̂ = m / (1 - β₁^t), ŝ = s / (1 - β₂^t).

    Source: Diederik Kingma and Jimmy Ba (2015), algorithm 1.
    """

    def __init__(self, params, *, lr, betas=(0.9, 0.999), eps=1e-8):
        check_params("Adam", params)
        check_number("Adam", "a learning rate", lr, 0)
        for beta in betas:
            check_number("Adam", "betas", beta, 0, below=1)
        check_number("Adam", "an eps", eps, 0)
        self.params, self.lr = params, float(lr)
        self.betas, self.eps = betas, eps
        self.mean, self.mean_square = _zeros_like(params), _zeros_like(params)
        self.count = 0

    def step(self, grads):
        """Move every parameter by at most about the learning rate."""
        check_gradients("Adam", self.params, grads)
        self.count += 1
        beta1, beta2 = self.betas
        rate = self.lr / (1 - beta1**self.count)
        root = (1 - beta2**self.count) ** 0.5
        for name, w in self.params.items():
            g, m, s = grads[name], self.mean[name], self.mean_square[name]
            m *= beta1
            m += (1 - beta1) * g
            s *= beta2
            s += (1 - beta2) * g * g
            w -= rate * m / (np.sqrt(s) / root + self.eps)


class AdamW(Adam):
    """Adam with weight decay beside the gradient, not inside it.

    w ← w - η λ w first, then the step of Adam.

    Source: Ilya Loshchilov and Frank Hutter (2019), algorithm 2.
    """

    def __init__(self, params, *, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr=lr, betas=betas, eps=eps)
        check_number("AdamW", "a weight_decay", weight_decay, 0)
        self.weight_decay = weight_decay

    def step(self, grads):
        """Shrink every parameter, then move it as Adam does."""
        check_gradients("AdamW", self.params, grads)
        for w in self.params.values():
            w *= 1 - self.lr * self.weight_decay
        super().step(grads)


class Clipped:
    """An optimiser whose gradients are clipped by norm before each of its steps.

    ``total_norm`` is that of the latest gradients before they were clipped.
    """

    def __init__(self, optimiser, *, max_norm):
        check_number("Clipped", "a max_norm", max_norm, 0)
        self.optimiser, self.max_norm = optimiser, float(max_norm)
        self.total_norm = None

    def step(self, grads):
        """Clip the gradients in place, then let the optimiser take its step."""
        self.total_norm = clip_grad_norm_(grads, self.max_norm)
        self.optimiser.step(grads)

    def state_dict(self):
        """Return the state of the optimiser; clipping has none of its own."""
        return self.optimiser.state_dict()

    def load_state_dict(self, state):
        """Hand a state on to the optimiser."""
        self.optimiser.load_state_dict(state)


def clip_grad_norm_(grads, max_norm):
    """Shorten all gradients by one factor, in place, to ‖g‖ ≤ c; return ‖g‖ before.

    g ← g · min(1, c / (‖g‖ + 1e-6)), with c = ``max_norm``. The norm is taken over all
    tensors at once, as if they were one long vector, so the direction of the step
    stays. ``grads`` maps names to arrays; what is not finite becomes NaN or 0.

    Source: Razvan Pascanu, Tomas Mikolov and Yoshua Bengio (2013), algorithm 1, in the
    form of ``torch.nn.utils.clip_grad_norm_``.
    """
    check_params("clip_grad_norm_", grads)
    check_number("clip_grad_norm_", "a max_norm", max_norm, 0)
    squares = (float(np.vdot(g, g)) for g in grads.values())  # vdot never warns
    total = math.sqrt(sum(squares))
    for g in grads.values():
        if total == math.inf:  # 0 · inf is NaN, but would warn
            g[...] = np.where(np.isfinite(g), 0.0, np.nan)
        elif not total + 1e-6 <= max_norm:
            g *= max_norm / (total + 1e-6)
    return total


def _zeros_like(params):
    return {name: np.zeros_like(w) for name, w in params.items()}
