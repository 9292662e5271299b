"""Flows in tensor operations; autograd finds the way back.

A point is a row of x (N, D); f maps (N, D) to slopes (N, D). What does not fit is a
ValueError.
"""

import torch
from torch import nn

from nb_lib.numpy._checks import check_features
from nb_lib.numpy._flows import check_solve, check_way
from nb_lib.numpy._settings import check_sizes
from nb_lib.torch._floats import floats, in_floats
from nb_lib.torch.init import xavier_normal


def solve(f, x, *, steps, method="euler", span=1.0):
    """Follow x' = f(x) for a time ``span`` in equal steps of h = span / steps.

    "euler" takes x + h f(x); "rk4" asks for four slopes,
    k₁ = f(x), k₂ = f(x + h/2 k₁), k₃ = f(x + h/2 k₂), k₄ = f(x + h k₃),
    and takes x + h/6 (k₁ + 2 k₂ + 2 k₃ + k₄). A span below 0 walks back in time.
    Shapes: x any, the path (steps + 1, *x.shape), the start included.

    Source: Martin Kutta (1901), for the second.
    """
    x = floats(x)
    (leads, weights), steps, span = check_solve("solve", x, steps, method, span)
    path, h = [x], span / steps
    for _ in range(steps):
        slopes = [f(path[-1])]
        for lead in leads[1:]:
            slopes.append(f(path[-1] + h * lead * slopes[-1]))
        mean = sum(w * k for w, k in zip(weights, slopes, strict=True))
        path.append(path[-1] + h * mean)
    return torch.stack(path)


def field(x, w_in, b_in, w_out, b_out):
    """A small vector field: f(x) = tanh(x w_in + b_in) w_out + b_out.

    Shapes: x (N, D), w_in (D, H), b_in (H,), w_out (H, D), b_out (D,), f (N, D).
    """
    x, w_in, b_in, w_out, b_out = in_floats(x, w_in, b_in, w_out, b_out)
    check_features("field", x, len(w_in))
    return torch.tanh(x @ w_in + b_in) @ w_out + b_out


class NeuralODE(nn.Module):
    """Carry points along a learnt field for a time ``span``: y = x(span).

    ``features`` is D, ``hidden`` the width of ``field``; ``params`` holds w_in, b_in,
    w_out and b_out, ``grads`` what ``adjoint`` found for them. Autograd goes back
    through every step and keeps all of them; ``adjoint`` keeps none.

    Source: Ricky Chen et al. (2018), "Neural Ordinary Differential Equations".
    """

    def __init__(self, features, hidden, *, rng, steps, method="euler", span=1.0):
        super().__init__()
        features, hidden = check_sizes((features, hidden))
        check_way("NeuralODE", steps, method, span)
        self.steps, self.method, self.span = int(steps), method, float(span)
        self.w_in = nn.Parameter(xavier_normal(features, hidden, rng=rng))
        self.b_in = nn.Parameter(torch.zeros(hidden, dtype=self.w_in.dtype))
        self.w_out = nn.Parameter(xavier_normal(hidden, features, rng=rng))
        self.b_out = nn.Parameter(torch.zeros(features, dtype=self.w_in.dtype))
        self.grads = {}

    @property
    def params(self):
        """Parameters by the names that the NumPy twin gives them."""
        return dict(self.named_parameters())

    def slopes(self, x):
        """Give f(x) (N, D) with the parameters as they are."""
        return field(x, *self.params.values())

    def forward(self, x):
        """Carry x (N, D) to y (N, D)."""
        how = {"steps": self.steps, "method": self.method, "span": self.span}
        return solve(self.slopes, x, **how)[-1]

    def adjoint(self, y, dy):
        """Give dL/dx and, in ``grads``, the rest, from the end y (N, D) alone.

        Three things are followed back in time at once: the point x' = f(x), the
        adjoint a' = -a ∂f/∂x, which begins as dL/dy, and the gradient of the
        parameters, g' = -a ∂f/∂θ. The way back is only as exact as its steps.
        """
        y, a = (part.detach() for part in in_floats(y, dy))
        parts = [y, a, *map(torch.zeros_like, self.params.values())]
        sizes = [part.numel() for part in parts]

        def slopes(packed):
            x, a, *_ = packed.split(sizes)
            x = x.reshape(y.shape).detach().requires_grad_()
            f = self.slopes(x)
            leaves = [x, *self.params.values()]
            back = torch.autograd.grad(f, leaves, -a.reshape(y.shape))
            return torch.cat([part.ravel() for part in (f.detach(), *back)])

        start = torch.cat([part.detach().ravel() for part in parts])
        how = {"steps": self.steps, "method": self.method, "span": -self.span}
        ends = solve(slopes, start, **how)[-1].split(sizes)
        _, dx, *grads = (
            end.reshape(part.shape) for end, part in zip(ends, parts, strict=True)
        )
        self.grads = dict(zip(self.params, grads, strict=True))
        return dx
