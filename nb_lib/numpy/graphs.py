"""Message passing: each vertex of a graph mixes what its neighbours know.

A graph of V vertices is its adjacency a (V, V), a[i, j] = 1 where an edge joins i and
j; features are x (V, D), a row each. What does not fit is a ValueError.
"""

from itertools import pairwise

import numpy as np

from nb_lib.numpy._floats import floats, in_floats
from nb_lib.numpy._graphs import (
    check_adjacency,
    check_edges,
    check_layer,
    check_steps,
    check_vertices,
)
from nb_lib.numpy._settings import check_sizes
from nb_lib.numpy.init import xavier_uniform


def adjacency(edges, *, vertices):
    """Write edges (E, 2), pairs of vertices from 0 on, as a (V, V) of 0 and 1."""
    check_edges(edges, vertices)
    a = np.zeros((int(vertices), int(vertices)))
    a[edges[:, 0], edges[:, 1]] = 1
    a[edges[:, 1], edges[:, 0]] = 1
    return a


def normalised_adjacency(a):
    """Give Â = D^(-1/2) (A + I) D^(-1/2), D the row sums of A + I on the diagonal.

    Each vertex becomes its own neighbour, and each edge is divided by the roots of the
    two degrees: no eigenvalue of Â is then beyond 1. Shapes: a and Â (V, V).

    Source: Thomas Kipf and Max Welling (2017), equation 2.
    """
    check_adjacency("normalised_adjacency", a)
    a = floats(a)
    loops = a + np.eye(len(a), dtype=a.dtype)
    root = np.sqrt(loops.sum(axis=1))
    return loops / (root[:, None] * root)


def smooth(x, a, *, steps):
    """Mix the features of neighbours again and again: Â^steps x.

    Shapes: x (V, D), a (V, V), here Â, and the result (V, D).
    """
    x, a = in_floats(x, a)
    check_vertices("smooth", x, a)
    for _ in range(check_steps("smooth", steps)):
        x = a @ x
    return x


def graph_convolution(x, a, w, b):
    """Mix neighbours, then map each vertex: Y = Â X W + b.

    Shapes: x (V, D), a (V, V), here Â, w (D, H), b (H,), y (V, H).

    Source: Thomas Kipf and Max Welling (2017), equation 2.
    """
    x, a, w, b = in_floats(x, a, w, b)
    check_layer("graph_convolution", x, a, w, b)
    return a @ (x @ w) + b


def d_graph_convolution(x, a, w, b, dy):
    """Take dy = dL/dy (V, H), give dL/dx, dL/da, dL/dw and dL/db."""
    x, a, w, b, dy = in_floats(x, a, w, b, dy)
    check_layer("d_graph_convolution", x, a, w, b)
    dmixed = a.T @ dy  # what arrives at the neighbours
    return dmixed @ w.T, dy @ (x @ w).T, x.T @ dmixed, dy.sum(axis=0)


class GCN:
    """Graph convolutions with ReLU between them, on one graph.

    ``sizes`` are (features, hidden..., classes), ``a`` is Â (V, V). ``forward`` maps
    x (V, D) to logits of the vertices in ``rows``, all by default; ``params`` and
    ``grads`` map "0.w", "0.b", ... to arrays.

    Source: Thomas Kipf and Max Welling (2017), equation 9.
    """

    def __init__(self, sizes, a, *, rng, rows=None):
        self.a, self.rows = floats(a), rows
        self.params = {}
        for number, pair in enumerate(pairwise(check_sizes(sizes))):
            self.params[f"{number}.w"] = xavier_uniform(*pair, rng=rng)
            self.params[f"{number}.b"] = np.zeros(pair[1])
        self.grads, self.deltas = {}, []

    def forward(self, x):
        """Map features x (V, D) to logits (V, classes), or those of ``rows``."""
        self.inputs = [floats(x)]
        for number in range(len(self.params) // 2):
            h = self.inputs[-1] if number == 0 else np.maximum(self.inputs[-1], 0)
            w, b = self.params[f"{number}.w"], self.params[f"{number}.b"]
            self.inputs.append(graph_convolution(h, self.a, w, b))
        z = self.inputs[-1]
        return z if self.rows is None else z[self.rows]

    def backward(self, dlogits):
        """Take dL/dlogits of the same rows; keep all gradients in ``grads``."""
        dz = dlogits
        if self.rows is not None:
            dz = np.zeros_like(self.inputs[-1])
            dz[self.rows] = dlogits  # rows are distinct
        self.deltas, grads = [dz], {}
        for number in reversed(range(len(self.params) // 2)):
            z = self.inputs[number]
            h = z if number == 0 else np.maximum(z, 0)
            w, b = self.params[f"{number}.w"], self.params[f"{number}.b"]
            dh, _, dw, db = d_graph_convolution(h, self.a, w, b, dz)
            grads[f"{number}.w"], grads[f"{number}.b"] = dw, db
            dz = dh * (z > 0)
        self.grads = {name: grads[name] for name in self.params}
