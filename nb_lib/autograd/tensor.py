"""Reverse-mode differentiation of array programs in sixty lines: section 9.15.

An operation is one line: how the value ``y`` is computed from the inputs ``a``, ``b``,
and what becomes of ``g``, the gradient of y, on its way back to each of them. A result
remembers its operation, and ``backward`` visits the results from the youngest to the
oldest: whoever uses a tensor is younger than it, so its gradient is complete by then.

Source: Seppo Linnainmaa (1970); the form owes much to Dougal Maclaurin, David Duvenaud
and Matthew Johnson's Autograd and to Andrej Karpathy's micrograd.
"""

from heapq import heappop, heappush

import numpy as np


def operation(f, rule):
    """Make a function of arrays, and the rule of its slopes, a function of tensors.

    Whatever is no tensor is a constant, and what the rule gives for it goes unused.
    """

    def apply(*inputs, **how):
        data = [np.asarray(x.data) if isinstance(x, Tensor) else x for x in inputs]
        return Tensor(f(*data, **how), inputs, lambda g, y: rule(g, y, *data, **how))

    return apply


def both(f, rule):
    """Make an operator and its reflected form, such as ``x - 2`` and ``2 - x``."""
    return operation(f, rule), lambda x, other: operation(f, rule)(other, x)


def unbroadcast(g, a):
    """Sum a gradient over the axes along which broadcasting repeated the array a."""
    ones = [i for i, n in enumerate((1,) * (g.ndim - a.ndim) + a.shape) if n == 1]
    return np.asarray(g.sum(axis=tuple(ones)).reshape(a.shape) if ones else g, a.dtype)


def unsum(g, y, a, axis=None, keepdims=False):
    """Give every term of a sum the gradient of the sum."""
    return [np.zeros_like(a) + g.reshape(a.sum(axis, keepdims=True).shape)]


def unindex(g, y, a, key):
    """Add the gradient up where ``key`` took the entries; the others get zero."""
    np.add.at(da := np.zeros_like(a), key, g)
    return [da]


def unpower(g, y, a, b):
    """Give both slopes of a ** b; along b it is 0 if a = 0 <= b, and NaN if a < 0."""
    log_a = np.log(np.where(a < 0, np.nan, a + (a == 0)))
    return [g * b * a ** (b - (b != 0)), g * y * log_a]


def matmul(a, b):
    """Multiply matrices, or stacks of them; ``axes`` lets NumPy refuse a vector."""
    return np.matmul(a, b, axes=[(-2, -1)] * 3)


class Tensor:
    """An array of floats that remembers how it was computed.

    ``data`` is the array and ``grad`` its gradient, of the same shape, or None before
    ``backward``. ``inputs`` are what it was computed from, and ``rule(g, data)`` gives
    the share of each in its gradient g. Operators take tensors, arrays and numbers on
    either side; ``@`` wants two axes or more on both. NumPy's functions know no tensor.

    The record holds the arrays themselves and no copies, so none of them may change in
    place between an operation and the walk back over it, and nothing watches over that.
    To compare or print numbers, take ``data``: a tensor equals nothing but itself.
    """

    __array_ufunc__ = None  # so that NumPy leaves ``array * tensor`` to the tensor
    births = 0

    def __init__(self, data, inputs=(), rule=lambda g, y: ()):
        a = np.asarray(data)
        self.data = a if a.dtype.kind == "f" else a.astype(float, casting="safe")
        self.grad, self.inputs, self.rule = None, inputs, rule
        self.birth = Tensor.births = Tensor.births + 1

    def backward(self, seed=None):
        """Add to the ``grad`` of this tensor and of every tensor that went into it.

        ``seed`` is the gradient to start from, of this tensor's shape. Without one, or
        with a number as seed, the tensor must have one entry. Else: a ValueError.
        """
        if (np.shape(seed) or (1,) * self.data.ndim) != self.data.shape:
            raise ValueError(f"backward wants a seed of shape {self.data.shape}")
        flow = {self: np.full_like(self.data, 1 if seed is None else seed)}
        waiting = [(-self.birth, self)]
        while waiting:
            g = flow.pop(node := heappop(waiting)[1])  # the youngest: g is complete
            node.grad = g if node.grad is None else node.grad + g
            for x, part in zip(node.inputs, node.rule(g, node.data), strict=False):
                if isinstance(x, Tensor):
                    if x not in flow:
                        heappush(waiting, (-x.birth, x))
                    flow[x] = flow.get(x, 0) + unbroadcast(part, x.data)

    __add__, __radd__ = both(np.add, lambda g, y, a, b: [g, g])
    __sub__, __rsub__ = both(np.subtract, lambda g, y, a, b: [g, -g])
    __mul__, __rmul__ = both(np.multiply, lambda g, y, a, b: [g * b, g * a])
    __truediv__, __rtruediv__ = both(np.divide, lambda g, y, a, b: [g / b, -g * y / b])
    __pow__, __rpow__ = both(np.power, unpower)
    __matmul__, __rmatmul__ = both(matmul, lambda g, y, a, b: [g @ b.mT, a.mT @ g])
    __neg__ = operation(np.negative, lambda g, y, a: [-g])
    __getitem__ = operation(np.ndarray.__getitem__, unindex)
    exp = operation(np.exp, lambda g, y, a: [g * y])
    log = operation(np.log, lambda g, y, a: [g / a])
    tanh = operation(np.tanh, lambda g, y, a: [g * (1 - y**2)])
    relu = operation(lambda a: np.maximum(a, 0), lambda g, y, a: [g * (a > 0)])
    reshape = operation(np.ndarray.reshape, lambda g, y, a, *_: [g.reshape(a.shape)])
    sum = operation(np.ndarray.sum, unsum)
    T = property(operation(np.transpose, lambda g, y, a: [g.T]))

    def mean(self, *axis, **how):
        return self.sum(*axis, **how) / np.ones_like(self.data).sum(*axis, **how)
