"""Flows: follow x' = f(x) in small steps, and learn an f that carries points well.

A point is a row of x (N, D); f maps (N, D) to slopes (N, D). What does not fit is a
ValueError.
"""

import math

import numpy as np

from nb_lib.numpy._checks import check_features
from nb_lib.numpy._floats import floats, in_floats
from nb_lib.numpy._flows import STAGES, check_solve, check_way
from nb_lib.numpy._settings import check_sizes
from nb_lib.numpy.init import xavier_normal


def solve(f, x, *, steps, method="euler", span=1.0):
    """Follow x' = f(x) for a time ``span`` in equal steps of h = span / steps.

    "euler" takes x + h f(x); "rk4" asks for four slopes,
    k₁ = f(x), k₂ = f(x + h/2 k₁), k₃ = f(x + h/2 k₂), k₄ = f(x + h k₃),
    and takes x + h/6 (k₁ + 2 k₂ + 2 k₃ + k₄). A span below 0 walks back in time.
    Shapes: x any, the path (steps + 1, *x.shape), the start included.

    Source: Martin Kutta (1901), for the second.
    """
    x = floats(x)
    stages, steps, span = check_solve("solve", x, steps, method, span)
    path = [x]
    for _ in range(steps):
        path.append(_step(f, path[-1], span / steps, stages))
    return np.stack(path)


def field(x, w_in, b_in, w_out, b_out):
    """A small vector field: f(x) = tanh(x w_in + b_in) w_out + b_out.

    Shapes: x (N, D), w_in (D, H), b_in (H,), w_out (H, D), b_out (D,), f (N, D).
    """
    x, w_in, b_in, w_out, b_out = in_floats(x, w_in, b_in, w_out, b_out)
    check_features("field", x, len(w_in))
    return np.tanh(x @ w_in + b_in) @ w_out + b_out


def d_field(x, w_in, b_in, w_out, b_out, dy):
    """Take dy = dL/df (N, D), give the gradients of x, w_in, b_in, w_out and b_out."""
    x, w_in, b_in, w_out, b_out, dy = in_floats(x, w_in, b_in, w_out, b_out, dy)
    check_features("d_field", x, len(w_in))
    h = np.tanh(x @ w_in + b_in)
    dz = (dy @ w_out.T) * (1 - h * h)
    return dz @ w_in.T, x.T @ dz, dz.sum(axis=0), h.T @ dy, dy.sum(axis=0)


class NeuralODE:
    """Carry points along a learnt field for a time ``span``: y = x(span).

    ``features`` is D, ``hidden`` the width of ``field``; ``params`` and ``grads`` hold
    w_in, b_in, w_out and b_out. ``backward`` goes back through every step, of which
    ``forward`` keeps the points; ``adjoint`` keeps none of them.

    Source: Ricky Chen et al. (2018), "Neural Ordinary Differential Equations".
    """

    def __init__(self, features, hidden, *, rng, steps, method="euler", span=1.0):
        features, hidden = check_sizes((features, hidden))
        check_way("NeuralODE", steps, method, span)
        self.steps, self.method, self.span = int(steps), method, float(span)
        self.params = {
            "w_in": xavier_normal(features, hidden, rng=rng),
            "b_in": np.zeros(hidden),
            "w_out": xavier_normal(hidden, features, rng=rng),
            "b_out": np.zeros(features),
        }
        self.grads, self.deltas = {}, []

    def slopes(self, x):
        """Give f(x) (N, D) with the parameters as they are."""
        return field(x, *self.params.values())

    def forward(self, x):
        """Carry x (N, D) to y (N, D)."""
        how = {"steps": self.steps, "method": self.method, "span": self.span}
        self.path = solve(self.slopes, x, **how)
        return self.path[-1]

    def backward(self, dy):
        """Take dy = dL/dy, keep all gradients in ``grads``, return dL/dx."""
        self.grads = {name: np.zeros_like(p) for name, p in self.params.items()}
        self.deltas = [dy]
        for x in self.path[-2::-1]:
            dy = self._back(x, dy)
        return dy

    def adjoint(self, y, dy):
        """Give dL/dx and, in ``grads``, the rest, from the end y (N, D) alone.

        Three things are followed back in time at once: the point x' = f(x), the
        adjoint a' = -a ∂f/∂x, which begins as dL/dy, and the gradient of the
        parameters, g' = -a ∂f/∂θ. The way back is only as exact as its steps.
        """
        y, a = in_floats(y, dy)
        shapes = [y.shape, y.shape, *(p.shape for p in self.params.values())]
        start = _packed([y, a, *map(np.zeros_like, self.params.values())])

        def slopes(packed):
            x, a, *_ = _unpacked(packed, shapes)
            back = d_field(x, *self.params.values(), a)
            return _packed([self.slopes(x), *(-part for part in back)])

        how = {"steps": self.steps, "method": self.method, "span": -self.span}
        _, dx, *grads = _unpacked(solve(slopes, start, **how)[-1], shapes)
        self.grads = dict(zip(self.params, grads, strict=True))
        return dx

    def _back(self, x, dy):
        """Go back through one step that began at x: from dL/d(its end) to dL/dx."""
        (leads, weights), h = STAGES[self.method], self.span / self.steps
        points = _points(self.slopes, x, h, leads)
        dx, carried = dy, 0
        for point, lead, weight in zip(
            reversed(points), reversed(leads), reversed(weights), strict=True
        ):
            dpoint, *grads = d_field(
                point, *self.params.values(), h * weight * dy + carried
            )
            for total, grad in zip(self.grads.values(), grads, strict=True):
                total += grad
            dx, carried = dx + dpoint, h * lead * dpoint
        return dx


def _step(f, x, h, stages):
    """Take one step: the slopes of all stages, each with its weight."""
    leads, weights = stages
    points = _points(f, x, h, leads)
    return x + h * sum(w * f(p) for w, p in zip(weights, points, strict=True))


def _points(f, x, h, leads):
    """List where the slopes are asked for; each lies along the slope before it."""
    points = [x]
    for lead in leads[1:]:
        points.append(x + h * lead * f(points[-1]))
    return points


def _packed(parts):
    """Lay arrays of any shapes into one vector."""
    return np.concatenate([part.ravel() for part in parts])


def _unpacked(packed, shapes):
    """Cut a vector into arrays of the shapes again."""
    parts, at = [], 0
    for shape in shapes:
        size = math.prod(shape)
        parts.append(packed[at : at + size].reshape(shape))
        at += size
    return parts
