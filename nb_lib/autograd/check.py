"""Is a derivative right? Checks that work with any function, by moving its inputs.

A function f takes one or more arrays and gives one array or number. Its Jacobian J
holds every slope of every output along every input, and is far too large to write
down. A backward pass multiplies by its transpose, dy -> Jᵀ dy; moving the inputs
along v multiplies by J itself. Both must give the same number ⟨dy, J v⟩ = ⟨Jᵀ dy, v⟩,
for every dy and v. Compute in float64, because in float32 rounding hides the gap.
"""

from dataclasses import dataclass

import numpy as np

EPS = 1e-6  # about the size at which curvature and rounding cost equally little


@dataclass(frozen=True)
class Agreement:
    """What one random direction has found.

    ``gap`` is the difference of ⟨dy, J v⟩ and ⟨Jᵀ dy, v⟩, relative to their usual size.
    ``bend`` is the difference of the slopes on the two sides of x, relative to their
    size: about as small as eps where f is smooth. A large bend says that the two
    sides of a kink were compared, so that a gap is no proof of a wrong derivative.
    """

    gap: float
    bend: float


def central_difference(f, inputs, v, *, eps=EPS):
    """Return (f(x + εv) - f(x - εv)) / 2ε, the slope of f along v, off by about ε².

    ``inputs`` and ``v`` are tuples of arrays of equal shapes, and f is called as
    ``f(*inputs)``. Another shape is a ValueError, as is an array without any entry.
    """
    ahead, back = _ends(f, inputs, v, eps)
    return (ahead - back) / (2 * eps)


def numerical_gradient(f, x, *, entries=None, eps=EPS):
    """Return df/dx of a number f(x), two calls of f for each entry.

    ``entries`` are index tuples, by default all; the result has the shape of x, and
    NaN where nothing was asked for.
    """
    x = np.asarray(x, float)
    gradient = np.full(x.shape, np.nan)
    for entry in np.ndindex(x.shape) if entries is None else entries:
        v = np.zeros(x.shape)
        v[entry] = 1
        gradient[entry] = central_difference(f, (x,), (v,), eps=eps)
    return gradient


def dot_product_test(f, backward, inputs, *, rng, eps=EPS):
    """Compare ⟨dy, J v⟩ with ⟨Jᵀ dy, v⟩ for one random dy and one random v.

    ``backward(dy)`` gives Jᵀ dy at these inputs: an array for each of them, in a tuple
    if there are several. f is called three times, last at the inputs themselves, so it
    may be a layer that keeps what backward needs. A wrong entry anywhere shows, because
    the directions that miss it are those at right angles to the error, and no random v
    is one of them.

    Source: Jon Claerbout, Basic Earth Imaging, "Dot product test".
    """
    v = tuple(rng.normal(size=np.shape(x)) for x in inputs)
    ahead, back = _ends(f, inputs, v, eps)
    moved = (ahead - back) / (2 * eps)
    right = (ahead - np.asarray(f(*inputs))) / eps
    dy = rng.normal(size=moved.shape)
    dx = backward(dy)
    dx = dx if isinstance(dx, tuple | list) else (dx,)
    _check(inputs, dx)
    gap = abs(_dot(dy, moved) - sum(map(_dot, dx, v)))
    return Agreement(
        gap=_share(gap, max(_norm(moved), _norm(*dx))),
        bend=_share(2 * _norm(right - moved), max(_norm(right), _norm(moved))),
    )


def _ends(f, inputs, v, eps):
    """Return copies of f(x + εv) and f(x - εv): f may write into the same array."""
    _check(inputs, v)
    pairs = list(zip(inputs, v, strict=True))
    return [np.array(f(*(x + step * u for x, u in pairs))) for step in (eps, -eps)]


def _share(part, whole):
    """Divide; nothing of nothing is nothing, and NaN stays NaN."""
    return float(part / whole) if whole != 0 else float(part)


def _dot(a, b):
    return np.sum(a * b)


def _norm(*arrays):
    """Return the root of the sum of all squares."""
    return np.sqrt(sum(_dot(a, a) for a in arrays))


def _check(inputs, others):
    """Want two tuples of arrays of equal shapes, none of them empty."""
    for arrays in (inputs, others):
        if not isinstance(arrays, tuple | list):
            got = type(arrays).__name__
            raise TypeError(f"a check wants a tuple of arrays, got {got}: write (x,)")
    wanted, got = [[np.shape(a) for a in arrays] for arrays in (inputs, others)]
    if wanted != got:
        raise ValueError(f"a check wants arrays of the shapes {wanted}, got {got}")
    if any(0 in shape for shape in wanted):
        raise ValueError(f"a check wants one entry or more, got the shapes {wanted}")
